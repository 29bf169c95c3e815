"""The history of an asset: the only feed of edits and deletions."""

import re
from typing import Any

import orjson
from flask import Blueprint, Response, request

from connectors.servers.sandbox.answers import ApiError, answer
from connectors.servers.sandbox.auth import find_asset, may, refuse, require_caller
from connectors.servers.sandbox.context import account_link, sandbox, state
from connectors.servers.sandbox.identity import seconds
from connectors.servers.sandbox.paging import list_page
from connectors.servers.sandbox.search import matching

blueprint = Blueprint("history", __name__)
Event = dict[str, Any]
# what a client asks night after night: read from the database by its date
_SINCE = re.compile(r'\([^()]*\) AND date_created__gte:"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"')


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


def _may_read(uid: str) -> None:
    if find_asset(uid) is None:
        raise ApiError(404, {"detail": "No Asset matches the given query."})
    if not may(require_caller(), uid, "manage_asset"):
        raise refuse()


def _found(uid: str, query: str) -> list[Event]:
    """Give the events that a search finds, newest first; only what it asks for is read."""
    since = _SINCE.fullmatch(query)
    condition, values = ("AND created >= ?", [since[1][:19]]) if since else ("", [])
    sql = f"SELECT * FROM history WHERE asset = ? {condition} ORDER BY pk DESC"  # noqa: S608
    events: list[Event] = []
    for row in state().rows(sql, uid, *values):
        event: Event = {"row": row, "username": row["account"], "action": row["action"]}
        event["date_created"] = seconds(row["created"]) + "Z"
        if "metadata" in query:
            event["metadata"] = orjson.loads(row["metadata"])
        events.append(event)
    return matching(query, events)


def _shown(event: Event) -> Event:
    row = event["row"]
    return {
        "user": account_link(row["account"]),
        "user_uid": "u" + row["account"],
        "username": row["account"],
        "action": row["action"],
        "metadata": orjson.loads(row["metadata"]),
        "date_created": event["date_created"],
    }


@blueprint.get("/api/v2/assets/<uid>/history/")
def history(uid: str) -> Response:
    """List what happened to an asset, newest first."""
    _may_read(uid)
    page = list_page(_found(uid, request.args.get("q", "")))
    return answer(page | {"results": [_shown(event) for event in page["results"]]})


@blueprint.get("/api/v2/assets/<uid>/history/actions/")
def actions(uid: str) -> Response:
    """List the kinds of events that an asset's history has."""
    _may_read(uid)
    sql = "SELECT DISTINCT action FROM history WHERE asset = ? ORDER BY action"
    return answer({"actions": [row["action"] for row in state().rows(sql, uid)]})
