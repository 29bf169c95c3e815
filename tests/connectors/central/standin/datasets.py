"""Entity lists: what forms declare, and the list as phones get it."""

import csv
import io
from typing import Any

from tests.connectors.central.standin.lists import Dataset, Entity
from tests.connectors.central.standin.schema import EntityPart
from tests.connectors.central.standin.things import Project
from tests.connectors.central.standin.world import World


def declare(here: World, project: Project, part: EntityPart) -> None:
    """Make the list and the properties that a published form saves to."""
    dataset = project.datasets.get(part.dataset)
    if dataset is None:
        dataset = add_dataset(here, project, part.dataset)
    for name in part.saves.values():
        dataset.properties.setdefault(name, here.now())


def add_dataset(here: World, project: Project, name: str) -> Dataset:
    project.datasets[name] = Dataset(here.number("dataset"), name, here.now(), here.uuid())
    return project.datasets[name]


def changes(project: Project, part: EntityPart | None, *, new: bool) -> list[dict[str, Any]]:
    """Tell what a form does to lists; with `new`, what publishing it would add."""
    if part is None:
        return []
    known = project.datasets.get(part.dataset)
    properties: list[dict[str, Any]] = []
    for name in part.saves.values():
        fresh = {"isNew": known is None or name not in known.properties} if new else {}
        properties.append({"name": name, "inForm": True} | fresh)
    fresh = {"isNew": known is None} if new else {}
    return [{"name": part.dataset, "properties": properties} | fresh]


def listed(dataset: Dataset, *, deleted: bool = False) -> list[Entity]:
    """Give the entities, the newest first."""
    wanted = [one for one in dataset.entities.values() if bool(one.deleted) == deleted]
    return sorted(wanted, key=lambda one: (one.created, one.number), reverse=True)


def dataset_csv(dataset: Dataset) -> bytes:
    """Give the list as a form gets it: the uuid is the name."""
    rows = [["name", "label", "__version", *dataset.properties]]
    for one in listed(dataset):
        now = one.current
        values = [str(now["data"].get(name, "")) for name in dataset.properties]
        rows.append([one.uuid, now["label"], str(now["version"]), *values])
    return written(rows)


def written(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
