"""Drafts of a form: uploaded, given their files, published or dropped."""

from flask import Blueprint, Response, request

from tests.connectors.central.standin.answers import (
    RefusedError,
    answer,
    done,
    not_found,
    text_answer,
    unexpected,
)
from tests.connectors.central.standin.auth import body, draft_of, place
from tests.connectors.central.standin.datasets import changes
from tests.connectors.central.standin.definitions import (
    carry_files,
    check_types,
    defined,
    lost_fields,
    received,
    refuse_warnings,
    with_version,
)
from tests.connectors.central.standin.form_versions import fields_of, give_file
from tests.connectors.central.standin.forms import publish, told
from tests.connectors.central.standin.world import world

blueprint = Blueprint("drafts", __name__, url_prefix="/v1/projects/<project>/forms/<form>/draft")


@blueprint.post("")
def upload(project: str, form: str) -> Response:
    where, found = place(project, form, "form.update")
    before = found.draft or found.latest
    if request.get_data():
        new, warnings = received()
        if new.schema.form_id != found.xml_id:
            reason = f"does not match the xmlFormId {found.xml_id} of the form"
            raise unexpected("xmlFormId", new.schema.form_id, reason)
        check_types(found, new)
        refuse_warnings(warnings | lost_fields(found, new))
    else:
        new = defined(found.latest.xml, found.latest.workbook, found.latest.workbook_type)
    carry_files(new, before, where)
    found.draft = new
    if not found.published:
        found.updated = world().now()
    return done()


@blueprint.get("")
def draft(project: str, form: str) -> Response:
    where, found = place(project, form, "form.read")
    return answer(told(where, found, draft_of(found)))


@blueprint.delete("")
def drop(project: str, form: str) -> Response:
    _, found = place(project, form, "form.update")
    draft_of(found)
    found.draft = None
    return done()


@blueprint.get(".xml")
def draft_xml(project: str, form: str) -> Response:
    _, found = place(project, form, "form.read")
    return text_answer(draft_of(found).xml, "application/xml")


@blueprint.get("/fields")
def draft_fields(project: str, form: str) -> Response:
    return fields_of(draft_of(place(project, form, "form.read")[1]))


@blueprint.get("/dataset-diff")
def dataset_diff(project: str, form: str) -> Response:
    where, found = place(project, form, "form.read")
    return answer(changes(where, draft_of(found).schema.entity, new=True))


@blueprint.post("/publish")
def publish_draft(project: str, form: str) -> Response:
    where, found = place(project, form, "form.update")
    new = draft_of(found)
    version = request.args.get("version")
    if version is not None:
        new = with_version(new, version)
    if found.of_version(new.version) is not None:
        words = (
            f"You tried to publish the form '{found.xml_id}' with version '{new.version}', but a "
            "published form has already existed in this project with those identifiers."
        )
        details = {"xmlFormId": found.xml_id, "version": new.version}
        raise RefusedError(409.6, words, details)
    found.draft = new
    publish(world(), where, found)
    return done()


@blueprint.get("/attachments")
def files(project: str, form: str) -> Response:
    _, found = place(project, form, "form.read")
    return answer([file.told() for file in draft_of(found).files.values()])


@blueprint.get("/attachments/<path:name>")
def one_file(project: str, form: str, name: str) -> Response:
    where, found = place(project, form, "form.read")
    return give_file(where, draft_of(found), name)


@blueprint.post("/attachments/<path:name>")
def put_file(project: str, form: str, name: str) -> Response:
    file = draft_of(place(project, form, "form.update")[1]).files.get(name)
    if file is None:
        raise not_found()
    file.content, file.mimetype = request.get_data(), request.mimetype
    file.updated, file.dataset = world().now(), False
    return answer(file.told())


@blueprint.patch("/attachments/<path:name>")
def link(project: str, form: str, name: str) -> Response:
    where, found = place(project, form, "form.update")
    file = draft_of(found).files.get(name)
    if file is None or file.type != "file" or name.removesuffix(".csv") not in where.datasets:
        raise not_found()
    file.dataset, file.updated = body().get("dataset") is True, world().now()
    if file.dataset:
        file.content = None
    told = file.told()
    del told["hash"]
    return answer(told)


@blueprint.delete("/attachments/<path:name>")
def remove_file(project: str, form: str, name: str) -> Response:
    file = draft_of(place(project, form, "form.update")[1]).files.get(name)
    if file is None:
        raise not_found()
    file.content, file.updated, file.dataset = None, None, False
    return done()
