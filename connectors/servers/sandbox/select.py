"""Which submissions a request means: by a query, sorted, one page of them."""

from collections.abc import Sequence
from sqlite3 import Row
from typing import Any

import orjson
from flask import request

from connectors.servers.sandbox.answers import ApiError, FaultError
from connectors.servers.sandbox.context import sandbox, state
from connectors.servers.sandbox.query import matches
from connectors.servers.sandbox.record import query_record
from connectors.servers.sandbox.state import marks

_SQL = {"$gt": ">", "$gte": ">=", "$lt": "<", "$lte": "<="}
_MANY = 30_000  # SQLite takes so many values in one statement


def json_parameter(name: str) -> Any:
    """Read a parameter that must be JSON, None when absent; raises ApiError 400."""
    text = request.args.get(name)
    if text is None:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ApiError(400, {name: "Value must be valid JSON."}) from error


def _known(query: Any) -> Any:
    """Give a query with the operators that this release knows; others match nothing."""
    if not sandbox().older:
        return query
    if isinstance(query, dict):
        return {("$unknown" if key == "$ne" else key): _known(one) for key, one in query.items()}
    return [_known(one) for one in query] if isinstance(query, list) else query


def select(asset: str, query: Any, sort: Any, limit: int, start: int) -> tuple[int, list[Row]]:
    """Give how many submissions fit, and one page of them.

    Conditions on `_id` and a sort by `_id` run in the database, which keeps a list by keyset
    fast however many rows there are; the rest is tested record by record.
    """
    condition, values, rest = _by_id(_known(query) if query is not None else {})
    order = _id_order(sort)
    base = f"FROM submission WHERE asset = ?{condition}"
    if not rest and order:
        count = state().value(f"SELECT count(*) {base}", asset, *values)
        sql = f"SELECT * {base} ORDER BY id {order} LIMIT ? OFFSET ?"
        return count, state().rows(sql, asset, *values, limit, start)
    rows = state().rows(f"SELECT * {base} ORDER BY id", asset, *values)
    rows = [row for row in rows if not rest or matches(query_record(row), rest)]
    rows = rows[::-1] if order == "DESC" else rows if order else _sorted(rows, sort)
    return len(rows), rows[start : start + limit]


def everything(asset: str, query: Any) -> list[Row]:
    """Give every submission that fits a query, by `_id`."""
    query = _known(query)
    rows = state().rows("SELECT * FROM submission WHERE asset = ? ORDER BY id", asset)
    return [row for row in rows if matches(query_record(row), query)]


def by_ids(asset: str, ids: Sequence[int]) -> list[Row]:
    """Give the submissions of an asset that have one of the ids; unknown ids are skipped."""
    rows: list[Row] = []
    for at in range(0, len(ids), _MANY):
        part = ids[at : at + _MANY]
        sql = f"SELECT * FROM submission WHERE asset = ? AND id IN ({marks(part)}) ORDER BY id"  # noqa: S608
        rows += state().rows(sql, asset, *part)
    return rows


def _by_id(query: Any) -> tuple[str, list[int], dict[str, Any]]:
    """Split a query: an SQL condition on the id with its values, and the rest."""
    if not isinstance(query, dict):
        raise FaultError
    wanted = query.get("_id")
    rest = {key: value for key, value in query.items() if key != "_id"}
    if isinstance(wanted, int) and not isinstance(wanted, bool):
        return " AND id = ?", [wanted], rest
    if isinstance(wanted, dict) and wanted and set(wanted) <= {*_SQL, "$in"}:
        parts, values = _conditions(wanted)
        if parts:
            return "".join(parts), values, rest
    return "", [], query


def _conditions(wanted: dict[str, Any]) -> tuple[list[str], list[int]]:
    parts: list[str] = []
    values: list[int] = []
    for name, value in wanted.items():
        given = value if name == "$in" and isinstance(value, list) else [value]
        if not all(type(one) is int for one in given) or len(given) > _MANY:
            return [], []
        parts.append(f" AND id IN ({marks(given)})" if name == "$in" else f" AND id {_SQL[name]} ?")
        values += given
    return parts, values


def _id_order(sort: Any) -> str:
    """Give the SQL order of a sort by `_id` alone, "" for any other sort."""
    if sort is None or sort == {}:
        return "ASC"
    if not isinstance(sort, dict) or not all(value in (1, -1) for value in sort.values()):
        raise FaultError
    if sandbox().older and len(sort) > 1:  # is not sorted at all there
        return "ASC"
    if list(sort) == ["_id"]:
        return "ASC" if sort["_id"] == 1 else "DESC"
    return ""


def _sorted(rows: list[Row], sort: dict[str, int]) -> list[Row]:
    records = [(query_record(row), row) for row in rows]
    for key, direction in reversed(sort.items()):
        records.sort(key=lambda one: _sort_key(one[0].get(key)), reverse=direction == -1)
    return [row for _, row in records]


def _sort_key(value: Any) -> tuple[int, Any]:
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, (int, float)) else (2, str(value))
