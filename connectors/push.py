"""Back to the servers: validation states, never over a person's."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from connectors.push_problems import failed, left, no_source
from connectors.push_results import PushResult, SourcePush, WantedState
from connectors.results import placed
from connectors.servers import connect, verbs
from connectors.servers.access import PATIENT, Limits
from connectors.servers.contract import ManifestRow, Server, StateName
from connectors.servers.faults import UNCERTAIN, ServerFault
from connectors.store.lock import locked
from connectors.store.pushes import Push, adopt, begin_push, end_push, finish_push, pushes
from connectors.store.raw import RawStore
from connectors.store.versions import Origin, assets_of
from programme.folder import Folder
from programme.problem import Exit, ProblemError
from programme.progress import Progress, silent
from programme.settings import Settings
from programme.sources import SourceSettings

TOGETHER = 500  # ids in one request
_BY_PROGRAMME: frozenset[StateName] = frozenset({"on_hold", "not_approved"})


@dataclass(frozen=True, slots=True)
class _Job:
    store: RawStore
    server: Server
    moment: str
    look: bool
    progress: Progress


def push_states(
    settings: Settings,
    folder: Folder,
    wanted: Collection[WantedState],
    *,
    environ: Mapping[str, str],
    now: datetime,
    approve: bool = False,
    look: bool = False,
    progress: Progress = silent,
    limits: Limits = PATIENT,
) -> PushResult:
    """Give the named submissions the states that they should have on their servers.

    Only the named ones are touched. What a person decided stays: a state is ours only when it
    and its time stand in the ledger of pushes, and a submission that a person took our state
    from gets none until it was edited. May be cut off anywhere and run again.

    Args:
        approve: the settings let the programme approve; without it only people do.
        look: only tell what would be done.
        now: the moment of this push, with its zone.

    Raises:
        ProblemError: with ``Exit.STORE``.
        ValueError: a state that the programme may not set; nothing was sent.
    """
    allowed = {None, *_BY_PROGRAMME, *(("approved",) if approve else ())}
    if any(each.state not in allowed for each in wanted):
        raise ValueError("the programme may not set that state")
    moment = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    done = []
    with locked(folder.data / "pull.lock"), RawStore.open(folder.store) as store:
        for (form, name), states in _by_source(wanted).items():
            result = SourcePush(form, name)
            source = _source(settings, form, name)
            try:
                if source is None:
                    raise ProblemError(no_source(form, name))
                with connect(settings.servers[source.server], environ, limits) as server:
                    _push(_Job(store, server, moment, look, progress), states, result)
            except ProblemError as error:
                if error.exit_status == Exit.STORE:
                    raise
                result.problems = (*result.problems, *error.problems)
            if source:
                result.problems = placed(result.problems, source, form)
            done.append(result)
    return PushResult(tuple(done))


def _by_source(
    wanted: Iterable[WantedState],
) -> dict[tuple[str, str], dict[int, StateName | None]]:
    found: dict[tuple[str, str], dict[int, StateName | None]] = defaultdict(dict)
    for each in wanted:
        found[each.form, each.source][each.id] = each.state
    return dict(sorted(found.items()))


def _source(settings: Settings, form: str, name: str) -> SourceSettings | None:
    of_form = settings.forms[form].sources if form in settings.forms else ()
    return next((each for each in of_form if each.name == name), None)


def _push(job: _Job, states: Mapping[int, StateName | None], result: SourcePush) -> None:
    assets = assets_of(job.store, result.source, result.form, states)
    result.unknown += [number for number in states if number not in assets]
    for asset in sorted(set(assets.values())):
        origin = Origin(result.source, result.form, asset)
        ids = sorted(number for number, its in assets.items() if its == asset)
        for start in range(0, len(ids), TOGETHER):
            some = {number: states[number] for number in ids[start : start + TOGETHER]}
            _push_some(job, origin, some, result)
    result.problems = (*left(result.left, job.server.product), *failed(result.failed))


def _push_some(
    job: _Job, origin: Origin, states: Mapping[int, StateName | None], result: SourcePush
) -> None:
    # asked anew, not taken from the store: since the pull a person may have decided
    verb = verbs(job.server)
    pages = verb.manifest(job.server, origin.asset, max(states), ids=list(states))
    rows = {row.id: row for page in pages for row in page}
    result.unknown += [number for number in states if number not in rows]
    ledger = pushes(job.store, origin, rows)
    groups: dict[StateName | None, list[ManifestRow]] = defaultdict(list)
    over: list[ManifestRow] = []
    for number, row in rows.items():
        known = ledger.get(number, ())
        where = _decide(row, states[number], _ours(job, row, known), known, verb.STATES)
        if not states[number] and _gone(row, known):
            over.append(row)
        if where == "send" and job.look:
            (result.set if states[number] else result.lifted).append(number)
        elif where == "send":
            groups[states[number]].append(row)
        else:
            (result.right if where == "right" else result.left).append(number)
    if over and not job.look:
        end_push(job.store, origin, over, job.moment)
    for state, wanted in groups.items():
        _send(job, origin, wanted, state, result)


def _gone(row: ManifestRow, ledger: Sequence[Push]) -> bool:
    """Tell whether ours went by an edit, as on Central, or by a push that was cut off."""
    if row.validation is not None or not ledger:
        return False
    last = ledger[0]
    return not last.done or last.uuid != row.uuid


def _ours(job: _Job, row: ManifestRow, ledger: Sequence[Push]) -> bool:
    shown = verbs(job.server).STATES
    push = next((each for each in ledger if each.is_of(row, shown)), None)
    if push and not push.done:
        adopt(job.store, push, row)
    return push is not None


def _decide(
    row: ManifestRow,
    wanted: StateName | None,
    ours: bool,
    ledger: Sequence[Push],
    shown: Mapping[StateName, str],
) -> str:
    if row.validation == (shown[wanted] if wanted else None):
        return "right"
    if row.validation is not None:
        if ours:
            return "send"
        return "left" if wanted else "right"  # a person's, and we want nothing of it
    last = ledger[0] if ledger else None
    taken = last and last.done and last.wanted and last.uuid == row.uuid
    return "left" if taken else "send"


def _send(
    job: _Job,
    origin: Origin,
    rows: Sequence[ManifestRow],
    state: StateName | None,
    result: SourcePush,
) -> None:
    ids = [row.id for row in rows]
    begin_push(job.store, origin, rows, state, job.moment)
    try:
        now = verbs(job.server).set_states(job.server, origin.asset, ids, state)
    except ServerFault as error:
        if error.code not in UNCERTAIN:
            finish_push(job.store, origin, (), ids)
        raise
    finish_push(job.store, origin, now.standing.values(), [*now.other, *now.unknown])
    (result.set if state else result.lifted).extend(now.standing)
    result.failed += now.other
    result.unknown += now.unknown
