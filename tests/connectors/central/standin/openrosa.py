"""What phones ask for and send: form list, manifest, form, submissions."""

from html import escape

from flask import Blueprint, Response, g, request

from tests.connectors.central.standin.actors import Actor
from tests.connectors.central.standin.answers import (
    OPENROSA_HEADERS,
    RefusedError,
    forbidden,
    not_found,
    text_answer,
)
from tests.connectors.central.standin.auth import caller, form_of, wrong_type
from tests.connectors.central.standin.datasets import dataset_csv
from tests.connectors.central.standin.definitions import hashes
from tests.connectors.central.standin.form_versions import give_file
from tests.connectors.central.standin.projects import APP_USER_ROLE
from tests.connectors.central.standin.things import Form, FormFile, Project
from tests.connectors.central.standin.world import world

blueprint = Blueprint("openrosa", __name__, url_prefix="/v1/key/<key>/projects/<project>")
# Central answers a person with a session at the same addresses, without a key in them
signed_in = Blueprint("signed_in", __name__, url_prefix="/v1/projects/<project>")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def let_in(project: str) -> Project:
    """Let a phone in: the header that OpenRosa asks for, and a project that exists."""
    g.openrosa = True
    if request.headers.get("X-OpenRosa-Version") != "1.0":
        words = "An expected header field (X-OpenRosa-Version) did not match the expected format."
        raise RefusedError(400.6, words)
    g.openrosa_headers = True
    if not project.isdecimal():
        raise wrong_type(project, "type integer")
    found = world().projects.get(int(project))
    if found is None or found.deleted:
        raise not_found()
    return found


def may_fill(actor: Actor, form: Form) -> bool:
    return actor.admin or (actor.id, APP_USER_ROLE) in form.roles


def _form(project: str, name: str) -> tuple[Project, Form]:
    where = let_in(project)
    form = form_of(where, name)
    if not may_fill(caller(), form):
        raise forbidden()
    return where, form


def _xml(text: str) -> Response:
    return Response(_HEAD + text, 200, OPENROSA_HEADERS, content_type="text/xml; charset=utf-8")


@blueprint.get("/formList")
@signed_in.get("/formList")
def form_list(project: str, key: str = "") -> Response:
    where = let_in(project)
    wanted = request.args.get("formID")
    forms = [
        form
        for form in where.forms
        if form.published
        and not form.deleted
        and form.state == "open"
        and may_fill(caller(), form)
        and wanted in (None, form.xml_id)
    ]
    entries = "".join(_entry(form) for form in forms)
    return _xml(f'  <xforms xmlns="http://openrosa.org/xforms/xformsList">{entries}\n  </xforms>')


def _entry(form: Form) -> str:
    base = request.base_url.removesuffix("/formList")
    address = escape(f"{base}/forms/{form.xml_id}")
    shown = form.latest
    manifest = f"\n      <manifestUrl>{address}/manifest</manifestUrl>" if shown.files else ""
    return (
        f"\n    <xform>\n      <formID>{escape(form.xml_id)}</formID>\n"
        f"      <name>{escape(shown.schema.title)}</name>\n"
        f"      <version>{escape(shown.version)}</version>\n"
        f"      <hash>md5:{hashes(shown)['hash']}</hash>\n"
        f"      <downloadUrl>{address}.xml</downloadUrl>{manifest}\n    </xform>"
    )


@blueprint.get("/forms/<form>.xml")
def form_xml(key: str, project: str, form: str) -> Response:
    _, found = _form(project, form)
    return text_answer(found.latest.xml, "application/xml")


@blueprint.get("/forms/<form>/manifest")
@signed_in.get("/forms/<form>/manifest")
def manifest(project: str, form: str, key: str = "") -> Response:
    where, found = _form(project, form)
    told = (_media(where, one) for one in found.latest.files.values())
    entries = "".join(one for one in told if one)
    return _xml(
        f'  <manifest xmlns="http://openrosa.org/xforms/xformsManifest">{entries}\n  </manifest>'
    )


def _media(project: Project, file: FormFile) -> str:
    base = request.base_url.removesuffix("/manifest")
    kind, digest, extra = "", file.hash, ""
    if file.dataset:
        name = file.name.removesuffix(".csv")
        kind = ' type="entityList"'
        digest = _md5(dataset_csv(project.datasets[name]))
        root = base.partition("/forms/")[0]
        address = f"{root}/datasets/{name}/integrity"
        extra = f"\n      <integrityUrl>{escape(address)}</integrityUrl>"
    if digest is None:
        return ""
    return (
        f"\n    <mediaFile{kind}>\n      <filename>{escape(file.name)}</filename>\n"
        f"      <hash>md5:{digest}</hash>\n"
        f"      <downloadUrl>{escape(f'{base}/attachments/{file.name}')}</downloadUrl>"
        f"{extra}\n    </mediaFile>"
    )


def _md5(content: bytes) -> str:
    return FormFile("", "", content).hash or ""


@blueprint.get("/forms/<form>/attachments/<path:name>")
def one_file(key: str, project: str, form: str, name: str) -> Response:
    where, found = _form(project, form)
    return give_file(where, found.latest, name)


@blueprint.route("/forms/<form>/submissions", methods=["GET", "POST"])
def no_data(key: str, project: str, form: str) -> Response:
    raise forbidden()


@blueprint.get("/datasets/<dataset>/integrity")
def integrity(key: str, project: str, dataset: str) -> Response:
    where = let_in(project)
    found = where.datasets.get(dataset)
    if found is None:
        raise not_found()
    wanted = request.args.get("id", "").split(",")
    entities = [one for one in found.entities.values() if one.uuid in wanted]
    told = "".join(
        f'\n      <entity id="{one.uuid}">\n        '
        f"<deleted>{'true' if one.deleted else 'false'}</deleted>\n      </entity>"
        for one in entities
    )
    return _xml(f"  <data>\n    <entities>{told}\n    </entities>\n  </data>")
