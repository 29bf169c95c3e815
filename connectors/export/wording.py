"""How an export calls columns and choices: the forms' labels, and words for the registers."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq

from connectors.export.columns import Codes, Wording
from connectors.store.labels import COLUMNS, Labels, read_labels
from connectors.store.tables import TableSet
from programme.problem import Exit, Problem, ProblemError, Text

WORDS = Path(__file__).with_name("words.csv")
OURS = ("vi", "en")
MONEY = "vnd"
# registers that hold the answers of one form
_LIKE = {
    "club_month": "monthly_activity_report",
    "inspection": "inspection_checklist",
    "loan": "loan_record",
    "loan_event": "loan_record",
    "loan_event_unknown": "loan_record",
}


def wording(tables: TableSet, language: str | None) -> Wording:
    """Give the words of a run in a language of its forms, or the names as they stand when None.

    Raises:
        ProblemError: ``language-unknown`` with those there are.
    """
    if language is None:
        return Codes()
    rows = pq.read_table(tables.path(COLUMNS)).to_pylist()
    there = sorted({*OURS, *(row["language"] for row in rows if row["language"])})
    if language not in there:
        raise ProblemError(_unknown(language, there), Exit.USAGE)
    money = frozenset(
        (row["table_name"], row["column"]) for row in rows if row.get("unit") == MONEY
    )
    own = _own(language if language in OURS else "en")
    return _Words(read_labels(tables, language), own, money)


def own_words(column: str) -> Mapping[str, str]:
    """Give our own words for a column, by language; empty where there are none."""
    found = {language: _own(language).get(("", column, "")) for language in OURS}
    return {language: words for language, words in found.items() if words}


def choices_of(
    lists: Mapping[tuple[str, str], Sequence[str]], table: str, column: str
) -> Sequence[str]:
    """Give the names that a column may hold, none if they are not known.

    Args:
        lists: those of the forms by table and column.
    """
    asked = lists.get((table, column)) or lists.get((_LIKE.get(table, ""), column), ())
    return tuple(asked) or _own_choices(_own("en"), table, column)


def _own_choices(own: Mapping[tuple[str, str, str], str], table: str, column: str) -> Sequence[str]:
    return tuple(value for at, name, value in own if name == column and value and at in ("", table))


@dataclass(frozen=True, slots=True)
class _Words:
    """A form's label first, then our own words, then those of the form a register is made of."""

    labels: Labels
    own: Mapping[tuple[str, str, str], str]
    money: frozenset[tuple[str, str]]

    def column(self, table: str, column: str) -> str:
        named = self.labels.columns.get((table, column)) or self._own(table, column, "")
        named = named or self.labels.columns.get((_LIKE.get(table, ""), column), column)
        return f"{named} (đồng)" if self.is_money(table, column) else named

    def choices(self, table: str, column: str) -> Sequence[str]:
        return tuple(self._values(table, column)) or _own_choices(self.own, table, column)

    def choice(self, table: str, column: str, name: str) -> str:
        return self._values(table, column).get(name) or self._own(table, column, name) or name

    def is_money(self, table: str, column: str) -> bool:
        return (table, column) in self.money or (_LIKE.get(table, ""), column) in self.money

    def _values(self, table: str, column: str) -> Mapping[str, str]:
        values = self.labels.values
        return values.get((table, column)) or values.get((_LIKE.get(table, ""), column), {})

    def _own(self, table: str, column: str, value: str) -> str | None:
        return self.own.get((table, column, value)) or self.own.get(("", column, value))


@cache
def _own(language: str) -> Mapping[tuple[str, str, str], str]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["table"], row["column"], row["value"]): row[language] for row in rows}


def _unknown(language: str, there: Sequence[str]) -> Problem:
    listed = ", ".join(there)
    return Problem(
        "language-unknown",
        Text(
            vi=f"biểu mẫu không có nhãn bằng ngôn ngữ «{language}»",
            en=f"the forms have no labels in “{language}”",
        ),
        Text(vi=f"các ngôn ngữ có thể dùng: {listed}", en=f"languages to use: {listed}"),
    )
