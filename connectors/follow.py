"""A followed pull: what the server says has changed, and what arrived recently; nothing else.

New submissions and those of the last days come by their ids: that also shows what history does
not, such as a photo that arrives late. Edits and deletions of older ones come from history. In
the end the counts have to agree, or everything is compared after all.
"""

from datetime import datetime, timedelta

from connectors.apart import expected, held
from connectors.compare import difference, fetch, really_gone
from connectors.history import read_history, unfollowed
from connectors.servers.contract import Extent, History
from connectors.store.ledger import Position, compared, follow, position
from connectors.store.versions import bury, first_since, marks, marks_of
from connectors.work import Work
from programme.numbers import counted
from programme.problem import Text

ROUNDS = 2  # what was deleted between two questions shows in the second
# where more submissions and more than one in so many have changed, comparing all is cheaper
MANY, SHARE = 1000, 4


def pull_followed(work: Work, extent: Extent) -> bool:
    """Bring over what has changed; false when only comparing everything can help.

    Args:
        extent: how far the server's submissions reach.

    Raises:
        ProblemError: of the server or the store; what was stored until then stays.
    """
    known = position(work.store, work.origin.source, work.origin.form)
    if work.forced or not work.large(extent) or known is None or not _young(work, known):
        return False
    work.tally.kind = "followed"
    counted = (0, 0)
    for _ in range(ROUNDS):
        history = read_history(work, known.history_to)
        if history is None:
            return False
        if not history.whole or (known.history_found and not history.found):
            work.tally.problems.append(unfollowed(_LOST))
            return False
        if len(history.roots) > max(MANY, extent.listed // SHARE):
            work.tally.problems.append(unfollowed(_MUCH))
            return False
        gone = _bring(work, extent, known, history)
        listed = work.verbs.listed(work.server, work.origin.asset, extent.highest)
        counted = (held(work) - len(gone), listed)
        if counted[0] == counted[1]:
            work.tally.deleted += follow(work.store, work.origin, gone, work.moment, history)
            work.tally.agreed = True
            return True
        work.tally.deleted += bury(work.store, work.origin, gone, work.moment)
    work.tally.problems.append(unfollowed(_differ(*counted)))
    return False


def _young(work: Work, known: Position) -> bool:
    """Tell whether everything was compared lately enough to follow from."""
    if known.asset != work.origin.asset or known.history_to is None:
        return False
    # proven, or all but what could not be read
    since = (known.proven, compared(work.store, work.origin))
    now = datetime.fromisoformat(work.moment)
    ages = (now - datetime.fromisoformat(each) for each in since if each)
    # a proof from the future was made by a clock that went wrong
    return any(
        timedelta(0) <= age < timedelta(days=work.settings.proven_every_days) for age in ages
    )


def _bring(work: Work, extent: Extent, known: Position, history: History) -> set[int]:
    """Fetch what is new or changed; give what is gone."""
    first = _first(work, known, history)
    recent = marks(work.store, work.origin, first)
    older = marks_of(work.store, work.origin, history.roots, below=first)
    expected(work, recent, first)
    expected(work, older, last=first - 1)
    manifest, asset, named = work.verbs.manifest, work.origin.asset, tuple(older)
    lately = difference(recent, manifest(work.server, asset, extent.highest, first=first))
    before = difference(older, manifest(work.server, asset, extent.highest, ids=named))
    fetch(work, {*lately.wanted, *before.wanted}, lately.there)
    return really_gone(work, lately) | really_gone(work, before)


def _first(work: Work, known: Position, history: History) -> int:
    """Give the id from which everything is compared."""
    since = datetime.fromisoformat(history.now) - timedelta(days=work.settings.recent_days)
    found = first_since(work.store, work.origin, since.strftime("%Y-%m-%dT%H:%M:%S"))
    return min(found or known.fetched_to + 1, known.fetched_to + 1)


_MUCH = Text(
    vi="có quá nhiều phiếu thay đổi",
    en="too many submissions have changed",
)
_LOST = Text(
    vi="máy chủ không còn giữ nhật ký từ lần tải trước",
    en="the server no longer keeps it back to the last pull",
)


def _differ(here: int, there: int) -> Text:
    return Text(
        vi=f"ở đây có {here} phiếu, máy chủ có {there}",
        en=f"{counted(here, 'submission', 'submissions')} here, {there} on the server",
    )
