"""Whole submissions: of pages of OData where those lose nothing, else by the XML of each.

Of each page of OData some are read as XML too. Where one differs, all are read again, as XML.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from xml.etree.ElementTree import Element

from connectors.ahead import ahead
from connectors.servers.answer import Answer, parsed_xml
from connectors.servers.central.fetching_problems import differs
from connectors.servers.central.forms import NOT_FOUND, repeats
from connectors.servers.central.instance import Answers, NoSubmissionError, answers_of
from connectors.servers.central.listing import (
    SELECT,
    Listed,
    by_moment,
    moments,
    rows_listed,
    stretch,
    whole_moments,
)
from connectors.servers.central.pages import Row, pages
from connectors.servers.central.quick import Quick
from connectors.servers.central.records import record_of
from connectors.servers.central.urls import form, part, rows_of
from connectors.servers.contract import Record, Server, Unreadable, Why
from connectors.servers.faults import ServerFault, fault
from connectors.servers.named import HIGHEST
from connectors.servers.verdict import TransientError
from programme.problem import Place

PAGE = 1000  # submissions asked for and stored together
THREADS = 4
FEW = 20  # so many are read one by one, without a look at the clients of all
TRIED = 100  # where none of so many serves, whole rows are asked for no longer
DENSE = 4  # where one in so many of a stretch is wanted it is read as one
SPARSE = 20  # where fewer than one in so many is, the clients of all would cost more than they save


# what may be said of the XML of one submission, by its own fault
_OWN: dict[str, Why] = {"server-answer": "broken", "server-too-large": "large"}
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)[\s/>]")


class _DiffersError(Exception):
    """OData gives something else than the submissions are."""


class _UnreadableError(Exception):
    """A submission cannot be read, by its own fault."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def everything(server: Server, asset: str, highest: int) -> Iterator[list[Record]]:
    """Give all submissions up to a number in pages, the newest first; some of them twice."""
    return _whole(server, asset, [stretch(1, highest)], range(1, highest + 1))


def fetch(
    server: Server, asset: str, ids: Collection[int], among: Sequence[int]
) -> Iterator[list[Record]]:
    """Give whole submissions in pages, as ``everything``; one that has gone is left out.

    Args:
        ids: the wanted ones.
        among: all there are in some stretch, rising.
    """
    wanted = frozenset(ids)
    many = _many(wanted, among)
    if many:
        first, last = min(many), max(many)
        between = bisect_right(among, last) - bisect_left(among, first)
        dense = between <= len(many) * DENSE
        asked = [stretch(first, last)] if dense else list(moments(many))
        yield from _whole(server, asset, asked, many)
    yield from _by_xml(server, asset, moments(wanted - many), wanted - many)


def _many(wanted: frozenset[int], among: Sequence[int]) -> frozenset[int]:
    """Give those for which it pays to look at the clients of all that came since the first."""
    known = frozenset(each for each in wanted if among and each >= among[0])
    if len(known) <= FEW:
        return frozenset()
    since = len(among) - bisect_left(among, min(known))
    return known if len(known) * SPARSE >= since else frozenset()


def _whole(
    server: Server, asset: str, questions: Sequence[str], wanted: Container[int]
) -> Iterator[list[Record]]:
    quick = Quick(server, asset)
    try:
        if quick.possible:
            yield from _by_rows(server, asset, questions, wanted, quick)
            return
    except _DiffersError:
        server.notes.append(differs(server.http.place))
    except ServerFault as error:
        if error.code != "server-too-large":
            raise
        # a single row is: which one, its XML shows
    yield from _by_xml(server, asset, questions, wanted)


def _by_rows(
    server: Server, asset: str, questions: Sequence[str], wanted: Container[int], quick: Quick
) -> Iterator[list[Record]]:
    with ThreadPoolExecutor(THREADS) as pool:
        tried = served = 0
        for question in questions:
            asked = {"$expand": "*", "$top": str(PAGE), "$filter": question}
            # the server works on the next page while answers are taken out of this one
            for rows in whole_moments(ahead(pages(server, asset, asked))):
                listed = zip(rows_listed(server, rows), rows, strict=True)
                page = [(each, row) for each, row in listed if each.number in wanted]
                if not page:
                    continue
                made = quick.records(page)
                yield _page(server, asset, pool, page, made, quick)
                tried, served = tried + len(page), served + len(made)
                if not served and tried >= TRIED:  # such clients or forms
                    lowest = min(each.number for each, _ in page)
                    yield from _by_xml(server, asset, questions, wanted, below=lowest)
                    return
    if not quick.holds:
        raise _DiffersError


