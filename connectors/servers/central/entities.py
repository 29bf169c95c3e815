"""Entity lists of a project: what they hold, made, changed, thrown away and brought back."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson

from connectors.servers.answer import Answer
from connectors.servers.central.urls import part, project, rows_of
from connectors.servers.contract import Server
from connectors.servers.faults import fault

LARGEST_BODY = 200_000  # bytes; Central refuses JSON from 250 kB on
_MISSING, _TAKEN = 404, 409
_OURS_BY_SYSTEM = ("name", "label")


@dataclass(frozen=True, slots=True)
class Entity:
    """A row of an entity list as Central has it.

    Args:
        uuid: Central's own name of it.
        version: rises with every change; a change names the one that it was made on.
        label: what people read.
        data: its properties, texts.
    """

    uuid: str
    version: int
    label: str
    data: Mapping[str, str]


def ensure_list(server: Server, name: str, properties: Collection[str]) -> None:
    """Make a list, and the properties that it lacks; done twice it changes nothing."""
    answer = server.http.request("GET", _list(server, name), allow={_MISSING})
    known: set[str] = set()
    if answer.status == _MISSING:
        server.http.request(
            "POST",
            project(server, "datasets"),
            json={"name": name},
            allow={_TAKEN},
            repeatable=True,
        )
    else:
        told = _object(server, answer).get("properties")
        known = {str(row.get("name")) for row in rows_of(server, told)}
    for each in properties:
        if each not in known and each not in _OURS_BY_SYSTEM:
            server.http.request(
                "POST",
                _list(server, name, "properties"),
                json={"name": each},
                allow={_TAKEN},
                repeatable=True,
            )


def entities(server: Server, name: str) -> list[Entity]:
    """Give what a list holds now.

    Of the ways to ask, the CSV keeps the names of properties, and says the version of each.
    """
    body = server.http.request("GET", _list(server, name, "entities.csv")).body
    try:
        reader = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise fault("server-answer", server.http.place) from None
    # a page in its place would look like a list without rows
    if not {"__id", "label", "__version"} <= set(reader.fieldnames or ()):
        raise fault("server-answer", server.http.place)
    return [_from_csv(server, row) for row in rows]


def thrown_away(server: Server, name: str) -> list[Entity]:
    """Give what was deleted of a list and can be brought back."""
    answer = server.http.json(
        "GET",
        project(server, "datasets", f"{part(name)}.svc", "Entities"),
        params={"$filter": "__system/deletedAt ne null"},
    )
    rows = answer.get("value") if isinstance(answer, dict) else None
    return [_from_odata(server, row) for row in rows_of(server, rows)]


def one(server: Server, name: str, uuid: str) -> Entity | None:
    """Give one entity, None where it was deleted meanwhile."""
    answer = server.http.request("GET", _list(server, name, "entities", part(uuid)), allow={404})
    return None if answer.status == _MISSING else _from_rest(server, _object(server, answer))


def agents(server: Server, name: str) -> dict[str, str]:
    """Give, by uuid, the program that wrote the newest version of each entity."""
    rows = rows_of(server, server.http.json("GET", _list(server, name, "entities")))
    return {
        str(row.get("uuid")): str(version.get("userAgent") or "")
        for row in rows
        if isinstance(version := row.get("currentVersion"), dict)
    }


def create(server: Server, name: str, new: Sequence[Entity]) -> bool:
    """Make entities, many in a request; all of a request are made or none.

    Returns False where Central refused a request because it has a uuid of it somewhere already:
    in this list, in another project, or among what was deleted for good.
    """
    for some in _portions([{"uuid": e.uuid, "label": e.label, "data": dict(e.data)} for e in new]):
        body = {"entities": some, "source": {"name": f"{name}.csv", "size": len(some)}}
        answer = server.http.request(
            "POST", _list(server, name, "entities"), json=body, allow={_TAKEN}, repeatable=True
        )
        if answer.status == _TAKEN:
            return False
    return True


def update(server: Server, name: str, changed: Entity) -> bool:
    """Change an entity on the version that was read; False where it is another one by now."""
    body: dict[str, object] = {"label": changed.label, "data": dict(changed.data)}
    answer = server.http.request(
        "PATCH",
        _list(server, name, "entities", part(changed.uuid)),
        params={"baseVersion": str(changed.version)},
        json=body,
        allow={_TAKEN, _MISSING},
        repeatable=True,
    )
    return answer.status not in (_TAKEN, _MISSING)


def throw_away(server: Server, name: str, uuids: Collection[str]) -> None:
    """Delete entities; they can be brought back for some weeks."""
    for each in uuids:
        url = _list(server, name, "entities", part(each))
        server.http.request("DELETE", url, allow={_MISSING})


def bring_back(server: Server, name: str, uuid: str) -> None:
    """Bring a deleted entity back.

    One by one: bringing many back at once moves no time of change, so that phones might not hear.
    """
    url = _list(server, name, "entities", part(uuid), "restore")
    server.http.request("POST", url, allow={_MISSING}, repeatable=True)


def _list(server: Server, name: str, *parts: str) -> str:
    return project(server, "datasets", part(name), *parts)


def _portions(rows: Sequence[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    some: list[dict[str, object]] = []
    size = 0
    for row in rows:
        length = len(orjson.dumps(row)) * 2  # requests writes letters beyond ASCII as \uXXXX
        if some and size + length > LARGEST_BODY:
            yield some
            some, size = [], 0
        some.append(row)
        size += length
    if some:
        yield some


def _object(server: Server, answer: Answer) -> Mapping[str, object]:
    try:
        found = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise fault("server-answer", server.http.place)
    return found


def _from_csv(server: Server, row: Mapping[str | None, str | None]) -> Entity:
    data = {key: value or "" for key, value in row.items() if key and not key.startswith("__")}
    if not row.get("__id") or "label" not in data:
        raise fault("server-answer", server.http.place)
    return Entity(str(row["__id"]), _number(server, row.get("__version")), data.pop("label"), data)


def _from_rest(server: Server, row: Mapping[str, object]) -> Entity:
    now = row.get("currentVersion")
    data = now.get("data") if isinstance(now, dict) else None
    if not isinstance(now, dict) or not isinstance(data, dict):
        raise fault("server-answer", server.http.place)
    number = _number(server, now.get("version"))
    return Entity(str(row.get("uuid")), number, str(now.get("label")), _texts(data))


def _from_odata(server: Server, row: Mapping[str, object]) -> Entity:
    system = row.get("__system")
    if not isinstance(system, dict):
        raise fault("server-answer", server.http.place)
    data = {key: value for key, value in row.items() if not key.startswith("__") and key != "label"}
    number = _number(server, system.get("version"))
    return Entity(str(row.get("__id")), number, str(row.get("label")), _texts(data))


def _number(server: Server, version: object) -> int:
    text = str(version)
    if not (text.isascii() and text.isdecimal()):
        raise fault("server-answer", server.http.place)
    return int(text)


def _texts(data: Mapping[str, object]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in data.items()}
