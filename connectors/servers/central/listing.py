"""The list of submissions, without their answers: what Central tells cheaply about each."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.servers.central.forms import get_form
from connectors.servers.central.numbers import BITS, last_of, moment_of, numbered
from connectors.servers.central.pages import RECEIVED, Row, ask, moment, pages
from connectors.servers.central.states import word_of
from connectors.servers.contract import Extent, ManifestRow, Server
from connectors.servers.faults import fault
from connectors.servers.named import HIGHEST

SELECT = "__id,__system,meta/instanceID"
PAGE = 2000
TOGETHER = 60  # moments in one question: the address stays below 5 kB


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
    answer = ask(server, asset, {"$top": "1", "$select": SELECT, "$count": "true"})
    rows = rows_listed(server, answer["value"])
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
    found = ask(server, asset, asked).get("@odata.count")
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
    wanted = range(first, highest + 1) if ids is None else frozenset(ids)
    asked = moments(wanted) if ids is not None else [stretch(first, highest)][: len(wanted)]
    rows = sorted(
        (
            each.row()
            for question in asked
            for some in by_moment(server, asset, {"$select": SELECT, "$filter": question})
            for each in some
            if each.number in wanted
        ),
        key=lambda row: row.id,
    )
    for start in range(0, len(rows), PAGE):
        yield rows[start : start + PAGE]


def named(server: Server, asset: str, ids: Collection[int]) -> list[Listed]:
    """List those of some numbers that there are, by rising number."""
    wanted = frozenset(ids)
    found = [each for question in moments(wanted) for each in filtered(server, asset, question)]
    return sorted((each for each in found if each.number in wanted), key=lambda each: each.number)


def stretch(first: int, highest: int) -> str:
    """Give the question for what was received in the moments of a stretch of numbers."""
    question = f"{RECEIVED} le {moment_of(min(highest, HIGHEST))}"
    return f"{RECEIVED} ge {moment_of(first)} and {question}" if first >> BITS else question


def moments(ids: Collection[int]) -> Iterator[str]:
    """Give questions for what was received in the moments of some numbers, the newest first."""
    found = sorted({moment_of(each) for each in ids}, reverse=True)
    for start in range(0, len(found), TOGETHER):
        some = found[start : start + TOGETHER]
        yield " or ".join(f"{RECEIVED} eq {each}" for each in some)


def filtered(server: Server, asset: str, question: str) -> list[Listed]:
    """List all that a filter lets through, by rising number."""
    found = by_moment(server, asset, {"$select": SELECT, "$filter": question})
    return sorted((each for some in found for each in some), key=lambda each: each.number)


def by_moment(server: Server, asset: str, asked: dict[str, str]) -> Iterator[list[Listed]]:
    """Give what is asked for in pages, the newest first; what came in one moment stays together."""
    for rows in whole_moments(pages(server, asset, {"$top": str(PAGE), **asked})):
        yield rows_listed(server, rows)


def whole_moments(found: Iterable[list[Row]]) -> Iterator[list[Row]]:
    """Cut pages anew, so that none begins in the moment in which the one before ends.

    The number of a submission depends on those that were received in the same moment.
    """
    kept: dict[str, Row] = {}
    for page in found:
        kept.update((row["__id"], row) for row in page)
        last = moment(page[-1]) if page else ""
        whole = [row for row in kept.values() if moment(row) != last]
        kept = {row["__id"]: row for row in kept.values() if moment(row) == last}
        if whole:
            yield whole
    if kept:
        yield list(kept.values())


def rows_listed(server: Server, rows: Sequence[Any]) -> list[Listed]:
    """Give rows of OData as the list has them, in their order; of a moment all there are."""
    try:
        systems = {str(row["__id"]): dict(row["__system"]) for row in rows}
        received = ((root, system["submissionDate"]) for root, system in systems.items())
        numbers = numbered(received)
        for system in systems.values():
            if system.get("updatedAt"):
                last_of(system["updatedAt"])  # a moment, as the manifest takes it for
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
