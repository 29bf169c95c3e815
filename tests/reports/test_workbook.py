"""``indicators.xlsx``: what is in it, and what is said of mistakes in it."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from programme.folder import Folder
from programme.problem import Problem, ProblemError
from reports.indicators import load_definitions
from reports.indicators.portable import FUNCTIONS
from reports.indicators.setting_rows import SETTINGS


def edited(folder: Folder, sheet: str, cell: tuple[str, str], value: Any) -> Folder:
    """Change the cell of the row whose first cell is `cell[0]`, in column `cell[1]`."""
    book = openpyxl.load_workbook(folder.indicators)
    heads = [each.value.split()[0] for each in book[sheet][1]]
    column = heads.index(cell[1]) + 1
    for row in book[sheet].iter_rows(min_row=2):
        if row[0].value == cell[0]:
            book[sheet].cell(row[0].row, column).value = value
            book.save(folder.indicators)
            return folder
    raise AssertionError(f"no row {cell[0]}")


def problems_of(folder: Folder) -> list[Problem]:
    with pytest.raises(ProblemError) as error:
        load_definitions(folder.indicators)
    return list(error.value.problems)


def test_all_targets_are_carried_over_unchanged(world: Folder) -> None:
    path = Path(__file__).parent / "data" / "targets.csv"
    with path.open(encoding="utf-8", newline="") as file:
        published = {row["code"]: row for row in csv.DictReader(file)}
    targets = load_definitions(world.indicators).targets
    national = [code for code, target in targets.items() if target.area_code == "VN"]
    assert national == list(published)
    assert len(national) == 55
    for code, row in published.items():
        target = targets[code]
        assert (target.label.vi, target.label.en) == (row["indicator_vi"], row["indicator_en"])
        assert target.minimum == (float(row["target_min"]) if row["target_min"] else None)
        assert target.maximum == (float(row["target_max"]) if row["target_max"] else None)
        assert target.threshold_min == (float(row["threshold_min"] or 0) or None)
        assert (target.rule, target.unit, target.population) == (
            row["met_when"],
            row["unit"],
            row["population"],
        )
        assert (str(target.start), str(target.end)) == (row["period_start"], row["period_end"])
        assert target.closed == (row["phase_state"] == "closed")
        assert target.rate_by == row["rate_by"]
        assert (target.wording, target.level, target.area_kind) == (
            row["wording_vi"],
            row["level"],
            row["area_kind"],
        )


def test_every_target_is_measured_or_says_why_only_published_figures_count(world: Folder) -> None:
    definitions = load_definitions(world.indicators)
    measured = {code for each in definitions.indicators for code in each.targets}
    for code, target in definitions.targets.items():
        assert code in measured or target.closed, code
        assert code in measured or (target.not_measured.vi and target.not_measured.en), code


def test_every_text_is_there_in_both_languages(world: Folder) -> None:
    definitions = load_definitions(world.indicators)
    for each in definitions.indicators:
        for text in (each.label, each.source):
            assert text.vi
            assert text.en
        assert bool(each.note.vi) == bool(each.note.en)
        assert bool(each.missing) == bool(each.missing_text.vi) == bool(each.missing_text.en)


def test_published_figures_keep_their_source_and_what_contradicts_them(world: Folder) -> None:
    definitions = load_definitions(world.indicators)
    clubs = definitions.baseline("clubs", "20")
    assert clubs is not None
    assert (clubs.value, clubs.as_of) == (46, date(2024, 12, 31))
    supported = definitions.baseline("D12_all", "20")
    assert supported is not None
    assert (supported.numerator, supported.denominator) == (52, 2400)
    new = [each for each in definitions.baselines if each.indicator == "B2"]
    assert sorted(each.value or 0 for each in new) == [3021, 6000]
    assert all(each.conflicting for each in new)
    assert definitions.baseline("B2", "VN") is None, "figures that disagree are never computed with"


def test_a_target_that_does_not_exist_is_told_with_the_nearest(programme: Folder) -> None:
    (problem,) = problems_of(edited(programme, "indicators", ("need_supported", "targets"), "D112"))
    assert problem.code == "indicator-target-unknown"
    assert (problem.place.file, problem.place.sheet) == ("indicators.xlsx", "indicators")
    assert problem.place.row
    assert "D12" in problem.what.en or "D11" in problem.what.en


def test_every_mistake_is_told_at_once(programme: Folder) -> None:
    edited(programme, "indicators", ("clubs", "table"), "club")
    edited(programme, "targets", ("D11", "target_min"), "fifty")
    edited(programme, "phases", ("2025-2030", "start"), "August")
    found = {(each.place.sheet, each.place.column) for each in problems_of(programme)}
    assert found >= {("indicators", "table"), ("targets", "target_min"), ("phases", "start")}


def test_an_unknown_table_names_the_nearest(programme: Folder) -> None:
    problems = problems_of(edited(programme, "indicators", ("clubs", "table"), "clubz"))
    assert "“clubs”" in problems[0].what.en


def test_a_minimum_above_the_maximum_is_told(programme: Folder) -> None:
    problems = problems_of(edited(programme, "targets", ("D11", "target_min"), 90))
    assert [each.code for each in problems] == ["target-range"]


def test_a_renamed_column_is_told_with_what_it_became(programme: Folder) -> None:
    book = openpyxl.load_workbook(programme.indicators)
    for cell in book["indicators"][1]:
        if cell.value.startswith("numerator"):
            cell.value = "numerater"
    book.save(programme.indicators)
    first = problems_of(programme)[0]
    assert first.code == "workbook-sheet"
    assert "numerater" in first.what.en


@pytest.mark.parametrize("content", [b"", b"not a workbook"])
def test_a_broken_file_is_told(programme: Folder, content: bytes) -> None:
    programme.indicators.write_bytes(content)
    assert problems_of(programme)[0].code == "workbook-unreadable"


def test_a_missing_file_is_told(programme: Folder) -> None:
    programme.indicators.unlink()
    assert problems_of(programme)[0].code == "workbook-missing"


def test_a_code_that_stands_twice_is_told(programme: Folder) -> None:
    (problem,) = problems_of(edited(programme, "indicators", ("members", "code"), "clubs"))
    assert problem.code == "workbook-cell-repeated"


def test_two_rows_of_a_target_need_names(programme: Folder) -> None:
    (problem,) = problems_of(edited(programme, "indicators", ("all_supported", "line"), None))
    assert problem.code == "workbook-cell-repeated"
    assert problem.place.column == "targets"
    assert "D12" in problem.what.vi


def test_a_missing_column_is_told_once_and_not_in_every_row(programme: Folder) -> None:
    book = openpyxl.load_workbook(programme.indicators)
    for sheet, column in (("targets", "period"), ("phases", "figures"), ("indicators", "class")):
        (head,) = [cell for cell in book[sheet][1] if cell.value.startswith(column)]
        book[sheet].delete_cols(head.column)
    book.save(programme.indicators)
    found = [(each.code, each.place.sheet) for each in problems_of(programme)]
    assert sorted(found) == [
        ("workbook-sheet", "indicators"),
        ("workbook-sheet", "phases"),
        ("workbook-sheet", "targets"),
    ]


def test_the_sheet_of_functions_lists_what_indicators_may_use(world: Folder) -> None:
    book = openpyxl.load_workbook(world.indicators, read_only=True)
    rows = list(book["functions"].iter_rows(min_row=2, values_only=True))
    book.close()
    assert {row[0] for row in rows} == set(FUNCTIONS)
    assert all(all(row[:4]) for row in rows)


def test_every_target_is_explained_to_who_fills_the_workbook(world: Folder) -> None:
    definitions = load_definitions(world.indicators)
    for each in definitions.indicators:
        assert each.definition.vi, each.code
        assert each.definition.en, each.code
        assert each.group in definitions.groups
    for vi in (each.note.vi + each.remark_text.vi for each in definitions.indicators):
        assert not any(name in vi for name in SETTINGS), "settings have no names in reports"


def test_codes_of_areas_are_kept_as_text_and_words_are_offered(world: Folder) -> None:
    book = openpyxl.load_workbook(world.indicators)
    for sheet, column in (("targets", "area_code"), ("baselines", "area_code")):
        (head,) = [cell for cell in book[sheet][1] if cell.value.startswith(column)]
        assert book[sheet].column_dimensions[head.column_letter].number_format == "@"
        assert book[sheet].cell(2, head.column).number_format == "@"
    for sheet in ("indicators", "targets", "phases", "baselines", "regions"):
        assert book[sheet].data_validations.dataValidation, sheet
        assert book[sheet].freeze_panes
