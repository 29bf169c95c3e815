"""Reads an import workbook: every row as answers that remember sheet and row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from connectors.importing import problems
from connectors.importing.sheets import ABOUT, TITLES, Field, fields
from connectors.importing.values import Reader
from forms.cells import Cells, read_cells
from programme.problem import Place, Problem, ProblemError
from programme.text import fold

HELP = frozenset({"huong dan", "help", "guide", "lists"})  # sheets that the template adds


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row.

    Args:
        place: file, sheet and row.
        answers: by column; empty cells are left out.
    """

    place: Place
    answers: Mapping[str, str]

    def get(self, name: str) -> str:
        """Give the answer of a column, empty where there is none."""
        return self.answers.get(name, "")

    def at(self, name: str) -> Place:
        """Say where the cell of a column is."""
        return Place(self.place.file, self.place.sheet, self.place.row, name)


@dataclass(frozen=True, slots=True)
class ImportBook:
    """A workbook without mistakes in its cells.

    Args:
        file: its name.
        source: who gave the data.
        as_of: the day on which they stood so.
        rows: by sheet.
    """

    file: str
    source: str
    as_of: date
    rows: Mapping[str, Sequence[ImportRow]]


def read_book(path: Path, reader: Reader) -> ImportBook:
    """Read all sheets.

    Raises:
        ProblemError: what ``read_cells`` raises; ``import-sheet``, ``import-column``,
            ``import-column-twice``, ``import-nothing`` and everything wrong in cells, at once.
    """
    _, sheets = read_cells(path)
    found: list[Problem] = []
    rows: dict[str, list[ImportRow]] = {}
    for each in sheets:
        name = _known(each.name)
        if name is None:
            if fold(each.name) not in HELP and each.texts:
                found.append(problems.sheet(path.name, each.name))
            continue
        rows[name] = list(_rows(path.name, each, name, reader, found))
    there = ABOUT in rows
    about = rows.pop(ABOUT, [])
    if not about and not found:
        tell = problems.about_empty if there else problems.no_about
        found.append(tell(path.name))
    if not found and not any(rows.values()):
        found.append(problems.nothing(path.name))
    if found:
        raise ProblemError(found)
    source = about[0]
    return ImportBook(path.name, source.get("source"), _day(source.get("as_of")), rows)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _known(tab: str) -> str | None:
    words = fold(tab)
    for name, title in TITLES.items():
        if words in {fold(name), fold(title.vi), fold(title.en)}:
            return name
    return None


def _rows(
    file: str, sheet: Cells, name: str, reader: Reader, found: list[Problem]
) -> Iterator[ImportRow]:
    if not sheet.texts:
        return
    number, header = sheet.texts[0]
    head = Place(file, sheet.name, number)
    columns = _columns(header, fields()[name], head, found)
    for number, texts in sheet.texts[1:]:
        if any(texts[at] for at in columns.values() if at < len(texts)):
            place = Place(file, sheet.name, number)
            yield ImportRow(place, _answers(texts, columns, fields()[name], place, reader, found))


def _columns(
    header: Sequence[str], wanted: Sequence[Field], head: Place, found: list[Problem]
) -> dict[str, int]:
    """Find the columns by name or title, in any order."""
    columns: dict[str, int] = {}
    for at, text in enumerate(header):
        field = next((each for each in wanted if _means(text, each)), None)
        if field is None:
            if text:
                found.append(problems.column(head, text, wanted))
        elif field.name in columns:
            found.append(problems.column_twice(head, field.name))
        else:
            columns[field.name] = at
    missing = [each for each in wanted if each.required and each.name not in columns]
    found.extend(problems.column_missing(head, each) for each in missing)
    return columns


def _means(text: str, field: Field) -> bool:
    # the template writes the title and, in the next line, the name
    title, _, name = text.replace("*", "").partition("\n")
    words = {field.name, fold(field.title.vi), fold(field.title.en)}
    return name.strip() == field.name or title.strip() in words or fold(title) in words


def _answers(
    texts: Sequence[str],
    columns: Mapping[str, int],
    wanted: Sequence[Field],
    place: Place,
    reader: Reader,
    found: list[Problem],
) -> Mapping[str, str]:
    answers = {}
    for field in wanted:
        at = columns.get(field.name, len(texts))
        text = texts[at] if at < len(texts) else ""
        try:
            answer = reader.answer(
                field, text, Place(place.file, place.sheet, place.row, field.name)
            )
        except ProblemError as error:
            found += error.problems
            continue
        if answer:
            answers[field.name] = answer
    return answers
