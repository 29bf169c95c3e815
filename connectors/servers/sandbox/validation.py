"""Validation states, one or many."""

from datetime import datetime
from sqlite3 import Row
from typing import Any

import orjson
from flask import Blueprint, Response, request

from connectors.servers.sandbox.answers import ApiError, FaultError, answer, nothing
from connectors.servers.sandbox.auth import deployed_asset, require_caller
from connectors.servers.sandbox.context import sandbox, state
from connectors.servers.sandbox.data import acted_on
from connectors.servers.sandbox.log import log_submission
from connectors.servers.sandbox.payload import meant, read_payload, require

blueprint = Blueprint("validation", __name__)
_RIGHT = "validate_submissions"
_KEY = "validation_status.uid"
_LABELS = {
    "validation_status_approved": "Approved",
    "validation_status_not_approved": "Not Approved",
    "validation_status_on_hold": "On Hold",
}


def _set(row: Row, uid: str | None) -> dict[str, Any]:
    """Give a submission a state, or take it away with a uid that is none."""
    shown: dict[str, Any] = {}
    if uid in _LABELS:
        moment = int(datetime.fromisoformat(sandbox().now()).timestamp())
        label = _LABELS[uid]
        shown = {"timestamp": moment, "uid": uid, "by_whom": require_caller(), "label": label}
    text = orjson.dumps(shown).decode()
    state().change("UPDATE submission SET validation = ? WHERE id = ?", text, row["id"])
    told = shown.get("label", "None")
    name = "modify-submission"
    log_submission(row["asset"], name, row["root_uuid"], row["submitted_by"], status=told)
    return shown


def _one(uid: str, name: str, right: str) -> Row:
    return acted_on(uid, name, right, f"No submission found with ID: {name}")


@blueprint.get("/api/v2/assets/<uid>/data/<name>/validation_status/")
def get(uid: str, name: str) -> Response:
    """Give the state of one submission, {} when it has none."""
    return answer(orjson.Fragment(_one(uid, name, "view_submissions")["validation"]))


@blueprint.patch("/api/v2/assets/<uid>/data/<name>/validation_status/")
def set_one(uid: str, name: str) -> Response:
    """Set the state of one submission."""
    row = _one(uid, name, _RIGHT)
    body = request.get_json(silent=True) if request.is_json else dict(request.form)
    if not isinstance(body, dict):
        raise FaultError
    wanted = body.get(_KEY)
    if wanted not in _LABELS:
        raise ApiError(400, {"detail": f"Invalid validation status: `{wanted}`"})
    with state().write():
        return answer(_set(row, wanted))


@blueprint.delete("/api/v2/assets/<uid>/data/<name>/validation_status/")
def reset_one(uid: str, name: str) -> Response:
    """Take the state of one submission away."""
    with state().write():
        _set(_one(uid, name, _RIGHT), None)
    return nothing()


@blueprint.route("/api/v2/assets/<uid>/data/validation_statuses/", methods=["PATCH", "DELETE"])
def set_many(uid: str) -> Response:
    """Set the state of many; a state that does not exist takes theirs away, with 200."""
    deployed_asset(uid, _RIGHT)
    payload = read_payload()
    wanted = require(payload, _KEY, empty=True)
    with state().write():
        rows = meant(uid, payload)
        for row in rows:
            _set(row, wanted if request.method == "PATCH" else None)
    return answer({"detail": f"{len(rows)} submissions have been updated"})
