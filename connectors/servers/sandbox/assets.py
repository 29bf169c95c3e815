"""Assets: list, detail, content, rename, delete."""

from sqlite3 import Row
from typing import Any

import orjson
from flask import Blueprint, Response, request

from connectors.servers.sandbox.answers import ApiError, FaultError, answer, nothing
from connectors.servers.sandbox.auth import asset_above, caller, may, own_asset
from connectors.servers.sandbox.content import spread, summary
from connectors.servers.sandbox.context import account_link, asset_link, sandbox, state
from connectors.servers.sandbox.media import media_rows
from connectors.servers.sandbox.paging import list_page
from connectors.servers.sandbox.search import matching
from connectors.servers.sandbox.versions import current_content, deployed_versions, same_again

blueprint = Blueprint("assets", __name__)
_SHORTEST_WORD = 3
_FILES = (("media", "asset = ?"), ("manifest", "asset = ?"))
_TABLES = ("version", "media", "manifest", "former_uuid", "history", "daily_count", "permission")


def _status(asset: Row) -> str:
    if asset["asset_type"] != "survey":
        return "-"
    if asset["form_uuid"] is None:
        return "draft"
    return "deployed" if asset["active"] else "archived"


def _shared(uid: str) -> bool:
    return bool(state().value("SELECT count(*) FROM permission WHERE asset = ?", uid))


def _count(uid: str) -> int | None:
    if not may(caller(), uid, "view_submissions"):
        return None
    count = state().value("SELECT count(*) FROM submission WHERE asset = ?", uid)
    return int(count)


def _about(asset: Row) -> dict[str, Any]:
    """Give what an asset shows both in the list and in its detail."""
    uid = asset["uid"]
    return {
        "url": asset_link(uid),
        "date_created": asset["created"],
        "date_modified": asset["modified"],
        "date_deployed": asset["deployed"],
        "owner": account_link(sandbox().owner),
        "owner__username": sandbox().owner,
        "uid": uid,
        "kind": "asset",
        "name": asset["name"],
        "asset_type": asset["asset_type"],
        "version_id": asset["version"],
        "has_deployment": asset["form_uuid"] is not None,
        "deployed_version_id": asset["deployed_version"],
        "deployment__active": bool(asset["active"]),
        "deployment__submission_count": _count(uid),
        "deployment__last_submission_time": asset["last_received"],
        "deployment__encrypted": False,
        "deployment__uuid": asset["form_uuid"],
        "deployment_status": _status(asset),
        "data": asset_link(uid, "data/"),
        "status": "shared" if _shared(uid) else "private",
        "data_sharing": {},
        "settings": orjson.loads(asset["settings"]),
        "summary": summary(current_content(uid)),
        "tag_string": "",
        "children": {"count": 0},
    }


def detail(asset: Row) -> dict[str, Any]:
    """Give an asset as its own address shows it."""
    uid = asset["uid"]
    version = "SELECT hash FROM version WHERE uid = ?"
    return _about(asset) | {
        "parent": None,
        "files": media_rows(uid, deleted=True),
        "version__content_hash": state().value(version, asset["version"]),
        "version_count": state().value("SELECT count(*) FROM version WHERE asset = ?", uid),
        "deployed_versions": deployed_versions(uid),
        "deployment__links": {},
        "deployment__data_download_links": {},
        "content": current_content(uid),
        "paired_data": asset_link(uid, "paired-data/"),
        "exports": asset_link(uid, "exports/"),
        "hooks_link": asset_link(uid, "hooks/"),
        "owner_label": sandbox().owner,
    }


@blueprint.get("/api/v2/assets/")
def list_assets() -> Response:
    """List the assets that a search finds: the last deployed first, then the last changed."""
    query = request.args.get("q")
    if query and query.strip().isalnum() and len(query.strip()) < _SHORTEST_WORD:
        raise ApiError(400, {"detail": "Your query is too short"})
    name = caller()
    found = state().rows("SELECT * FROM asset ORDER BY deployed DESC, modified DESC")
    rows = [_about(asset) for asset in found if may(name, asset["uid"], "view_asset")]
    if query:
        for row in rows:
            row["_deployment_status"] = row["deployment_status"]
        rows = matching(query, rows, ("name", "uid"))
        for row in rows:
            del row["_deployment_status"]
    return answer(list_page(rows))


@blueprint.get("/api/v2/assets/<uid>/")
def one_asset(uid: str) -> Response:
    """Give one asset with content, files and deployed versions."""
    return answer(detail(own_asset(uid)))


@blueprint.patch("/api/v2/assets/<uid>/")
def change_asset(uid: str) -> Response:
    """Rename an asset or change its settings; any change makes a new version."""
    asset = own_asset(uid, "change_asset")
    change = request.get_json(silent=True)
    if not isinstance(change, dict):
        raise FaultError
    settings = orjson.loads(asset["settings"]) | (change.get("settings") or {})
    now = sandbox().now()
    with state().write():
        state().change(
            "UPDATE asset SET name = ?, settings = ?, modified = ? WHERE uid = ?",
            str(change.get("name", asset["name"])),
            orjson.dumps(settings).decode(),
            now,
            uid,
        )
        same_again(uid, now)
    return answer(detail(own_asset(uid)))


@blueprint.delete("/api/v2/assets/<uid>/")
def delete_asset(uid: str) -> Response:
    """Delete an asset with all that belongs to it."""
    own_asset(uid, "manage_asset")
    of_asset = "submission IN (SELECT id FROM submission WHERE asset = ?)"
    kept = [
        row["content"]
        for table, condition in (("attachment", of_asset), *_FILES)
        for row in state().rows(f"SELECT content FROM {table} WHERE {condition}", uid)  # noqa: S608
    ]
    with state().write():
        state().change(f"DELETE FROM attachment WHERE {of_asset}", uid)  # noqa: S608 own words
        for table in (*_TABLES, "submission"):
            state().change(f"DELETE FROM {table} WHERE asset = ?", uid)  # noqa: S608 own names
        state().change("DELETE FROM asset WHERE uid = ?", uid)
    state().prune(kept)
    return nothing()


@blueprint.get("/api/v2/assets/<uid>/content/")
@blueprint.get("/api/v2/assets/<uid>/valid_content/")
def content(uid: str) -> Response:
    """Give an asset's content with one column for each language."""
    own_asset(uid)
    data = spread(current_content(uid))
    return answer({"kind": "asset.content", "uid_asset": uid, "data": data})


@blueprint.get("/api/v2/assets/<uid>/counts/")
def counts(uid: str) -> Response:
    """Count submissions by day; deleting does not lower the number of a day."""
    asset_above(uid)
    days = state().rows("SELECT day, count FROM daily_count WHERE asset = ?", uid)
    total = state().value("SELECT count(*) FROM submission WHERE asset = ?", uid)
    daily = {row["day"]: row["count"] for row in days}
    return answer({"daily_submission_counts": daily, "total_submission_count": total})
