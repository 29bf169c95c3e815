"""Whole submissions, by the XML of each: one request a submission, some at a time."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from connectors.servers.answer import parsed_xml
from connectors.servers.central.forms import NOT_FOUND, repeats
from connectors.servers.central.instance import NoSubmissionError
from connectors.servers.central.listing import Listed, between, named
from connectors.servers.central.records import record_of
from connectors.servers.central.urls import form, part, rows_of
from connectors.servers.contract import Record, Server
from connectors.servers.faults import ServerFault, fault

PAGE = 200  # submissions stored together
THREADS = 4
FEW = 600  # so many are asked for by number, more by the whole list


def everything(server: Server, asset: str, highest: int) -> Iterator[list[Record]]:
    """Give all submissions up to a number, in pages by rising number."""
    return _whole(server, asset, between(server, asset, 1, highest))


def fetch(
    server: Server, asset: str, ids: Collection[int], among: Sequence[int]
) -> Iterator[list[Record]]:
    """Give whole submissions in pages by rising number; one that has gone is left out.

    Args:
        ids: the wanted ones.
        among: all there are in some stretch, rising.
    """
    wanted = set(ids)
    if len(wanted) <= min(FEW, max(1, len(among) // 4)):
        found: Iterable[Listed] = named(server, asset, wanted)
    else:
        stretch = between(server, asset, min(wanted), max(wanted))
        found = (each for each in stretch if each.number in wanted)
    return _whole(server, asset, list(found))


def _whole(server: Server, asset: str, found: Sequence[Listed]) -> Iterator[list[Record]]:
    with ThreadPoolExecutor(THREADS) as pool:
        for start in range(0, len(found), PAGE):
            some = found[start : start + PAGE]
            records = pool.map(partial(_record, server, asset), some)
            yield [record for record in records if record is not None]


def _record(server: Server, asset: str, found: Listed) -> Record | None:
    place = form(server, asset, "submissions", part(found.root))
    try:
        root = server.http.request("GET", f"{place}.xml", parse=parsed_xml).data
        files = []
        if found.system.get("attachmentsExpected"):
            files = rows_of(server, server.http.json("GET", f"{place}/attachments"))
    except ServerFault as error:
        if error.code != NOT_FOUND:
            raise
        return None  # deleted since it was listed
    try:
        known = repeats(server, asset, root.get("version") or "")
        return record_of(found, root, files, asset, known)
    except NoSubmissionError:
        raise fault("server-answer", server.http.place, found.root) from None
