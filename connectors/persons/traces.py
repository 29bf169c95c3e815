"""Everything a person was ever called in the submissions they stand in, earlier versions too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from connectors.persons.rows import Person, Row
from connectors.store.erased import Keyed, identity_of, is_gone, name_hash
from connectors.store.raw import RawStore


@dataclass(slots=True)
class Traces:
    """What was said of somebody.

    Args:
        names: as written, each once.
        phones: telephone numbers, as written.
        identities: keyed hashes of the rows by root uuid.
    """

    names: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    identities: dict[str, set[str]] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        """What to look for in files."""
        return sorted(each for each in self.names | self.phones if not is_gone(each))

    def spelt(self, keyed: Keyed) -> tuple[tuple[str, int], ...]:
        """Give the keyed hashes of the names; one word alone may be any other."""
        found = {name_hash(keyed, name) for name in self.names if not is_gone(name)}
        return tuple(sorted(each for each in found if each[1] > 1))


def traces_of(store: RawStore, person: Person, rows: Sequence[Row], keyed: Keyed) -> Traces:
    """Collect what the rows of a person say, and what earlier versions of them said.

    Args:
        rows: where the person stands now, ``rows_of``.
    """
    found = Traces({person.name})
    known: dict[str, set[str]] = {}
    for root, identity in store.connection.execute(
        "SELECT root_uuid, identity FROM code_row WHERE kind = ? AND code = ?",
        (person.kind, person.code),
    ):
        known.setdefault(root, set()).add(identity.partition("-")[0])  # the number of a namesake
    for row in rows:
        known.setdefault(row.root_uuid, set()).add(_identity(row, row.answers, keyed))
    # those that no version says any more, too: a backup that is brought back may
    found.identities = {row.root_uuid: known[row.root_uuid] for row in rows}
    for row in rows:
        for said in (row.answers, *_earlier(store, row)):
            if _identity(row, said, keyed) in known[row.root_uuid]:
                found.names.add(_said(row, said, "_name"))
                found.phones.add(_said(row, said, "_phone"))
    found.names.discard("")
    return found


def _earlier(store: RawStore, row: Row) -> Iterator[Mapping[str, Any]]:
    versions = store.connection.execute(
        "SELECT json FROM history WHERE source = ? AND form = ? AND root_uuid = ?",
        (row.source, row.form, row.root_uuid),
    ).fetchall()
    for (written,) in versions:
        listed = orjson.loads(written).get(row.table.path)
        if isinstance(listed, list):
            yield from (each for each in listed if isinstance(each, Mapping))


def _identity(row: Row, said: Mapping[str, Any], keyed: Keyed) -> str:
    name, birth, sex = (str(said.get(path) or "") if path else "" for path in row.face)
    return identity_of(keyed, name, birth, sex)


def _said(row: Row, said: Mapping[str, Any], ends: str) -> str:
    return str(said.get(row.path(ends)) or "") if row.path(ends) else ""
