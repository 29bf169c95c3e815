"""What people decided changes the picture, and taking it back gives the old one."""

from datetime import date

import pytest

from connectors.store.raw import RawStore

CHECKS = frozenset()  # none is looked at here
FIRST, SECOND = "06463-01", "06463-02"  # the codes the two clubs will get
REGISTERS = ("club", "club_status", "club_alias", "member", "member_unlisted", "board_member",
             "club_month", "loan", "loan_event", "inspection", "submission")  # fmt: skip


def person(name, born=1955):
    return {"member_name": name, "member_sex": "female", "member_birth_year": born}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, schemas, fresh):
    """One club that two phones registered, and what was said of both."""
    programme = fresh(tmp_path_factory.mktemp("decided") / "programme", schemas)
    programme.receive(
        [
            programme.club("a", "CLB Nà Pàn", founded_on="2018-01-01", meeting_day=5,
                           member=[person("Nông Thị Ái"), person("Lý Thị Bích")]),
            programme.club("b", "CLB thôn Nà Pàn", founded_on="2019-01-01", villages_count=2,
                           member=[person("NÔNG THỊ ÁI"), person("Hứa Thị Cúc")]),
            programme.month("m1", FIRST, "2026-08", attendance=3),
            programme.month("m2", SECOND, "2026-08", attendance=4, end="2026-08-29T09:00:00+07:00"),
            programme.month("m3", SECOND, "2026-09", attendance=5,
                            left_member=[{"left_code": f"{SECOND}-M001", "left_how": "moved"}]),
            programme.loan("l1", SECOND, "lent", borrower=f"{SECOND}-M001", amount=900,
                           lent_on="2026-01-05", term_months=6),
            programme.loan("r1", SECOND, "repaid", loan=f"{SECOND}-L001", principal=400,
                           repaid_on="2026-02-01"),
            programme.visit("v", SECOND, "2026-05-05", score=70),
        ]
    )  # fmt: skip
    programme.reconcile()
    return programme


@pytest.fixture
def twice(prepared, copied, tmp_path):
    return copied(prepared, tmp_path / "twice")


def picture(programme):
    return {name: programme.rows(name) for name in REGISTERS}


def test_a_club_that_was_registered_twice_is_one_with_everything_said_of_it(twice):
    before = picture(twice)
    twice.reconcile(same_as=[("club", SECOND, FIRST)])
    (club,) = twice.rows("club")
    # the surviving registration says what it says, the other one fills in
    assert (club["club_code"], club["name"], club["meeting_day"], club["villages_served"]) == (
        FIRST, "CLB Nà Pàn", 5, 2
    )  # fmt: skip
    months = twice.rows("club_month")
    assert {(row["month"], row["attendance"], row["reports"]) for row in months} == {
        ("2026-08", 4, 2), ("2026-09", 5, 1)
    }  # fmt: skip
    members = {row["member_code"]: row["left_on"] for row in twice.rows("member")}
    assert members == {
        f"{FIRST}-M001": date(2026, 9, 1), f"{FIRST}-M002": None, f"{SECOND}-M002": None
    }  # fmt: skip
    (loan,) = twice.rows("loan")
    assert (loan["loan_code"], loan["club_code"], loan["borrower_code"], loan["outstanding"]) == (
        f"{SECOND}-L001", FIRST, f"{FIRST}-M001", 500_000
    )  # fmt: skip
    assert twice.column("inspection", "club_code") == [FIRST]
    assert {row["code"]: row["club_code"] for row in twice.rows("club_alias")} == {
        FIRST: FIRST, SECOND: FIRST
    }  # fmt: skip
    twice.reconcile()
    assert picture(twice) == before


def test_closing_the_duplicate_does_not_close_the_club_that_stays(twice):
    twice.receive([twice.form("club_registration", "x", action="close", action_date="2026-10-01",
                              club=SECOND, settlement="other")])  # fmt: skip
    twice.reconcile(same_as=[("club", SECOND, FIRST)])
    assert twice.column("club", "status") == ["active"]
    twice.reconcile()
    assert twice.column("club", "status") == ["active", "closed"]


