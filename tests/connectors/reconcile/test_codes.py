"""Codes follow people when the rows of a submission are edited, and name nobody."""

import pytest

from connectors.store.raw import RawStore

CHECKS = frozenset()  # none is looked at here
CLUB = "06463-01"  # the code the club will get


def person(name, born=1955, sex="female"):
    return {"member_name": name, "member_sex": sex, "member_birth_year": born}


def on_board(name, born=1960, role="member"):
    return {"board_name": name, "board_role": role, "board_birth_year": born}


def codes(programme):
    """Name → last digit of the code."""
    return {row["member_name"]: row["member_code"][-1] for row in programme.rows("member")}


AI, BINH, CUC = person("Nông Thị Ái"), person("Lý Văn Bình", 1948, "male"), person("Hứa Thị Cúc")
BEFORE = {"Nông Thị Ái": "1", "Lý Văn Bình": "2", "Hứa Thị Cúc": "3"}
EDITS = [
    ("a row removed above", [BINH, CUC], {"Lý Văn Bình": "2", "Hứa Thị Cúc": "3"}),
    ("a row put in above", [person("Mã Văn Én"), AI, BINH, CUC], {**BEFORE, "Mã Văn Én": "4"}),
    ("another order", [CUC, AI, BINH], BEFORE),
    (
        "a name corrected",
        [AI, person("Lý Văn Bính", 1948, "male"), CUC],
        {"Nông Thị Ái": "1", "Lý Văn Bính": "2", "Hứa Thị Cúc": "3"},
    ),
    ("only tone marks and capitals", [person("NÔNG THI AI"), BINH, CUC],
     {"NÔNG THI AI": "1", "Lý Văn Bình": "2", "Hứa Thị Cúc": "3"}),
    (
        "a year corrected and a row put in below",
        [person("Nông Thị Ái", 1956), BINH, CUC, person("Mã Văn Én")],
        {**BEFORE, "Mã Văn Én": "4"},
    ),
    (
        "somebody else where a person stood who is further down now",
        [person("Mã Văn Én"), BINH, AI],
        {"Mã Văn Én": "4", "Lý Văn Bình": "2", "Nông Thị Ái": "1"},
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def steps(tmp_path_factory, schemas, fresh):
    """A club for each edit: who has which code before, after, one run later and edited back."""
    programme = fresh(tmp_path_factory.mktemp("edits") / "programme", schemas)
    looks = []

    def send(how, rosters):
        for number, roster in enumerate(rosters, 1):
            how(programme.club(f"c{number}", f"CLB số {number}", member=roster,
                               founded_on=f"2018-01-0{number}"))  # fmt: skip

    def look():
        programme.reconcile()
        seen = {}
        for row in programme.rows("member"):
            digit = row["member_code"][-1]
            seen.setdefault(row["club_code"], {})[row["member_name"]] = digit
        looks.append([seen[code] for code in sorted(seen)])

    first = [[AI, BINH, CUC]] * len(EDITS)
    send(lambda each: programme.receive([each]), first)
    look()
    send(programme.edit, [roster for _, roster, _ in EDITS])
    look()
    look()
    send(programme.edit, first)
    look()
    return looks


@pytest.mark.parametrize("number", range(len(EDITS)), ids=[each[0] for each in EDITS])
def test_people_keep_their_codes_when_a_roster_is_edited(steps, number):
    before, after, later, back = (look[number] for look in steps)
    assert before == BEFORE
    assert after == EDITS[number][2]
    assert later == after
    assert back == BEFORE  # whoever is put back has the code of before


def test_two_edits_between_two_runs_do_no_more_than_one(programme):
    programme.receive([programme.club("a", member=[AI, BINH, CUC])])
    programme.reconcile()
    programme.edit(programme.club("a", member=[person("Mã Văn Én"), AI, BINH, CUC]))
    programme.edit(programme.club("a", member=[person("Mã Văn Én"), BINH, CUC]))
    programme.reconcile()
    assert codes(programme) == {"Mã Văn Én": "1", "Lý Văn Bình": "2", "Hứa Thị Cúc": "3"}


def test_namesakes_are_told_apart_by_their_order(programme):
    programme.receive([programme.club("a", member=[AI, AI, BINH])])
    programme.reconcile()
    assert [row["member_code"][-1] for row in programme.rows("member")] == ["1", "2", "3"]
    programme.edit(programme.club("a", member=[BINH, AI]))
    programme.reconcile()
    assert codes(programme) == {"Nông Thị Ái": "1", "Lý Văn Bình": "3"}


def test_those_who_joined_keep_their_codes_when_the_report_is_edited_or_moved(programme):
    def joins(*names):
        return [{"joined_name": name, "joined_sex": "male", "joined_birth_year": 1990}
                for name in names]  # fmt: skip

    programme.receive([programme.club("a", member=[AI])])
    programme.receive([programme.month("m", CLUB, "2026-08", joined=joins("Vi Dũng", "Lô Giang"))])
    programme.reconcile()
    programme.edit(
        programme.month("m", CLUB, "2026-09", joined=joins("Hứa Hải", "Lô Giang", "Vi Dũng"))
    )
    programme.reconcile()
    assert codes(programme) == {
        "Nông Thị Ái": "1", "Vi Dũng": "2", "Lô Giang": "3", "Hứa Hải": "4"
    }  # fmt: skip


def test_boards_keep_their_codes_when_a_list_is_edited(programme):
    first, second, third = on_board("Lý A"), on_board("Vi B"), on_board("Mã C")
    programme.receive([programme.club("a", board=[first, second, third])])
    programme.reconcile()
    programme.edit(programme.club("a", board=[on_board("Hà D"), on_board("Vi Bê"), third]))
    programme.reconcile()
    assert {row["board_name"]: row["board_code"][-1] for row in programme.rows("board_member")} == {
        "Hà D": "1", "Vi Bê": "2", "Mã C": "3"
    }  # fmt: skip


def test_what_is_kept_for_codes_names_nobody(programme):
    programme.receive([programme.club("a", member=[AI, BINH], board=[on_board("Lý A")])])
    programme.reconcile()
    with RawStore.read(programme.folder.store) as store:
        kept = [
            str(row)
            for table in ("issued_code", "code_row")
            for row in store.connection.execute(f"SELECT * FROM {table}").fetchall()
        ]
    assert len(kept) == 4 + 3  # a club and three people
    for word in ("Nông", "nong", "Bình", "1955", "1948", "Lý A"):
        assert not any(word in row for row in kept)


def test_a_club_keeps_its_code_when_its_registration_is_edited(programme):
    programme.receive([programme.club("a", "CLB Nà Pàn"), programme.club("b", "CLB Nà Lốc")])
    programme.reconcile()
    programme.edit(programme.club("b", "CLB Bản Chu", founded_on="2001-01-01", commune="06475"))
    programme.reconcile()
    places = {
        row["name"]: (row["club_code"], row["commune_code"]) for row in programme.rows("club")
    }
    assert places == {"CLB Nà Pàn": ("06463-01", "06463"), "CLB Bản Chu": ("06463-02", "06475")}
