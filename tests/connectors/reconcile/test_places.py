"""Submissions land in today's commune, whatever code or name they carry."""

from datetime import date

CHECKS = frozenset()  # none is looked at here
# Bính Xá of Đình Lập went to two communes: Bắc Xa would be 06613, Kiên Mộc 06625
SPLIT, ONE, OTHER = "06622", "06613", "06625"


def places(programme):
    return {row["_root_uuid"]: row["commune_code"] for row in programme.rows("submission")}


SAID = ["06466", "Xã Chi Lăng", "chi lang", "TT. Chi Lăng, H. Chi Lăng, Lạng Sơn",
        "Thị trấn Chi Lăng, Huyện Chi Lăng, Tỉnh Lạng Sơn"]  # fmt: skip


def test_old_codes_and_names_are_todays_commune(programme):
    programme.receive(
        programme.club(f"c{number}", f"CLB số {number}", commune=said)
        for number, said in enumerate(SAID, 1)
    )
    programme.reconcile()
    codes = [f"06463-0{number}" for number in range(1, len(SAID) + 1)]
    assert programme.column("club", "club_code") == codes
    assert set(programme.column("club", "commune_code")) == {"06463"}
    assert programme.rows("place_unclear") == []


def test_a_split_commune_waits_for_a_person_or_a_point(programme):
    programme.receive(
        [
            programme.club("a", "CLB Nà Pàn", commune=SPLIT),
            programme.club("b", "CLB Nà Lốc", commune=SPLIT, meeting_point="21.58 107.33 0 0"),
        ]
    )
    programme.reconcile()
    unclear = programme.rows("place_unclear")
    assert [(row["_root_uuid"], row["why"], row["candidates"]) for row in unclear] == [
        ("a", "split", [ONE, OTHER])
    ]
    (found,) = programme.column("club", "commune_code")
    assert found in (ONE, OTHER)
    programme.reconcile(placed=[("club_registration", "kobo", "a", OTHER)])
    assert sorted(programme.column("club", "_root_uuid")) == ["a", "b"]
    assert places(programme)["a"] == OTHER
    assert programme.rows("place_unclear") == []
    programme.reconcile()
    # a code that was issued stays; where the club is nobody knows again
    assert places(programme)["a"] is None
    assert programme.column("place_unclear", "_root_uuid") == ["a"]


def test_a_report_of_a_known_club_lies_where_the_club_is(programme):
    programme.receive([programme.club("a")])
    programme.receive(
        [
            programme.month("m1", "06463-01", "2026-08", commune=SPLIT),
            programme.month("m2", None, "2026-09", commune="Xã không có", club_words="Nà Pàn"),
        ]
    )
    programme.reconcile()
    assert places(programme) == {"a": "06463", "m1": "06463", "m2": None}
    (row,) = programme.rows("place_unclear")
    assert (row["_root_uuid"], row["why"], row["said_commune"]) == ("m2", "unknown", "Xã không có")


def test_communes_have_the_names_of_the_day_and_their_kinds(programme):
    official = programme.folder.area_kinds
    official.parent.mkdir(exist_ok=True)
    official.write_text(
        "code,kinds,basis,valid_from\n06463,mountain,Quyết định mẫu,2026-02-01\n", encoding="utf-8"
    )
    programme.receive([programme.club("a"), programme.club("b", "CLB Nà Lốc", commune="06475")])
    programme.reconcile()
    known = {row["commune_code"]: row for row in programme.rows("commune")}
    assert (known["06463"]["area_kinds"], known["06463"]["active_clubs"]) == (["mountain"], 1)
    assert not known["06475"]["classified"]
    lacking = sum(row["clubs"] > 0 and not row["classified"] for row in known.values())
    assert lacking == 1
    programme.reconcile(date(2026, 1, 31))
    known = {row["commune_code"]: row["classified"] for row in programme.rows("commune")}
    assert not known["06463"]
    names = [row for row in programme.rows("area_name") if row["area_code"] == "24"]
    assert [(row["name"], row["valid_until"]) for row in names] == [
        ("Tỉnh Bắc Ninh", date(2026, 9, 20)), ("Thành phố Bắc Ninh", None)
    ]  # fmt: skip
