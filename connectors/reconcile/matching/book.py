"""Reads what people decided in the workbook."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from connectors.reconcile.matching import problems
from connectors.reconcile.matching.columns import BY, DECISION, KEY, LEFT, NOTE, ON, RIGHT
from connectors.reconcile.matching.decisions import Decision, Judgement, Pair
from connectors.reconcile.matching.labels import JUDGEMENT_WORDS
from connectors.reconcile.matching.reasons import KINDS
from connectors.reconcile.sheet_layout import SheetColumn
from forms.cells import Cells, read_cells
from programme.dates import parse_date
from programme.problem import Place, Problem
from programme.text import fold, tidy

_SEARCHED = 12  # rows for the header: people put lines above it
_LONGEST = 1_000  # characters of a note
_COLUMNS: Mapping[str, SheetColumn] = {
    "decision": DECISION, "by": BY, "on": ON, "note": NOTE, "left": LEFT, "right": RIGHT,
    "key": KEY,
}  # fmt: skip
_WORDS: Mapping[str, Judgement] = {
    fold(name): judgement
    for judgement, word in JUDGEMENT_WORDS.items()
    for name in (word.vi, word.en, judgement)
}
_KEY = re.compile(rf"({'|'.join(KINDS)})\|([^|]+)\|([^|]+)\|([0-9]+)")
_SORTS = {"M": "member", "L": "loan"}


@dataclass(frozen=True, slots=True)
class Unread:
    """What somebody wrote that could not be understood; it goes back into its row.

    Args:
        pair: the row it belongs to; None for codes that nobody knows.
        left, right, written, by, on, note: as it was written.
    """

    pair: Pair | None
    left: str
    right: str
    written: str
    by: str
    on: str
    note: str


@dataclass(slots=True)
class Read:
    """What a workbook holds.

    Args:
        decisions: those that are new, and those that were taken back.
        unread: what could not be understood, as it was written.
        problems: what is wrong with it, with sheet and row.
    """

    decisions: list[Decision] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_book(path: Path, history: Mapping[int, Decision], codes: Collection[str]) -> Read:
    """Read every row in which something changed since it was written.

    A row knows which decision it shows, so that an old copy of the workbook takes nothing back.

    Args:
        path: the workbook; order, filters and hidden rows do not matter, nor does the language.
        history: all decisions that there ever were, by number.
        codes: that were issued.

    Raises:
        ProblemError: the file cannot be read.
    """
    found = Read()
    reader = _Rows(history, frozenset(codes), found)
    for sheet in read_cells(path)[1]:
        for number, cells in _rows(sheet):
            reader.take(cells, Place(file=path.name, sheet=sheet.name, row=number))
    return found


def _rows(sheet: Cells) -> Iterator[tuple[int, Mapping[str, Any]]]:
    columns: dict[str, int] = {}
    for number, cells in sheet.values:
        if columns:
            yield number, {name: cells[at] if at < len(cells) else None
                           for name, at in columns.items()}  # fmt: skip
        elif number <= _SEARCHED:
            columns = _header(cells)


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


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else tidy(str(cell)).removeprefix("'")[:_LONGEST]


class _Rows:
    """Takes rows one by one."""

    def __init__(self, history: Mapping[int, Decision], codes: frozenset[str], found: Read) -> None:
        self._history = history
        self._codes = codes
        self._found = found

    def take(self, cells: Mapping[str, Any], place: Place) -> None:
        """Keep what a row says, if it says something new."""
        row = {name: _text(cell) for name, cell in cells.items()}
        pair, number = self._about(row)
        said = any(row[name] for name in ("decision", "by", "on", "note"))
        if pair is None:
            if said:
                told = problems.unknown_codes(place, row["left"], row["right"])
                self._refuse(None, row, told)
            return
        self._judge(pair, number, row, place)

    def _about(self, row: Mapping[str, str]) -> tuple[Pair | None, int]:
        if match := _KEY.fullmatch(row["key"]):
            return (match[1], match[2], match[3]), int(match[4])
        left, right = sorted((row["left"], row["right"]))
        sorts = {_SORTS.get(code.rpartition("-")[2][:1], "club") for code in (left, right)}
        if row["key"] or left == right or len(sorts) > 1 or not {left, right} <= self._codes:
            return None, 0
        return (sorts.pop(), left, right), 0

    def _judge(self, pair: Pair, number: int, row: Mapping[str, str], place: Place) -> None:
        shown = self._history.get(number)
        word, day = row["decision"], _day(row["on"])
        judgement = _WORDS.get(fold(word)) if word else None
        if word and judgement is None:
            self._refuse(pair, row, problems.unknown_word(place, word))
        elif row["on"] and day is None:
            self._refuse(pair, row, problems.bad_day(place, row["on"]))
        elif judgement is not None:
            decision = Decision(*pair, judgement, row["by"], day, row["note"])
            if shown is None or shown.said != decision.said:
                self._found.decisions.append(decision)
        elif shown is not None and shown.judgement != "undone":
            self._found.decisions.append(Decision(*pair, "undone", row["by"], day, row["note"]))
        elif any(row[name] for name in ("by", "on", "note")):
            self._refuse(pair, row, problems.no_decision(place))

    def _refuse(self, pair: Pair | None, row: Mapping[str, str], told: Problem) -> None:
        self._found.problems.append(told)
        self._found.unread.append(
            Unread(pair, row["left"], row["right"], row["decision"], row["by"], row["on"],
                   row["note"])
        )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
