"""The OData service of an entity list, and the list as CSV."""

from typing import Any

from flask import Blueprint, Response, request

from tests.connectors.central.standin import odata_query as query
from tests.connectors.central.standin.answers import answer, file_answer
from tests.connectors.central.standin.datasets import listed, written
from tests.connectors.central.standin.entity_lists import dataset_of
from tests.connectors.central.standin.filters import Fields, moment, read_filter
from tests.connectors.central.standin.lists import Dataset, Entity
from tests.connectors.central.standin.rows import Row
from tests.connectors.central.standin.schema import sanitized

blueprint = Blueprint("entity_odata", __name__, url_prefix="/v1/projects/<project>/datasets")
_JSON = "application/json; charset=utf-8; odata.metadata=minimal"


def _time(name: str) -> Any:
    def found(one: Entity) -> Any:
        text = getattr(one, name)
        return moment(text) if text else None

    return found


_FIELDS: Fields = {
    "__id": lambda one: one.uuid,
    "__system/createdAt": _time("created"),
    "__system/updatedAt": _time("updated"),
    "__system/deletedAt": _time("deleted"),
    "__system/creatorId": lambda one: one.creator.id,
    "__system/conflict": lambda one: one.conflict,
}


def _matching(dataset: Dataset) -> list[Entity]:
    text, named = request.args.get("$filter"), set()
    rows = listed(dataset)
    if text:
        test, named = read_filter(text, _FIELDS)
        if "deletedAt" in named:
            rows = sorted(
                [*rows, *listed(dataset, deleted=True)],
                key=lambda one: (one.created, one.number),
                reverse=True,
            )
        rows = [one for one in rows if test(one)]
    words = request.args.get("$search", "").casefold()
    return [one for one in rows if words in _searched(one)] if words else rows


def _searched(one: Entity) -> str:
    return "\n".join([one.uuid, one.current["label"], *one.current["data"].values()]).casefold()


def _system(one: Entity) -> Row:
    return {
        "createdAt": one.created,
        "creatorId": str(one.creator.id),
        "creatorName": one.creator.name,
        "updates": len(one.versions) - 1,
        "updatedAt": one.updated,
        "deletedAt": one.deleted,
        "version": one.current["version"],
        "conflict": one.conflict,
    }


def _row(dataset: Dataset, one: Entity) -> Row:
    # names that differ by their accents only become one, and the last one's value is told
    data = {sanitized(name): one.current["data"].get(name, "") for name in dataset.properties}
    head = {"__id": one.uuid, "label": one.current["label"], "__system": _system(one)}
    return head | data


@blueprint.get("/<name>.svc")
def service(project: str, name: str) -> Response:
    dataset_of(project, name, "dataset.read")
    value = [{"name": "Entities", "kind": "EntitySet", "url": "Entities"}]
    body = {"@odata.context": query.context(".svc"), "value": value}
    return answer(body, headers={"Content-Type": _JSON})


@blueprint.get("/<name>.svc/Entities")
def table(project: str, name: str) -> Response:
    dataset = dataset_of(project, name, "entity.list")
    rows = _matching(dataset)
    shown, link = query.page(rows, _before(dataset, rows), lambda one: {"uuid": one.uuid})
    wanted = query.wanted_properties()
    if "label" in (wanted or []):  # it is told, but may not be asked for
        raise query.unknown_property("label")
    value = [query.selected(_row(dataset, one), wanted) for one in shown]
    return answer(query.told(value, query.context(".svc", "Entities"), link, len(rows)))


def _before(dataset: Dataset, rows: list[Entity]) -> int:
    uuid = query.cursor("uuid")
    at = dataset.entities.get(uuid) if uuid else None
    if at is None:
        return 0
    return sum((one.created, one.number) >= (at.created, at.number) for one in rows)


@blueprint.get("/<name>/entities.csv")
def as_csv(project: str, name: str) -> Response:
    dataset = dataset_of(project, name, "entity.list")
    head = ["__createdAt", "__creatorId", "__creatorName", "__updates", "__updatedAt", "__version"]
    rows = [["__id", "label", *dataset.properties, *head]]
    for one in _matching(dataset):
        now, system = one.current, _system(one)
        values = [now["data"].get(each, "") for each in dataset.properties]
        own = [system[each.removeprefix("__")] for each in head]
        texts = ["" if value is None else str(value) for value in own]
        rows.append([one.uuid, now["label"], *values, *texts])
    response = file_answer(written(rows), "text/csv", f"{name}.csv")
    if "$filter" in request.args:
        del response.headers["ETag"]
    return response
