"""Targets: of whom, for when, and which clubs are new where phases overlap."""

from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from programme.areas import load_areas
from programme.folder import Folder
from programme.problem import Problem, ProblemError
from reports.indicators import load_definitions
from reports.indicators.applying import applies, concerns
from reports.indicators.definitions import Definitions, Target
from reports.periods import parse_period

TODAY = date(2026, 10, 31)


@pytest.fixture(scope="module")
def shipped(world: Folder) -> Definitions:
    return load_definitions(world.indicators, load_areas(world.xlsforms))


def changed(folder: Folder, change: Callable[[openpyxl.Workbook], object]) -> Folder:
    book = openpyxl.load_workbook(folder.indicators)
    change(book)
    book.save(folder.indicators)
    return folder


def row(book: openpyxl.Workbook, sheet: str, **cells: Any) -> None:
    """Add a row by the names of its columns, as an official would."""
    heads = [str(cell.value).split()[0] for cell in book[sheet][1]]
    assert set(cells) <= set(heads)
    book[sheet].append([cells.get(head) for head in heads])


def own_target(book: openpyxl.Workbook, **cells: Any) -> None:
    usual: dict[str, Any] = {
        "code": "LS_2026",
        "decision": "Kế hoạch của tỉnh Lạng Sơn",
        "period": 2026,
        "area_code": "20",
        "level": "province",
        "population": "all clubs",
        "indicator_vi": "Số CLB của tỉnh năm 2026",
        "indicator_en": "Clubs of the province in 2026",
        "wording_vi": "published",
        "unit": "clubs",
        "target_min": 60,
        "met_when": "value>=min",
        "measured_by": "clubs",
        "source": "thử",
    }
    row(book, "targets", **usual | cells)


def loaded(folder: Folder) -> Definitions:
    return load_definitions(folder.indicators, load_areas(folder.xlsforms))


def problems(folder: Folder) -> list[Problem]:
    with pytest.raises(ProblemError) as caught:
        loaded(folder)
    return list(caught.value.problems)


def test_a_province_sets_a_target_for_a_year(programme: Folder) -> None:
    definitions = loaded(changed(programme, own_target))
    target = definitions.targets["LS_2026"]
    assert (target.start, target.end) == (date(2026, 1, 1), date(2026, 12, 31))
    clubs = next(each for each in definitions.indicators if each.code == "clubs")
    assert "LS_2026" in clubs.targets
    assert clubs.alone, "elsewhere it goes on to inform"
    assert concerns(target, {"20", "VN"})
    assert not concerns(target, {"08", "VN"}), "no other province is judged by it"
    in_2026, in_2027 = (parse_period(year, definitions.phases) for year in ("2026", "2027"))
    phase = parse_period("2025-2030", definitions.phases)
    assert applies(target, in_2026, TODAY)
    assert applies(target, phase, TODAY), "beside the targets of the phase"
    assert not applies(target, in_2027, date(2027, 3, 1))


def test_provincial_targets_are_shipped_with_their_source(shipped: Definitions) -> None:
    found = {
        code: (target.area_code, target.period, target.minimum, target.population)
        for code, target in shipped.targets.items()
        if target.area_code != "VN"
    }
    assert found == {
        "TQ_2030": ("08", "2025-2030", 200, "all clubs"),
        "TQ_2035": ("08", "2025-2035", 260, "all clubs"),
        "GL_2030": ("52", "2025-2030", 40, "clubs founded in the phase"),
        "GL_2035": ("52", "2031-2035", 30, "clubs founded in the phase"),
    }
    assert "61" in shipped.targets["GL_2030"].label.vi
    assert all(each.source for each in shipped.targets.values())


def judged(definitions: Definitions, period: str, cut_off: date) -> set[str]:
    asked = parse_period(period, definitions.phases)
    targets = definitions.targets.values()
    return {each.code for each in targets if applies(each, asked, cut_off)}


def test_a_phase_is_judged_by_its_own_targets_and_those_that_reach_beyond_it(
    shipped: Definitions,
) -> None:
    now = judged(shipped, "2025-2030", TODAY)
    assert {"D1", "D3", "D7", "D19", "D25", "TQ_2030", "TQ_2035"} <= now
    assert not {"D13", "D16", "B2", "A9", "C1"} & now
    later = judged(shipped, "2031-2035", date(2032, 1, 1))
    assert {"D1", "D13", "D16", "D9b", "D18"} <= later
    assert not {"D3", "D7", "D8"} & later
    assert judged(shipped, "2020-2025", TODAY) >= {"B1", "B2", "B6c", "B9"}
    assert "C1" in judged(shipped, "2024-2025", TODAY)


def test_nothing_is_judged_before_its_time(shipped: Definitions) -> None:
    assert "D13" not in judged(shipped, "2025-2035", TODAY)
    assert "D13" in judged(shipped, "2025-2035", date(2031, 1, 1))


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("both", ("2020-08-31", "2025-12-31"), ("2025-08-01", "2030-12-31")),
        ("earlier", ("2021-01-01", "2025-12-31"), ("2026-01-01", "2030-12-31")),
        ("later", ("2020-08-31", "2025-07-31"), ("2025-08-01", "2030-12-31")),
    ],
)
def test_one_rule_says_where_clubs_of_overlapping_days_belong(
    programme: Folder, rule: str, old: tuple[str, str], new: tuple[str, str]
) -> None:
    def with_rule(book: openpyxl.Workbook) -> None:
        for cells in book["settings"].iter_rows(min_row=2):
            if cells[0].value == "overlap":
                cells[1].value = rule

    targets = loaded(changed(programme, with_rule)).targets

    def days(target: Target) -> tuple[str, str]:
        return str(target.founded_from), str(target.founded_to)

    assert days(targets["B2"]) == old
    assert days(targets["D3"]) == new
    assert days(targets["D1"]) == (new[0], "2035-12-31")
    assert days(targets["D13"]) == ("2031-01-01", "2035-12-31")


