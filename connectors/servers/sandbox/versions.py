"""Versions of an asset: every save makes one, a deployment marks one."""

from typing import Any

import orjson
from flask import Blueprint, Response

from connectors.servers.sandbox.answers import answer, not_found
from connectors.servers.sandbox.auth import asset_above
from connectors.servers.sandbox.context import asset_link, state
from connectors.servers.sandbox.identity import new_uid
from connectors.servers.sandbox.paging import list_page, page_of
from connectors.servers.sandbox.workbook import Workbook, content_hash

blueprint = Blueprint("versions", __name__)
_SHOWN = 100


def add_version(uid: str, content: dict[str, Any], workbook: Workbook, now: str) -> str:
    """Keep content as an asset's newest version; gives the version's uid."""
    version = new_uid("v")
    state().insert(
        "version",
        uid=version,
        asset=uid,
        content=orjson.dumps(content).decode(),
        workbook=orjson.dumps(workbook, default=str).decode(),
        hash=content_hash(workbook),
        modified=now,
    )
    state().change("UPDATE asset SET version = ? WHERE uid = ?", version, uid)
    return version


def same_again(uid: str, now: str) -> str:
    """Make a new version with the same content: what any change of an asset does."""
    row = state().row("SELECT * FROM version WHERE asset = ? ORDER BY pk DESC", uid)
    assert row is not None
    content, workbook = orjson.loads(row["content"]), orjson.loads(row["workbook"])
    return add_version(uid, content, workbook, now)


def current_content(uid: str) -> dict[str, Any]:
    """Give the content of an asset's newest version."""
    sql = "SELECT content FROM version WHERE asset = ? ORDER BY pk DESC"
    content: dict[str, Any] = orjson.loads(state().value(sql, uid))
    return content


def versions_of(uid: str, deployed: bool) -> list[dict[str, Any]]:
    """List an asset's versions, newest first; all, or only those that were deployed."""
    condition = "AND deployed IS NOT NULL" if deployed else ""
    sql = f"SELECT * FROM version WHERE asset = ? {condition} ORDER BY pk DESC"  # noqa: S608
    return [
        {
            "uid": row["uid"],
            "url": asset_link(uid, f"versions/{row['uid']}/"),
            "content_hash": row["hash"],
            "date_deployed": row["deployed"] or False,
            "date_modified": row["deployed"] or row["modified"],
        }
        for row in state().rows(sql, uid)
    ]


def deployed_versions(uid: str) -> dict[str, Any]:
    """Give the deployed versions as an asset shows them."""
    rows = versions_of(uid, deployed=True)
    return page_of(min(len(rows), _SHOWN), rows[:_SHOWN], _SHOWN, 0) | {"count": len(rows)}


@blueprint.get("/api/v2/assets/<uid>/versions/")
def list_versions(uid: str) -> Response:
    """List all versions of an asset."""
    asset_above(uid)
    return answer(list_page(versions_of(uid, deployed=False)))


@blueprint.get("/api/v2/assets/<uid>/versions/<version>/")
def one_version(uid: str, version: str) -> Response:
    """Give one version with its content."""
    asset_above(uid)
    found = [row for row in versions_of(uid, deployed=False) if row["uid"] == version]
    if not found:
        raise not_found()
    content = state().value("SELECT content FROM version WHERE uid = ?", version)
    return answer(found[0] | {"content": orjson.loads(content)})
