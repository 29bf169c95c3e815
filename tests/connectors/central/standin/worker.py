"""What Central's worker does some seconds after a submission: entities made and changed."""

from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.connectors.central.standin.answers import RefusedError, not_found
from tests.connectors.central.standin.keeping import noted
from tests.connectors.central.standin.lists import Entity
from tests.connectors.central.standin.register import change, make
from tests.connectors.central.standin.schema import EntityPart, local
from tests.connectors.central.standin.things import Form, Project, Submission
from tests.connectors.central.standin.world import World


def run_worker(here: World) -> None:
    """Read the submissions that came since the last run."""
    waiting, here.pending = here.pending, []
    for project, form, submission in waiting:
        definition = form.of_version(submission.current.form_version)
        part = definition.schema.entity if definition else None
        if part is not None and part.dataset in project.datasets:
            _read(here, project, form, submission, part)


def _read(
    here: World, project: Project, form: Form, submission: Submission, part: EntityPart
) -> None:
    root = ElementTree.fromstring(submission.current.xml)
    element = next((one for one in root.iter() if local(one) == "entity"), None)
    if element is None:
        return
    who, dataset = submission.current.submitter, project.datasets[part.dataset]
    agent = submission.current.agent
    given = _given(root, element, part)
    try:
        entity: Entity | None = None
        if element.get("create") in ("1", "true"):
            entity = make(here, dataset, given, who, agent)
            action = "entity.create"
        elif element.get("update") in ("1", "true"):
            entity = dataset.entities.get(given["uuid"])
            if entity is None or entity.deleted:
                raise not_found()
            base = int(element.get("baseVersion") or 0) or None
            change(here, dataset, entity, given, who, agent, base)
            action = "entity.update.version"
        if entity is not None:
            told = {"uuid": entity.uuid, "dataset": dataset.name}
            entry = noted(here, form, submission, who, action, entity=told)
            entry["details"] |= {"entityId": entity.number, "entityDefId": entity.number}
            entry["acteeId"] = dataset.actee
    except RefusedError as error:
        problem = {"problemCode": error.code, "problemDetails": error.details}
        more: dict[str, Any] = {"problem": problem, "errorMessage": error.message}
        noted(here, form, submission, who, "entity.error", **more)["acteeId"] = None


def _given(root: Element, element: Element, part: EntityPart) -> dict[str, Any]:
    data = {}
    for path, name in part.saves.items():
        found: Element | None = root
        for step in path.strip("/").split("/"):
            found = next((one for one in found or [] if local(one) == step), None)
        if found is not None:
            data[name] = found.text or ""
    given: dict[str, Any] = {"uuid": element.get("id") or "", "data": data}
    label = next((one.text for one in element if local(one) == "label"), None)
    return given | ({"label": label} if label else {})
