"""From which version of a form on something was asked."""

from collections.abc import Callable, Sequence
from pathlib import Path

from forms.schema import read_schema
from forms.tables import Column, FormSchema, Table, last
from programme.problem import ProblemError


def since(now: FormSchema, earlier: Sequence[Path]) -> Callable[[Table, Column], str]:
    """Give what tells the first version that had a question, under its name or an earlier one.

    Args:
        now: the form as it is.
        earlier: workbooks of earlier versions, the oldest first.
    """
    versions = [*_readable(earlier), now]

    def first(table: Table, column: Column) -> str:
        return next((each.version for each in versions if _asked(each, table, column)), now.version)

    return first


def _readable(workbooks: Sequence[Path]) -> list[FormSchema]:
    found = []
    for path in workbooks:
        try:
            found.append(read_schema(path, classes=False))
        except ProblemError:  # read by an older product, or damaged since: it tells nothing
            continue
    return found


def _asked(version: FormSchema, table: Table, column: Column) -> bool:
    names = (column.question, *column.former)
    return any(
        other.named(name) for other in version.tables if _same(other, table) for name in names
    )


def _same(other: Table, table: Table) -> bool:
    if table.parent is None or other.parent is None:
        return table.parent is None and other.parent is None
    return table.has_been(last(other.path))
