"""The published versions of a form, its fields and its files."""

from flask import Blueprint, Response, request

from tests.connectors.central.standin.answers import answer, file_answer, not_found
from tests.connectors.central.standin.auth import form_of, place, project_of
from tests.connectors.central.standin.datasets import dataset_csv
from tests.connectors.central.standin.forms import as_file, told
from tests.connectors.central.standin.things import Definition, Form, Project

blueprint = Blueprint("form_versions", __name__, url_prefix="/v1/projects/<project>/forms/<form>")


@blueprint.get("/versions")
def versions(project: str, form: str) -> Response:
    where, found = place(project, form, "form.read")
    return answer([told(where, found, one) for one in reversed(found.published)])


def _version(project: str, form: str, version: str) -> tuple[Project, Form, Definition]:
    where = project_of(project, "form.read")
    found = form_of(where, form)
    definition = found.of_version("" if version == "___" else version)
    if definition is None:
        raise not_found()
    return where, found, definition


@blueprint.get("/versions/<version>")
def one_version(project: str, form: str, version: str) -> Response:
    if version.endswith(".xml"):
        _, found, definition = _version(project, form, version.removesuffix(".xml"))
        return as_file(found, definition, ".xml")
    return answer(told(*_version(project, form, version)))


@blueprint.get("/versions/<version>/attachments")
def version_files(project: str, form: str, version: str) -> Response:
    definition = _version(project, form, version)[2]
    return answer([file.told() for file in definition.files.values()])


@blueprint.get("/versions/<version>/fields")
def version_fields(project: str, form: str, version: str) -> Response:
    return fields_of(_version(project, form, version)[2])


def fields_of(definition: Definition) -> Response:
    odata = request.args.get("odata") == "true"
    return answer([field.told(odata=odata) for field in definition.schema.all()])


@blueprint.get("/fields")
def fields(project: str, form: str) -> Response:
    return fields_of(place(project, form, "form.read")[1].latest)


@blueprint.get("/attachments")
def files(project: str, form: str) -> Response:
    _, found = place(project, form, "form.read")
    return answer([file.told() for file in found.latest.files.values()])


@blueprint.get("/attachments/<path:name>")
def one_file(project: str, form: str, name: str) -> Response:
    where, found = place(project, form, "form.read")
    return give_file(where, found.latest, name)


def give_file(project: Project, definition: Definition, name: str) -> Response:
    """Give one file of a form; a linked list of entities as it is now."""
    file = definition.files.get(name)
    if file is not None and file.dataset:
        content = dataset_csv(project.datasets[name.removesuffix(".csv")])
        return file_answer(content, "text/csv", name)
    if file is None or file.content is None:
        raise not_found()
    return file_answer(file.content, file.mimetype, name)
