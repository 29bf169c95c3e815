"""Files of submissions: downloaded by uid or by question, deleted."""

from datetime import datetime
from email.header import Header
from sqlite3 import Row

from flask import Blueprint, Response, request
from werkzeug.http import is_resource_modified

from connectors.servers.sandbox.answers import ApiError, answer, not_found, nothing
from connectors.servers.sandbox.auth import deployed_asset
from connectors.servers.sandbox.context import state
from connectors.servers.sandbox.data import own_submission
from connectors.servers.sandbox.media import guess_type
from connectors.servers.sandbox.state import marks

blueprint = Blueprint("attachments", __name__)
_SERVED_AS = {"audio/mp4": "audio/x-m4a", "audio/mp4a-latm": "audio/x-m4a"}
_FILES = "/api/v2/assets/<uid>/data/<name>/attachments/"
_OF_ASSET = """
SELECT a.pk, a.content FROM attachment a JOIN submission s ON s.id = a.submission
WHERE s.asset = ? AND a.deleted = 0"""
_BY_UID, _BY_ROOT = "a.uid IN ({})", "s.root_uuid IN ({})"
_INLINE = ("image", "audio", "video")


@blueprint.get("/api/v2/assets/<uid>/data/<name>/attachments/<file>/")
@blueprint.get(
    "/api/v2/assets/<uid>/data/<name>/attachments/<file>/<any(small, medium, large):size>/"
)
def download(uid: str, name: str, file: str, size: str = "") -> Response:
    """Give a file's bytes. Every size is the original: this server makes no thumbnails."""
    row = own_submission(uid, name)
    sql = "SELECT * FROM attachment WHERE submission = ? AND uid = ? AND deleted = 0"
    found = state().row(sql, row["id"], file)
    if found is None:
        raise not_found()
    return _bytes(found)


@blueprint.get(_FILES)
def by_question(uid: str, name: str) -> Response:
    """Give the file of a question."""
    row = own_submission(uid, name)
    xpath = request.args.get("xpath")
    if not xpath:
        raise ApiError(400, {"detail": "`xpath` query parameter is required"})
    sql = "SELECT * FROM attachment WHERE submission = ? AND xpath = ? AND deleted = 0"
    found = state().row(sql, row["id"], xpath)
    if found is None:
        raise ApiError(400, {"detail": "The path could not be found in the submission"})
    return _bytes(found)


def _bytes(file: Row) -> Response:
    # the type follows the name, as a web server in front decides it
    kind = guess_type(file["name"])
    kind = _SERVED_AS.get(kind, kind)
    modified = datetime.fromisoformat(file["created"])
    response = Response(state().file(file["content"]).read_bytes())
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = _disposition(file["name"], kind)
    response.last_modified = modified
    response.set_etag(f"{int(modified.timestamp()):x}-{file['size']:x}")
    if not is_resource_modified(request.environ, response.get_etag()[0], None, modified):
        response.status_code = 304
        return response
    response.make_conditional(request.environ, accept_ranges=True, complete_length=file["size"])
    return response


def _disposition(name: str, kind: str) -> str:
    way = "inline" if kind.partition("/")[0] in _INLINE else "attachment"
    name = "".join(letter for letter in name if letter.isprintable())
    shown = f"{way}; filename={name}"
    # letters beyond ASCII are encoded as in mail, which clients must cope with
    return shown if shown.isascii() else Header(shown, "utf-8", maxlinelen=10_000).encode()


@blueprint.delete("/api/v2/assets/<uid>/attachments/<file>/")
def delete_one(uid: str, file: str) -> Response:
    """Delete a file; its entry stays in the record, marked."""
    deployed_asset(uid, "change_submissions")
    if not _delete(uid, _BY_UID, [file]):
        raise ApiError(400, {"attachment_uid": ["Invalid attachment UID"]})
    return nothing("application/json")


@blueprint.delete("/api/v2/assets/<uid>/attachments/bulk/")
def delete_of_submissions(uid: str) -> Response:
    """Delete all files of the submissions with the given root uuids."""
    deployed_asset(uid, "change_submissions")
    body = request.get_json(silent=True) or {}
    wanted = [str(one).removeprefix("uuid:") for one in body.get("submission_root_uuids") or []]
    if not wanted:
        raise ApiError(400, {"submission_root_uuids": ["This field is required."]})
    count = _delete(uid, _BY_ROOT, wanted)
    return answer({"message": f"{count} attachments deleted"}, 202)


def _delete(uid: str, condition: str, values: list[str]) -> int:
    """Mark files as deleted and remove their bytes; gives how many."""
    sql = f"{_OF_ASSET} AND {condition.format(marks(values))}"
    with state().write():
        found = state().rows(sql, uid, *values)
        for row in found:
            state().change("UPDATE attachment SET deleted = 1 WHERE pk = ?", row["pk"])
        state().prune([row["content"] for row in found])
    return len(found)
