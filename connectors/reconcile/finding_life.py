"""What becomes of findings from run to run: new, open, mended, waived, came back.

It is worked out by the store's own SQL: there may be hundreds of thousands of findings.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc

from connectors.reconcile.finding import FINDING
from connectors.reconcile.finding_answers import Answer, last_answers, waived
from connectors.store.raw import RawStore

State = Literal["new", "open", "mended", "waived", "came_back"]
STATES: tuple[State, ...] = get_args(State)
ANSWERS = ("decision", "answer", "answered_by", "answered_on")

_PIECE = 10_000  # rows
_FOUND = """
CREATE TEMP TABLE found (
    place INTEGER PRIMARY KEY, finding_id TEXT, check_code TEXT, is_waived INTEGER
)
"""
# found is of this run, known of those before it; the same day reconciled again is no news
_LIVING = """
CREATE TEMP TABLE living AS
WITH known AS (
    SELECT finding_id, state, first_seen, max(run) FROM finding_event GROUP BY finding_id
)
SELECT place, finding_id, check_code, known.state AS before,
    coalesce(known.first_seen, :as_of) AS first_seen,
    CASE
        WHEN is_waived THEN 'waived'
        WHEN known.state IS NULL THEN 'new'
        WHEN known.state IN ('mended', 'came_back') THEN 'came_back'
        WHEN known.state = 'new' AND known.first_seen = :as_of THEN 'new'
        ELSE 'open'
    END AS state
FROM found LEFT JOIN known USING (finding_id)
ORDER BY place
"""
_GONE = """
CREATE TEMP TABLE gone AS
WITH known AS (
    SELECT finding_id, check_code, state, first_seen, last_seen, max(run)
    FROM finding_event GROUP BY finding_id
)
SELECT finding_id, check_code, first_seen, coalesce(:before, last_seen) AS last_seen
FROM known
WHERE state <> 'mended' AND check_code IN (SELECT value FROM json_each(:checks))
    AND finding_id NOT IN (SELECT finding_id FROM living)
"""
# new findings become open ones by themselves; no line is written for that
_EVENTS = """
INSERT INTO finding_event (run, finding_id, check_code, state, first_seen, last_seen)
SELECT :run, finding_id, check_code, state, first_seen, :as_of
FROM living
WHERE before IS NULL
    OR replace(before, 'new', 'open') <> replace(state, 'new', 'open')
UNION ALL
SELECT :run, finding_id, check_code, 'mended', first_seen, last_seen FROM gone
"""
_SCRATCH = ("found", "living", "gone")


@dataclass(frozen=True, slots=True)
class Life:
    """What a run means for the findings.

    Args:
        run: its number; that of the run before where it only looks back.
        findings: all that were found, with state, days and the last answer.
        mended: cut-off date on which each finding that went away was last seen, by its id.
    """

    run: int
    findings: pa.Table
    mended: Mapping[str, date]


def live_on(
    found: pa.Table,
    store: RawStore,
    as_of: date,
    checks: Collection[str],
    shown: int | None,
) -> Life:
    """Compare what was found with what was known, write down what changed, fill in the states.

    A run with a cut-off date before that of the run before looks back: it writes nothing.

    Args:
        found: every finding, each once.
        store: keeps events and answers.
        as_of: the run's cut-off date.
        checks: codes of the checks that ran whole; findings of others cannot be mended by this.
        shown: number of the run that readers see; later ones were never shown and are void.
            None trusts all that is written down.
    """
    with store.transaction() as connection:
        if shown is not None:
            for table, column in (("finding_event", "run"), ("finding_run", "number")):
                connection.execute(f"DELETE FROM {table} WHERE {column} > ?", (shown,))  # noqa: S608
        number, before = connection.execute(
            "SELECT coalesce(max(number), 0), max(as_of) FROM finding_run"
        ).fetchone()
        looks_back = before is not None and as_of.isoformat() < before
        answers = last_answers(store)
        _show(connection, found, answers)
        connection.execute(_LIVING, {"as_of": as_of.isoformat()})
        gone = {}
        if not looks_back:
            number += 1
            gone = _write_down(connection, number, as_of, before, checks)
        living = _living(connection, found, as_of, answers)
        for name in _SCRATCH:
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
    return Life(number, living, gone)


def _show(connection: Connection, found: pa.Table, answers: Mapping[str, Answer]) -> None:
    connection.execute(_FOUND)
    right = _waived(found, answers)
    place = 0
    for batch in found.select(["finding_id", "check_code"]).to_batches(max_chunksize=_PIECE):
        ids, codes = (column.to_pylist() for column in batch.columns)
        rows = zip(range(place, place + len(ids)), ids, codes, (each in right for each in ids),
                   strict=True)  # fmt: skip
        connection.executemany("INSERT INTO temp.found VALUES (?, ?, ?, ?)", rows)
        place += len(ids)


def _waived(found: pa.Table, answers: Mapping[str, Answer]) -> set[str]:
    """Give the findings of which somebody said that they are right as they are."""
    wanted = pa.array([name for name, each in answers.items() if each.waives], pa.string())
    rows = found.filter(pc.is_in(found.column("finding_id"), wanted)).to_pylist()
    return {row["finding_id"] for row in rows if waived(row, answers[row["finding_id"]])}


def _write_down(
    connection: Connection, run: int, as_of: date, before: str | None, checks: Collection[str]
) -> dict[str, date]:
    day = as_of.isoformat()
    connection.execute(_GONE, {"before": before, "checks": json.dumps(sorted(checks))})
    connection.execute("INSERT INTO finding_run VALUES (?, ?)", (run, day))
    connection.execute(_EVENTS, {"run": run, "as_of": day})
    rows = connection.execute("SELECT finding_id, last_seen FROM temp.gone")
    return {finding: date.fromisoformat(last) for finding, last in rows}


def _living(
    connection: Connection, found: pa.Table, as_of: date, answers: Mapping[str, Answer]
) -> pa.Table:
    """Fill in what became of each finding, and what was answered to it."""
    ids = found.column("finding_id")
    days = pa.repeat(pa.scalar(as_of, pa.date32()), len(ids))
    rows = connection.execute("SELECT state, first_seen FROM temp.living ORDER BY place")
    pieces = list(_pieces(iter(lambda: rows.fetchmany(_PIECE), [])))
    states = pa.chunked_array([state for state, _ in pieces], pa.string())
    first = pa.chunked_array([first for _, first in pieces], pa.string()).cast(pa.date32())
    filled = {"state": states, "first_seen": first, "last_seen": days, **_answered(ids, answers)}
    for name, column in filled.items():
        found = found.set_column(FINDING.get_field_index(name), FINDING.field(name), column)
    return found


def _pieces(batches: Iterable[list[tuple[str, str]]]) -> Iterator[tuple[pa.Array, pa.Array]]:
    for batch in batches:
        state, first = zip(*batch, strict=True)
        yield pa.array(state, pa.string()), pa.array(first, pa.string())


def _answered(ids: pa.ChunkedArray, answers: Mapping[str, Answer]) -> dict[str, pa.Array]:
    known = list(answers)
    said = [answers[name].columns() for name in known]
    places = pc.index_in(ids, pa.array(known, pa.string()))  # null where nobody answered
    return {
        name: pa.array([each[name] for each in said], FINDING.field(name).type).take(
            places.combine_chunks()
        )
        for name in ANSWERS
    }
