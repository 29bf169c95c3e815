"""Corrections that wait to be carried out, as the store keeps them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from connectors.persons.fields import differing, paths_of
from connectors.persons.rows import Person, Row, changes_of, rows_of
from connectors.store.erased import Keyed, keyed_by
from connectors.store.raw import RawStore
from forms.tables import FormSchema

_LATER = frozenset({"household", "needs"})  # later reports may have said them anew


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that is to say other answers; ``was`` is its keyed hash when that was asked."""

    number: int
    source: str
    form: str
    root_uuid: str
    repeat: str
    row: int
    was: str
    answers: Mapping[str, str]


def ask_for(
    store: RawStore,
    schemas: Sequence[FormSchema],
    person: Person,
    values: Mapping[str, str],
    now: datetime,
) -> int:
    """Write down what is to be corrected, for ``carry_out``; give in how many rows.

    Args:
        values: right value by field, ``fields.checked``.
        now: the moment, UTC.
    """
    keyed = keyed_by(store)
    wanted = [
        (row, answers)
        for row, answers in _wanted(store, schemas, person, values)
        if differing(row.answers, answers)
    ]
    moment = now.isoformat(timespec="seconds")
    with store.transaction() as connection:
        connection.executemany(
            "INSERT INTO correction (code, source, form, root_uuid, repeat, row, was, answers,"
            " asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    person.code, row.source, row.form, row.root_uuid, row.table.path, row.number,
                    hash_of(keyed, row.answers), orjson.dumps(answers).decode(), moment,
                )
                for row, answers in wanted
            ],
        )  # fmt: skip
    return len(wanted)


def waiting(store: RawStore) -> list[str]:
    """Give the codes of the people for whom a correction is still to be carried out."""
    found = store.connection.execute("SELECT DISTINCT code FROM correction ORDER BY code")
    return [code for (code,) in found]


def _wanted(
    store: RawStore, schemas: Sequence[FormSchema], person: Person, values: Mapping[str, str]
) -> Iterator[tuple[Row, dict[str, str]]]:
    """Give the rows that say the fields, and the right answers: of later reports the last one."""
    later = changes_of(store, schemas, person)
    said_anew = {}
    for name in _LATER & values.keys():
        for row in later:
            if any(row.answers.get(path) for path in paths_of(row, {name: ""})):
                said_anew[name] = row
    for name, row in said_anew.items():
        yield row, paths_of(row, {name: values[name]})
    rest = {name: value for name, value in values.items() if name not in said_anew}
    for row in rows_of(store, schemas, person):
        if answers := paths_of(row, rest):
            yield row, answers


def to_do(store: RawStore) -> list[Waiting]:
    """List what waits, in the order in which it was asked."""
    return [
        Waiting(number, source, form, root, repeat, row, was, orjson.loads(answers))
        for number, source, form, root, repeat, row, was, answers in store.connection.execute(
            "SELECT number, source, form, root_uuid, repeat, row, was, answers FROM correction"
            " ORDER BY number"
        )
    ]


def forget(store: RawStore, wanted: Sequence[Waiting]) -> None:
    """Take away what is done, or can never be."""
    with store.transaction() as connection:
        connection.executemany(
            "DELETE FROM correction WHERE number = ?", [(each.number,) for each in wanted]
        )


def hash_of(keyed: Keyed, row: object) -> str:
    """Give the keyed hash of a row, or of a record."""
    return keyed("row|" + orjson.dumps(row, option=orjson.OPT_SORT_KEYS).decode())
