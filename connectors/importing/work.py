"""``ishc import``: a workbook of what exists already, checked whole, then stored whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from connectors.importing import problems
from connectors.importing.clubs import club_of, registrations
from connectors.importing.keep import keep
from connectors.importing.known import Club, Clubs, by_club
from connectors.importing.lists import (
    KIND_COLUMNS,
    VILLAGE_COLUMNS,
    kind_lines,
    village_lines,
    write_lines,
)
from connectors.importing.money import balances, loans
from connectors.importing.places import Places
from connectors.importing.read import ImportBook, ImportRow, read_book
from connectors.importing.records import Imported
from connectors.importing.sense import nonsense
from connectors.importing.sheets import (
    BALANCES,
    BOARDS,
    CLUBS,
    FORMS,
    LOANS,
    MEMBERS,
    fields,
)
from connectors.importing.values import Choices, Reader
from connectors.store.lock import locked
from connectors.store.raw import RawStore
from forms.schema import FormSchema, read_schema
from programme.areas import load_areas
from programme.folder import Folder
from programme.interrupts import heeding
from programme.numbers import number
from programme.problem import Problem, ProblemError
from programme.progress import Progress, silent

LOCK = "pull.lock"


@dataclass(slots=True)
class ImportResult:
    """What an import did.

    Args:
        file: name of the workbook.
        source: who gave the data.
        rows: rows read, by sheet.
        new, changed: records stored.
        removed: records of earlier imports taken away (``replace``).
        villages, area_kinds: rows of the lists that are new or changed.
        checked_only: nothing was stored.
        problems: what a person should know and that did not stop the work.
    """

    file: str
    source: str
    rows: Mapping[str, int]
    new: int = 0
    changed: int = 0
    removed: int = 0
    villages: int = 0
    area_kinds: int = 0
    checked_only: bool = False
    problems: list[Problem] = field(default_factory=list)


def import_workbook(
    folder: Folder,
    path: Path,
    *,
    replace: bool = False,
    check_only: bool = False,
    progress: Progress = silent,
) -> ImportResult:
    """Take over what exists already; importing the same twice changes nothing.

    Args:
        folder: the programme.
        path: the workbook.
        replace: what the same source gave before and is not in it is taken away.
        check_only: look for mistakes and store nothing.
        progress: told while records are stored.

    Raises:
        ProblemError: every mistake of the workbook, with sheet and row; then nothing is stored.
            ``store-busy`` while something is being pulled.
    """
    schemas = schemas_of(folder)
    reader = Reader(choices_of(schemas))
    book = read_book(path, reader)
    found = list(nonsense(book))
    result = ImportResult(book.file, book.source, {n: len(rows) for n, rows in book.rows.items()})
    result.checked_only = check_only
    folder.private(folder.data)
    with heeding(), locked(folder.data / LOCK), RawStore.open(folder.store) as store:
        places = Places(load_areas(folder.xlsforms))
        records = _records(book, store, schemas, places, found)
        villages = village_lines(book, folder, places, found)
        kinds = kind_lines(book, folder, places, found)
        if found:
            raise ProblemError(found)
        if not check_only:
            kept = keep(
                store, records, schemas, book.source, book.as_of, replace=replace, progress=progress
            )
            result.new = sum(each.new for each in kept.stored.values())
            result.changed = sum(each.changed for each in kept.stored.values())
            result.removed = kept.removed
            if kept.left:
                result.problems.append(problems.left_over(kept.left, book.source, book.file))
            if villages[2]:
                write_lines(villages[0], VILLAGE_COLUMNS, villages[1])
            if kinds[2]:
                write_lines(kinds[0], KIND_COLUMNS, kinds[1])
    result.villages, result.area_kinds = villages[2], kinds[2]
    if rounded := reader.rounded.count:
        most = number(reader.rounded.most, "vi")
        result.problems.append(problems.rounded(rounded, most, book.file))
    return result


def schemas_of(folder: Folder) -> dict[str, FormSchema]:
    """Read the forms whose questions the columns are.

    Raises:
        ProblemError: of their workbooks.
    """
    names = sorted(set(FORMS.values()))
    return {form: read_schema(folder.xlsforms / f"{form}.xlsx") for form in names}


def choices_of(schemas: Mapping[str, FormSchema]) -> dict[str, Choices]:
    """Give the choices of every question that a column takes them from."""
    found: dict[str, Choices] = {}
    for sheet, form in FORMS.items():
        schema = schemas[form]
        for each in fields()[sheet]:
            if each.choices:
                found[each.choices] = schema.choices[schema.column(each.choices).list_name or ""]
    return found


def _records(
    book: ImportBook,
    store: RawStore,
    schemas: Mapping[str, FormSchema],
    places: Places,
    found: list[Problem],
) -> list[Imported]:
    def all_of(
        sheet: str, find: Callable[[ImportRow], Club | None]
    ) -> list[tuple[ImportRow, Club]]:
        pairs = []
        for row in book.rows.get(sheet, ()):
            try:
                if club := find(row):
                    pairs.append((row, club))
            except ProblemError as error:
                found.extend(error.problems)
        return pairs

    new = {club: row for row, club in all_of(CLUBS, lambda row: club_of(row, book.source, places))}
    # a club whose own row has a mistake is told once, not again by each of its rows
    listed = {row.get("club_no") for row in book.rows.get(CLUBS, ())}
    provinces = {code: area.province for code, area in places.areas.communes.items()}
    clubs = Clubs(
        book.source, {club.key: club for club in new}, store, schemas[FORMS[CLUBS]], provinces,
        listed,
    )  # fmt: skip
    boards = by_club(all_of(BOARDS, clubs.of))
    members = by_club(all_of(MEMBERS, clubs.of))
    lent, left = all_of(LOANS, clubs.of), all_of(BALANCES, clubs.of)
    if found:
        return []
    made, rosters = registrations(new, boards, members, book.source, book.as_of)
    made += loans(lent, rosters, book.source, book.as_of)
    made += balances(left, book.source)
    return made