def test_members_and_loans_that_were_listed_twice(programme):
    joined = [{"joined_name": "Nông Ái", "joined_sex": "female", "joined_birth_year": 1955}]
    left = [{"left_code": f"{FIRST}-M001", "left_how": "left"}]
    programme.receive(
        [
            programme.club("a", member=[person("Nông Thị Ái"), person("Lý Thị Bích")]),
            programme.month("m1", FIRST, "2026-03", left_member=left),
            programme.month("m2", FIRST, "2026-06", joined=joined),
            *(programme.loan(root, FIRST, "lent", borrower=f"{FIRST}-M00{number}", amount=900,
                             lent_on="2026-06-05", term_months=6)
              for root, number in (("l1", 1), ("l2", 3))),
            programme.loan("r", FIRST, "repaid", loan=f"{FIRST}-L002", principal=900,
                           repaid_on="2026-07-01"),
        ]
    )  # fmt: skip
    programme.reconcile()
    before = picture(programme)
    same = [
        ("member", f"{FIRST}-M003", f"{FIRST}-M001"),
        ("loan", f"{FIRST}-L002", f"{FIRST}-L001"),
    ]
    programme.reconcile(same_as=same)
    first, second = programme.rows("member")
    # she left in March and was there again from June
    assert (first["member_name"], first["left_on"]) == ("Nông Thị Ái", None)
    assert second["member_code"] == f"{FIRST}-M002"
    (loan,) = programme.rows("loan")
    assert (loan["outstanding"], loan["ended_on"], loan["ended_how"]) == (
        0, date(2026, 7, 1), "repaid"
    )  # fmt: skip
    programme.reconcile()
    assert picture(programme) == before


def test_a_report_that_names_a_club_in_words_means_the_one_that_a_person_named(programme):
    programme.receive([programme.club("a"), programme.club("b", "CLB Nà Lốc")])
    programme.receive([programme.month("m", None, "2026-09", club_words="CLB bà Ái")])
    programme.reconcile()
    assert programme.rows("club_month") == []
    programme.reconcile(meant=[("monthly_activity_report", "kobo", "m", SECOND)])
    assert programme.column("club_month", "club_code") == [SECOND]
    programme.reconcile()
    assert programme.rows("club_month") == []


def test_what_a_person_refused_does_not_count_and_what_is_on_hold_does(programme):
    def judged(submission, state):
        status = {"uid": f"validation_status_{state}", "timestamp": 1_790_000_000}
        submission.record["_validation_status"] = status
        return submission

    programme.receive([programme.club("a")])
    programme.receive(
        [
            judged(programme.month("m1", FIRST, "2026-08"), "not_approved"),
            judged(programme.month("m2", FIRST, "2026-09"), "on_hold"),
            judged(programme.month("m3", FIRST, "2026-10"), "approved"),
        ]
    )
    programme.reconcile()
    assert programme.column("club_month", "month") == ["2026-09", "2026-10"]
    assert [row["_root_uuid"] for row in programme.rows("submission") if row["refused"]] == ["m1"]


def test_a_state_that_the_programme_set_takes_nothing_out_of_the_count(programme):
    report = programme.month("m1", FIRST, "2026-08")
    status = {"uid": "validation_status_not_approved", "timestamp": 1_790_000_000}
    report.record["_validation_status"] = status
    programme.receive([programme.club("a"), report])
    with RawStore.open(programme.folder.store) as store:
        store.connection.execute(
            "INSERT INTO push (source, form, id, uuid, wanted, state, at, pushed, done) VALUES "
            "('kobo', 'monthly_activity_report', 2, 'm1', 'not_approved', ?, ?, '', 1)",
            (status["uid"], status["timestamp"]),
        )
    programme.reconcile()
    assert programme.column("club_month", "month") == ["2026-08"]
