"""Everything that is held on one person, to be handed to them."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from connectors.persons.rows import Person, Row
from connectors.store.raw import RawStore
from connectors.store.tables import TableSet
from forms.tables import FormSchema
from programme.sql import open_guarded

# tables whose rows are about a person, and the column that says whose
_ABOUT = (
    ("member", "member_code"),
    ("board_member", "board_code"),
    ("loan", "borrower_code"),
    ("board_training", "board_code"),
    ("survey_sample", "member_code"),
)


def held_on(
    store: RawStore,
    tables: TableSet,
    schemas: Sequence[FormSchema],
    person: Person,
    rows: Sequence[Row],
) -> dict[str, Any]:
    """Collect what registers and submissions hold on a person.

    Returns:
        ``registers``: rows by table; ``said``: each row that names the person, with the form, the
        submission, when it was received and where, and what it said in earlier versions; ``loans``
        comes with its events.
    """
    registers = {name: _rows(tables, name, column, person.code) for name, column in _ABOUT}
    loans = [each["loan_code"] for each in registers["loan"]]
    registers["loan_event"] = [
        event for loan in loans for event in _rows(tables, "loan_event", "loan_code", loan)
    ]
    labels = {schema.form_id: schema for schema in schemas}
    return {
        "code": person.code,
        "club": person.club,
        "registers": {name: found for name, found in registers.items() if found},
        "said": [_said(store, labels[row.form], row) for row in rows],
    }


def _rows(tables: TableSet, name: str, column: str, code: str) -> list[dict[str, Any]]:
    if name not in tables.names:
        return []
    with open_guarded({name: tables.path(name)}) as connection:
        result = connection.execute(
            f"SELECT * FROM {name} WHERE {column} = ?",  # noqa: S608 - names written above
            [code],
        )
        columns = [each[0] for each in result.description]
        return [
            {
                key: value
                for key, value in zip(columns, each, strict=True)
                if value is not None and not key.startswith("_")
            }
            for each in result.fetchall()
        ]


def _said(store: RawStore, schema: FormSchema, row: Row) -> dict[str, Any]:
    received = store.connection.execute(
        "SELECT received FROM submission WHERE source = ? AND form = ? AND id = ?",
        (row.source, row.form, row.id),
    ).fetchone()
    history = store.connection.execute(
        "SELECT json, ended, reason FROM history WHERE source = ? AND form = ? AND id = ?"
        " ORDER BY ended",
        (row.source, row.form, row.id),
    ).fetchall()
    return {
        "form": row.form,
        "source": row.source,
        "submission": row.id,
        "received": received[0] if received else "",
        "answers": _answers(row, row.answers),
        "earlier": [
            {"until": ended, "answers": answers}
            for written, ended, _ in history
            if (answers := _earlier(orjson.loads(written), row))
        ],
    }


def _answers(row: Row, found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        column.labels.get("vi", column.question): found[column.path]
        for column in row.table.columns
        if found.get(column.path) not in (None, "")
    }


def _earlier(record: Mapping[str, Any], row: Row) -> dict[str, Any] | None:
    listed = record.get(row.table.path)
    place = row.number - 1
    if not isinstance(listed, list) or place >= len(listed) or listed[place] == row.answers:
        return None
    return _answers(row, listed[place])