def _page(
    server: Server,
    asset: str,
    pool: ThreadPoolExecutor,
    page: Sequence[tuple[Listed, Row]],
    made: dict[str, Record],
    quick: Quick,
) -> list[Record]:
    """Complete a page with what is read as XML: what no row served for, and some to compare."""
    compared = quick.to_compare(made)
    to_read = [each for each, _ in page if each.root not in made or each.root in compared]
    found = _read(server, asset, pool, to_read)
    read = {each.root: record for each, record in zip(to_read, found, strict=True)}
    for root in compared:
        itself = read[root]
        if itself is not None and not quick.agrees(made[root], itself):
            raise _DiffersError
    records = (record for record in {**made, **read}.values() if record is not None)
    return sorted(records, key=lambda record: int(record["_id"]))


def _by_xml(
    server: Server,
    asset: str,
    questions: Iterable[str],
    wanted: Container[int],
    below: int = HIGHEST + 1,
) -> Iterator[list[Record]]:
    with ThreadPoolExecutor(THREADS) as pool:
        for question in questions:
            for listed in by_moment(server, asset, {"$select": SELECT, "$filter": question}):
                found = [each for each in listed if each.number in wanted and each.number < below]
                found.sort(key=lambda each: -each.number)
                for start in range(0, len(found), PAGE):
                    some = _read(server, asset, pool, found[start : start + PAGE])
                    yield [record for record in reversed(some) if record is not None]


def _read(
    server: Server, asset: str, pool: ThreadPoolExecutor, found: Iterable[Listed]
) -> list[Record | None]:
    return list(pool.map(partial(_record, server, asset), found))


def _record(server: Server, asset: str, found: Listed) -> Record | None:
    """Read a submission as XML; None for one that was deleted since, or cannot be read."""
    place = form(server, asset, "submissions", part(found.root))
    try:
        root = _filled(server, f"{place}.xml")
        version = root.get("version") or ""
        answers = _answers(server, asset, found, root)
        files = []
        if found.system.get("attachmentsExpected"):
            files = rows_of(server, server.http.json("GET", f"{place}/attachments"))
    except _UnreadableError as error:
        server.apart.append(Unreadable(found.row(), server.told(found.root), error.why))
        return None
    except ServerFault as error:
        if error.code != NOT_FOUND:
            raise
        return None
    return record_of(found, version, answers, files, asset)


def _filled(server: Server, url: str) -> Element:
    try:
        root: Element = server.http.request("GET", url, parse=_parsed).data
    except ServerFault as error:
        why = _OWN.get(error.code)
        if why is None or error.status is not None:  # an answer that the server did not mean
            raise
        raise _UnreadableError(why) from None
    return root


def _parsed(answer: Answer, place: Place) -> Answer:
    """Parse XML; what is damaged though it came whole will not be better the next time."""
    try:
        return parsed_xml(answer, place)
    except TransientError as error:
        begins = _ROOT.search(answer.body)
        whole = begins is not None and answer.body.rstrip().endswith(b"</" + begins[1] + b">")
        if error.told.code != "server-truncated" or not whole:
            raise
        raise fault("server-answer", place) from None


def _answers(server: Server, asset: str, found: Listed, root: Element) -> Answers:
    try:
        answers = answers_of(root, repeats(server, asset, root.get("version") or ""))
    except NoSubmissionError:
        raise _UnreadableError("large") from None
    if not _is_it(found, root, answers, asset):
        raise _UnreadableError("another")
    return answers


def _is_it(found: Listed, root: Element, answers: Answers, asset: str) -> bool:
    """Tell whether XML is the submission that was asked for, or a newer version of it."""
    current = answers.get("meta/instanceID", found.root)
    edited = "meta/deprecatedID" in answers
    return root.get("id") == asset and (current == found.current or edited)
