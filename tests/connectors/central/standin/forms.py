"""Forms: created, listed, opened and closed, thrown away and taken back; their versions."""

from typing import Any

from flask import Blueprint, Response, request

from tests.connectors.central.standin.actors import Actor
from tests.connectors.central.standin.answers import (
    answer,
    done,
    exists,
    file_answer,
    not_found,
    text_answer,
    unexpected,
)
from tests.connectors.central.standin.auth import body, caller, place, project_of
from tests.connectors.central.standin.datasets import declare
from tests.connectors.central.standin.definitions import (
    Warnings,
    carry_files,
    hashes,
    received,
    refuse_warnings,
)
from tests.connectors.central.standin.projects import extended
from tests.connectors.central.standin.things import Definition, Form, Project
from tests.connectors.central.standin.world import World, world

blueprint = Blueprint("forms", __name__, url_prefix="/v1/projects/<project>/forms")
_STATES = ("open", "closing", "closed")
_FORM_ROLE = 7  # what every form has beside the phones


def told(project: Project, form: Form, definition: Definition | None = None) -> dict[str, Any]:
    shown = definition or form.latest
    answer = {
        "projectId": project.id,
        "xmlFormId": form.xml_id,
        "state": form.state,
        "enketoId": None,
        "enketoOnceId": None,
        "createdAt": form.created,
        "updatedAt": form.updated,
        "webformsEnabled": True,
        "keyId": None,
        "version": shown.version,
        **hashes(shown),
        "draftToken": None if shown.published else shown.token,
        "publishedAt": shown.published,
        "name": shown.schema.title or None,
    }
    return answer | ({"deletedAt": form.deleted, "id": form.id} if form.deleted else {})


def extended_told(project: Project, form: Form) -> dict[str, Any]:
    rows = [one for one in form.submissions.values() if not one.deleted]
    states = [one.review or "received" for one in rows]
    shown = form.latest
    return told(project, form) | {
        "submissions": len(rows),
        "entityRelated": shown.schema.entity is not None,
        "reviewStates": {name: states.count(name) for name in ("received", "hasIssues", "edited")},
        "lastSubmission": max((one.created for one in rows), default=None),
        "excelContentType": shown.workbook_type,
        "publicLinks": 0,
        "createdBy": form.owner.told(),
        "publishNotes": None,
    }


def add_form(here: World, project: Project, definition: Definition, owner: Actor) -> Form:
    """Make a form with a first draft."""
    form = Form(
        here.number("form"), definition.schema.form_id, here.uuid(), owner, created=here.now()
    )
    form.roles.append((here.number("actor"), _FORM_ROLE))
    form.draft = definition
    project.forms.append(form)
    return form


def publish(here: World, project: Project, form: Form) -> None:
    """Publish the draft."""
    assert form.draft is not None
    definition, form.draft = form.draft, None
    definition.published = form.updated = here.now()
    form.published.append(definition)
    if definition.schema.entity:
        declare(here, project, definition.schema.entity)


@blueprint.get("")
def forms(project: str) -> Response:
    found = project_of(project, "form.list")
    trash = request.args.get("deleted") == "true"
    wanted = [one for one in found.forms if bool(one.deleted) == trash]
    return answer([(extended_told if extended() else told)(found, one) for one in wanted])


@blueprint.post("")
def create(project: str) -> Response:
    found = project_of(project, "form.create")
    definition, warnings = received()
    refuse_warnings(warnings | _in_trash(found, definition))
    name = definition.schema.form_id
    if any(one.xml_id == name and not one.deleted for one in found.forms):
        raise exists("forms", ["projectId", "xmlFormId"], [str(found.id), name])
    carry_files(definition, None, found)
    form = add_form(world(), found, definition, caller())
    if request.args.get("publish") == "true":
        publish(world(), found, form)
    return answer(told(found, form))


def _in_trash(project: Project, definition: Definition) -> Warnings:
    name = definition.schema.form_id
    if not any(one.xml_id == name and one.deleted for one in project.forms):
        return {}
    details = {"xmlFormId": name}
    return {"workflowWarnings": [{"type": "deletedFormExists", "details": details}]}


@blueprint.get("/<form>")
def one_form(project: str, form: str) -> Response:
    for suffix in (".xml", ".xlsx"):
        if form.endswith(suffix):
            _, found = place(project, form.removesuffix(suffix), "form.read")
            return as_file(found, found.latest, suffix)
    where, found = place(project, form, "form.read")
    return answer((extended_told if extended() else told)(where, found))


def as_file(form: Form, definition: Definition, suffix: str) -> Response:
    if suffix == ".xml":
        return text_answer(definition.xml, "application/xml")
    if definition.workbook is None:
        raise not_found()
    name = f"{form.xml_id}{suffix}"
    return file_answer(definition.workbook, definition.workbook_type or "", name)


@blueprint.patch("/<form>")
def change(project: str, form: str) -> Response:
    where, found = place(project, form, "form.update")
    state = body().get("state", found.state)
    if state not in _STATES:
        raise unexpected("state", state, "not a recognized state name")
    found.state, found.updated = state, world().now()
    return answer(told(where, found))


@blueprint.delete("/<form>")
def delete(project: str, form: str) -> Response:
    _, found = place(project, form, "form.delete")
    found.deleted = world().now()
    return done()


@blueprint.post("/<int:number>/restore")
def restore(project: str, number: int) -> Response:
    found = project_of(project, "form.restore")
    form = next((one for one in found.forms if one.id == number and one.deleted), None)
    if form is None:
        raise not_found()
    form.deleted = None
    return done()
