"""The entity lists of a project: what they hold, who writes and who reads them."""

import re
from typing import Any

from flask import Blueprint, Response

from tests.connectors.central.standin.answers import answer, done, exists, not_found, unexpected
from tests.connectors.central.standin.auth import body, place, project_of
from tests.connectors.central.standin.datasets import add_dataset, changes, listed
from tests.connectors.central.standin.lists import Dataset
from tests.connectors.central.standin.projects import extended
from tests.connectors.central.standin.schema import sanitized
from tests.connectors.central.standin.things import Definition, Form, Project
from tests.connectors.central.standin.world import world

blueprint = Blueprint("entity_lists", __name__, url_prefix="/v1/projects/<project>")
_NAME = re.compile(r"(?!__)(?!(?i:name|label)$)[^\W\d][\w.-]*")


def dataset_of(project: str, name: str, verb: str) -> Dataset:
    found = project_of(project, verb).datasets.get(name)
    if found is None:
        raise not_found()
    return found


def _told(where: Project, dataset: Dataset) -> dict[str, Any]:
    told = {
        "name": dataset.name,
        "createdAt": dataset.created,
        "projectId": where.id,
        "approvalRequired": False,
        "ownerOnly": False,
        "deletedAt": None,
    }
    if extended():
        live = listed(dataset)
        told |= {
            "entities": len(live),
            "lastEntity": max((one.created for one in live), default=None),
            "conflicts": sum(one.conflict is not None for one in live),
        }
    return told


@blueprint.get("/datasets")
def lists(project: str) -> Response:
    where = project_of(project, "dataset.list")
    return answer([_told(where, one) for one in where.datasets.values()])


@blueprint.post("/datasets")
def create(project: str) -> Response:
    where, name = project_of(project, "dataset.create"), body().get("name") or ""
    if not _NAME.fullmatch(name):
        raise unexpected("name", name, "This is not a valid dataset name.")
    if name in where.datasets:
        raise exists("datasets", ["name", "projectId"], [name, where.id])
    return answer(_told(where, add_dataset(world(), where, name)))


@blueprint.get("/datasets/<name>")
def one(project: str, name: str) -> Response:
    where, found = project_of(project, "dataset.read"), dataset_of(project, name, "dataset.read")
    live = [form for form in where.forms if not form.deleted]
    drafts = [(form, form.draft) for form in live if form.draft]
    shown = [(form, form.published[-1]) for form in live if form.published]
    writers = [_form(form, one) for form, one in shown if _writes(one, found)]
    moments = [found.created, *found.properties.values()]
    told = {
        "lastUpdate": max(moments + [one.updated or one.created for one in listed(found)]),
        "linkedForms": [_form(form, one) for form, one in shown if _reads(one, found)],
        "sourceForms": writers,
        "draftLinkedForms": [_form(form, one) for form, one in drafts if _reads(one, found)],
        "draftSourceForms": [_form(form, one) for form, one in drafts if _writes(one, found)],
        "properties": [
            {
                "name": each,
                "publishedAt": moment,
                "odataName": sanitized(each),
                "forms": [
                    _form(form, one)
                    for form, one in shown
                    if _writes(one, found) and each in one.schema.entity.saves.values()  # type: ignore[union-attr]
                ],
            }
            for each, moment in found.properties.items()
        ],
    }
    return answer(_told(where, found) | told)


def _form(form: Form, definition: Definition) -> dict[str, str]:
    return {"name": definition.schema.title, "xmlFormId": form.xml_id}


def _writes(definition: Definition, dataset: Dataset) -> bool:
    entity = definition.schema.entity
    return entity is not None and entity.dataset == dataset.name


def _reads(definition: Definition, dataset: Dataset) -> bool:
    file = definition.files.get(f"{dataset.name}.csv")
    return file is not None and file.dataset


@blueprint.post("/datasets/<name>/properties")
def add_property(project: str, name: str) -> Response:
    found = dataset_of(project, name, "dataset.update")
    given = body().get("name") or ""
    if not _NAME.fullmatch(given):
        raise unexpected("name", given, "This is not a valid property name.")
    if given in found.properties:
        raise exists("ds_properties", ["name", "datasetId"], [given, found.id])
    found.properties[given] = world().now()
    return done()


@blueprint.get("/forms/<form>/dataset-diff")
def form_changes(project: str, form: str) -> Response:
    where, found = place(project, form, "form.read")
    return answer(changes(where, found.latest.schema.entity, new=False))
