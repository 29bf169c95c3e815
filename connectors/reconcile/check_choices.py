"""Conditions that compare a column with a word that is none of its choices: they find nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp

from connectors.export.wording import choices_of
from connectors.reconcile import check_problems as problems
from connectors.reconcile.check_sheet import Check
from connectors.store.labels import CHOICES
from programme.problem import Problem
from programme.sql.allowed import DIALECT

_COMPARED = (exp.EQ, exp.NEQ, exp.In, exp.NullSafeEQ, exp.NullSafeNEQ, exp.ArrayContains)


def unknown_choices(checks: Sequence[Check], views: Mapping[str, Path]) -> list[Problem]:
    """Warn of words in conditions that nobody can have chosen, with the nearest that one can.

    Args:
        checks: from ``read_checks``; those with a SELECT of their own are not looked at.
        views: tables by name, with that of the choices.
    """
    said = [(each, column, word) for each in checks if each.table
            for column, word in _compared(each.condition)]  # fmt: skip
    if not said or CHOICES not in views:
        return []
    lists = _lists(views[CHOICES], {column for _, column, _ in said})
    found = []
    for each, column, word in said:
        known = choices_of(lists, each.table.lower(), column)
        if known and word not in known:
            place = replace(each.place, column="condition")
            found.append(problems.unknown_choice(place, column, word, known))
    return found


def _compared(condition: str) -> Iterator[tuple[str, str]]:
    """Give columns and the words that they are compared with; each pair once."""
    try:
        tree = sqlglot.parse_one(condition, dialect=DIALECT)
    except (sqlglot.ParseError, RecursionError):  # the guard says so
        return
    found = (pair for node in tree.find_all(*_COMPARED) for pair in _pairs(node))
    yield from dict.fromkeys(found)


def _pairs(node: exp.Expr) -> Iterator[tuple[str, str]]:
    sides = [node.this, node.args.get("expression"), *(node.args.get("expressions") or ())]
    columns = [each.name.lower() for each in sides if isinstance(each, exp.Column)]
    words = [each.name for each in sides if isinstance(each, exp.Literal) and each.is_string]
    if len(columns) == 1:
        yield from ((columns[0], word) for word in words)


def _lists(path: Path, columns: Iterable[str]) -> Mapping[tuple[str, str], Sequence[str]]:
    rows = pq.read_table(path, columns=["table_name", "column", "value"])
    rows = rows.filter(pc.is_in(rows.column("column"), pa.array([*columns], pa.string())))
    lists: dict[tuple[str, str], list[str]] = {}
    for row in rows.to_pylist():
        lists.setdefault((row["table_name"], row["column"]), []).append(row["value"])
    return lists
