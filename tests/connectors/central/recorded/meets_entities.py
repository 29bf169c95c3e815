"""Entity lists, as the product keeps them."""

import csv
import io
import json
from typing import Any

from connectors.servers.central import drafts, entities
from connectors.servers.central.entities import Entity
from connectors.servers.contract import Media
from tests.connectors.central.recorded.scene import Scene

OK, MISSING, CONFLICT = 200, 404, 409
LIST = {"properties": [{"name": "name"}, {"name": "commune"}]}


def the_list(scene: Scene, name: str) -> None:
    path = scene.now["request"]["path"]
    scene.beside("POST", path.rpartition("/")[0], {"name": name})
    entities.ensure_list(scene.server, name, [])


def property_made(scene: Scene, name: str) -> None:
    base, wanted = scene.now["request"]["path"].rpartition("/")[0], scene.now["request"]["json"]
    scene.beside("GET", base, {"properties": []})
    entities.ensure_list(scene.server, name, [wanted["name"]])  # it may have been made meanwhile
    scene.as_recorded()


def agents(scene: Scene, name: str) -> None:
    found = entities.agents(scene.server, name)
    assert set(found) == {each["uuid"] for each in scene.told}


def all_of_it(scene: Scene, name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(scene.body(scene.now["response"]).decode())))
    found = entities.entities(scene.server, name)
    assert [each.uuid for each in found] == [row["__id"] for row in rows]
    assert [each.data["commune"] for each in found] == [row["commune"] for row in rows]


def one(scene: Scene, name: str, uuid: str) -> None:
    found = entities.one(scene.server, name, uuid)
    if scene.status == MISSING:
        assert found is None
    else:
        now = scene.told["currentVersion"]
        assert found is not None
        assert (found.uuid, found.label, found.version) == (uuid, now["label"], now["version"])
        assert found.data == now["data"]


def made(scene: Scene, name: str) -> None:
    rows = scene.now["request"]["json"]["entities"]
    new = [Entity(each["uuid"], 0, each["label"], each["data"]) for each in rows]
    assert entities.create(scene.server, name, new) == (scene.status == OK)
    assert json.loads(scene.asked[-1].body)["entities"] == rows


def changed(scene: Scene, name: str, uuid: str) -> None:
    request = scene.now["request"]
    told, base = request["json"], request["query"]["baseVersion"]
    entity = Entity(uuid, int(base), told.get("label", "Nhãn"), told.get("data", {}))
    if scene.status in (OK, CONFLICT):
        assert entities.update(scene.server, name, entity) == (scene.status == OK)
    else:
        scene.reads(lambda: entities.update(scene.server, name, entity))
    assert scene.asked[-1].path.endswith(f"?baseVersion={base}")


def thrown_away(scene: Scene, name: str, uuid: str) -> None:
    entities.throw_away(scene.server, name, [uuid])


def brought_back(scene: Scene, name: str, uuid: str) -> None:
    entities.bring_back(scene.server, name, uuid)


def trash(scene: Scene, name: str) -> None:
    found = entities.thrown_away(scene.server, name)
    assert [each.uuid for each in found] == [each["__id"] for each in scene.told["value"]]
    assert "deletedAt+ne+null" in scene.asked[-1].path


def linked(scene: Scene, form: str, name: str) -> None:
    base = scene.now["request"]["path"].partition("/forms/")[0]
    attachments = scene.now["request"]["path"].rpartition("/")[0]
    row: dict[str, Any] = {"name": name, "hash": None, "exists": False}
    scene.beside("GET", attachments, [row])
    scene.beside("GET", f"{base}/datasets/clubs", LIST)
    path = scene.folder / name
    path.write_text("name,label\n", encoding="utf-8")
    assert drafts.bring(scene.server, form, [Media(name, path, linked=True)]) == (name,)
    scene.as_recorded()
