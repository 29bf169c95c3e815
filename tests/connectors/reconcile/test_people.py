from datetime import date

import pytest

CHECKS = frozenset()  # none is looked at here


def person(name, sex="female", born=1955, **more):
    answers = {"member_name": name, "member_sex": sex, "member_birth_year": born}
    return {**answers, "member_household": "none", "member_needs": "no", **more}


def joins(name, sex="female", born=1990, **more):
    return {"joined_name": name, "joined_sex": sex, "joined_birth_year": born, **more}


@pytest.fixture
def club(programme):
    roster = [person("Nông Thị Ái"), person("Lý Văn Bình", "male", 1948), person("Hứa Thị Cúc")]
    programme.receive([programme.club("a", member=roster)])
    return "06463-01"  # the code it will get


def test_rosters_get_codes_by_row(programme, club):
    programme.reconcile()
    assert [(row["member_code"], row["member_name"]) for row in programme.rows("member")] == [
        (f"{club}-M001", "Nông Thị Ái"),
        (f"{club}-M002", "Lý Văn Bình"),
        (f"{club}-M003", "Hứa Thị Cúc"),
    ]


def test_joining_leaving_and_changing_follow_the_monthly_reports(programme, club):
    programme.receive(
        [
            programme.month(
                "m1", club, "2026-08",
                joined=[joins("Vi Thị Dung", joined_on="2026-08-12", joined_needs="yes")],
                left_member=[{"left_code": f"{club}-M002", "left_how": "died",
                              "left_on": "2026-08-20"}],
                changed_member=[{"changed_code": f"{club}-M001", "changed_household": "poor"}],
            ),
            programme.month(
                "m2", club, "2026-09",
                changed_member=[{"changed_code": f"{club}-M001", "changed_needs": "yes"}],
            ),
        ]
    )  # fmt: skip
    programme.reconcile()
    first, second, _, fourth = programme.rows("member")
    assert (first["household"], first["needs_support"], first["left_on"]) == ("poor", True, None)
    assert (second["left_how"], second["left_on"]) == ("died", date(2026, 8, 20))
    assert (fourth["member_code"], fourth["joined_on"], fourth["needs_support"]) == (
        f"{club}-M004", date(2026, 8, 12), True
    )  # fmt: skip
    programme.reconcile(date(2026, 8, 15))
    assert programme.column("member", "left_on")[1] is None
    programme.reconcile(date(2026, 7, 31))
    assert len(programme.rows("member")) == 3
    assert programme.column("member", "household")[0] == "none"


def test_a_person_in_a_report_and_in_its_replacement_keeps_the_code(programme, club):
    people = [joins("Vi Thị Dung"), joins("Mã Văn Én", "male")]
    programme.receive([programme.month("m1", club, "2026-08", joined=people)])
    programme.reconcile()
    again = [joins("mã văn én", "male"), joins("Lô Thị Phấn"), joins("Vi Thị Dung")]
    programme.receive(
        [programme.month("m2", club, "2026-08", joined=again, report_kind="replaces")]
    )
    assert programme.reconcile().codes["member"] == 1
    names = dict(zip(programme.column("member", "member_code"),
                     programme.column("member", "member_name"), strict=True))  # fmt: skip
    assert names[f"{club}-M004"] == "Vi Thị Dung"
    assert names[f"{club}-M005"] == "mã văn én"
    assert names[f"{club}-M006"] == "Lô Thị Phấn"


def test_namesakes_born_in_one_year_are_two_people(programme):
    programme.receive([programme.club("a", member=[person("Lý Thị Hoa"), person("Lý Thị Hoa")])])
    programme.reconcile()
    assert len(programme.rows("member")) == 2


BANDS = [
    (2011, "under16"), (2010, "16_30"), (1996, "16_30"), (1995, "31_54"), (1972, "31_54"),
    (1971, "55_59"), (1967, "55_59"), (1966, "60_69"), (1957, "60_69"), (1956, "70_79"),
    (1947, "70_79"), (1946, "80plus"), ("", None),
]  # fmt: skip


