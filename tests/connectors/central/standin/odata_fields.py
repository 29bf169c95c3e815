"""The rows of a form's OData service, and the fields by which it can be asked."""

from typing import Any

from flask import request

from tests.connectors.central.standin.filters import Fields, moment
from tests.connectors.central.standin.rows import Row, Tables, rows_of
from tests.connectors.central.standin.things import Form, Submission


def _time(name: str) -> Any:
    def found(one: Submission) -> Any:
        text = getattr(one, name)
        return moment(text) if text else None

    return found


_SYSTEM: Fields = {
    "__system/submissionDate": _time("created"),
    "__system/updatedAt": _time("updated"),
    "__system/deletedAt": _time("deleted"),
    "__system/submitterId": lambda one: one.versions[0].submitter.id,
    "__system/reviewState": lambda one: one.review,
}
BELOW: Fields = {f"$root/Submissions/{path}": found for path, found in _SYSTEM.items()}
FIELDS: Fields = {**_SYSTEM, **BELOW, "__id": lambda one: one.root}


def system_of(one: Submission) -> Row:
    first, files = one.versions[0], one.current.files
    return {
        "submissionDate": one.created,
        "updatedAt": one.updated,
        "submitterId": str(first.submitter.id),
        "submitterName": first.submitter.name,
        "attachmentsPresent": sum(file is not None for file in files.values()),
        "attachmentsExpected": len(files),
        "status": None,
        "reviewState": one.review,
        "deviceId": first.device,
        "edits": len(one.versions) - 1,
        "formVersion": first.form_version,
        "deletedAt": one.deleted,
    }


def tables_of(form: Form, one: Submission) -> Tables:
    wkt = request.args.get("$wkt") == "true"
    key = (id(form.latest), wkt)
    if key not in one.cached:
        one.cached[key] = rows_of(one.current.xml, one.root, form.latest.schema, wkt=wkt)
    found = one.cached[key]
    assert isinstance(found, Tables)
    return found


def flat(row: Row, *, expand: bool) -> Row:
    """Give a row with its subrows, or without."""
    if expand:
        return row
    kept = {name: value for name, value in row.items() if not _is_table(value)}
    return {
        name: flat(value, expand=False) if isinstance(value, dict) else value
        for name, value in kept.items()
    }


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)
