"""Store and server side by side: what differs is fetched or buried."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from connectors.ahead import ahead
from connectors.apart import keepable, set_apart
from connectors.servers.contract import Extent, ManifestRow, Record
from connectors.servers.faults import ServerFault
from connectors.store.versions import Incoming, Stored, mark, put
from connectors.work import Work
from programme.collector import seldom_collected
from programme.problem import Exit, Problem, ProblemError, Text

FEW = 20  # deletions that need no second opinion
COUNTED = 3  # times: what is deleted between two counts looks held back, but not each time


@dataclass(frozen=True, slots=True)
class Difference:
    """How store and server differ: ids to fetch, ids gone, and all that there are, rising."""

    wanted: tuple[int, ...]
    gone: tuple[int, ...]
    there: tuple[int, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """Give everything that differs."""
        return tuple(sorted((*self.wanted, *self.gone)))


@seldom_collected()
def difference(here: dict[int, str], pages: Iterator[list[ManifestRow]]) -> Difference:
    """Compare the manifest with the marks of what is stored.

    Args:
        here: by id; emptied of what is found.
        pages: by rising id.
    """
    wanted: list[int] = []
    there: list[int] = []
    for page in ahead(pages):
        for row in page:
            there.append(row.id)
            if here.pop(row.id, None) != mark(row):
                wanted.append(row.id)
    return Difference(tuple(wanted), tuple(sorted(here)), tuple(there))


def fetch(work: Work, wanted: Collection[int], there: tuple[int, ...]) -> None:
    """Fetch submissions and store them, a page at a time.

    Args:
        there: the ids that exist in the stretch of those wanted, rising.
    """
    pages = work.verbs.fetch(work.server, work.origin.asset, wanted, there)
    _keep(work, pages, len(wanted))


def fetch_everything(work: Work, extent: Extent) -> None:
    """Fetch all submissions and store them, a page at a time: for an empty store.

    Args:
        extent: how far they reach.
    """
    pages = work.verbs.everything(work.server, work.origin.asset, extent.highest)
    _keep(work, pages, extent.listed)


@seldom_collected()
def _keep(work: Work, pages: Iterator[list[Record]], count: int) -> None:
    done = 0
    work.server.apart.clear()
    for page in ahead(pages):
        incoming = [
            Incoming(work.verbs.row_of(record, work.origin.asset), record) for record in page
        ]
        stored = _put(work, incoming)
        work.tally.new += stored.new
        work.tally.changed += stored.changed
        done += len(page)
        work.say("đang tải phiếu", "fetching submissions", done, count)
    set_apart(work)
    work.tally.problems += work.server.notes
    work.server.notes.clear()


def _put(work: Work, page: list[Incoming]) -> Stored:
    """Store a page, with what could not be read of it, all of it or nothing."""
    with work.store.transaction():
        try:
            stored = put(work.store, work.origin, page, work.moment)
        except ServerFault:  # found before anything is written
            stored = put(work.store, work.origin, keepable(work, page), work.moment)
        for each in page:
            work.tally.apart.pop(each.row.id, None)
        set_apart(work)
    return stored


def really_gone(work: Work, seen: Difference) -> set[int]:
    """Give those of the missing that the server does not have when asked for them by name.

    One odd page must not bury half a province.

    Raises:
        ProblemError: ``server-holds-back`` when so many are missing that the account may have
            lost the right to see them.
    """
    missing = set(seen.gone)
    if not missing:
        return missing
    pages = work.verbs.manifest(work.server, work.origin.asset, max(missing), ids=missing)
    missing -= {row.id for page in pages for row in page}
    if len(missing) > max(FEW, len(seen.there) // 3):
        _check_counts(work)
    return missing


def _check_counts(work: Work) -> None:
    for _ in range(COUNTED):
        held, listed = work.verbs.counts(work.server, work.origin.asset)
        if held <= listed:
            return
    raise ProblemError(
        Problem(
            "server-holds-back",
            Text(
                vi=f"máy chủ nói có {held} phiếu nhưng chỉ đưa ra {listed}",
                en=f"the server says it holds {held} submissions but shows {listed}",
            ),
            Text(
                vi="chưa phiếu nào bị coi là đã xóa; hãy kiểm tra tài khoản còn quyền xem mọi "
                "phiếu không, rồi tải lại sau",
                en="nothing was taken for deleted; check that the account may still view all "
                "submissions, then pull again later",
            ),
        ),
        Exit.SERVER,
    )
