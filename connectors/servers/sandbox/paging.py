"""Pages of lists: start and limit, links to the next and the previous page."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import request

from connectors.servers.sandbox.answers import ApiError
from connectors.servers.sandbox.context import sandbox

DEFAULT_LIMIT = 100
MOST = 1000  # more is clamped in silence, as on the real server


def list_page(rows: Sequence[Any]) -> dict[str, Any]:
    """Give the page of a list that the request asks for."""
    limit, start = _limit(), _position(_limit())
    page = page_of(len(rows), rows[start : start + limit], limit, start)
    if sandbox().older:
        page |= links(len(rows), limit, start, "offset")
    return page


def page_of(count: int, results: Any, limit: int, start: int) -> dict[str, Any]:
    """Give the envelope of a page with its links.

    Args: how many rows there are in all, the page's rows, its size and its first row.
    """
    return {"count": count, **links(count, limit, start), "results": results}


def links(count: int, limit: int, start: int, name: str = "start") -> dict[str, str | None]:
    """Give the addresses of the next and the previous page, None where there is none.

    Args: `name` is the parameter that says where a page begins.
    """
    after, before = start + limit, start - limit
    return {
        "next": _address(limit, after, name) if after < count else None,
        "previous": _address(limit, before, name) if start > 0 else None,
    }


def _address(limit: int, start: int, name: str) -> str:
    query = dict(request.args.items(multi=False)) | {"limit": str(limit)}
    query.pop(name, None)
    if start > 0:
        query[name] = str(start)
    return f"{request.base_url}?{urlencode(sorted(query.items()))}"


def _limit() -> int:
    for name in ("limit",) if sandbox().older else ("limit", "page_size"):
        text = request.args.get(name, "")
        if text.isdecimal() and int(text) > 0:
            return min(int(text), MOST)
    return DEFAULT_LIMIT


def _position(limit: int) -> int:
    for name in ("offset",) if sandbox().older else ("start", "offset"):
        text = request.args.get(name, "")
        if text.isdecimal():
            return int(text)
    if sandbox().older:
        return 0
    text = request.args.get("page", "")
    return (int(text) - 1) * limit if text.isdecimal() and int(text) > 0 else 0


def data_page() -> tuple[int, int]:
    """Give limit and start of a data list; raises ApiError 400 where they are no numbers."""
    limit, start = request.args.get("limit"), request.args.get("start")
    if limit is not None and not (limit.isdecimal() and int(limit) > 0):
        raise ApiError(400, {"limit": "A positive integer is required"})
    if start is not None and not start.isdecimal():
        raise ApiError(400, {"start": "A positive integer is required."})
    page = sandbox().page
    return min(int(limit or page or DEFAULT_LIMIT), page or MOST), int(start or 0)


def data_link_position(limit: int) -> tuple[int, int]:
    """Give limit and start for the links of a data list.

    `offset` and `page` do not shift the rows there but do shift the links: a trap of the
    real server that a client must not fall into.
    """
    if sandbox().older:
        return limit, int(request.args.get("start", 0))
    if "start" in request.args or not {"offset", "page"} & set(request.args):
        return limit, _position(limit)
    size = _limit() if "limit" in request.args else min(_limit(), MOST)
    paged = "page" in request.args and "offset" not in request.args
    return size, _position(_page_size() if paged else size)


def _page_size() -> int:
    text = request.args.get("page_size", "")
    return min(int(text), MOST) if text.isdecimal() and int(text) > 0 else DEFAULT_LIMIT
