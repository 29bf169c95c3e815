"""The codebook as an Excel workbook: a sheet a form, one of all choices."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from forms.codebook import Codebook, Entry, words
from programme.problem import Language, Text
from reports.sheet_book import Kind, Sheet, SheetColumn, columns_in, plain_rows, write_sheets

_DAY = date(2026, 1, 1)  # the file says no moment, so that the same forms give the same bytes
_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("what", "number"),
    ("number", "number"),
    ("name", "text"),
    ("label_vi", "long"),
    ("label_en", "long"),
    ("kind", "text"),
    ("list", "text"),
    ("required", "number"),
    ("only_if", "long"),
    ("limits", "long"),
    ("class", "number"),
    ("table", "text"),
    ("columns", "text"),
    ("since", "number"),
    ("relevant", "text"),
    ("constraint", "text"),
    ("calculation", "text"),
)
_CHOICES: tuple[tuple[str, Kind], ...] = (
    ("form", "text"),
    ("list", "text"),
    ("choice", "text"),
    ("choice_vi", "long"),
    ("choice_en", "long"),
)


def write_book(books: Sequence[Codebook], programme: Text, path: Path, language: Language) -> None:
    """Write the workbook; nothing in a cell is run, and the same forms give the same bytes.

    Args:
        books: one a form, all in one language.
        programme: its name.
        path: the ``.xlsx``.
    """
    lines = [words.TITLE.in_(language), programme.in_(language)]
    lines += [each.in_(language) for each in words.READ_THIS]
    write_sheets(path, lines, _sheets(books, language), language, _DAY, private=False)


def _sheets(books: Sequence[Codebook], language: Language) -> Iterator[Sheet]:
    for book in books:
        rows = plain_rows(_row(each, language) for each in book.entries)
        title = f"{book.title.in_(language)} ({book.version})"
        yield Sheet(book.form_id, title, _heads(_COLUMNS, language), rows)
    choices = [
        (book.form_id, each.list_name, each.name, each.label.vi, each.label.en)
        for book in books
        for each in book.choices
    ]
    title = words.CHOICES.in_(language)
    yield Sheet(title, title, _heads(_CHOICES, language), plain_rows(choices))


def _heads(columns: Sequence[tuple[str, Kind]], language: Language) -> tuple[SheetColumn, ...]:
    return columns_in(((words.HEADS[name], kind) for name, kind in columns), language)


def _row(entry: Entry, language: Language) -> tuple[str, ...]:
    return (
        words.WHAT[entry.what].in_(language),
        entry.number,
        entry.name,
        entry.label.vi,
        entry.label.en,
        entry.kind,
        entry.list_name,
        words.REQUIRED.in_(language) if entry.required else "",
        entry.only_if,
        entry.limits,
        words.CLASSES[entry.data_class].in_(language) if entry.data_class else "",
        entry.table,
        ", ".join(entry.columns),
        entry.since,
        *entry.expressions,
    )
