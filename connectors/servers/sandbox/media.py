"""Files of a form: kept with the asset, given to phones only by the next deployment."""

import base64
import binascii
import hashlib
import mimetypes
import unicodedata
from sqlite3 import Row
from typing import Any
from urllib.parse import quote

import orjson
from flask import Blueprint, Response, request, send_file

from connectors.servers.sandbox.answers import ApiError, FaultError, answer, nothing
from connectors.servers.sandbox.auth import asset_above
from connectors.servers.sandbox.context import account_link, asset_link, sandbox, state
from connectors.servers.sandbox.identity import new_uid
from connectors.servers.sandbox.log import log
from connectors.servers.sandbox.paging import list_page

blueprint = Blueprint("media", __name__)
_KINDS = ("image", "audio", "video")
_TYPES = ("text/csv", "application/xml", "application/zip", "application/geo+json")
_ALLOWED = ", ".join(f"`{kind}`" for kind in (*_KINDS, *_TYPES))
_BY_SUFFIX = {".csv": "text/csv", ".geojson": "application/geo+json", ".xml": "application/xml"}


def media_rows(uid: str, deleted: bool) -> list[dict[str, Any]]:
    """List the files of an asset, oldest first; with or without the deleted ones."""
    sql = "SELECT * FROM media WHERE asset = ? AND deleted <= ? ORDER BY pk"
    return [_shown(row) for row in state().rows(sql, uid, int(deleted))]


def _shown(row: Row) -> dict[str, Any]:
    uid, asset = row["uid"], row["asset"]
    facts = {"filename": row["filename"], "hash": row["md5"], "mimetype": row["mimetype"]}
    return {
        "uid": uid,
        "url": asset_link(asset, f"files/{uid}/"),
        "asset": asset_link(asset),
        "user": account_link(sandbox().owner),
        "user__username": sandbox().owner,
        "file_type": "form_media",
        "description": row["description"],
        "date_created": row["created"],
        "content": asset_link(asset, f"files/{uid}/content/"),
        "metadata": facts,
    }


def guess_type(filename: str) -> str:
    """Guess a MIME type from a file's name."""
    suffix = "." + filename.rpartition(".")[2].lower()
    guessed = _BY_SUFFIX.get(suffix) or mimetypes.guess_type(filename)[0]
    return guessed or "application/octet-stream"


def _one(asset: str, uid: str, right: str = "view_asset") -> Row:
    asset_above(asset, right)
    sql = "SELECT * FROM media WHERE asset = ? AND uid = ? AND deleted = 0"
    row = state().row(sql, asset, uid)
    if row is None:
        raise ApiError(404, {"detail": "No AssetFile matches the given query."})
    return row


@blueprint.get("/api/v2/assets/<asset>/files/")
def list_files(asset: str) -> Response:
    """List the files of an asset."""
    asset_above(asset)
    return answer(list_page(media_rows(asset, deleted=False)))


@blueprint.get("/api/v2/assets/<asset>/files/<uid>/")
def one_file(asset: str, uid: str) -> Response:
    """Give one file's description."""
    return answer(_shown(_one(asset, uid)))


@blueprint.get("/api/v2/assets/<asset>/files/<uid>/content/")
def file_content(asset: str, uid: str) -> Response:
    """Give one file's bytes."""
    row = _one(asset, uid)
    response = send_file(state().file(row["content"]), mimetype=row["mimetype"])
    response.headers["Content-Type"] = row["mimetype"]  # without charset, as on the real server
    name = quote(row["filename"])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@blueprint.post("/api/v2/assets/<asset>/files/")
