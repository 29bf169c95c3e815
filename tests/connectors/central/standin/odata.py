"""The OData service of a form: Submissions and their subtables."""

import re
from typing import Any

from flask import Blueprint, Response, g, request

from tests.connectors.central.standin import odata_query as query
from tests.connectors.central.standin.answers import RefusedError, answer, not_found
from tests.connectors.central.standin.auth import place, submission_of
from tests.connectors.central.standin.events import event_etag, newest_first
from tests.connectors.central.standin.filters import read_filter, unknown_field
from tests.connectors.central.standin.odata_fields import (
    BELOW,
    FIELDS,
    flat,
    system_of,
    tables_of,
)
from tests.connectors.central.standin.rows import Row
from tests.connectors.central.standin.things import Form, Submission

blueprint = Blueprint("odata", __name__, url_prefix="/v1/projects/<project>/forms/<form>.svc")
_JSON = "application/json; charset=utf-8; odata.metadata=minimal"
_ROOT = "Submissions"


@blueprint.get("")
def service(project: str, form: str) -> Response:
    _, found = place(project, form, "form.read")
    names = found.latest.schema.tables()
    body = {
        "@odata.context": query.context(".svc"),
        "value": [{"name": name, "kind": "EntitySet", "url": name} for name in names],
    }
    return answer(body, headers={"Content-Type": _JSON})


@blueprint.get("/<table>")
def table(project: str, form: str, table: str) -> Response:
    _, found = place(project, form, "submission.list")
    if one := re.fullmatch(r"Submissions\('(.*)'\)", table):
        return _single(found, one[1])
    expand = query.refuse_expand()
    rows = _matching(found, table)
    if table != _ROOT:
        return _subtable(found, table, rows)
    shown, link = query.page(rows, _before(found, rows), lambda one: {"instanceId": one.root})
    if query.number("$top") != 0 and (same := event_etag(shown)) is not None:
        return same
    wanted = query.wanted_properties()
    value = [_told(found, one, wanted, expand=expand) for one in shown]
    _check_select(found, wanted)
    body = query.told(value, query.context(".svc", table), link, len(rows))
    return answer(body, headers={"ETag": g.etag} if "etag" in g else None)


def _told(form: Form, one: Submission, wanted: list[str] | None, *, expand: bool) -> Row:
    row: Row = {"__id": one.root, "__system": system_of(one)}
    if wanted is None or any(not path.startswith(("__id", "__system")) for path in wanted):
        row |= flat(tables_of(form, one).tables[_ROOT][0], expand=expand)
    return query.selected(row, wanted)


def _check_select(form: Form, wanted: list[str] | None) -> None:
    names = {field.path.removeprefix("/") for field in form.latest.schema.all()}
    for path in wanted or []:
        if path not in names and not path.startswith(("__id", "__system")):
            raise query.unknown_property(path)


def _matching(form: Form, table: str) -> list[Submission]:
    """Give the submissions that the filter lets through, in the order that is asked."""
    text, named = request.args.get("$filter"), set()
    test = None
    if text:
        test, named = read_filter(text, FIELDS if table == _ROOT else BELOW)
    live = "deletedAt" not in named
    rows = newest_first(
        form, lambda one: not (live and one.deleted) and (test is None or test(one))
    )
    order = request.args.get("$orderby")
    if not order:
        return rows
    if "$skiptoken" in request.args:
        feature = "using $orderby and $skiptoken together"
        words = f"The requested feature {feature} is not supported by this server."
        raise RefusedError(501.1, words, {"feature": feature})
    for part in reversed(order.split(",")):
        path, _, way = part.strip().partition(" ")
        if path not in FIELDS:
            raise unknown_field(path)
        rows = _ordered(rows, FIELDS[path], way)
    return rows


def _ordered(rows: list[Submission], value: Any, way: str) -> list[Submission]:
    filled = [one for one in rows if value(one) is not None]
    empty = [one for one in rows if value(one) is None]
    down = way == "desc"
    return sorted(filled, key=value, reverse=down) + empty


def _before(form: Form, rows: list[Submission]) -> int:
    """Count the rows up to the cursor, which may have been deleted meanwhile."""
    root = query.cursor("instanceId")
    if root is None:
        return 0
    at = form.submissions.get(root)
    if at is None:  # purged: not recorded; the join finds no cursor, so nothing comes after it
        return len(rows)
    return sum((one.created, one.id) >= (at.created, at.id) for one in rows)


def _subtable(form: Form, table: str, rows: list[Submission]) -> Response:
    if (same := event_etag(rows)) is not None:
        return same
    if table not in form.latest.schema.tables():
        raise not_found()
    inner = [row for one in rows for row in tables_of(form, one).tables[table]]
    after, at = 0, query.cursor("repeatId")
    if at is not None:
        places = [place for place, row in enumerate(inner) if row["__id"] == at]
        if not places:
            raise query.lost_cursor()
        after = places[0] + 1
    shown, link = query.page(inner, after, lambda row: {"repeatId": row["__id"]})
    wanted = query.wanted_properties()
    expand = request.args.get("$expand") == "*"
    value = [query.selected(flat(row, expand=expand), wanted) for row in shown]
    body = query.told(value, query.context(".svc", table), link, len(inner))
    return answer(body, headers={"ETag": g.etag})


def _single(form: Form, root: str) -> Response:
    expand = query.refuse_expand()
    one = submission_of(form, root)
    row = _told(form, one, query.wanted_properties(), expand=expand)
    return answer(query.told([row], query.context(".svc", _ROOT), None, 1))


@blueprint.get("/Submissions('<root>')/<path:way>")
def below(project: str, form: str, root: str, way: str) -> Response:
    _, found = place(project, form, "submission.list")
    one = submission_of(found, root)
    steps = re.findall(r"([^/(]+)(?:\('([0-9a-f]{40})'\))?", way)
    name = ".".join([_ROOT, *(step for step, _ in steps)])
    tables = tables_of(found, one).tables
    if name not in tables:
        raise not_found()
    parents = [given for _, given in steps if given]
    rows = [
        row
        for row in tables[name]
        if not parents or any(row.get(key) == parents[-1] for key in row if key.endswith("-id"))
    ]
    shown, link = query.page(rows, 0, lambda row: {"repeatId": row["__id"]})
    value = [flat(row, expand=query.refuse_expand()) for row in shown]
    return answer(query.told(value, query.context(".svc", name), link, len(rows)))
