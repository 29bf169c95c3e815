"""What the findings of the last reconcile mean for the states of submissions on their servers."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import orjson
import pyarrow.parquet as pq

from connectors.push import push_states
from connectors.push_problems import kept_on, looks_back
from connectors.push_results import PushResult, WantedState
from connectors.reconcile.finding_tables import OPEN_STATES
from connectors.servers.access import PATIENT, Limits
from connectors.servers.contract import StateName
from connectors.store.pushes import held
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from programme.folder import Folder
from programme.problem import Exit, Problem, ProblemError
from programme.progress import Progress, silent
from programme.settings import Settings

Agree = Callable[[PushResult], None]
Key = tuple[str, str, int]  # form, source, id

_STRENGTH = {"on_hold": 1, "not_approved": 2}
# alive, and yet not among the findings that are kept: a check found more than it may keep
_NOT_SHOWN = """
SELECT DISTINCT check_code FROM (
    SELECT finding_id, check_code, state, max(run) FROM finding_event GROUP BY finding_id
) WHERE state <> 'mended' AND finding_id NOT IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What states should be set and taken away.

    Args:
        states: of every submission that has a reason for one, or had.
        changes: how many of them differ from what was pushed before.
        problems: what a person should know.
    """

    states: tuple[WantedState, ...]
    changes: int
    problems: tuple[Problem, ...] = ()


def without_asking(_: PushResult) -> None:
    """Agree to any number of changes."""


def push_findings(
    settings: Settings,
    folder: Folder,
    checks: Collection[str],
    *,
    environ: Mapping[str, str],
    now: datetime,
    agree: Agree = without_asking,
    progress: Progress = silent,
    limits: Limits = PATIENT,
) -> PushResult:
    """Show on the servers which submissions have findings; take it away where they have none.

    Only findings that nobody waived count. States that people gave stay. Done again it changes
    nothing; cut off, it goes on with the next run.

    Args:
        checks: codes of the checks that ran.
        now: the moment of this push, with its zone.
        agree: told what would be done before anything is sent, where it is more than
            ``ask_above`` changes at once; raises to stop it.

    Raises:
        ProblemError: ``push-looks-back``, ``tables-missing``, or of the store.
    """
    with RawStore.open(folder.store) as store:
        today = now.astimezone(settings.timezone).date()
        wanted = wanted_states(settings, folder, store, checks, today)

    def push(*, look: bool) -> PushResult:
        return push_states(
            settings, folder, wanted.states, environ=environ, now=now, look=look,
            progress=progress, limits=limits,
        )  # fmt: skip

    if wanted.changes > settings.states.ask_above:
        would = push(look=True)
        if would.changes > settings.states.ask_above:
            agree(would)
    done = push(look=False)
    return PushResult(done.sources, wanted.problems)


def wanted_states(
    settings: Settings, folder: Folder, store: RawStore, checks: Collection[str], today: date
) -> Wanted:
    """Tell from the findings that readers see which submission should have which state.

    Args:
        today: a run whose cut-off date has not come was a slip; it makes no later one look back.

    Raises:
        ProblemError: ``push-looks-back``, ``tables-missing``.
    """
    tables = open_tables(folder)
    (last,) = store.connection.execute(
        "SELECT max(as_of) FROM finding_run WHERE as_of <= ?", (today.isoformat(),)
    ).fetchone()
    if last is not None and tables.as_of.isoformat() < last:
        raise ProblemError(looks_back(tables.as_of, last), Exit.USAGE)
    columns = ["finding_id", "check_code", "severity", "state", "form", "_source", "_id"]
    findings = pq.read_table(tables.path("finding"), columns=columns).to_pylist()
    sources = {
        (form.name, source.name) for form in settings.forms.values() for source in form.sources
    }
    wanted: dict[Key, StateName] = {}
    for row in findings:
        state = settings.states.by_severity[row["severity"]]
        key = cast(Key, (row["form"], row["_source"], row["_id"]))
        if state == "none" or row["state"] not in OPEN_STATES or key[2] is None:
            continue
        if key[:2] in sources:  # what was imported from Excel has no server
            wanted[key] = max(wanted.get(key, state), state, key=_STRENGTH.__getitem__)
    before = {
        (form, *key): state
        for form in settings.forms
        for key, state in held(store, form).items()
        if (form, key[0]) in sources
    }
    gone = set(before) - set(wanted)
    problems: tuple[Problem, ...] = ()
    if gone and (cut := _not_shown(store, [row["finding_id"] for row in findings], checks)):
        problems, gone = (kept_on(cut, len(gone)),), set()
    states = [WantedState(*key, state) for key, state in wanted.items()]
    states += [WantedState(*key, None) for key in gone]
    changes = sum(before.get((each.form, each.source, each.id)) != each.state for each in states)
    return Wanted(tuple(sorted(states, key=lambda each: (each.form, each.source, each.id))),
                  changes, problems)  # fmt: skip


def _not_shown(store: RawStore, ids: Collection[str], checks: Collection[str]) -> list[str]:
    rows = store.connection.execute(_NOT_SHOWN, (orjson.dumps([*ids]).decode(),))
    return sorted(code for (code,) in rows if code in checks)