def upload(asset: str) -> Response:
    """Take a new file; a name can be used only once."""
    asset_above(asset, "change_asset")
    fields = _fields()
    content = _content(fields)
    filename = _filename(fields)
    mimetype = guess_type(filename)
    if mimetype.partition("/")[0] not in _KINDS and mimetype not in _TYPES:
        raise ApiError(400, {"content": [f"Only {_ALLOWED} MIME types are allowed"]})
    uid = new_uid("af")
    md5 = "md5:" + hashlib.md5(content, usedforsecurity=False).hexdigest()
    kept = state().keep(content)
    with state().write():
        _refuse_double(asset, filename)
        state().insert(
            "media",
            uid=uid,
            asset=asset,
            filename=filename,
            description=fields["description"],
            mimetype=mimetype,
            md5=md5,
            content=kept,
            created=sandbox().now(),
        )
        address = asset_link(asset, f"files/{uid}/content/")
        about = {"uid": uid, "filename": filename, "md5_hash": md5, "download_url": address}
        log(asset, "add-media", **{"asset-file": about})
    shown = _shown(_one(asset, uid))
    return answer(shown, 201, {"Location": shown["url"]})


@blueprint.patch("/api/v2/assets/<asset>/files/<uid>/")
def no_change(asset: str, uid: str) -> Response:
    """Break, as the real server does: a file cannot be changed in place."""
    _one(asset, uid, "change_asset")
    raise FaultError


@blueprint.put("/api/v2/assets/<asset>/files/<uid>/")
def no_replacement(asset: str, uid: str) -> Response:
    """Refuse: a file cannot be replaced in place."""
    _one(asset, uid, "change_asset")
    raise ApiError(400, {"content": ["File already exists"]})


@blueprint.delete("/api/v2/assets/<asset>/files/<uid>/")
def delete(asset: str, uid: str) -> Response:
    """Delete a file; phones keep it until the next deployment."""
    row = _one(asset, uid, "change_asset")
    with state().write():
        state().change("UPDATE media SET deleted = 1 WHERE uid = ?", uid)
        address = asset_link(asset, f"files/{uid}/content/")
        about = {"uid": uid, "filename": row["filename"], "md5_hash": row["md5"]}
        log(asset, "delete-media", **{"asset-file": about | {"download_url": address}})
    state().prune([row["content"]])
    return nothing()


def _fields() -> dict[str, str]:
    body = request.get_json(silent=True) if request.is_json else request.form
    fields = {str(key): str(value) for key, value in (body or {}).items()}
    for name in ("file_type", "description"):
        if not fields.get(name):
            raise ApiError(400, {name: ["This field is required."]})
    if fields["file_type"] != "form_media":
        words = f'"{fields["file_type"]}" is not a valid choice.'
        raise ApiError(400, {"file_type": [words]})
    return fields


def _content(fields: dict[str, str]) -> bytes:
    if "content" in request.files:
        return bytes(request.files["content"].read())
    encoded = fields.get("base64Encoded")
    if encoded is None:
        raise ApiError(400, {"content": ["No files have been submitted"]})
    try:
        return base64.b64decode(encoded.partition("base64,")[2] or encoded, validate=True)
    except binascii.Error as error:
        raise ApiError(400, {"base64Encoded": ["Invalid base64"]}) from error


def _filename(fields: dict[str, str]) -> str:
    if "metadata" not in fields:
        raise FaultError
    try:
        found = orjson.loads(fields["metadata"])
    except orjson.JSONDecodeError as error:
        words = "Unable to parse JSON: Expecting value: line 1 column 1 (char 0)"
        raise ApiError(400, {"metadata": [words]}) from error
    if not isinstance(found, dict) or not found.get("filename"):
        raise FaultError
    # only the last part of a path: nobody writes outside the state folder
    name = str(found["filename"]).replace("\\", "/").rpartition("/")[2]
    return unicodedata.normalize("NFC", name)


def _refuse_double(asset: str, filename: str) -> None:
    sql = "SELECT count(*) FROM media WHERE asset = ? AND filename = ? AND deleted = 0"
    if state().value(sql, asset, filename):
        raise ApiError(400, {"content": ["File already exists"]})
