"""The entities of a list by REST: made one by one or at once, changed, thrown away."""

from typing import Any

from flask import Blueprint, Response, request

from tests.connectors.central.standin.answers import answer, done, missing, not_found
from tests.connectors.central.standin.auth import body, caller
from tests.connectors.central.standin.datasets import listed
from tests.connectors.central.standin.entity_lists import dataset_of
from tests.connectors.central.standin.lists import Dataset, Entity
from tests.connectors.central.standin.projects import extended
from tests.connectors.central.standin.register import (
    change,
    checked,
    make,
    new_uuid_of,
    stale,
)
from tests.connectors.central.standin.world import world

blueprint = Blueprint(
    "entities", __name__, url_prefix="/v1/projects/<project>/datasets/<name>/entities"
)


def _agent() -> str | None:
    return request.headers.get("User-Agent")


def _version(entity: Entity, number: int, *, data: bool) -> dict[str, Any]:
    version = entity.versions[number]
    shown = version | {"current": version is entity.current}
    if extended():
        shown["creator"] = world().actors[version["creatorId"]].told()
    hidden = () if data else ("data", "dataReceived")
    return {name: value for name, value in shown.items() if name not in hidden}


def _told(entity: Entity, *, data: bool = True) -> dict[str, Any]:
    told = {
        "uuid": entity.uuid,
        "creatorId": entity.creator.id,
        "conflict": entity.conflict,
        "createdAt": entity.created,
        "updatedAt": entity.updated,
        "deletedAt": entity.deleted,
        "currentVersion": _version(entity, -1, data=data),
    }
    return told | ({"creator": entity.creator.told()} if extended() else {})


def _entity(dataset: Dataset, uuid: str, *, deleted: bool = False) -> Entity:
    found = dataset.entities.get(uuid)
    if found is None or bool(found.deleted) != deleted:
        raise not_found()
    return found


@blueprint.get("")
def listing(project: str, name: str) -> Response:
    dataset = dataset_of(project, name, "entity.list")
    trash = request.args.get("deleted") == "true"
    return answer([_told(one, data=False) for one in listed(dataset, deleted=trash)])


@blueprint.post("")
def create(project: str, name: str) -> Response:
    dataset, given = dataset_of(project, name, "entity.create"), body()
    if "entities" not in given:
        return answer(_told(make(world(), dataset, given, caller(), _agent())))
    if not given.get("source"):
        raise missing("source")
    for one in given["entities"]:  # all are looked at before any is kept
        checked(dataset, one, new=True)
        new_uuid_of(world(), one)
    for one in given["entities"]:
        make(world(), dataset, one, caller(), _agent())
    return done()


@blueprint.get("/<uuid>")
def one(project: str, name: str, uuid: str) -> Response:
    return answer(_told(_entity(dataset_of(project, name, "entity.read"), uuid)))


@blueprint.patch("/<uuid>")
def update(project: str, name: str, uuid: str) -> Response:
    dataset = dataset_of(project, name, "entity.update")
    entity, provided = _entity(dataset, uuid), request.args.get("baseVersion")
    force = request.args.get("force") == "true"
    if not force and provided != str(entity.current["version"]):
        raise stale(entity, provided)
    change(world(), dataset, entity, body(), caller(), _agent())
    return answer(_told(entity))


@blueprint.delete("/<uuid>")
def delete(project: str, name: str, uuid: str) -> Response:
    _entity(dataset_of(project, name, "entity.delete"), uuid).deleted = world().now()
    return done()


@blueprint.post("/<uuid>/restore")
def restore(project: str, name: str, uuid: str) -> Response:
    entity = _entity(dataset_of(project, name, "entity.restore"), uuid, deleted=True)
    entity.deleted, entity.updated = None, world().now()
    return done()


@blueprint.post("/bulk-delete")
def delete_many(project: str, name: str) -> Response:
    dataset = dataset_of(project, name, "entity.delete")
    found = [one for one in listed(dataset) if one.uuid in body().get("ids", [])]
    for one in found:
        one.deleted = world().now()
    return answer({"count": len(found)})


@blueprint.post("/bulk-restore")
def restore_many(project: str, name: str) -> Response:
    dataset = dataset_of(project, name, "entity.restore")
    found = [one for one in listed(dataset, deleted=True) if one.uuid in body().get("ids", [])]
    for one in found:
        one.deleted = None  # unlike the restoring of one, this moves no updatedAt
    return answer({"count": len(found)})


def _changed(entity: Entity, number: int) -> list[dict[str, Any]]:
    """Tell what a version changed of the one before, label first."""
    old, new = ({"label": one["label"]} | one["data"] for one in entity.versions[number - 1 :][:2])
    return [
        {"old": old.get(name), "new": value, "propertyName": name}
        for name, value in new.items()
        if old.get(name) != value
    ]


@blueprint.get("/<uuid>/versions")
def versions(project: str, name: str, uuid: str) -> Response:
    entity = _entity(dataset_of(project, name, "entity.read"), uuid)
    told = []
    for number in range(len(entity.versions)):
        names = [one["propertyName"] for one in _changed(entity, number)] if number else []
        last = number == len(entity.versions) - 1
        more = {
            "conflict": None,
            "resolved": False,
            "baseDiff": names,
            "serverDiff": names,
            "lastGoodVersion": last,
            "source": {},
            "relevantToConflict": False,
        }
        told.append(_version(entity, number, data=True) | more)
    return answer(told)


@blueprint.get("/<uuid>/diffs")
def diffs(project: str, name: str, uuid: str) -> Response:
    entity = _entity(dataset_of(project, name, "entity.read"), uuid)
    return answer([_changed(entity, number) for number in range(1, len(entity.versions))])
