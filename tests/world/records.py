"""One submission as a KoBo server gives it, and the demo's stored ones in that shape."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import orjson

from connectors.servers.sandbox.compile import FormPaths
from connectors.servers.sandbox.instance import read_answers
from forms.schema import FormSchema, read_schema
from ishc.demo.submissions import FORMS, stored_submissions
from programme.folder import shipped

Answers = dict[str, Any]
VERSION = "vWorldWorldWorldWorldWo"
UPLOAD = timedelta(minutes=7)  # how long after finishing a phone sends
VIETNAM = timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Record:
    """One submission.

    Args:
        form: form id.
        id: the server's number.
        root: root uuid, without ``uuid:``.
        uuid: another one after an edit.
        month: of the event that it tells of, ``YYYY-MM``.
        received: when the server got it, UTC, as it writes that.
        body: the record as JSON.
    """

    form: str
    id: int
    root: str
    uuid: str
    month: str
    received: str
    body: bytes


def as_kobo(answers: Mapping[str, Any], root: str, received: str) -> Answers:
    """Put a server's own keys, but the number, around the answers of one submission."""
    return {
        "formhub/uuid": "5e9b0e2d7f0c4f8c9b0f6a9d1c2b3a41",
        **answers,
        "__version__": VERSION,
        "meta/instanceID": f"uuid:{root}",
        "_xform_id_string": "aWorldWorldWorldWorldW",
        "_uuid": root,
        "meta/rootUuid": f"uuid:{root}",
        "_status": "submitted_via_web",
        "_geolocation": [None, None],
        "_submission_time": received,
        "_tags": [],
        "_notes": [],
        "_validation_status": {},
        "_submitted_by": "mau",
        "_attachments": [],
    }


def received_at(finished: datetime) -> str:
    """Give the moment of receipt, UTC, of what a phone in Viet Nam finished at a moment."""
    return (finished - VIETNAM + UPLOAD).isoformat(timespec="seconds")


def with_number(number: int, body: bytes) -> bytes:
    """Put the server's number in front of a record's JSON."""
    return b'{"_id":%d,%b' % (number, body[1:])


def stored_answers() -> Iterator[tuple[str, str, str, Answers]]:
    """Give the demo's stored submissions: stage, form, root uuid and answers by path."""
    for each in stored_submissions():
        answers = answers_of(each.form, each.xml)
        answers.pop("meta/instanceID")
        yield each.stage, each.form, each.root, answers


def answers_of(form: str, xml: str) -> Answers:
    """Read a filled form as a server does."""
    return read_answers(ElementTree.fromstring(xml), _paths(form))


def schemas(forms: Sequence[str] = FORMS) -> dict[str, FormSchema]:
    """Read the tables of forms, else of the four that the demo fills."""
    return {form: read_schema(shipped() / "xlsforms" / f"{form}.xlsx") for form in forms}


@lru_cache
def _paths(form: str) -> FormPaths:
    schema = schemas([form])[form]
    repeats = frozenset(table.path for table in schema.tables if table.path)
    return FormPaths(repeats, frozenset(), frozenset())


def paths_of(schema: FormSchema) -> frozenset[str]:
    """Give the paths that have a column or are a table of their own."""
    columns = {column.path for table in schema.tables for column in table.columns}
    return frozenset(columns | {table.path for table in schema.tables})


def kept(answers: Answers, paths: frozenset[str]) -> Answers:
    """Leave out the sentences of notes, which no table has and which fill half of a record."""
    return {path: value for path, value in answers.items() if path in paths}


def dumped(answers: Mapping[str, Any]) -> bytes:
    """Write a record as JSON."""
    return orjson.dumps(answers)
