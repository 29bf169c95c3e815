from datetime import date

import pytest

CHECKS = frozenset({"club_not_registered", "club_registered_twice"})  # those looked at here


def test_a_club_gets_a_code_by_founding_date_then_uuid_whatever_arrived_first(programme):
    programme.receive(
        [
            programme.club("zz", "CLB Nà Lốc", founded_on="2021-01-01"),
            programme.club("bb", "CLB Nà Pàn", founded_on="2020-01-01"),
            programme.club("aa", "CLB Khuổi Mươi", founded_on="2020-01-01"),
            programme.club("cc", "CLB Bản Chu", founded_on="2017-01-01", commune="06475"),
        ]
    )
    result = programme.reconcile()
    assert result.codes["club"] == 4
    assert {row["_root_uuid"]: row["club_code"] for row in programme.rows("club")} == {
        "aa": "06463-01", "bb": "06463-02", "zz": "06463-03", "cc": "06475-01"
    }  # fmt: skip


def test_codes_stay_when_an_older_club_comes_later_and_when_a_club_is_deleted(programme):
    programme.receive([programme.club("b", "CLB Nà Lốc", founded_on="2021-01-01")])
    programme.reconcile()
    programme.receive([programme.club("a", "CLB Nà Pàn", founded_on="2017-01-01")])
    assert programme.reconcile().codes["club"] == 1
    assert dict(zip(programme.column("club", "_root_uuid"), programme.column("club", "club_code"),
                    strict=True)) == {"b": "06463-01", "a": "06463-02"}  # fmt: skip
    programme.delete("a")
    programme.reconcile()
    programme.receive([programme.club("c", "CLB Bản Chu", founded_on="2018-01-01")])
    programme.reconcile()
    assert programme.column("club", "club_code") == ["06463-01", "06463-03"]


def test_a_replacement_of_a_registration_is_the_same_club(programme):
    first = programme.club("a", "CLB Nà Pàn", end="2025-10-01T08:00:00.000+07:00")
    programme.receive([first, programme.club("b", "CLB Nà Lốc")])
    programme.reconcile()
    replacement = programme.club(
        "c", "CLB thôn Nà Pàn 1", report_kind="replaces", replaced_date="2019-05-01",
        founded_on="2019-06-01",
    )  # fmt: skip
    # two clubs were founded on that day: the name has to decide, and it does not
    programme.receive([replacement])
    programme.reconcile()
    assert len(programme.rows("club")) == 3
    programme.receive(
        [programme.club("d", "clb NA PAN", report_kind="replaces", founded_on="2019-05-02")]
    )
    programme.reconcile()
    first = programme.rows("club")[0]
    assert first["club_code"] == "06463-01"
    assert (first["name"], first["founded_on"]) == ("clb NA PAN", date(2019, 5, 2))


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_a_replacement_keeps_the_code_even_when_it_arrives_before_what_it_replaces(
    programme, order
):
    made = {
        "old": programme.club("a", "CLB Nà Pàn", end="2025-10-01T08:00:00.000+07:00"),
        "new": programme.club("b", "CLB Nà Pàn", report_kind="replaces",
                              replaced_date="2019-05-01", villages_count=2),
    }  # fmt: skip
    for each in order:
        programme.receive([made[each]])
        programme.reconcile()
    assert programme.column("club", "club_code") == ["06463-01"]
    assert programme.column("club", "villages_served") == [2]


def test_changes_are_followed_and_only_up_to_the_cut_off_date(programme):
    programme.receive([programme.club("a", "CLB Nà Pàn", villages_count=1, meeting_day=5)])
    programme.reconcile()
    code = "06463-01"
    said = [
        ("u", "update", "2026-02-01", {"club_name": "CLB Nà Pàn Mới", "villages_count": 3}),
        ("s", "suspend", "2026-03-01", {}),
        ("r", "resume", "2026-05-01", {}),
        ("c", "close", "2026-11-15", {}),
    ]
    programme.receive(
        programme.form("club_registration", root, action=action, action_date=day, club=code, **more)
        for root, action, day, more in reversed(said)
    )
    programme.reconcile()
    (club,) = programme.rows("club")
    assert (club["name"], club["villages_served"], club["meeting_day"]) == ("CLB Nà Pàn Mới", 3, 5)
    assert (club["status"], club["status_on"]) == ("active", date(2026, 5, 1))
    assert programme.column("club_status", "status") == ["active", "suspended", "active"]
    programme.reconcile(date(2026, 3, 31))
    assert programme.column("club", "status") == ["suspended"]
    programme.reconcile(date(2026, 11, 30))
    assert programme.column("club", "status") == ["closed"]


def test_a_club_named_in_words_is_found_when_exactly_one_of_the_commune_is_called_so(programme):
    words = [
        "CLB LTHTGN thôn Nà Pàn",
        "câu lạc bộ Thôn NÀ PÀN",
        "  thon na pan ",
        "CLB thôn Nà Pàn",
    ]
    programme.receive([programme.club("a"), programme.club("b", "CLB thôn Nà Lốc")])
    programme.receive(
        programme.month(f"m{number}", None, f"2026-0{number}", club_words=each)
        for number, each in enumerate(words, 6)
    )
    programme.reconcile()
    assert programme.column("club_month", "club_code") == ["06463-01"] * len(words)
    assert programme.found("club_not_registered") == []


def test_a_club_in_words_that_fits_none_is_a_finding_with_its_commune(programme):
    words = [("CLB thôn Nà Pàn", "06475"), ("CLB thôn Nà Pảng", "06463")]
    programme.receive([programme.club("a"), programme.club("b", "CLB Nà Lốc")])
    programme.receive(
        programme.month(f"m{number}", None, "2026-09", club_words=each, commune=commune)
        for number, (each, commune) in enumerate(words)
    )
    programme.reconcile()
    assert programme.rows("club_month") == []
    assert [
        (row["_root_uuid"], row["commune_code"], row["month"])
        for row in programme.found("club_not_registered")
    ] == [("m0", "06475", "2026-09"), ("m1", "06463", "2026-09")]


def test_two_clubs_of_one_name_are_not_guessed_between(programme):
    programme.receive([programme.club("a"), programme.club("b")])
    programme.receive([programme.month("m", None, "2026-09", club_words="thôn Nà Pàn")])
    programme.reconcile()
    assert programme.rows("club_month") == []
    assert [row["club_code"] for row in programme.found("club_registered_twice")] == ["06463-02"]
