"""The tables ``finding``, ``finding_mended`` and ``finding_run`` of a run."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.reconcile.check_norms import write_norms
from connectors.reconcile.checks import USUAL, Check, Limits, run_checks
from connectors.reconcile.finding import MENDED, PERSONAL, Row
from connectors.reconcile.finding_imported import from_workbooks
from connectors.reconcile.finding_life import STATES, Life, live_on
from connectors.reconcile.phrases import Labels
from connectors.store.parquet import Pair, Protection, write_table
from connectors.store.raw import RawStore
from connectors.store.tables import TableSet, open_tables
from programme.folder import Folder
from programme.problem import Problem, ProblemError
from programme.progress import Progress, silent

MENDED_SHOWN = 14  # runs: two weeks of nights
OPEN_STATES = ("new", "open", "came_back")
RUN = pa.schema(
    [
        ("run", pa.int64()),
        ("as_of", pa.date32()),
        *((state, pa.int64()) for state in STATES),
    ]
)


@dataclass(slots=True)
class FindingTables:
    """What looking for faults gave.

    Args:
        rows: number of rows by table.
        counts: findings by check, without those that are waived.
        states: findings by state.
        problems: what a person should know and that did not stop the work.
    """

    rows: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def make_finding_tables(
    checks: Sequence[Check],
    pair: Pair,
    store: RawStore,
    folder: Folder,
    labels: Labels,
    values: Mapping[str, Any],
    *,
    forms: Collection[str] = (),
    limits: Limits = USUAL,
    progress: Progress = silent,
) -> FindingTables:
    """Run the checks over a run's tables, follow the findings' lives, write the tables.

    Args:
        checks: from ``read_checks``.
        pair: the run's folders, registers included.
        store: keeps what became of findings, and the answers to them.
        folder: the programme; the run that readers see is looked at.
        labels: of questions and forms, by name.
        values: ``as_of`` and ``due_day``.
        forms: form ids.
        limits: of each check.
        progress: told at each check.

    Raises:
        ProblemError: every check that cannot run, with its sheet and row.
    """
    write_norms(pair, folder)
    views = {path.stem: path for path in sorted(pair.tables.glob("*.parquet"))}
    found = run_checks(checks, views, labels, values, forms=forms, limits=limits, progress=progress)
    table = from_workbooks(found.table, store)
    before = _shown(folder)
    last = _last_run(before)
    whole = {each.code for each in checks} - found.cut
    life = live_on(table, store, values["as_of"], whole, last)
    result = FindingTables(problems=found.problems)
    mended = _mended(before, life, values["as_of"])
    states: list[str] = [*STATES]
    result.states = dict.fromkeys(states, 0) | {"mended": len(life.mended)}
    result.counts = dict.fromkeys(found.counts, 0)
    for (check, state), number in _counted(life.findings):
        result.states[state] += number
        result.counts[check] += number if state in OPEN_STATES else 0
    protection = Protection(PERSONAL)
    tables = {
        "finding": (life.findings, protection),
        "finding_mended": (pa.Table.from_pylist(mended, schema=MENDED), protection),
        "finding_run": (_runs(before, life, values["as_of"], result.states), Protection()),
    }
    for name, (table, protected) in tables.items():
        result.rows[name] = write_table(pair, name, table, protected)
    return result


def _shown(folder: Folder) -> TableSet | None:
    try:
        return open_tables(folder, identified=True)
    except ProblemError:  # nothing was reconciled yet, or the tables were removed
        return None


def _read(tables: TableSet | None, name: str) -> pa.Table | None:
    if tables is None or name not in tables.names:
        return None
    return pq.read_table(tables.path(name))


def _last_run(before: TableSet | None) -> int | None:
    runs = _read(before, "finding_run")
    return None if runs is None else max(runs.column("run").to_pylist(), default=0)


def _runs(before: TableSet | None, life: Life, as_of: date, states: Mapping[str, int]) -> pa.Table:
    """Write down how many findings of each state every run had; one that looks back is none."""
    runs = _read(before, "finding_run")
    rows = [] if runs is None else runs.to_pylist()
    if not any(row["run"] == life.run for row in rows):
        rows.append({"run": life.run, "as_of": as_of, **states})
    return pa.Table.from_pylist(rows, schema=RUN)


def _counted(findings: pa.Table) -> Iterator[tuple[tuple[str, str], int]]:
    """Give the number of findings by check and state."""
    groups = findings.group_by(["check_code", "state"], use_threads=False)
    for row in groups.aggregate([([], "count_all")]).to_pylist():
        yield (row["check_code"], row["state"]), row["count_all"]


def _mended(before: TableSet | None, life: Life, as_of: date) -> list[Row]:
    """Give what went away in this run and in the last ones, as it was last found."""
    gone = [
        row | {"state": "mended", "last_seen": life.mended[row["finding_id"]],
               "mended_on": as_of, "run": life.run}
        for row in _rows_of(_read(before, "finding"), life.mended)
    ]  # fmt: skip
    earlier = _read(before, "finding_mended")
    if earlier is None:
        return gone
    back = pc.is_in(earlier.column("finding_id"), life.findings.column("finding_id"))
    kept = earlier.filter(pc.invert(back)).to_pylist()
    return gone + [row for row in kept if row["run"] > life.run - MENDED_SHOWN]


def _rows_of(findings: pa.Table | None, ids: Collection[str]) -> list[Row]:
    if findings is None or not ids:
        return []
    mask = pc.is_in(findings.column("finding_id"), pa.array(sorted(ids), pa.string()))
    rows: list[Row] = findings.filter(mask).to_pylist()
    return rows
