"""The data of a form: list and single record, as JSON or raw XML."""

import re
from sqlite3 import Row
from typing import Any
from xml.sax.saxutils import escape

import orjson
from flask import Blueprint, Response, request

from connectors.servers.sandbox.answers import ApiError, FaultError, answer, not_found
from connectors.servers.sandbox.auth import deployed_asset
from connectors.servers.sandbox.context import sandbox
from connectors.servers.sandbox.paging import data_link_position, data_page, links
from connectors.servers.sandbox.record import cut_records, full_records
from connectors.servers.sandbox.select import json_parameter, select
from connectors.servers.sandbox.store import anywhere, find

blueprint = Blueprint("data", __name__)
_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_JSON = ("application/json", "*/*", "text/html", "application/*")


@blueprint.get("/api/v2/assets/<uid>/data/")
def list_data(uid: str) -> Response:
    """List the submissions that a query finds, one page of them."""
    deployed_asset(uid)
    kind = _kind()
    query, sort, fields = (json_parameter(name) for name in ("query", "sort", "fields"))
    limit, start = data_page()
    if kind == "xml":
        return _list_xml(uid, query, limit, start)
    count, rows = select(uid, query, sort, limit, start)
    envelope = {"count": count, **links(count, *data_link_position(limit))}
    return _with_results(envelope, _results(uid, rows, fields))


def _kind() -> str:
    """Tell whether JSON or XML is asked for; raises ApiError 404 or 406 for anything else."""
    wanted = request.args.get("format", "")
    if wanted not in ("", "json", "xml"):
        raise not_found()
    accept = request.headers.get("Accept") or "*/*"
    allowed = ("*/*", "application/xml", "text/xml") if wanted == "xml" else _JSON
    if not any(one in accept for one in allowed):
        raise ApiError(406, {"detail": "Could not satisfy the request Accept header."})
    return wanted or "json"


def _results(uid: str, rows: list[Row], fields: Any) -> bytes:
    if fields is None:
        return b"[" + b",".join(full_records(uid, rows)) + b"]"
    if not isinstance(fields, (list, dict)):
        raise FaultError
    return orjson.dumps(cut_records(uid, rows, [str(name) for name in fields]))


def _with_results(envelope: dict[str, Any], results: bytes) -> Response:
    body = orjson.dumps(envelope)[:-1] + b',"results":' + results + b"}"
    return Response(body, content_type="application/json")


def _list_xml(uid: str, query: Any, limit: int, start: int) -> Response:
    for name in ("sort", "fields"):
        if name in request.args:
            words = "This param is not supported in `XML` format"
            return _xml(f"<root><{name}>{words}</{name}></root>", 400)
    count, rows = select(uid, query, None, limit, start)
    around = links(count, limit, start)
    found = "".join(_bare(row) for row in rows)
    after, before = (escape(str(around[name])) for name in ("next", "previous"))
    return _xml(
        f"<root><count>{count}</count><next>{after}</next><previous>{before}</previous>"
        f"<results>{found}</results></root>"
    )


def _bare(row: Row) -> str:
    return re.sub(r"^\s*<\?xml[^>]*\?>\s*", "", row["xml"].decode("utf-8", "replace"))


def _xml(text: str, status: int = 200) -> Response:
    return Response(_HEAD + text, status, content_type="application/xml; charset=utf-8")


def own_submission(uid: str, name: str, right: str = "view_submissions") -> Row:
    """Find one submission of a form; raises the JSON 404, and 403 without the right."""
    deployed_asset(uid, right)
    row = find(uid, name)
    if row is None:
        raise not_found()
    return row


def acted_on(uid: str, name: str, right: str, missing: str) -> Row:
    """Find the submission that one request deletes or validates; raises the JSON 404.

    The older release looks in every form, whichever the address names.

    Args: `missing` is what the older release says where there is none.
    """
    if not sandbox().older:
        return own_submission(uid, name, right)
    deployed_asset(uid, right)
    row = anywhere(name)
    if row is None:
        raise ApiError(404, {"detail": missing})
    return row


@blueprint.get("/api/v2/assets/<uid>/data/<name>/")
def one_record(uid: str, name: str) -> Response:
    """Give one submission, found by `_id`, uuid or root uuid."""
    row = own_submission(uid, name)
    if _kind() == "xml":
        return Response(row["xml"], content_type="application/xml; charset=utf-8")
    return answer(orjson.Fragment(full_records(uid, [row])[0]))
