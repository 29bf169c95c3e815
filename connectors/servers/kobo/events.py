"""``/history/``: KoBo's only feed of edits and deletions, kept for sixty days.

Newest first, in whole seconds, by root uuid and without ``_id``. Only accounts that may manage
the form can read it. Events that come while it is read push rows to later pages: some are then
met twice, none is missed.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from connectors.servers.answer import Answer, clock_of, parsed
from connectors.servers.contract import History, Server
from connectors.servers.faults import fault
from connectors.servers.kobo.urls import api

PAGE = 1000
LIFE = timedelta(days=60)
# an event is written a little after what it tells of, and a big one is written for long
OVERLAP = timedelta(minutes=10)
# new ones come by their ids
ACTIONS = ("modify-submission", "delete-submission")
MOST = 2_000_000  # events in one answer; what lies further back is for a proof
_DIGITS = 18
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_STAMP = "%Y-%m-%dT%H:%M:%SZ"


def history(server: Server, asset: str, since: str | None) -> History:
    """Give what happened to submissions since a moment of the server's clock.

    Args:
        since: the ``until`` of an earlier answer; a stretch before it is read again. None asks
            only until when history reaches now.

    Raises:
        ServerFault: ``server-permission`` without the right to manage the form, and others;
            ``server-answer`` also when fewer rows come than the server counts.
    """
    roots: set[str] = set()
    until, now = "", ""
    for answer in _pages(server, asset, since):
        now = now or clock_of(answer, _STAMP)
        for row in answer.data["results"]:
            until = max(until, _moment(server, row))
            roots.add(_root(row))
        if since is None:
            break
    now = now or until
    if not now:
        raise fault("server-answer", server.http.place, "Date")
    return History(until or now, bool(until), now, _kept(since, now), frozenset(roots - {""}))


def _kept(since: str | None, now: str) -> bool:
    if since is None:
        return True
    return datetime.fromisoformat(now) - datetime.fromisoformat(since) < LIFE - OVERLAP


def _question(since: str | None) -> str:
    actions = " OR ".join(f"action:{each}" for each in ACTIONS)
    if since is None:
        return actions
    start = datetime.fromisoformat(since) - OVERLAP
    # without the quotation marks KoBo finds nothing, in silence
    return f'({actions}) AND date_created__gte:"{start.strftime(_STAMP)}"'


def _pages(server: Server, asset: str, since: str | None) -> Iterator[Answer]:
    url, seen, at = api(server, "assets", asset, "history"), 0, 0
    params = {"q": _question(since), "limit": "1" if since is None else str(PAGE)}
    while True:
        answer = server.http.request(
            "GET", url, params=params, headers={"Accept": "application/json"}, parse=parsed
        )
        rows = answer.data.get("results") if isinstance(answer.data, dict) else None
        if not isinstance(rows, list) or not isinstance(answer.data.get("count"), int):
            raise fault("server-answer", server.http.place)
        yield answer
        seen += len(rows)
        following = answer.data.get("next")
        if not isinstance(following, str):
            break
        # only its query counts: no answer leads to another host, or round in a circle
        params = dict(parse_qsl(urlsplit(following).query))
        before, at = at, _position(params)
        if at <= before or not rows or seen > MOST:
            raise fault("server-answer", server.http.place, "next")
    if seen < answer.data["count"]:
        raise fault("server-answer", server.http.place, f"{seen} < {answer.data['count']}")


def _position(params: Mapping[str, str]) -> int:
    # called start since 2026.07, offset before
    text = params.get("start") or params.get("offset") or ""
    return int(text) if text.isdecimal() and len(text) < _DIGITS else 0


def _moment(server: Server, row: object) -> str:
    text = row.get("date_created") if isinstance(row, dict) else None
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise fault("server-answer", server.http.place, "date_created")
    try:
        return datetime.fromisoformat(text).astimezone(UTC).strftime(_STAMP)
    except (ValueError, OverflowError):  # a month 13, a year before the first
        raise fault("server-answer", server.http.place, "date_created") from None


def _root(row: Mapping[str, Any]) -> str:
    metadata = row.get("metadata")
    submission = metadata.get("submission") if isinstance(metadata, dict) else None
    root = submission.get("root_uuid") if isinstance(submission, dict) else None
    return root.removeprefix("uuid:") if isinstance(root, str) else ""
