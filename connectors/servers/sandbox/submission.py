"""Taking submissions as phones send them: new ones, the same again, edits, late files."""

from sqlite3 import Row
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from flask import Blueprint, Response, request

from connectors.servers.sandbox.answers import (
    OPENROSA_HEADERS,
    FaultError,
    answer,
    page,
    xml_answer,
)
from connectors.servers.sandbox.attach import ConflictError, Upload, add_files, uploads
from connectors.servers.sandbox.auth import may
from connectors.servers.sandbox.context import link, state
from connectors.servers.sandbox.forms import form_for
from connectors.servers.sandbox.identity import offset
from connectors.servers.sandbox.instance import BadXmlError, Instance, read_instance
from connectors.servers.sandbox.openrosa import detail, require_phone
from connectors.servers.sandbox.store import add_submission, edit_submission

blueprint = Blueprint("submission", __name__)
_ROOT = "<root>{}</root>"
_SPACE = "http://openrosa.org/http/response"
_MESSAGE = (
    "<?xml version='1.0' encoding='UTF-8' ?>\n"
    f'<OpenRosaResponse xmlns="{_SPACE}">\n'
    '        <message nature="">{}</message>\n</OpenRosaResponse>'
)
_DONE = (
    f'<OpenRosaResponse xmlns="{_SPACE}">\n'
    "    <message>Successful submission.</message>\n"
    '    <submissionMetadata xmlns="http://www.opendatakit.org/xforms" id={id} '
    " instanceID={instance} submissionDate={received}"
    ' isComplete="true" markedAsCompleteDate={completed}/>\n</OpenRosaResponse>\n'
)


@blueprint.route("/submission", methods=["HEAD"], provide_automatic_options=False)
@blueprint.route("/<owner>/submission", methods=["HEAD"], provide_automatic_options=False)
def offer(owner: str = "") -> Response:
    """Tell a phone that submissions are taken here."""
    require_phone()
    response = xml_answer("", 204, _here())
    response.headers["Content-Type"] = "text/xml; charset=utf-8"
    return response


@blueprint.post("/submission")
@blueprint.post("/<owner>/submission")
@blueprint.post("/api/v1/submissions")
def submit(owner: str = "") -> Response:
    """Take one submission."""
    require_phone()
    if request.is_json:
        return _from_json()
    part = request.files.get("xml_submission_file")
    if part is None:
        raise FaultError
    return take(part.read(), uploads(request.files))


@blueprint.post("/submission/")
def with_slash() -> Response:
    """Refuse: the address has no slash at its end."""
    return page("403 Forbidden", "CSRF verification failed. Request aborted.", 403)


def take(xml: bytes, files: list[Upload]) -> Response:
    """Take one submission's XML and files from the caller of the running request."""
    try:
        instance = read_instance(xml)
    except BadXmlError:
        return _message("Improperly formatted XML.", 400, {})
    if instance.uuid is None:
        return _message("Instance ID is required", 400, {})
    try:
        with state().write():  # a conflict undoes all that this submission did
            return _keep(instance, files)
    except ConflictError:
        return _message("Attachment with same name already exists", 409, _here())


def _keep(instance: Instance, files: list[Upload]) -> Response:
    form = form_for(instance.form_uuid, instance.form_id)
    if form is None:
        raise detail(_ROOT, "No XForm matches the given query.", 404)
    right = "change_submissions" if instance.deprecated else "add_submissions"
    if not may(require_phone(), form["uid"], right):
        return _message("Access denied", 403, _here())
    if not form["active"]:
        return _message("Form is not active", 405, {"Allow": "POST, HEAD, OPTIONS"})
    return _decide(form, instance, files)


def _decide(form: Row, instance: Instance, files: list[Upload]) -> Response:
    """Tell new from again, edit and conflict; keep what is new."""
    known = state().row(
        "SELECT * FROM submission WHERE asset = ? AND uuid = ?", form["uid"], instance.uuid
    )
    if known is not None and known["hash"] == instance.hash:
        if add_files(form, known["id"], files):
            return _done(form, known)
        return _message("Duplicate Instance", 202, _here())
    if known is not None or _was(form, instance.uuid):
        return _message("Submission with this instance ID already exists", 409, _here())
    if instance.deprecated is None:
        return _done(form, add_submission(form, instance, files))
    before = state().row(
        "SELECT * FROM submission WHERE asset = ? AND uuid = ?", form["uid"], instance.deprecated
    )
    if before is None:  # somebody edited it meanwhile: the real server breaks here
        raise FaultError
    return _done(form, edit_submission(form, before, instance, files))


def _was(form: Row, uuid: str | None) -> bool:
    sql = "SELECT count(*) FROM former_uuid WHERE asset = ? AND uuid = ?"
    return bool(state().value(sql, form["uid"], uuid))


def _here() -> dict[str, str]:
    return {"Location": link(request.path), **OPENROSA_HEADERS}


def _message(words: str, status: int, headers: dict[str, str]) -> Response:
    return xml_answer(_MESSAGE.format(words), status, OPENROSA_HEADERS | headers)


def _done(form: Row, row: Row) -> Response:
    received, completed = offset(row["received"]), offset(row["completed"])
    if request.is_json:
        told = {
            "message": "Successful submission.",
            "formid": form["uid"],
            "encrypted": False,
            "instanceID": f"uuid:{row['uuid']}",
            "submissionDate": received,
            "markedAsCompleteDate": completed,
        }
        return answer(told, 201, _here())
    text = _DONE.format(
        id=quoteattr(form["uid"]),
        instance=quoteattr(f"uuid:{row['uuid']}"),
        received=quoteattr(received),
        completed=quoteattr(completed),
    )
    return xml_answer(text, 201, _here())


def _from_json() -> Response:
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or not isinstance(body.get("submission"), dict):
        raise FaultError
    root = ElementTree.Element(str(body.get("id")), {"id": str(body.get("id"))})
    _grow(root, body["submission"])
    return take(ElementTree.tostring(root, encoding="utf-8"), [])


def _grow(element: ElementTree.Element, values: dict[str, Any]) -> None:
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            child = ElementTree.SubElement(element, str(name))
            if isinstance(one, dict):
                _grow(child, one)
            elif one is not None:
                child.text = str(one)
