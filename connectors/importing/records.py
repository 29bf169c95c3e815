"""Imported rows as records of the same forms, so that all that follows treats them alike."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from connectors.servers.contract import ManifestRow
from connectors.store.versions import Incoming
from forms.tables import FormSchema, Table
from programme.problem import Place
from programme.text import fold

_NAMESPACE = uuid5(NAMESPACE_URL, "ishc-collect/import")
_BITS = 53  # of the number; more are lost where numbers are floats

Answers = Mapping[str, str]


def root_uuid(source: str, *key: str) -> UUID:
    """Give the instance id of what a source calls by a key: always the same one."""
    return uuid5(_NAMESPACE, "\x1f".join((fold(source), *key)))


def number_of(root: UUID) -> int:
    """Give the number by which the store knows it."""
    return root.int >> (128 - _BITS)


@dataclass(slots=True)
class Imported:
    """One record to be.

    Args:
        form: its form's name.
        root: see ``root_uuid``.
        place: the row that it comes from.
        answers: by question, as a phone would send them.
        repeats: rows by name of the repeat.
    """

    form: str
    root: UUID
    place: Place
    answers: dict[str, str]
    repeats: Mapping[str, Sequence[Answers]] = field(default_factory=dict)

    def incoming(self, schema: FormSchema, source: str, as_of: date) -> Incoming:
        """Make what the store takes.

        Args:
            schema: of the form; questions that it does not have are left out.
            source: who gave the data.
            as_of: stands for the time at which a phone would have finished.
        """
        moment = f"{as_of.isoformat()}T00:00:00"
        meta = {"start": f"{moment}.000+00:00", "end": f"{moment}.000+00:00",
                "today": as_of.isoformat()}  # fmt: skip
        record: dict[str, Any] = _row(schema.root, {**meta, **self.answers})
        for name, rows in self.repeats.items():
            table = schema.table(name)
            record[table.path] = [_row(table, row) for row in rows]
        # file and row are not part of it: sorting the rows changes nothing
        uuid = uuid5(self.root, hashlib.sha256(orjson.dumps(record)).hexdigest())
        record |= {
            "_id": number_of(self.root),
            "_uuid": str(uuid),
            "meta/instanceID": f"uuid:{uuid}",
            "meta/rootUuid": f"uuid:{self.root}",
            "_submission_time": moment,
            "_submitted_by": source,
            "_attachments": [],
            "_validation_status": {},
        }
        shown = ManifestRow(number_of(self.root), str(uuid), str(self.root), None, None, ())
        return Incoming(shown, record)


def _row(table: Table, answers: Answers) -> dict[str, Any]:
    paths = {column.question: column.path for column in table.columns}
    return {paths[name]: text for name, text in answers.items() if name in paths and text != ""}
