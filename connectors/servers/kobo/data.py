"""Submissions of an asset, paged by ``_id``.

Never by offset: a deletion between two pages would shift a row out of sight. Never by
``len(page) < limit``: KoBo gives fewer than asked for in silence (1,000 at most).
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import orjson

from connectors.servers.contract import Extent, ManifestRow, Record, Server, Unreadable
from connectors.servers.faults import ServerFault, fault
from connectors.servers.kobo.assets import get_asset
from connectors.servers.kobo.records import key_of, row_of
from connectors.servers.kobo.urls import api

# what is not named here comes made up: a wrong root uuid, an empty state
MANIFEST = ("_id", "_uuid", "meta/rootUuid", "_validation_status", "_attachments")
PAGE = 1000
TOGETHER = 150  # ids in one question: the address stays below 4 kB


def extent(server: Server, asset: str) -> Extent:
    """Give the highest ``_id`` and how many submissions KoBo lists to this account."""
    rows, count = _page(server, asset, {}, ("_id",), limit=1, order=-1)
    return Extent(int(rows[0]["_id"]) if rows else 0, count)


def listed(server: Server, asset: str, highest: int) -> int:
    """Count the submissions up to an ``_id``, as KoBo lists them to this account."""
    _, count = _page(server, asset, {"_id": {"$lte": highest}}, ("_id",), limit=1)
    return count


def counts(server: Server, asset: str) -> tuple[int, int]:
    """Give how many submissions KoBo says it holds, and how many it lists to this account.

    They come from two databases, and the second depends on the account's rights. Asked in this
    order, so that a submission arriving in between does not look like one held back.
    """
    held = get_asset(server, asset).form.submissions
    return held, extent(server, asset).listed


def manifest(
    server: Server,
    asset: str,
    highest: int,
    *,
    first: int = 1,
    ids: Collection[int] | None = None,
) -> Iterator[list[ManifestRow]]:
    """Give the manifest in pages by rising ``_id``.

    Args:
        first, highest: the stretch of ``_id`` that is wanted.
        ids: only these, where given.
    """
    found = (
        _between(server, asset, first, highest, MANIFEST)
        if ids is None
        else _named(server, asset, sorted(ids), MANIFEST)
    )
    for page in found:
        yield [row_of(record, asset) for record in page]


def everything(server: Server, asset: str, highest: int) -> Iterator[list[Record]]:
    """Give all submissions up to an ``_id``, whole, in pages by rising ``_id``."""
    return _between(server, asset, 1, highest, ())


def fetch(
    server: Server, asset: str, ids: Collection[int], among: Sequence[int]
) -> Iterator[list[Record]]:
    """Give whole submissions in pages by rising ``_id``; one that has gone is left out.

    Args:
        ids: the wanted ones.
        among: all there are in some stretch, rising. Where most of it is wanted it is read as
            one; what is wanted beside it is asked for by name.
    """
    wanted = set(ids)
    few = sorted(wanted.difference(among))
    for start in range(0, len(among), PAGE):
        stretch = [each for each in among[start : start + PAGE] if each in wanted]
        if len(stretch) <= TOGETHER:
            few += stretch
            continue
        for page in _between(server, asset, stretch[0], stretch[-1], ()):
            yield [record for record in page if record["_id"] in wanted]
    yield from _named(server, asset, sorted(few), ())


def _named(
    server: Server, asset: str, ids: Sequence[int], fields: Sequence[str]
) -> Iterator[list[Record]]:
    for start in range(0, len(ids), TOGETHER):
        some = ids[start : start + TOGETHER]
        query = {"_id": {"$in": list(some)}}
        yield from _rising(server, asset, query, fields, some[0], set(some))


def _between(
    server: Server, asset: str, first: int, last: int, fields: Sequence[str]
) -> Iterator[list[Record]]:
    if last < first:
        return iter(())
    query = {"_id": {"$lte": last}}
    return _rising(server, asset, query, fields, first, range(first, last + 1))


def _rising(
    server: Server,
    asset: str,
    query: dict[str, dict[str, Any]],
    fields: Sequence[str],
    first: int,
    allowed: Collection[int],
) -> Iterator[list[Record]]:
    # so that one that is known to be too large is not asked for again and again
    largest = PAGE if fields else min(PAGE, len(allowed))
    after, size, empty = first - 1, largest, False
    seen, most = 0, None
    while True:
        question = {"_id": {**query["_id"], "$gt": after}}
        alone = False
        try:
            rows, count = _page(server, asset, question, fields, limit=size)
        except ServerFault as error:
            if error.code != "server-too-large" or (size == 1 and fields):
                raise
            if size > 1:
                size //= 2
                continue
            rows, count = _page(server, asset, question, MANIFEST, limit=1)
            alone, size = True, largest
        seen, most = seen + len(rows), count if most is None else most
        if seen > most + PAGE:  # below an id that exists hardly any come to be
            raise fault("server-answer", server.http.place)
        if rows:
            after = _last(server, rows, after, allowed)
            if alone:  # the one that is too large by itself
                server.apart.extend(_unreadable(row, asset) for row in rows)
            else:
                yield rows
        if count <= len(rows):
            return
        if not rows and empty:  # says there is more and gives nothing, twice
            raise fault("server-answer", server.http.place)
        empty = not rows


def _unreadable(record: Record, asset: str) -> Unreadable:
    row = row_of(record, asset)
    return Unreadable(row, str(row.id), "large")


def _last(server: Server, rows: list[Record], after: int, allowed: Collection[int]) -> int:
    for row in rows:
        # an id twice, falling or never asked for: such an answer proves nothing
        if row["_id"] <= after or row["_id"] not in allowed:
            raise fault("server-answer", server.http.place, f"_id {row['_id']}")
        after = row["_id"]
    return after


def _page(
    server: Server,
    asset: str,
    query: dict[str, Any],
    fields: Sequence[str],
    *,
    limit: int,
    order: int = 1,
) -> tuple[list[Record], int]:
    params = {"limit": str(limit), "sort": orjson.dumps({"_id": order}).decode()}
    if query:
        params["query"] = orjson.dumps(query).decode()
    if fields:
        params["fields"] = orjson.dumps(fields).decode()
    answer = server.http.json("GET", api(server, "assets", asset, "data"), params=params)
    rows = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not isinstance(answer.get("count"), int):
        raise fault("server-answer", server.http.place)
    for row in rows:
        _check(server, row)
    return rows, answer["count"]


def _check(server: Server, row: object) -> None:
    try:
        if isinstance(row, dict):
            key_of(row)
            return
    except ValueError as error:
        raise fault("server-answer", server.http.place, str(error)) from None
    raise fault("server-answer", server.http.place)