def test_age_bands_as_of_the_year(programme):
    roster = [person(f"Người {born}", born=born) for born, _ in BANDS]
    programme.receive([programme.club("a", member=roster)])
    programme.reconcile()
    assert programme.column("member", "age_band") == [band for _, band in BANDS]


def test_the_public_tables_have_pseudonyms_that_join(programme, club):
    programme.receive(
        [
            programme.loan("l1", club, "lent", borrower=f"{club}-M002", loan_kind="money",
                           amount=3000, lent_on="2026-01-05"),
        ]
    )  # fmt: skip
    programme.reconcile()
    members = programme.rows("member", identified=False)
    (loan,) = programme.rows("loan", identified=False)
    assert loan["borrower_code"] == members[1]["member_code"]
    assert all(len(row["member_code"]) == 16 for row in members)
    assert not {"member_name", "birth_year"} & set(members[0])


def test_unlisted_members_are_a_stock_that_grows_and_is_said_anew(programme):
    counts = {"unlisted_total": 4, "unlisted_women": 3, "unlisted_60plus": 2,
              "unlisted_women_60plus": 1}  # fmt: skip
    programme.receive([programme.club("a", **counts)])
    programme.receive(
        [
            programme.month("m1", "06463-01", "2026-07", joined_unlisted_total=2,
                            joined_unlisted_women=1),
            programme.form("club_registration", "u", action="update", club="06463-01",
                           action_date="2026-08-10", unlisted_total=5, unlisted_women=5),
            programme.month("m2", "06463-01", "2026-09", joined_unlisted_total=1),
            programme.month("m3", "06463-01", "2026-10", left_unlisted_total=2,
                            left_unlisted_women=7),
        ]
    )  # fmt: skip
    programme.reconcile()
    assert [
        (row["on_date"], row["total"], row["women"], row["sixty_plus"])
        for row in programme.rows("member_unlisted")
    ] == [
        (date(2019, 5, 1), 4, 3, 2),
        (date(2026, 7, 31), 6, 4, 2),
        (date(2026, 8, 10), 5, 5, 0),
        (date(2026, 9, 30), 6, 5, 0),
        (date(2026, 10, 31), 4, 0, 0),  # never below nought, whatever was said
    ]


def test_a_club_without_a_roster_is_counted_whole(programme):
    counts = {"count_women_60_69": 20, "count_men_60_69": 10, "count_women_16_30": 5}
    programme.receive([programme.club("a", membership_by="counts", **counts)])
    programme.reconcile()
    (row,) = programme.rows("member_unlisted")
    assert (row["total"], row["women"], row["sixty_plus"], row["women_sixty_plus"]) == (
        35, 25, 30, 20
    )  # fmt: skip


def test_a_board_changes_with_an_update_and_people_keep_their_codes(programme):
    def on_board(name, role, born=1960):
        return {"board_name": name, "board_role": role, "board_birth_year": born,
                "board_sex": "male"}  # fmt: skip

    first = [on_board("Lý A", "chair"), on_board("Vi B", "secretary"), on_board("Mã C", "member")]
    programme.receive([programme.club("a", board=first)])
    second = [on_board("Vi B", "chair"), on_board("Hứa D", "secretary"), on_board("Mã C", "member")]
    programme.receive(
        [
            programme.form("club_registration", "u", action="update", club="06463-01",
                           action_date="2026-02-01", board=second)
        ]
    )  # fmt: skip
    programme.reconcile()
    changed = date(2026, 2, 1)
    assert [
        (row["board_code"][-3:], row["board_name"], row["role"], row["since"], row["until"])
        for row in programme.rows("board_member")
    ] == [
        ("B01", "Lý A", "chair", date(2019, 5, 1), changed),
        ("B02", "Vi B", "secretary", date(2019, 5, 1), changed),
        ("B02", "Vi B", "chair", changed, None),
        ("B03", "Mã C", "member", date(2019, 5, 1), None),
        ("B04", "Hứa D", "secretary", changed, None),
    ]
