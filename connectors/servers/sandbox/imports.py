"""Imports of workbooks: always answered with `processing` first, as on the real server."""

import base64
import binascii

import orjson
from flask import Blueprint, Response, request

from connectors.servers.sandbox.answers import ApiError, answer
from connectors.servers.sandbox.auth import find_asset, refuse, require_caller
from connectors.servers.sandbox.content import summary
from connectors.servers.sandbox.context import link, sandbox, state
from connectors.servers.sandbox.identity import new_uid
from connectors.servers.sandbox.log import log
from connectors.servers.sandbox.versions import add_version, current_content
from connectors.servers.sandbox.workbook import (
    Workbook,
    WorkbookError,
    content_of,
    read_workbook,
    title_of,
)

blueprint = Blueprint("imports", __name__)
_NO_FILE = "ImportTask data must contain `base64Encoded`, `url`, or `single_xls_url`"
_SETTINGS = {"sector": {}, "country": [], "description": "", "organization": ""}


@blueprint.post("/api/v2/imports/")
def start() -> Response:
    """Take a workbook; what came of it is asked for afterwards."""
    if require_caller() != sandbox().owner:  # every form here is the owner's
        raise refuse()
    uid = new_uid("i")
    created = sandbox().now()
    with state().write():
        status, messages = _outcome()
        told = {"status": status, "uid": uid, "messages": messages, "date_created": created}
        state().insert("task", uid=uid, answer=orjson.dumps(told).decode())
    body = {"uid": uid, "url": link(f"/api/v2/imports/{uid}/"), "status": "processing"}
    return answer(body, 201)


@blueprint.get("/api/v2/imports/<uid>/")
def poll(uid: str) -> Response:
    """Tell what came of an import; the first question is always too early."""
    require_caller()
    task = state().row("SELECT * FROM task WHERE uid = ?", uid)
    if task is None:
        raise ApiError(404, {"detail": "No ImportTask matches the given query."})
    told = orjson.loads(task["answer"])
    if not task["polled"]:
        state().change("UPDATE task SET polled = 1 WHERE uid = ?", uid)
        return answer(told | {"status": "processing", "messages": {}})
    return answer(told)


def _outcome() -> tuple[str, dict[str, object]]:
    try:
        return "complete", _import()
    except WorkbookError as failed:  # raised before anything is written
        return "error", {"error": failed.error, "error_type": failed.kind}


def _import() -> dict[str, object]:
    content = _received()
    target = request.form.get("destination", "").rstrip("/").rpartition("/")[2]
    if target and find_asset(target) is None:
        raise WorkbookError("Asset matching query does not exist.", "DoesNotExist")
    workbook = read_workbook(content)
    return _replace(target, workbook) if target else _create(workbook)


def _received() -> bytes:
    if "file" in request.files:
        return bytes(request.files["file"].read())
    text = request.form.get("base64Encoded")
    if not text:  # a JSON body is not looked at
        raise WorkbookError(_NO_FILE, "Exception")
    try:
        return base64.b64decode(text.partition("base64:")[2] or text, validate=True)
    except binascii.Error as error:
        raise WorkbookError("Unsupported format, or corrupt file", "XlsFormatException") from error


def _create(workbook: Workbook) -> dict[str, object]:
    uid, now = new_uid("a"), sandbox().now()
    # without library=false the import makes a library item, which cannot be deployed
    survey = request.form.get("library") == "false"
    kind = "survey" if survey else "block"
    state().insert(
        "asset",
        uid=uid,
        name=title_of(workbook) or request.form.get("name", ""),
        asset_type=kind,
        settings=orjson.dumps(_SETTINGS | {"country_codes": []}).decode(),
        created=now,
        modified=now,
        version="",
    )
    add_version(uid, content_of(workbook), workbook, now)
    return {"created": [_told(uid)]}


def _replace(uid: str, workbook: Workbook) -> dict[str, object]:
    asset = find_asset(uid)
    assert asset is not None
    name = title_of(workbook) or asset["name"]
    now = sandbox().now()
    state().change("UPDATE asset SET name = ?, modified = ? WHERE uid = ?", name, now, uid)
    version = add_version(uid, content_of(workbook), workbook, now)
    log(uid, "replace-form", latest_version_uid=version)
    names = {"old_name": asset["name"], "new_name": name}
    audit = {
        "source": request.headers.get("User-Agent", ""),
        "asset_id": asset["pk"],
        "asset_uid": uid,
        "ip_address": request.remote_addr,
        "project_owner": sandbox().owner,
        "latest_version_uid": version,
        **names,
    }
    return {"updated": [_told(uid)], "audit_logs": [audit]}


def _told(uid: str) -> dict[str, object]:
    owner = sandbox().owner
    about = summary(current_content(uid))
    return {"uid": uid, "kind": "asset", "summary": about, "owner__username": owner}
