"""What becomes of findings from run to run: new, open, mended, waived, came back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from connectors.reconcile.finding import Row
from connectors.reconcile.finding_answers import Answer, last_answers, waived
from connectors.store.raw import RawStore

State = Literal["new", "open", "mended", "waived", "came_back"]
STATES: tuple[State, ...] = get_args(State)

_LAST = """
SELECT finding_id, check_code, state, first_seen, last_seen, max(run)
FROM finding_event GROUP BY finding_id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What was last known of a finding.

    Args:
        check: code of its check.
        state: the last one written down.
        first_seen: cut-off date of the first run that found it.
        last_seen: of the last one before it was mended.
    """

    check: str
    state: str
    first_seen: date
    last_seen: date


@dataclass(frozen=True, slots=True)
class Life:
    """What a run means for the findings.

    Args:
        run: its number; that of the run before where it only looks back.
        mended: cut-off date on which each finding that went away was last seen, by its id.
    """

    run: int
    mended: Mapping[str, date]


def live_on(
    rows: Sequence[Row],
    store: RawStore,
    as_of: date,
    checks: Collection[str],
    shown: int | None,
) -> Life:
    """Compare what was found with what was known, write down what changed, fill in the states.

    A run with a cut-off date before that of the run before looks back: it writes nothing.

    Args:
        rows: every finding; ``state``, ``first_seen``, ``last_seen`` and the last answer are
            filled in.
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
        known = {row[0]: _known(row) for row in connection.execute(_LAST)}
        answers = last_answers(store)
        looks_back = before is not None and as_of.isoformat() < before
        events = list(_events(rows, known, answers, as_of))
        gone = {} if looks_back else _gone(rows, known, checks, before)
        if looks_back:
            return Life(number, gone)
        number += 1
        connection.execute("INSERT INTO finding_run VALUES (?, ?)", (number, as_of.isoformat()))
        events += [
            (finding, known[finding].check, "mended", known[finding].first_seen, last_seen)
            for finding, last_seen in gone.items()
        ]
        connection.executemany(
            "INSERT INTO finding_event VALUES (?, ?, ?, ?, ?, ?)",
            [(number, *event[:3], *map(date.isoformat, event[3:])) for event in events],
        )
    return Life(number, gone)


_Event = tuple[str, str, str, date, date]


def _known(row: tuple[str, str, str, str, str, int]) -> Known:
    return Known(row[1], row[2], date.fromisoformat(row[3]), date.fromisoformat(row[4]))


def _events(
    rows: Sequence[Row], known: Mapping[str, Known], answers: Mapping[str, Answer], as_of: date
) -> Iterator[_Event]:
    for row in rows:
        finding = row["finding_id"]
        before, answer = known.get(finding), answers.get(finding)
        first = before.first_seen if before else as_of
        state = _state(before, as_of, is_waived=waived(row, answer))
        row.update(state=state, first_seen=first, last_seen=as_of)
        row.update(answer.columns() if answer else {})
        if before is None or _written(state) != _written(before.state):
            yield finding, row["check_code"], state, first, as_of


def _state(before: Known | None, as_of: date, *, is_waived: bool) -> State:
    if is_waived:
        return "waived"
    if before is None:
        return "new"
    if before.state in ("mended", "came_back"):
        return "came_back"
    # the same day reconciled again is no news
    return "new" if before.first_seen == as_of and before.state == "new" else "open"


def _written(state: str) -> str:
    """New findings become open ones by themselves; no line is written for that."""
    return "open" if state == "new" else state


def _gone(
    rows: Sequence[Row],
    known: Mapping[str, Known],
    checks: Collection[str],
    before: str | None,
) -> dict[str, date]:
    here = {row["finding_id"] for row in rows}
    last = date.fromisoformat(before) if before else None
    return {
        finding: last or each.last_seen
        for finding, each in known.items()
        if each.state != "mended" and finding not in here and each.check in checks
    }
