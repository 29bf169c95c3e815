"""How an export calls columns and choices: the forms' labels, and words for the registers."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from connectors.export.columns import Codes, Wording
from connectors.store.labels import Labels, read_labels
from connectors.store.tables import TableSet
from programme.problem import Language

Called = TypeVar("Called")
WORDS = Path(__file__).with_name("words.csv")


def wording(tables: TableSet, language: Language | None) -> Wording:
    """Give the words of a run in a language, or the names as they stand when None."""
    if language is None:
        return Codes()
    labels = read_labels(tables, language)
    return _Words(labels, _by_column(labels.columns), _by_column(labels.values), _own(language))


@dataclass(frozen=True, slots=True)
class _Words:
    """A form's label first; then our own words; then what a form calls a column of that name."""

    labels: Labels
    alike: Mapping[str, str]
    alike_choices: Mapping[str, Mapping[str, str]]
    own: Mapping[tuple[str, str, str], str]

    def column(self, table: str, column: str) -> str:
        named = self.labels.columns.get((table, column))
        return named or self._own(table, column, "") or self.alike.get(column, column)

    def choices(self, table: str, column: str) -> Sequence[str]:
        return tuple(self._values(table, column)) or tuple(
            value for at, name, value in self.own if name == column and value and at in ("", table)
        )

    def choice(self, table: str, column: str, name: str) -> str:
        return self._values(table, column).get(name) or self._own(table, column, name) or name

    def _values(self, table: str, column: str) -> Mapping[str, str]:
        return self.labels.values.get((table, column)) or self.alike_choices.get(column, {})

    def _own(self, table: str, column: str, value: str) -> str | None:
        return self.own.get((table, column, value)) or self.own.get(("", column, value))


def _by_column(labels: Mapping[tuple[str, str], Called]) -> dict[str, Called]:
    """Keep what columns of one name are called alike in every form."""
    by_name: dict[str, list[Called]] = {}
    for (_, column), called in labels.items():
        by_name.setdefault(column, []).append(called)
    return {
        column: called[0]
        for column, called in by_name.items()
        if all(each == called[0] for each in called)
    }


@cache
def _own(language: Language) -> Mapping[tuple[str, str, str], str]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["table"], row["column"], row["value"]): row[language] for row in rows}
