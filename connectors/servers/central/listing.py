"""The list of submissions, without their answers: what Central tells cheaply about each.

Pages are followed by ``nextLink``, which stays right while rows come and go; never by ``$skip``.
Central lists the newest first and takes no other order together with ``nextLink``.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from connectors.servers.central.forms import get_form
from connectors.servers.central.numbers import BITS, last_of, moment_of, numbered
from connectors.servers.central.states import word_of
from connectors.servers.central.urls import form
from connectors.servers.contract import Extent, ManifestRow, Server
from connectors.servers.faults import fault
from connectors.servers.named import HIGHEST

SELECT = "__id,__system,meta/instanceID"
PAGE = 2000
TOGETHER = 60  # moments in one question: the address stays below 5 kB
MOST = 5_000_000  # rows; no form has so many
RECEIVED = "__system/submissionDate"


@dataclass(frozen=True, slots=True)
class Listed:
    """A submission as the list has it.

    Args:
        number: see ``numbers``.
        root: instance id of its first version, by which Central names it.
        current: instance id of its newest version.
        system: Central's ``__system``.
    """

    number: int
    root: str
    current: str
    system: dict[str, Any]

    def row(self) -> ManifestRow:
        """Give its row in the manifest, which counts files and does not name them."""
        return manifest_row(self.number, self.root, self.current, self.system)


def manifest_row(number: int, root: str, current: str, system: dict[str, Any]) -> ManifestRow:
    """Make a row of the manifest of what Central tells of a submission."""
    state = system.get("reviewState")
    word, updated = word_of(state), system.get("updatedAt")
    files = f"{system.get('attachmentsPresent')}/{system.get('attachmentsExpected')}"
    return ManifestRow(
        id=number,
        uuid=current.removeprefix("uuid:"),
        root_uuid=root.removeprefix("uuid:"),
        validation=word,
        validated=_seconds(updated) if word and updated else None,
        attachments=(),
        shown=f"{state} {updated} {files}",
    )


def _seconds(moment: str) -> int:
    return (last_of(moment) >> BITS) // 1000


def extent(server: Server, asset: str) -> Extent:
    """Give how far the submissions reach now."""
    answer = _ask(server, asset, {"$top": "1", "$select": SELECT, "$count": "true"})
    rows = _listed(server, answer["value"])
    count = answer.get("@odata.count")
    if not isinstance(count, int):
        raise fault("server-answer", server.http.place, "@odata.count")
    # others of the same moment may have a higher number
    highest = max((last_of(row.system["submissionDate"]) for row in rows), default=0)
    return Extent(highest, count)


def listed(server: Server, asset: str, highest: int) -> int:
    """Count the submissions up to a number, as Central lists them."""
    return count(server, asset, f"{RECEIVED} le {moment_of(highest)}")


def count(server: Server, asset: str, question: str) -> int:
    """Count the submissions that a filter lets through."""
    asked = {"$top": "0", "$count": "true", "$filter": question}
    found = _ask(server, asset, asked).get("@odata.count")
    if not isinstance(found, int):
        raise fault("server-answer", server.http.place, "@odata.count")
    return found


def counts(server: Server, asset: str) -> tuple[int, int]:
    """Give how many submissions the form says it holds, and how many the list has."""
    held = get_form(server, asset).submissions
    return held, extent(server, asset).listed


def manifest(
    server: Server,
    asset: str,
    highest: int,
    *,
    first: int = 1,
    ids: Collection[int] | None = None,
) -> Iterator[list[ManifestRow]]:
    """Give the manifest in pages by rising number.

    Args:
        first, highest: the stretch of numbers that is wanted.
        ids: only these, where given.
    """
    found = between(server, asset, first, highest) if ids is None else named(server, asset, ids)
    for start in range(0, len(found), PAGE):
        yield [each.row() for each in found[start : start + PAGE]]


def between(server: Server, asset: str, first: int, highest: int) -> list[Listed]:
    """List a stretch of numbers, by rising number."""
    if highest < first:
        return []
    question = f"{RECEIVED} le {moment_of(min(highest, HIGHEST))}"
    if first >> BITS:
        question = f"{RECEIVED} ge {moment_of(first)} and {question}"
    found = filtered(server, asset, question)
    return [each for each in found if first <= each.number <= highest]


def named(server: Server, asset: str, ids: Collection[int]) -> list[Listed]:
    """List those of some numbers that there are, by rising number."""
    wanted, found = sorted(set(ids)), []
    moments = sorted({moment_of(each) for each in wanted})
    for start in range(0, len(moments), TOGETHER):
        some = moments[start : start + TOGETHER]
        question = " or ".join(f"{RECEIVED} eq {each}" for each in some)
        found += filtered(server, asset, question)
    asked = set(wanted)
    return sorted((each for each in found if each.number in asked), key=lambda each: each.number)


def filtered(server: Server, asset: str, question: str) -> list[Listed]:
    """List all that a filter lets through, by rising number."""
    asked = {"$select": SELECT, "$top": str(PAGE), "$filter": question}
    rows: dict[str, Any] = {}
    for page in _pages(server, asset, asked):
        if not all(isinstance(row, dict) and isinstance(row.get("__id"), str) for row in page):
            raise fault("server-answer", server.http.place, "__id")
        fresh = [row for row in page if row["__id"] not in rows]
        rows.update((row["__id"], row) for row in fresh)
        if page and not fresh:  # round in a circle
            raise fault("server-answer", server.http.place, "nextLink")
        if len(rows) > MOST:
            raise fault("server-answer", server.http.place, f"> {MOST:,}")
    return sorted(_listed(server, list(rows.values())), key=lambda each: each.number)


def _pages(server: Server, asset: str, asked: dict[str, str]) -> Iterator[list[Any]]:
    while True:
        answer = _ask(server, asset, asked)
        yield answer["value"]
        following = answer.get("@odata.nextLink")
        if not isinstance(following, str) or not answer["value"]:
            return
        # only its query counts, so that no answer leads to another host
        asked = dict(parse_qsl(urlsplit(following).query))


def _ask(server: Server, asset: str, asked: dict[str, str]) -> dict[str, Any]:
    url = f"{form(server, asset)}.svc/Submissions"
    answer = server.http.json("GET", url, params=asked)
    if not isinstance(answer, dict) or not isinstance(answer.get("value"), list):
        raise fault("server-answer", server.http.place)
    return answer


def _listed(server: Server, rows: Sequence[Any]) -> list[Listed]:
    try:
        systems = {str(row["__id"]): dict(row["__system"]) for row in rows}
        received = ((root, system["submissionDate"]) for root, system in systems.items())
        numbers = numbered(received)
        return [
            Listed(numbers[row["__id"]], row["__id"], _current(row), systems[row["__id"]])
            for row in rows
        ]
    except (KeyError, TypeError, ValueError):
        raise fault("server-answer", server.http.place) from None


def _current(row: dict[str, Any]) -> str:
    meta = row.get("meta")
    found = meta.get("instanceID") if isinstance(meta, dict) else None
    # Central makes up an instance id where a phone sent none, and the answers lack it
    return str(found or row["__id"])
