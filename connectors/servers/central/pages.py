"""Pages of submissions by OData, followed by ``nextLink``.

That stays right while rows come and go, also when the row it stands on is deleted; ``$skip``
does not. Central gives the newest first and takes no other order together with ``nextLink``.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from connectors.servers.central.urls import form
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault, fault

RECEIVED = "__system/submissionDate"
MOST = 5_000_000  # rows; no form has so many
Row = dict[str, Any]


def pages(server: Server, asset: str, asked: Mapping[str, str]) -> Iterator[list[Row]]:
    """Give pages of rows, the newest first, each with an ``__id``.

    Args:
        asked: with ``$top``, so many rows at once; it is halved for pages that are too large.

    Raises:
        ServerFault: ``server-answer`` for what is no such page, or the same one again.
    """
    before: frozenset[str] = frozenset()
    oldest, count = "~", 0
    while True:
        try:
            answer = ask(server, asset, asked)
        except ServerFault as error:
            half = int(asked["$top"]) // 2
            if error.code != "server-too-large" or not half:
                raise
            asked = {**asked, "$top": str(half)}
            continue
        rows: list[Row] = answer["value"]
        try:
            moments = [moment(row) for row in rows]
            ids = frozenset(row["__id"] for row in rows)
        except (KeyError, TypeError):
            raise fault("server-answer", server.http.place, "__id, __system") from None
        count += len(rows)
        # round in a circle, which would have no end
        if rows and (ids <= before or max(moments) > oldest or count > MOST):
            raise fault("server-answer", server.http.place, "nextLink")
        yield rows
        following = answer.get("@odata.nextLink")
        if not isinstance(following, str) or not rows:
            return
        before, oldest = ids, min(moments)
        asked = {**asked, "$skiptoken": _token(server, following)}


def _token(server: Server, following: str) -> str:
    """Take of the link to the next page what the last answer adds to the question, and no more."""
    try:
        return dict(parse_qsl(urlsplit(following).query))["$skiptoken"]
    except (KeyError, ValueError):
        raise fault("server-answer", server.http.place, "nextLink") from None


def moment(row: Row) -> str:
    """Give when a row was received, as Central writes it."""
    return str(row["__system"]["submissionDate"])


def ask(server: Server, asset: str, asked: Mapping[str, str]) -> Row:
    """Ask for one page; give the answer, with a list as its ``value``."""
    url = f"{form(server, asset)}.svc/Submissions"
    answer = server.http.json("GET", url, params=dict(asked))
    if not isinstance(answer, dict) or not isinstance(answer.get("value"), list):
        raise fault("server-answer", server.http.place)
    return answer
