"""What a phone asks for: list of forms, form, manifest, media."""

from sqlite3 import Row
from xml.sax.saxutils import escape

from flask import Blueprint, Response, send_file

from connectors.servers.sandbox.answers import (
    OPENROSA_HEADERS,
    ApiError,
    answer,
    xml_answer,
)
from connectors.servers.sandbox.auth import caller, may
from connectors.servers.sandbox.context import link, sandbox, state
from connectors.servers.sandbox.forms import form_hash, forms_wanted

blueprint = Blueprint("openrosa", __name__)
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_LIST = '<xforms xmlns="http://openrosa.org/xforms/xformsList">{}</xforms>'
_MANIFEST = '<manifest xmlns="http://openrosa.org/xforms/xformsManifest">{}</manifest>'
_ROOT = "<root>{}</root>"
# ODK Collect answers a Basic challenge with the owner's name and the token as password
CHALLENGE = {"WWW-Authenticate": 'Basic realm="ISHC sandbox"'}


class OpenRosaError(Exception):
    """An answer in XML that ends the request."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def detail(frame: str, words: str, status: int) -> OpenRosaError:
    """Give an error in the frame (list, manifest, root) that the address uses."""
    headers = CHALLENGE if status == 401 else {}  # noqa: PLR2004
    text = _HEAD + frame.format(f"<detail>{escape(words)}</detail>")
    return OpenRosaError(xml_answer(text, status, headers))


def require_phone(frame: str = _ROOT) -> str:
    """Give the caller's name; refuses nobody and wrong tokens with 401 in XML."""
    try:
        name = caller()
    except ApiError as error:
        raise detail(frame, error.body["detail"], 401) from error
    if name is None:
        raise detail(frame, "Authentication credentials were not provided.", 401)
    return name


@blueprint.get("/formList")
def form_list() -> Response:
    """List the forms that are open."""
    return _listed(require_phone(_LIST))


@blueprint.get("/<owner>/formList")
def owners_form_list(owner: str) -> Response:
    """List the forms that the owner shares: none for nobody."""
    name = caller()
    if owner != sandbox().owner or name is None:
        return xml_answer(_HEAD + _LIST.format(""), headers=OPENROSA_HEADERS)
    return _listed(name)


def _listed(name: str) -> Response:
    forms = (form for form in forms_wanted() if may(name, form["uid"], "view_asset"))
    text = "".join(_entry(form) for form in forms)
    return xml_answer(_HEAD + _LIST.format(text), headers=OPENROSA_HEADERS)


def _entry(form: Row) -> str:
    title, version, pk = escape(form["form_title"]), escape(form["form_version"]), form["pk"]
    return (
        f"<xform><formID>{form['uid']}</formID><name>{title}</name>"
        f"<majorMinorVersion>{version}</majorMinorVersion><version>{version}</version>"
        f"<hash>{form_hash(form)}</hash><descriptionText>{title}</descriptionText>"
        f"<downloadUrl>{link(f'/forms/{pk}/form.xml')}</downloadUrl>"
        f"<manifestUrl>{link(f'/xformsManifest/{pk}')}</manifestUrl></xform>"
    )


def _form(pk: int, frame: str) -> Row:
    name = require_phone(frame)
    form = state().row("SELECT * FROM asset WHERE pk = ? AND form_xml IS NOT NULL", pk)
    if form is None or not may(name, form["uid"], "view_asset"):
        raise detail(frame, "No XForm matches the given query.", 404)
    return form


@blueprint.get("/forms/<int:pk>/form.xml")
def form_xml(pk: int) -> Response:
    """Give the compiled form."""
    return xml_answer(_form(pk, _LIST)["form_xml"], headers=OPENROSA_HEADERS)


@blueprint.get("/xformsManifest/<int:pk>")
def manifest(pk: int) -> Response:
    """List the files that belong to a form since its last deployment."""
    form = _form(pk, _MANIFEST)
    rows = state().rows("SELECT * FROM manifest WHERE asset = ? ORDER BY pk", form["uid"])
    text = "".join(_media_file(pk, row) for row in rows)
    return xml_answer(_HEAD + _MANIFEST.format(text), headers=OPENROSA_HEADERS)


def _media_file(pk: int, row: Row) -> str:
    suffix = row["filename"].rpartition(".")[2]
    address = link(f"/xformsMedia/{pk}/{row['pk']}.{suffix}")
    return (
        f"<mediaFile><filename>{escape(row['filename'])}</filename><hash>{row['md5']}</hash>"
        f"<downloadUrl>{escape(address)}</downloadUrl></mediaFile>"
    )


@blueprint.get("/xformsMedia/<int:pk>/<int:number>.<suffix>")
def media(pk: int, number: int, suffix: str) -> Response:
    """Give the bytes of one file of a form."""
    form = _form(pk, _LIST)
    sql = "SELECT * FROM manifest WHERE asset = ? AND pk = ?"
    row = state().row(sql, form["uid"], number)
    if row is None or not row["filename"].endswith(suffix):
        return answer({"detail": "No MetaData matches the given query."}, 404)
    response = send_file(
        state().file(row["content"]),
        mimetype=row["mimetype"],
        as_attachment=True,
        download_name=row["filename"],
    )
    response.headers["Content-Type"] = row["mimetype"]
    return response
