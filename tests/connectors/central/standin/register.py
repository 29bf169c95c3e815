"""Entities as they are kept: checked, made, changed, in conflict."""

import re
from typing import Any

from tests.connectors.central.standin.actors import Actor
from tests.connectors.central.standin.answers import (
    RefusedError,
    exists,
    missing,
    unexpected,
)
from tests.connectors.central.standin.lists import Dataset, Entity
from tests.connectors.central.standin.world import World

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
Given = dict[str, Any]


def _not(name: str, expected: str) -> RefusedError:
    words = f"Invalid input data type: expected ({name}) to be ({expected})"
    return RefusedError(400.11, words, {"field": name, "expected": expected})


def checked(dataset: Dataset, given: Given, *, new: bool) -> tuple[str | None, dict[str, str]]:
    """Give label and data of what was sent; raises RefusedError."""
    if new and "label" not in given:
        raise missing("label")
    label = given.get("label")
    if label == "":
        raise unexpected("label", "(empty string)", "Label cannot be blank.")
    data = given.get("data") or {}
    for name, value in data.items():
        if name not in dataset.properties:
            words = f"You specified the dataset property [{name}] which does not exist."
            raise RefusedError(400.28, f"The entity is invalid. {words}", {"reason": words})
        if not isinstance(value, str):
            raise _not(name, "string")
    return label, data


def new_uuid_of(here: World, given: Given) -> str:
    """Give the uuid of a new entity, unique over the whole server; raises RefusedError."""
    uuid = given.get("uuid") or here.uuid()
    if not _UUID.fullmatch(uuid):
        raise _not("uuid", "valid version 4 UUID")
    known = [
        dataset.entities[uuid]
        for project in here.projects.values()
        for dataset in project.datasets.values()
        if uuid in dataset.entities and not project.deleted
    ]
    if any(one.deleted for one in known):
        words = (
            "The following UUID(s) cannot be used because they are associated with deleted "
            f"Entities: ({uuid})."
        )
        raise RefusedError(409.19, words, {"entityUuids": [uuid]})
    if known or uuid in here.foreign_uuids:
        raise exists("entities", ["uuid"], [uuid])
    return uuid


def _version(
    here: World, who: Actor, agent: str | None, number: int, base: int | None
) -> dict[str, Any]:
    return {
        "creatorId": who.id,
        "userAgent": agent,
        "version": number,
        "baseVersion": base,
        "conflictingProperties": None,
        "createdAt": here.now(),
        "branchId": None,
        "trunkVersion": None,
        "branchBaseVersion": None,
    }


def make(here: World, dataset: Dataset, given: Given, who: Actor, agent: str | None) -> Entity:
    """Keep a new entity; raises RefusedError."""
    label, data = checked(dataset, given, new=True)
    uuid = new_uuid_of(here, given)
    version = _version(here, who, agent, 1, None)
    version |= {"label": label, "data": dict(data), "dataReceived": {"label": label, **data}}
    entity = Entity(uuid, who, here.now(), [version], here.number("entity"))
    dataset.entities[uuid] = entity
    return entity


def change(
    here: World,
    dataset: Dataset,
    entity: Entity,
    given: Given,
    who: Actor,
    agent: str | None,
    base: int | None = None,
) -> None:
    """Write a new version, also where nothing changes; raises RefusedError.

    `base`: the version that a phone had; another than the current one is a conflict.
    """
    label, data = checked(dataset, given, new=False)
    now = entity.current
    version = _version(here, who, agent, now["version"] + 1, base or now["version"])
    received = ({"label": label} if label is not None else {}) | data
    version |= {
        "label": label if label is not None else now["label"],
        "data": now["data"] | data,
        "dataReceived": received,
    }
    # not recorded: "hard" on a stale base was seen by hand, "soft" is as Central documents it
    if base is not None and base != now["version"]:
        since = {name for one in entity.versions[base:] for name in one["dataReceived"]}
        entity.conflict = "hard" if since & set(received) else "soft"
    entity.versions.append(version)
    entity.updated = here.now()


def stale(entity: Entity, provided: str | None) -> RefusedError:
    current = str(entity.current["version"])
    words = (
        f"Current version of the Entity is '{current}' and you provided "
        f"'{provided or 'undefined'}'. Please correct the version number or pass '?force=true' in "
        "the URL to forcefully update the Entity."
    )
    details = {"current": current} | ({"provided": provided} if provided else {})
    return RefusedError(409.15, words, details)
