"""Deleting submissions, one or many."""

from flask import Blueprint, Response

from connectors.servers.sandbox.answers import answer, nothing
from connectors.servers.sandbox.auth import deployed_asset
from connectors.servers.sandbox.context import state
from connectors.servers.sandbox.data import acted_on
from connectors.servers.sandbox.payload import meant, read_payload
from connectors.servers.sandbox.store import delete_submission

blueprint = Blueprint("deletes", __name__)


@blueprint.delete("/api/v2/assets/<uid>/data/<name>/")
def delete_one(uid: str, name: str) -> Response:
    """Delete one submission."""
    with state().write():
        delete_submission(acted_on(uid, name, "delete_submissions", "Submission not found"))
    return nothing()


@blueprint.delete("/api/v2/assets/<uid>/data/bulk/")
def delete_many(uid: str) -> Response:
    """Delete submissions by ids, by a query, or all if confirmed; unknown ids are skipped."""
    deployed_asset(uid, "delete_submissions")
    payload = read_payload()
    with state().write():
        rows = meant(uid, payload)
        for row in rows:
            delete_submission(row)
    return answer({"detail": f"{len(rows)} submissions have been deleted"})
