"""The award shortlist: rules of a workbook, ties and missing data shown, nobody left out."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.folder import shipped
from programme.problem import ProblemError, Text
from reports.content.awards.ranking import shortlist
from reports.content.awards.rules import Rule, Rules, checked, load_rules
from tests.reports.special.conftest import World, Write
from tests.reports.special.world import rows

CONDITION = Rule(2, "able", "condition", "x", 0, Text(vi="đủ", en="able"))
RULES = Rules(
    "awards.xlsx",
    (
        CONDITION,
        Rule(3, "work", "points", "y", 60, Text(vi="việc", en="work")),
        Rule(4, "fund", "points", "z", 40, Text(vi="quỹ", en="fund")),
    ),
    places=2,
)


def club(
    code: str, work: float | None, fund: float | None, able: bool | None = True
) -> dict[str, Any]:
    return {"club_code": code, "rule_able": able, "rule_work": work, "rule_fund": fund}


def codes(candidates: Any) -> list[str]:
    return [each.club["club_code"] for each in candidates]


def test_clubs_stand_by_their_points() -> None:
    found = shortlist([club("a", 0.5, 0.5), club("b", 1, 1), club("c", 0.9, 0)], RULES)
    assert codes(found.chosen) == ["b", "c"]
    assert [each.least for each in found.chosen] == [100, 54]
    assert codes(found.others) == ["a"]


def test_all_who_tie_for_the_last_place_are_listed() -> None:
    same = [club(code, 0.5, 0.5) for code in "cab"]
    found = shortlist([club("z", 1, 1), *same], RULES)
    assert codes(found.chosen) == ["z", "a", "b", "c"]
    assert [(each.place, each.shared) for each in found.chosen] == [(1, 1), (2, 3), (2, 3), (2, 3)]


def test_points_that_read_the_same_share_a_place() -> None:
    found = shortlist([club("a", 0.50001, 0.5), club("b", 0.5, 0.5), club("c", 0, 0)], RULES)
    assert [(each.place, each.shared) for each in found.chosen] == [(1, 2), (1, 2)]


def test_what_is_not_known_earns_nothing_and_is_told() -> None:
    clubs = [club("a", 1, 0.9), club("b", 0.9, 0.9), club("c", 0.8, None)]
    found = shortlist(clubs, RULES)
    (third,) = found.others
    assert (third.least, third.most, third.unknown) == (48, 88, ("fund",))
    assert not found.may_reach(third)  # even with all of it
    found = shortlist([club("a", 1, 0.9), club("b", 0.9, 0.5), club("c", 0.8, None)], RULES)
    (third,) = found.others
    assert found.may_reach(third)  # 48 points, and 88 with all of it: more than the 74 of b


def test_a_condition_that_is_not_known_leaves_it_to_people() -> None:
    clubs = [club("a", 1, 1, able=None), club("b", 1, 1, able=False), club("c", 0, 0)]
    found = shortlist(clubs, RULES)
    assert (codes(found.chosen), codes(found.unclear), codes(found.failed)) == (["c"], ["a"], ["b"])
    assert found.failed[0].failed == ("able",)


SHARES = st.one_of(st.none(), st.floats(-1, 2))


@given(st.lists(st.tuples(SHARES, SHARES, st.sampled_from([True, False, None])), max_size=30))
def test_nobody_is_left_out_and_places_follow_points(
    given_clubs: list[tuple[float | None, float | None, bool | None]],
) -> None:
    clubs = [club(f"{n:02d}", *each) for n, each in enumerate(given_clubs)]
    found = shortlist(clubs, RULES)
    groups = (found.chosen, found.others, found.unclear, found.failed)
    assert sorted(code for group in groups for code in codes(group)) == codes(
        [type("C", (), {"club": each}) for each in clubs]
    )
    ranked = [*found.chosen, *found.others]
    points = [each.least for each in ranked]
    assert points == sorted(points, reverse=True)
    for each in ranked:
        assert each.place == 1 + sum(other > each.least for other in points)
        assert 0 <= each.least <= each.most <= 100.05


def test_the_shipped_rules_pass_the_guard_and_add_up_to_a_hundred(world: World) -> None:
    rules = load_rules(shipped() / "reports" / "awards.xlsx")
    assert rules.most == 100
    assert len(rules.conditions) == 6


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["x", "condition", "scor > 80", None, "a", "a"], "sql-column-unknown"),
        (["x", "points", "score", None, "a", "a"], "award-points"),
        (["x", "condition", "TRUE", 5, "a", "a"], "award-points"),
        (["x", "bonus", "score", 5, "a", "a"], "workbook-cell-unknown"),
        (["", "points", "score", 5, "a", "a"], "workbook-cell-empty"),
        (["x", "points", "read_csv('a')", 5, "a", "a"], "sql-function-unknown"),
    ],
)
def test_a_mistake_is_told_with_its_row(tmp_path: Path, row: list[Any], code: str) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = book.create_sheet("awards")
    sheet.append(["code", "kind", "expression", "points", "label_vi", "label_en"])
    sheet.append(["ok", "points", "score / 100.0", 50, "điểm", "score"])
    sheet.append(row)
    settings = book.create_sheet("settings")
    settings.append(["setting", "value"])
    settings.append(["places", 3])
    book.save(tmp_path / "awards.xlsx")
    with pytest.raises(ProblemError) as error:
        checked(load_rules(tmp_path / "awards.xlsx"), {"score": "DOUBLE"})
    assert code in {problem.code for problem in error.value.problems}
    assert {problem.place.row for problem in error.value.problems} == {3}


def test_the_report_has_every_club_once_and_the_reasons(world: World, printed: Write) -> None:
    report = printed("award_shortlist")
    listed = [
        row[1]
        for caption in (
            "Câu lạc bộ được đề xuất",
            "Câu lạc bộ đủ điều kiện, ngoài",
            "Câu lạc bộ chưa đủ số liệu",
            "Câu lạc bộ chưa đủ điều kiện",
        )
        for row in report.table(caption)
    ]
    assert sorted(listed) == sorted(row["club_code"] for row in rows(world.folder, "club"))
    points = report.table("Điểm từng nội dung")
    for row in points:
        each = [float(cell.replace(",", ".")) for cell in row[2:]]
        assert sum(each[:-1]) == pytest.approx(each[-1], abs=0.36)
    assert "không có lỗi nghiêm trọng khi kiểm tra" in report.text  # of clubs not inspected
    assert "chưa phải quy định chính thức" in report.text
