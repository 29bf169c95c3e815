"""Reads the answers in a workbook of findings that came back."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from connectors.reconcile import answer_problems as problems
from connectors.reconcile.finding import MARK_LETTERS
from connectors.reconcile.finding_answers import Answer, Decision
from connectors.reconcile.finding_columns import ANSWER, BY, DECISION, KEY, ON
from connectors.reconcile.finding_words import DECISION_WORDS
from connectors.reconcile.sheet_layout import SheetColumn
from programme.dates import parse_date
from programme.problem import Place, Problem, ProblemError, Text
from programme.text import fold, tidy

LARGEST = 300_000_000  # bytes when unpacked
_SEARCHED = 12  # rows for the header: people put lines above it
_LONGEST = 1_000  # characters of an answer
_COLUMNS: Mapping[str, SheetColumn] = {
    "key": KEY, "decision": DECISION, "answer": ANSWER, "by": BY, "on": ON
}  # fmt: skip
_KEY = re.compile(rf"([a-z2-7]{{12}})\.([a-z2-7]{{{MARK_LETTERS}}})")
_WORDS = {
    fold(name): decision
    for decision, word in DECISION_WORDS.items()
    for name in (word.vi, word.en, decision)
}
_NAMES: Mapping[str, Text] = {
    "answer": Text("lý do", "the reason"),
    "by": Text("người trả lời", "by whom"),
    "on": Text("ngày trả lời", "the day"),
}


@dataclass(slots=True)
class Read:
    """What a workbook holds.

    Args:
        answers: those that can be kept.
        problems: rows that could not be understood, each with sheet and row.
    """

    answers: list[Answer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_answers(path: Path, shown: str, known: frozenset[str]) -> Read:
    """Read every row somebody answered in; rows without an answer are left alone.

    Args:
        path: the workbook; order, filters and hidden rows do not matter, nor does the language.
        shown: the file's name for problems and for the store.
        known: ids of all findings that there ever were.

    Raises:
        ProblemError: ``answer-file-unreadable``.
    """
    found = Read()
    for sheet, rows in _sheets(path, shown):
        columns: dict[str, int] = {}
        for number, cells in enumerate(rows, 1):
            if not columns:
                columns = _header(cells) if number <= _SEARCHED else {}
                continue
            place = Place(file=shown, sheet=sheet, row=number)
            row = {name: _cell(cells, at) for name, at in columns.items()}
            if any(_text(row[name]) for name in _COLUMNS if name != "key"):
                _take(row, place, known, found)
        if columns:
            return found
    raise ProblemError(problems.unreadable(shown))


def _sheets(path: Path, shown: str) -> Iterator[tuple[str, Iterator[Sequence[Any]]]]:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST:
                raise ProblemError(problems.unreadable(shown))
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise ProblemError(problems.unreadable(shown)) from error
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a program wrote there may be wrong
            yield sheet.title, sheet.iter_rows(values_only=True)
    finally:
        book.close()


def _header(cells: Sequence[Any]) -> dict[str, int]:
    """Find the columns by their headers, in either language; all of them or none."""
    texts = [fold(_text(cell)) for cell in cells]
    found = {}
    for name, column in _COLUMNS.items():
        heads = (fold(column.header.vi), fold(column.header.en))
        at = next((at for at, text in enumerate(texts) if text in heads), None)
        if at is None:
            return {}
        found[name] = at
    return found


def _cell(cells: Sequence[Any], at: int) -> Any:
    return cells[at] if at < len(cells) else None


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else tidy(str(cell))


def _take(row: Mapping[str, Any], place: Place, known: frozenset[str], found: Read) -> None:
    match = _KEY.fullmatch(_text(row["key"]).strip("'"))
    word = _text(row["decision"])
    decision = _WORDS.get(fold(word))
    day, wrong = _day(row["on"], place)
    told: list[Problem] = []
    if match is None or match[1] not in known:
        told.append(problems.unknown_finding(place, _text(row["key"])))
    if not word:
        told.append(problems.no_decision(place))
    elif decision is None:
        told.append(problems.unknown_word(place, word))
    elif lacking := _lacking(decision, row, place):
        told.append(lacking)
    if wrong:
        told.append(wrong)
    if told or match is None or decision is None:
        found.problems += told
        return
    answer = _text(row["answer"])[:_LONGEST]
    by = _text(row["by"])[:_LONGEST]
    found.answers.append(
        Answer(match[1], decision, answer, by, day, match[2], place.file or "", place.row or 0)
    )


def _lacking(decision: Decision, row: Mapping[str, Any], place: Place) -> Problem | None:
    needed = {"waive": ("answer", "by", "on"), "question": ("answer",)}.get(decision, ())
    lacks = [_NAMES[name] for name in needed if not _text(row[name])]
    if not lacks:
        return None
    return problems.incomplete(
        place, Text(", ".join(each.vi for each in lacks), ", ".join(each.en for each in lacks))
    )


def _day(cell: Any, place: Place) -> tuple[date | None, Problem | None]:
    text = _text(cell)
    if not text:
        return None, None
    try:
        if isinstance(cell, datetime):
            return cell.date(), None
        return (cell if isinstance(cell, date) else parse_date(text)), None
    except ValueError:
        return None, problems.bad_day(place, text)
