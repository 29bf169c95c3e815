"""Addresses of API v2; every one ends with a slash, or KoBo redirects and loses the body."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from connectors.servers.contract import Server
from connectors.servers.faults import fault

MOST = 20_000  # things in a list; no account has so many forms, no form so many files
_UID = re.compile(r"[A-Za-z0-9_-]{1,80}")


def api(server: Server, *parts: str | int) -> str:
    """Give the address of something in API v2.

    Raises:
        ServerFault: a part that is no uid; it could lead anywhere.
    """
    for part in parts:
        if not _UID.fullmatch(str(part)):
            raise fault("server-not-found", server.http.place, str(part))
    return "/".join((server.url, "api/v2", *map(str, parts), ""))


def pages(server: Server, url: str, params: dict[str, str]) -> Iterator[list[dict[str, Any]]]:
    """Give every page of a list (not of data, which is paged by ``_id``).

    Only the query of ``next`` is used, so that no answer can lead to another host, and a page
    without anything new ends it.

    Raises:
        ServerFault: and ``server-answer`` for what is not a list.
    """
    seen: set[str] = set()
    while True:
        answer = server.http.json("GET", url, params=params)
        rows = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise fault("server-answer", server.http.place)
        fresh = [row for row in rows if str(row.get("uid")) not in seen]
        seen.update(str(row.get("uid")) for row in fresh)
        if len(seen) > MOST:
            raise fault("server-answer", server.http.place, f"> {MOST:,}")
        yield fresh
        following = answer.get("next")
        if not fresh or not isinstance(following, str):
            return
        params = dict(parse_qsl(urlsplit(following).query))
