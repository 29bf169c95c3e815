"""The history of an asset: the only feed of edits and deletions."""

import orjson
from flask import Blueprint, Response, request

from connectors.servers.sandbox.answers import ApiError, answer
from connectors.servers.sandbox.auth import find_asset, may, refuse, require_caller
from connectors.servers.sandbox.context import account_link, sandbox, state
from connectors.servers.sandbox.identity import seconds
from connectors.servers.sandbox.paging import list_page
from connectors.servers.sandbox.search import matching

blueprint = Blueprint("history", __name__)


def log(asset: str, action: str, **details: object) -> None:
    """Write one row of an asset's history, inside the running transaction."""
    metadata = {
        "source": request.headers.get("User-Agent", ""),
        "asset_uid": asset,
        "ip_address": request.remote_addr,
        "log_subtype": "project",
        "project_owner": sandbox().owner,
        **details,
    }
    state().insert(
        "history",
        asset=asset,
        account=require_caller(),
        action=action,
        metadata=orjson.dumps(metadata).decode(),
        created=sandbox().now(),
    )


def log_submission(
    asset: str, action: str, root_uuid: str, submitted_by: str | None, **more: object
) -> None:
    """Write that a submission was added, changed or deleted.

    Args: the asset's uid, the action, the root uuid without prefix, the first author, and
    the label of the state for a change of the validation state.
    """
    details = {"root_uuid": root_uuid, "submitted_by": submitted_by, **more}
    log(asset, action, submission=details)


def _rows(uid: str) -> list[dict[str, object]]:
    if find_asset(uid) is None:
        raise ApiError(404, {"detail": "No Asset matches the given query."})
    if not may(require_caller(), uid, "manage_asset"):
        raise refuse()
    found = state().rows("SELECT * FROM history WHERE asset = ? ORDER BY pk DESC", uid)
    return [
        {
            "user": account_link(row["account"]),
            "user_uid": "u" + row["account"],
            "username": row["account"],
            "action": row["action"],
            "metadata": orjson.loads(row["metadata"]),
            "date_created": seconds(row["created"]) + "Z",
        }
        for row in found
    ]


@blueprint.get("/api/v2/assets/<uid>/history/")
def history(uid: str) -> Response:
    """List what happened to an asset, newest first."""
    return answer(list_page(matching(request.args.get("q"), _rows(uid))))


@blueprint.get("/api/v2/assets/<uid>/history/actions/")
def actions(uid: str) -> Response:
    """List the kinds of events that an asset's history has."""
    return answer({"actions": sorted({str(row["action"]) for row in _rows(uid)})})
