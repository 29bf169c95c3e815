"""What a table looks like outside: headers and answers in words, several choices as yes or no."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc


class Wording(Protocol):
    """How columns and choices are called; a form's labels, or their names."""

    def column(self, table: str, column: str) -> str:
        """Give the header of a column."""

    def choices(self, table: str, column: str) -> Sequence[str]:
        """Give the names of a question's choices in their order, none if they are not known."""

    def choice(self, table: str, column: str, name: str) -> str:
        """Give what a person reads instead of a choice's name."""

    def is_money(self, table: str, column: str) -> bool:
        """Tell whether a column holds đồng."""


class Codes:
    """The names as they stand in the tables."""

    def column(self, table: str, column: str) -> str:
        """Give the name itself."""
        return column

    def choices(self, table: str, column: str) -> Sequence[str]:
        """Tell none: what occurs in the table decides."""
        return ()

    def choice(self, table: str, column: str, name: str) -> str:
        """Give the name itself."""
        return name

    def is_money(self, table: str, column: str) -> bool:
        """Leave numbers as they are."""
        return False


MOST_CHOICES = 50  # columns that one question with several answers may become


@dataclass(frozen=True, slots=True)
class OutColumn:
    """One column as it goes out.

    Args:
        name: stable name, ``question__choice`` for one choice of several.
        header: what stands above it.
        make: gives its values from those of the table's column.
        money: holds đồng.
    """

    name: str
    header: str
    source: str
    make: Callable[[pa.Array], pa.Array]
    money: bool = False


def out_columns(
    table: str, schema: pa.Schema, occurring: Callable[[str], Sequence[str]], wording: Wording
) -> list[OutColumn]:
    """Lay out a table.

    Args:
        table: its name.
        schema: its columns; a list of texts is a question with several answers.
        occurring: gives the choices that occur in such a column.
        wording: headers and words.
    """
    made = [column for field in schema for column in _of_field(table, field, occurring, wording)]
    return list(_told_apart(made))


def _of_field(
    table: str, field: pa.Field, occurring: Callable[[str], Sequence[str]], wording: Wording
) -> Iterator[OutColumn]:
    name, header = field.name, wording.column(table, field.name)
    if pa.types.is_list(field.type):
        words = _words(table, name, wording)
        yield OutColumn(name, header, name, lambda values: _joined(values, words))
        for choice in _choices(wording.choices(table, name), occurring(name)):
            stable = f"{name}__{choice}"
            told = stable if header == name else f"{header}: {words(choice)}"
            yield OutColumn(stable, told, name, _has(choice))
    elif pa.types.is_string(field.type) and wording.choices(table, name):
        words = _words(table, name, wording)
        yield OutColumn(name, header, name, lambda values: _worded(values, words))
    else:
        money = wording.is_money(table, name)
        yield OutColumn(name, header, name, lambda values: values, money)


def _choices(known: Sequence[str], occurring: Sequence[str]) -> Sequence[str]:
    """Take the whole list, of a long one (villages, say) only what occurs; none of a long text."""
    asked = [each for each in known if len(known) <= MOST_CHOICES or each in occurring]
    taken = list(dict.fromkeys((*asked, *occurring)))
    return taken if len(taken) <= MOST_CHOICES else ()


def _words(table: str, column: str, wording: Wording) -> Callable[[str], str]:
    return lambda name: wording.choice(table, column, name)


def _joined(values: pa.Array, words: Callable[[str], str]) -> pa.Array:
    texts = [None if each is None else "; ".join(map(words, each)) for each in values.to_pylist()]
    return pa.array(texts, pa.string())


def _worded(values: pa.Array, words: Callable[[str], str]) -> pa.Array:
    coded = pc.dictionary_encode(values)
    named = pa.array([words(each) for each in coded.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(coded.indices, named).cast(pa.string())


def _has(choice: str) -> Callable[[pa.Array], pa.Array]:
    def has(values: pa.Array) -> pa.Array:
        # an answer that was not given stays empty: it is not a no
        answers = [None if each is None else choice in each for each in values.to_pylist()]
        return pa.array(answers, pa.bool_())

    return has


def _told_apart(columns: Sequence[OutColumn]) -> Iterator[OutColumn]:
    """Add the name to headers that stand above more than one column."""
    headers = [column.header for column in columns]
    for column in columns:
        header = column.header
        if header != column.name and headers.count(header) > 1:
            header = f"{header} ({column.name})"
        yield replace(column, header=header)
