"""Edits of named answers, in bulk; copies of a submission."""

from copy import deepcopy
from sqlite3 import Row
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from flask import Blueprint, Response

from connectors.servers.sandbox.answers import ApiError, FaultError, answer
from connectors.servers.sandbox.auth import deployed_asset, find_asset
from connectors.servers.sandbox.context import sandbox, state
from connectors.servers.sandbox.data import own_submission
from connectors.servers.sandbox.identity import new_uuid
from connectors.servers.sandbox.instance import BadXmlError, Instance, child_of, put, read_instance
from connectors.servers.sandbox.payload import meant, read_payload, require
from connectors.servers.sandbox.record import full_record
from connectors.servers.sandbox.store import add_submission, edit_submission

blueprint = Blueprint("edits", __name__)
# what identifies a submission cannot be edited: dropped in silence, as on the real server
_PROTECTED = ("meta", "formhub", "__version__", "_")


@blueprint.patch("/api/v2/assets/<uid>/data/bulk/")
def bulk_edit(uid: str) -> Response:
    """Change the same answers of several submissions; each becomes a new version."""
    form = deployed_asset(uid, "change_submissions")
    payload = read_payload()
    data = require(payload, "data", empty=False)
    if not isinstance(data, dict):
        raise FaultError
    # lists and numbers break the real server before anything is changed
    if not all(isinstance(value, str) or value is None for value in data.values()):
        raise FaultError
    with state().write():
        rows = meant(uid, payload)
        if not rows:
            raise ApiError(400, ["No submissions match the given `submission_ids`"])
        results = [_edit(form, row, data) for row in rows]
    counts = {"count": len(results), "successes": len(results), "failures": 0}
    return answer(counts | {"results": results})


def _edit(form: Row, row: Row, data: dict[str, str | None]) -> dict[str, Any]:
    root = read_instance(row["xml"]).root
    for path, value in data.items():
        if not path.startswith(_PROTECTED):
            put(root, path, value or "")
    uuid = new_uuid()
    put(root, "meta/instanceID", f"uuid:{uuid}")
    put(root, "meta/deprecatedID", f"uuid:{row['uuid']}")
    put(root, "meta/rootUuid", f"uuid:{row['root_uuid']}")
    edit_submission(form, row, _written(root), [])
    return {
        "uuid": uuid,
        "root_uuid": row["root_uuid"],
        "status_code": 201,
        "message": "Successful submission",
    }


def _written(root: Element) -> Instance:
    xml = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    try:
        return read_instance(xml)
    except BadXmlError as error:  # a path or a value that XML cannot hold: nothing is changed
        raise FaultError from error


@blueprint.post("/api/v2/assets/<uid>/data/<name>/duplicate/")
def duplicate(uid: str, name: str) -> Response:
    """Copy a submission as a new one, with new start and end."""
    row = own_submission(uid, name, "add_submissions")
    form = find_asset(uid)
    assert form is not None
    root = deepcopy(read_instance(row["xml"]).root)
    now = sandbox().now()[:23] + "+00:00"
    for path in ("start", "end"):
        if child_of(root, path) is not None:
            put(root, path, now)
    meta = child_of(root, "meta")
    for stale in ("deprecatedID", "rootUuid"):
        found = child_of(meta, stale) if meta is not None else None
        if meta is not None and found is not None:
            meta.remove(found)
    put(root, "meta/instanceID", f"uuid:{new_uuid()}")
    with state().write():
        copy = add_submission(form, _written(root), [])
    return answer(full_record(copy), 201)
