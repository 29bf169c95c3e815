"""Where imported records came from: the workbook, its sheet and row, to be mended there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from connectors.store.raw import RawStore
from programme.problem import Place
from programme.sources import IMPORTED

_NOTE = "INSERT OR REPLACE INTO imported_row (form, id, file, sheet, row) VALUES (?, ?, ?, ?, ?)"
_FORGET = "DELETE FROM imported_row WHERE form = ? AND id = ?"
_FROM = """
SELECT one.form, one.id, json_extract(one.json, '$._submitted_by'), at.file, at.sheet, at.row
FROM submission AS one JOIN imported_row AS at ON at.form = one.form AND at.id = one.id
WHERE one.source = ? AND one.form = ? AND one.id = ? AND one.deleted IS NULL
"""
_FILES = """
SELECT DISTINCT json_extract(one.json, '$._submitted_by'), at.file
FROM submission AS one JOIN imported_row AS at ON at.form = one.form AND at.id = one.id
WHERE one.source = ? AND one.deleted IS NULL
"""

Key = tuple[str, int]  # form and number of a record


@dataclass(frozen=True, slots=True)
class Origin:
    """The row that an imported record was made of, as it was last imported.

    Args:
        giver: who gave the data.
        place: file, sheet and row.
        alone: all that is kept of the giver came from this file.
    """

    giver: str
    place: Place
    alone: bool


def note_places(store: RawStore, places: Iterable[tuple[str, int, Place]]) -> None:
    """Keep for records (form, number) from which row they were made; the last import counts."""
    with store.transaction() as connection:
        connection.executemany(
            _NOTE, [(form, number, at.file, at.sheet, at.row) for form, number, at in places]
        )


def forget_places(store: RawStore, form: str, numbers: Iterable[int]) -> None:
    """Forget the rows of records that are gone."""
    with store.transaction() as connection:
        connection.executemany(_FORGET, [(form, number) for number in numbers])


def origins(store: RawStore, keys: Collection[Key]) -> Mapping[Key, Origin]:
    """Give the rows of imported records; none for those imported before rows were kept."""
    if not keys:
        return {}
    files: dict[str, set[str]] = {}
    for giver, file in store.connection.execute(_FILES, (IMPORTED,)):
        files.setdefault(giver, set()).add(file)
    found = {}
    for key in keys:
        for form, number, giver, *at in store.connection.execute(_FROM, (IMPORTED, *key)):
            found[form, number] = Origin(giver, Place(*at), len(files[giver]) == 1)
    return found
