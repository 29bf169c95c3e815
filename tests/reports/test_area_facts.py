"""Names of the day of a report, and kinds of area from an official table."""

from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from programme.areas import load_areas
from programme.folder import Folder
from programme.problem import ProblemError
from programme.settings import load
from reports.indicators import load_definitions
from reports.indicators.area_facts import with_area_facts
from reports.indicators.definitions import AreaFact
from reports.write import write_report

DAY = date(2026, 10, 31)
DECISION = "Quyết định 60/QĐ-BDTTG"


def kinds_in(folder: Folder, on: date = DAY) -> dict[str, tuple[str, ...]]:
    return {code: fact.kinds for code, fact in facts_in(folder, on).items() if fact.kinds}


def facts_in(folder: Folder, on: date = DAY) -> dict[str, AreaFact]:
    definitions = with_area_facts(
        load_definitions(folder.indicators), folder, load_areas(folder.xlsforms), on
    )
    return {fact.area_code: fact for fact in definitions.area_facts}


def written(folder: Folder, *rows: tuple[Any, ...]) -> None:
    book = openpyxl.load_workbook(folder.indicators)
    for row in rows:
        book["denominators"].append(row)
    book.save(folder.indicators)


def villages(folder: Folder, *communes: str) -> None:
    rows = [f"{code}-T{place},Thôn {place},{code}" for place, code in enumerate(communes)]
    text = "\n".join(("name,label,commune", *rows))
    (folder.xlsforms / "villages.csv").write_text(text, encoding="utf-8")


def table(folder: Folder, *rows: str) -> None:
    text = "code,kinds,basis,valid_from\n" + "".join(f"{row}\n" for row in rows)
    folder.area_kinds.write_text(text, encoding="utf-8")


def test_without_a_table_only_the_special_zones_have_a_kind(programme: Folder) -> None:
    kinds = kinds_in(programme)
    assert set(kinds.values()) == {("island",)}
    assert len(kinds) == 13


def test_what_is_written_in_the_workbook_goes_before_imported_lists(programme: Folder) -> None:
    written(programme, ("06463", "border", None, "thử", DAY))
    table(
        programme,
        f"06463,miền núi,{DECISION},2026-02-05",
        f"05977,delta,{DECISION},2026-11-01",
        f"31078,border,{DECISION},2026-02-05",
    )
    kinds = kinds_in(programme)
    assert kinds["06463"] == ("border",)
    assert kinds["31078"] == ("border",), "the newer row of the official table"
    assert "05977" not in kinds, "valid only later"
    assert kinds_in(programme, date(2026, 11, 1))["05977"] == ("delta",)


def test_the_number_of_villages_is_the_written_one_else_the_imported_ones(
    programme: Folder,
) -> None:
    villages(programme, "06463", "06463", "05977")
    written(
        programme,
        ("06463", None, 12, "thử", date(2026, 1, 1)),
        ("06463", None, 14, "thử", date(2027, 1, 1)),
    )
    facts = facts_in(programme)
    assert (facts["06463"].villages, facts["05977"].villages) == (12, 1)
    assert facts_in(programme, date(2025, 12, 31))["06463"].villages == 2, "of that day only"
    assert "06400" not in facts, "of the others nothing is known, which is not 0"


def test_a_mistake_in_the_table_is_told(programme: Folder) -> None:
    table(programme, f"06463,mountian,{DECISION},2026-02-05")
    with pytest.raises(ProblemError) as caught:
        kinds_in(programme)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.file) == ("area-kind-unknown", "area_kinds.csv")
    assert "mountain" in problem.what.vi


def report(folder: Folder, out: Path, as_of: date, area: str = "24") -> Any:
    path = write_report(folder, load(folder), "evaluation", area, "2025-2030", "vi", as_of, out)
    return "\n".join(
        part.blob.decode()
        for part in docx.Document(str(path)).part.package.iter_parts()
        if str(part.partname).startswith("/word/document")
    )


@pytest.mark.parametrize(
    ("as_of", "right", "wrong"),
    [
        (date(2026, 9, 19), "tỉnh Bắc Ninh", "thành phố Bắc Ninh"),
        (date(2026, 9, 20), "thành phố Bắc Ninh", "tỉnh Bắc Ninh"),
    ],
)
def test_a_report_prints_the_names_of_its_day(
    world: Folder, tmp_path: Path, as_of: date, right: str, wrong: str
) -> None:
    text = report(world, tmp_path, as_of)
    assert right in text
    assert wrong not in text


def test_communes_whose_name_nobody_knows_are_counted(world: Folder, tmp_path: Path) -> None:
    note = "72 xã của tỉnh có thể đã là phường"
    assert note in report(world, tmp_path, DAY, area="75")
    assert note not in report(world, tmp_path, date(2026, 4, 29), area="75")
    assert "có thể đã là phường" not in report(world, tmp_path, DAY)