def test_the_days_that_two_phases_share_are_known(shipped: Definitions) -> None:
    assert shipped.overlaps == (
        (date(2020, 8, 31), date(2020, 12, 31)),
        (date(2025, 8, 1), date(2025, 12, 31)),
    )


def test_kinds_of_area_differ_between_phases(shipped: Definitions) -> None:
    kinds = {code: shipped.targets[code].area_kind for code in ("D6", "D7", "D15", "D16")}
    assert "minority" not in kinds["D7"]
    assert "minority" in kinds["D16"]
    assert kinds["D6"] == kinds["D15"] == "delta"


def test_older_people_have_two_ages(shipped: Definitions) -> None:
    ages = {code: shipped.targets[code].older_age for code in ("A4", "A9", "B6b", "D4", "D14b")}
    assert ages == {"A4": 55, "A9": 55, "B6b": 60, "D4": 60, "D14b": 60}
    assert shipped.older_age == 60, "where a target names no age"


@pytest.mark.parametrize(
    ("cells", "code", "column", "near"),
    [
        ({"period": "2025-2031"}, "target-period-unknown", "period", "2025-2030"),
        ({"area_code": "064966"}, "area-unknown", "area_code", "06496"),
        ({"area_code": "8"}, "area-unknown", "area_code", "08"),
        ({"unit": "club"}, "workbook-cell-unknown", "unit", "clubs"),
        ({"measured_by": "clubz"}, "target-indicator-unknown", "measured_by", "clubs"),
        ({"measured_by": None}, "target-not-measured", "measured_by", ""),
        ({"area_kind": "moutain"}, "area-kind-unknown", "area_kind", "mountain"),
        ({"level": "club"}, "workbook-cell-empty", "rate_by", ""),
        ({"met_when": "at least"}, "workbook-cell-unknown", "met_when", ""),
        ({"threshold_min": 3, "threshold_max": 1}, "target-range", "threshold_min", ""),
    ],
)
def test_a_mistake_in_a_target_is_told_with_the_nearest_right_name(
    programme: Folder, cells: dict[str, Any], code: str, column: str, near: str
) -> None:
    found = problems(changed(programme, lambda book: own_target(book, **cells)))
    (problem,) = [each for each in found if each.code == code]
    assert (problem.place.sheet, problem.place.column) == ("targets", column)
    assert problem.place.row == 61
    assert near in problem.what.en
    assert near in problem.what.vi


def test_mistakes_of_all_sheets_are_told_at_once(programme: Folder) -> None:
    def wrong(book: openpyxl.Workbook) -> None:
        own_target(book, period="2O26")
        row(book, "settings", setting="cary_months", value=3)
        row(book, "denominators", area_code="20", villages=3, source="thử", as_of=TODAY)
        row(book, "regions", region="x", label_vi="x", label_en="x", provinces="99", priority="no")
        row(book, "phases", code="2040", decision="x", start=TODAY, end=date(2020, 1, 1))
        row(
            book,
            "baselines",
            indicator="communes_with_club",
            area_code="08",
            as_of=date(2024, 12, 31),
            value=10,
            comparable="yes",
            label_vi="x",
            label_en="x",
            unit="communes",
            source_vi="x",
            source_en="x",
        )

    found = {(each.place.sheet, each.code) for each in problems(changed(programme, wrong))}
    assert found >= {
        ("targets", "target-period-unknown"),
        ("settings", "workbook-cell-unknown"),
        ("denominators", "denominator-commune"),
        ("regions", "area-unknown"),
        ("phases", "phase-days"),
        ("baselines", "baseline-merger"),
    }


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("carry_months", -1, "setting-range"),
        ("coverage_threshold", 120, "setting-range"),
        ("survey_confidence", "high", "workbook-cell-type"),
        ("overlap", "none", "workbook-cell-unknown"),
        ("midland", "hill", "workbook-cell-unknown"),
    ],
)
def test_a_setting_out_of_range_is_told(
    programme: Folder, setting: str, value: object, code: str
) -> None:
    def wrong(book: openpyxl.Workbook) -> None:
        for cells in book["settings"].iter_rows(min_row=2):
            if cells[0].value == setting:
                cells[1].value = value

    (problem,) = problems(changed(programme, wrong))
    assert (problem.code, problem.place.sheet) == (code, "settings")


def test_a_province_in_two_regions_is_told(programme: Folder) -> None:
    def twice(book: openpyxl.Workbook) -> None:
        row(book, "regions", region="x", label_vi="x", label_en="x", provinces="20", priority="no")

    (problem,) = problems(changed(programme, twice))
    assert (problem.code, problem.place.column) == ("workbook-cell-repeated", "provinces")
    assert "20" in problem.what.vi
