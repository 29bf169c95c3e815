"""Expressions that another engine would compute otherwise are refused, with their place."""

from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from connectors.store.tables import open_tables
from programme.folder import Folder
from programme.problem import Problem, ProblemError
from reports.indicators import load_definitions
from reports.indicators.checking import check_all, columns_of
from reports.indicators.parts import Parts, adds_up, apart, read

ROWS = "(VALUES (1, 2, 'x', 10), (1, 4, 'y', 20), (2, NULL, 'x', 30)) AS t(unit, a, b, c)"


def problems_of(world: Folder, tables: Any, programme: Folder, **cells: str) -> list[Problem]:
    book = openpyxl.load_workbook(world.indicators)
    heads = [str(each.value).split()[0] for each in book["indicators"][1]]
    row = next(row for row in book["indicators"].iter_rows(min_row=2) if row[0].value == "members")
    for name, value in cells.items():
        row[heads.index(name)].value = value
    book.save(programme.indicators)
    definitions = load_definitions(programme.indicators)
    answers = pq.read_schema(tables.path("club_month")).names
    names = sorted({each.table for each in definitions.indicators})
    with pytest.raises(ProblemError) as error:
        check_all(definitions, columns_of(tables, definitions, names, answers))
    return list(error.value.problems)


@pytest.mark.parametrize(
    ("column", "sql", "code", "said"),
    [
        ("numerator", "STRING_AGG(sex, ',')", "indicator-function-not-portable", "string_agg"),
        ("numerator", "QUANTILE_CONT(age, 0.5)", "indicator-function-not-portable", "quantile"),
        ("numerator", "SUM(persons) OVER ()", "indicator-not-portable", "OVER"),
        ("numerator", "(SELECT COUNT(*) FROM members)", "indicator-not-portable", "SELECT"),
        (
            "numerator",
            "SUM(DATE_DIFF('month', founded_on, DATE '2026-01-01'))",
            "indicator-not-portable",
            "DATE_DIFF",
        ),
        ("numerator", "persons", "indicator-not-aggregated", "persons"),
        ("where", "SUM(persons) > 3", "indicator-aggregate-here", "SUM"),
        ("numerator", "SUM(person)", "sql-column-unknown", "persons"),
    ],
)
def test_what_is_refused_has_its_place(
    world: Folder, programme: Folder, column: str, sql: str, code: str, said: str
) -> None:
    tables = open_tables(world, identified=True)
    (problem,) = problems_of(world, tables, programme, **{column: sql})
    assert problem.code == code
    assert said in problem.what.en
    assert (problem.place.file, problem.place.sheet) == ("indicators.xlsx", "indicators")
    assert (problem.place.row, problem.place.column) == (row_of(world, "members"), column)


def row_of(folder: Folder, code: str) -> int:
    definitions = load_definitions(folder.indicators)
    return next(each.row for each in definitions.indicators if each.code == code)


@pytest.mark.parametrize(
    "sql",
    [
        "COALESCE(SUM(a) FILTER (WHERE b = 'x'), 0)",
        "COUNT(*) / COUNT(a)",
        "AVG(c)",
        "SUM(a) / (COUNT(*) - COUNT(*))",
        "CASE WHEN COUNT(*) > 1 THEN MAX(c) - MIN(c) END",
        "COUNT_IF(a > 1)",
    ],
)
@pytest.mark.parametrize("condition", ["", "c > 10"])
def test_parts_added_up_are_the_whole(sql: str, condition: str) -> None:
    """An expression over the sums of smaller areas gives what it gives over all rows at once."""
    tree, parts = read(sql, {}, condition), Parts()
    assert adds_up(tree)
    outer = apart(tree, parts)
    inner = ", ".join(f"{part} AS {name}" for part, name in parts.of.items())
    by_unit = f"(SELECT unit, {inner} FROM {ROWS} GROUP BY unit)"
    whole, added = (
        duckdb.sql(text).fetchall()
        for text in (f"SELECT {tree.sql('duckdb')} FROM {ROWS}", f"SELECT {outer} FROM {by_unit}")
    )
    assert added == whole
