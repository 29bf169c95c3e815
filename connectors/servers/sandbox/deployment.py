"""Deployments: the first, again with a version, archive and open again."""

import uuid
from datetime import datetime, timedelta
from sqlite3 import Row
from typing import Any

import orjson
from flask import Blueprint, Response, request

from connectors.servers.sandbox.answers import ApiError, FaultError, answer, not_found
from connectors.servers.sandbox.assets import detail
from connectors.servers.sandbox.auth import own_asset
from connectors.servers.sandbox.compile import (
    CompileError,
    compile_workbook,
    form_paths,
    paths_from,
)
from connectors.servers.sandbox.context import sandbox, state
from connectors.servers.sandbox.log import log

blueprint = Blueprint("deployment", __name__)
_ALLOW = {"Allow": "GET, POST, PATCH, HEAD, OPTIONS"}


def _shown(uid: str) -> Response:
    asset = own_asset(uid)
    return answer(
        {
            "backend": "openrosa",
            "active": bool(asset["active"]),
            "version_id": asset["deployed_version"],
            "asset": detail(asset),
        }
    )


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True) if request.is_json else dict(request.form)
    if not isinstance(body, dict):
        raise FaultError
    return body


@blueprint.get("/api/v2/assets/<uid>/deployment/")
def get(uid: str) -> Response:
    """Give the deployment."""
    if own_asset(uid)["form_uuid"] is None:
        raise not_found()
    return _shown(uid)


@blueprint.post("/api/v2/assets/<uid>/deployment/")
def create(uid: str) -> Response:
    """Deploy for the first time."""
    asset, body = own_asset(uid, "change_asset"), _body()
    if asset["form_uuid"] is not None:
        words = "Use PATCH to update an existing deployment"
        raise ApiError(405, {"detail": words}, _ALLOW)
    if asset["asset_type"] != "survey":  # a library item
        raise FaultError
    with state().write():
        _deploy(asset, asset["version"], uuid.uuid4().hex)
        _activate(uid, body.get("active", True), "deploy")
    return _shown(uid)


@blueprint.patch("/api/v2/assets/<uid>/deployment/")
def change(uid: str) -> Response:
    """Deploy again when a version is named; otherwise only archive or open again."""
    asset, body = own_asset(uid, "change_asset"), _body()
    if asset["form_uuid"] is None:
        raise ApiError(405, {"detail": "Use POST to create a new deployment"}, _ALLOW)
    active = body.get("active", bool(asset["active"]))
    version = body.get("version_id")
    action = "redeploy" if version else ("unarchive" if active else "archive")
    with state().write():
        if version:
            _deploy(asset, str(version), asset["form_uuid"])
        _activate(uid, active, action)
    return _shown(uid)


def _activate(uid: str, active: object, action: str) -> None:
    on = active in (True, "true", "True", "1")
    sql = "UPDATE asset SET active = ?, modified = ? WHERE uid = ?"
    state().change(sql, int(on), sandbox().now(), uid)
    asset = own_asset(uid)
    log(
        uid,
        action,
        latest_version_uid=asset["version"],
        latest_deployed_version_uid=asset["deployed_version"],
    )


def _deploy(asset: Row, version: str, form_uuid: str) -> None:
    uid = asset["uid"]
    sql = "SELECT * FROM version WHERE asset = ? AND uid = ?"
    found = state().row(sql, uid, version)
    if found is None:
        raise FaultError
    label = _label(asset, version)
    workbook = orjson.loads(found["workbook"])
    try:
        xml = compile_workbook(
            workbook,
            uid,
            title=asset["name"],
            label=label,
            version=version,
            form_uuid=form_uuid,
        )
    except CompileError as failed:
        raise ApiError(400, {"error": str(failed)}) from failed
    # records of older versions stay readable: their repeats and files are kept
    paths = paths_from(orjson.loads(asset["form_paths"])).joined(form_paths(xml, uid))
    now = sandbox().now()
    state().change(
        "UPDATE version SET deployed = coalesce(deployed, ?) WHERE uid = ?", now, version
    )
    state().change(
        "UPDATE asset SET deployed = ?, deployed_version = ?, form_uuid = ?, form_title = ?,"
        " form_version = ?, form_xml = ?, form_paths = ? WHERE uid = ?",
        now,
        version,
        form_uuid,
        asset["name"],
        label,
        xml,
        orjson.dumps(paths.lists()).decode(),
        uid,
    )
    _sync_media(uid)


def _label(asset: Row, version: str) -> str:
    """Give the form's version: how many versions were deployed, and when the asset changed."""
    sql = "SELECT count(*) FROM version WHERE asset = ? AND (deployed IS NOT NULL OR uid = ?)"
    count = state().value(sql, asset["uid"], version)
    moment = datetime.fromisoformat(asset["modified"])
    last = (asset["form_version"] or "").partition("(")[2].rstrip(")")
    if last:  # each deployment must look new to the phones, even two within a second
        before = datetime.fromisoformat(last + "+00:00")
        moment = max(moment, before + timedelta(seconds=1))
    return f"{count} ({moment:%Y-%m-%d %H:%M:%S})"


def _sync_media(uid: str) -> None:
    """Give phones exactly the files that the asset has now; unchanged ones keep their address."""
    old = state().rows("SELECT content FROM manifest WHERE asset = ?", uid)
    state().prune([row["content"] for row in old])
    state().change(
        "DELETE FROM manifest WHERE asset = ? AND media NOT IN"
        " (SELECT uid FROM media WHERE asset = ? AND deleted = 0)",
        uid,
        uid,
    )
    state().change(
        "INSERT INTO manifest (asset, media, filename, mimetype, md5, content)"
        " SELECT asset, uid, filename, mimetype, md5, content FROM media WHERE asset = ?"
        " AND deleted = 0 AND uid NOT IN (SELECT media FROM manifest WHERE asset = ?) ORDER BY pk",
        uid,
        uid,
    )
