"""A proven pull: the server's manifest and the store are made equal, and shown to be.

The manifest up to the highest id at the start tells what is new, changed or gone; after
fetching it is read again, until it shows nothing more, for three rounds at most. What arrives
meanwhile has a higher id and is left to the next pull, so that the work has an end.
"""

from dataclasses import dataclass

from connectors.store.ledger import prove
from connectors.store.versions import Incoming, bury, mark, marks, put
from connectors.work import Work
from programme.problem import Exit, Place, Problem, ProblemError, Text

ROUNDS = 3
LISTED = 100  # ids that a problem names
FEW = 20  # deletions that need no second opinion


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


def pull_submissions(work: Work) -> None:
    """Make the store equal to the server; the tally tells what it took.

    Raises:
        ProblemError: of the server or the store; what was stored until then stays.
    """
    work.say("đang so với máy chủ", "comparing with the server")
    highest = work.verbs.highest(work.server, work.origin.asset)
    difference = _compare(work, highest)
    for _ in range(ROUNDS):
        if not difference.ids:
            break
        _fetch(work, difference)
        _bury(work, difference)
        difference = _compare(work, highest)
    if difference.ids:
        work.tally.moving = difference.ids
        work.tally.problems.append(_moving(work, difference.ids))
        return
    work.tally.proven = True
    prove(work.store, work.origin, work.moment, highest, len(difference.there))


def _compare(work: Work, highest: int) -> Difference:
    here = marks(work.store, work.origin)
    wanted: list[int] = []
    there: list[int] = []
    for page in work.verbs.manifest(work.server, work.origin.asset, highest):
        for row in page:
            there.append(row.id)
            if here.pop(row.id, None) != mark(row):
                wanted.append(row.id)
    return Difference(tuple(wanted), tuple(sorted(here)), tuple(there))


def _fetch(work: Work, difference: Difference) -> None:
    done = 0
    pages = work.verbs.fetch(work.server, work.origin.asset, difference.wanted, difference.there)
    for page in pages:
        incoming = [
            Incoming(work.verbs.row_of(record, work.origin.asset), record) for record in page
        ]
        stored = put(work.store, work.origin, incoming, work.moment)
        work.tally.new += stored.new
        work.tally.changed += stored.changed
        done += len(page)
        work.say("đang tải phiếu", "fetching submissions", done, len(difference.wanted))


def _bury(work: Work, difference: Difference) -> None:
    # asked for by name as well: one odd page must not bury half a province
    missing = set(difference.gone)
    if not missing:
        return
    pages = work.verbs.manifest(work.server, work.origin.asset, max(missing), ids=missing)
    missing -= {row.id for page in pages for row in page}
    if len(missing) > max(FEW, len(difference.there) // 3):
        _check_counts(work)
    work.tally.deleted += bury(work.store, work.origin, missing, work.moment)


def _check_counts(work: Work) -> None:
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
            Place(server=work.origin.source, form=work.origin.form),
        ),
        Exit.SERVER,
    )


def _moving(work: Work, ids: tuple[int, ...]) -> Problem:
    listed = ", ".join(map(str, ids[:LISTED])) + (" …" if len(ids) > LISTED else "")
    return Problem(
        "pull-moving",
        Text(
            vi=f"{len(ids)} phiếu vẫn thay đổi trong lúc tải: {listed}",
            en=f"{len(ids)} submissions kept changing during the pull: {listed}",
        ),
        Text(
            vi="phần còn lại đã đủ; hãy tải lại sau để có đủ cả những phiếu này",
            en="all others are complete; pull again later to have these too",
        ),
        Place(server=work.origin.source, form=work.origin.form),
        severity="warning",
    )
