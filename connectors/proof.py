"""A proven pull: the server's manifest and the store are made equal, and shown to be.

The manifest up to the highest id at the start tells what is new, changed or gone; after
fetching it is read again, until it shows nothing more, for three rounds at most. What arrives
meanwhile has a higher id and is left to the next pull, so that the work has an end. Where nothing
is stored yet everything is fetched first: the manifest would only say that all is new. On Central
that one pass may do, which lists as it fetches.
"""

from connectors.apart import expected, held, settle
from connectors.compare import Difference, difference, fetch, fetch_everything, really_gone
from connectors.history import read_history
from connectors.servers.contract import Extent, History
from connectors.store.ledger import prove
from connectors.store.versions import bury, live_at, marks
from connectors.work import Work
from programme.numbers import counted
from programme.problem import Problem, Text

ROUNDS = 3
LISTED = 100  # ids that a problem names


def pull_proven(work: Work, extent: Extent) -> None:
    """Make the store equal to the server; the tally tells what it took.

    Args:
        extent: how far the server's submissions reach.

    Raises:
        ProblemError: of the server or the store; what was stored until then stays.
    """
    work.tally.kind = "proven"
    # where the next pulls may follow from; read before what it has to cover
    wanted = work.large(extent) and not work.tally.unreadable
    history = read_history(work, None) if wanted else None
    if not marks(work.store, work.origin):  # the first time, or all had gone
        fetch_everything(work, extent)
        if history and _is_all(work, extent, history):
            _agreed(work, extent, history)
            return
    found = _compare(work, extent)
    for _ in range(ROUNDS):
        if not found.ids:
            break
        fetch(work, found.wanted, found.there)
        work.tally.deleted += bury(work.store, work.origin, really_gone(work, found), work.moment)
        found = _compare(work, extent)
    if found.ids:
        work.tally.moving = found.ids
        work.tally.problems.append(_moving(found.ids))
        return
    _agreed(work, extent, history)


def _agreed(work: Work, extent: Extent, history: History | None) -> None:
    """Note that nothing is missing; only where all could be read it is called proven."""
    count = None if settle(work) else live_at(work.store, work.origin)
    prove(work.store, work.origin, work.moment, extent.highest, count, history)
    work.tally.agreed = True


def _is_all(work: Work, extent: Extent, start: History) -> bool:
    """Tell whether what was fetched is all there is, without another list of it.

    On Central it is, where nothing was edited, judged or deleted since the start and the counts
    agree, which shows what was restored: each record came from a list that was read to its end.
    KoBo's history is not relied on for that.
    """
    if work.server.kind != "central":
        return False
    since = read_history(work, start.until)
    if since is None or not since.whole or since.roots:
        return False
    listed = work.verbs.listed(work.server, work.origin.asset, extent.highest)
    return held(work) == listed


def _compare(work: Work, extent: Extent) -> Difference:
    pages = work.verbs.manifest(work.server, work.origin.asset, extent.highest)
    here = marks(work.store, work.origin)
    expected(work, here)
    return difference(here, pages)


def _moving(ids: tuple[int, ...]) -> Problem:
    listed = ", ".join(map(str, ids[:LISTED])) + (" …" if len(ids) > LISTED else "")
    return Problem(
        "pull-moving",
        Text(
            vi=f"{len(ids)} phiếu vẫn thay đổi trong lúc tải: {listed}",
            en=f"{counted(len(ids), 'submission', 'submissions')} kept changing during the pull: "
            f"{listed}",
        ),
        Text(
            vi="phần còn lại đã đủ; hãy tải lại sau để có đủ cả những phiếu này",
            en="all others are complete; pull again later to have these too",
        ),
        severity="warning",
    )
