"""Entity lists as they are kept."""

from dataclasses import dataclass, field
from typing import Any

from tests.connectors.central.standin.actors import Actor


@dataclass
class Entity:
    """A row of an entity list; its versions are what the server answers, oldest first."""

    uuid: str
    creator: Actor
    created: str
    versions: list[dict[str, Any]]
    number: int
    updated: str | None = None
    deleted: str | None = None
    conflict: str | None = None

    @property
    def current(self) -> dict[str, Any]:
        return self.versions[-1]


@dataclass
class Dataset:
    """An entity list of a project."""

    id: int
    name: str
    created: str
    actee: str
    properties: dict[str, str] = field(default_factory=dict)  # when each was published
    entities: dict[str, Entity] = field(default_factory=dict)
