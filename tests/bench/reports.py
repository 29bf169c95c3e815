"""Monthly reports by the hundred thousand, as KoBo gives them: the demo's, with other numbers."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import orjson

from connectors.servers.sandbox.compile import FormPaths
from connectors.servers.sandbox.instance import read_answers
from forms.schema import FormSchema, Table, read_schema
from ishc.demo.submissions import stored_submissions
from tests.bench.process import PROJECT

FORM = "monthly_activity_report"
WRONG = "khoảng 40"  # what nobody can count with
WRONG_EVERY = 500
Record = dict[str, Any]


def monthly() -> FormSchema:
    """Return the tables of the real monthly report."""
    return read_schema(PROJECT / "xlsforms" / f"{FORM}.xlsx")


def narrow(columns: int) -> FormSchema:
    """Return the first so many questions of the monthly report, as a form without repeats."""
    schema = monthly()
    table = Table(FORM, "", None, schema.root.columns[:columns])
    return FormSchema(FORM, "", "", (table,), schema.choices, schema.shown)


def write_records(schema: FormSchema, count: int, path: Path) -> None:
    """Write made-up records, one a line: answers that the schema has, and KoBo's own keys."""
    with path.open("wb") as file:
        for record in _records(schema, count):
            file.write(orjson.dumps(record) + b"\n")


def _records(schema: FormSchema, count: int) -> Iterator[Record]:
    rng = random.Random(1648)
    reports = list(_filled(schema))
    numbers = [each.path for each in schema.root.columns if each.kind == "integer"]
    asked = [[path for path in numbers if path in report] for report in reports]
    for number in range(count):
        at = number % len(reports)
        answers = {path: str(rng.randrange(20_000)) for path in asked[at]}
        if number % WRONG_EVERY == 0:
            answers[rng.choice(asked[at])] = WRONG
        yield _as_kobo(number + 1, str(UUID(int=rng.getrandbits(128))), reports[at] | answers)


def _filled(schema: FormSchema) -> Iterator[Record]:
    repeats = frozenset(table.path for table in monthly().tables if table.path)
    paths = FormPaths(repeats, frozenset(), frozenset())
    kept = {each.path for table in schema.tables for each in table.columns}
    kept |= {table.path for table in schema.tables}
    for each in stored_submissions():
        if each.form == FORM:
            answers = read_answers(ElementTree.fromstring(each.xml), paths)
            if len(schema.tables) == 1:
                answers = {path: text for path, text in answers.items() if path in kept}
            yield answers


def _as_kobo(number: int, uuid: str, answers: Record) -> Record:
    return {
        "_id": number,
        "formhub/uuid": "5e9b0e2d7f0c4f8c9b0f6a9d1c2b3a41",
        **answers,
        "__version__": "vKz9N4bTqgY2c5d7e8f9aB",
        "meta/instanceID": f"uuid:{uuid}",
        "_xform_id_string": "aKc3vT9n5uQ2w8e7r6t5yU",
        "_uuid": uuid,
        "meta/rootUuid": f"uuid:{uuid}",
        "_status": "submitted_via_web",
        "_geolocation": [None, None],
        "_submission_time": f"2026-{number % 12 + 1:02d}-21T19:36:16",
        "_tags": [],
        "_notes": [],
        "_validation_status": {},
        "_submitted_by": "owner",
        "_attachments": [],
    }
