"""What was done when: the ledger of pulls, how far each form is proven."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from connectors.servers.contract import History
from connectors.store.raw import RawStore
from connectors.store.versions import Origin, at_asset, bury

Kind = Literal["followed", "proven"]

_RUNS = """
SELECT number, source, form, started, ended, kind, added, changed, deleted, total,
    attachments, agreed, problems
FROM run WHERE """
_LAST = """started IN
    (SELECT started FROM run GROUP BY started ORDER BY MAX(number) DESC LIMIT ?)
ORDER BY number"""
_STORED = """
SELECT
    (SELECT COUNT(*) FROM submission
     WHERE source = :source AND form = :form AND first_seen = :moment),
    (SELECT COUNT(*) FROM history
     WHERE source = :source AND form = :form AND ended = :moment AND reason = 'replaced'),
    (SELECT COUNT(*) FROM submission
     WHERE source = :source AND form = :form AND deleted = :moment),
    (SELECT COUNT(*) FROM attachment
     WHERE source = :source AND form = :form AND fetched = :moment)
"""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a form of a source is known.

    Args:
        asset: where it was found last.
        fetched_to: highest id stored.
        followed: moment of the last pull that followed the server's history to its end, UTC.
        proven: moment of the last pull that proved completeness, UTC; None when never.
        proven_to, proven_total: its highest id, and how many live submissions there were.
        history_to: the moment, by the server's clock, up to which its history is known.
        history_closed: moment of the pull that found the history closed to this account.
        history_found: an event stands at ``history_to``.
    """

    asset: str
    fetched_to: int
    followed: str | None
    proven: str | None
    proven_to: int | None
    proven_total: int | None
    history_to: str | None
    history_closed: str | None
    history_found: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one pull of one source of a form came to.

    Args:
        kind: how it compared, None when it did not come to that.
        agreed: it came to its end: the counts agree, or the lists are equal.
        problems: codes.
    """

    kind: Kind | None = None
    new: int = 0
    changed: int = 0
    deleted: int = 0
    total: int = 0
    attachments: int = 0
    agreed: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A line of the ledger; times in UTC.

    Args:
        ended: None when the pull was cut off.
    """

    number: int
    source: str
    form: str
    started: str
    ended: str | None
    outcome: Outcome


def begin(store: RawStore, source: str, form: str, now: str) -> int:
    """Open a line in the ledger; give its number."""
    with store.transaction() as connection:
        cursor = connection.execute(
            "INSERT INTO run (source, form, started) VALUES (?, ?, ?)", (source, form, now)
        )
    return int(cursor.lastrowid or 0)


def finish(store: RawStore, number: int, asset: str | None, now: str, outcome: Outcome) -> None:
    """Close a line in the ledger."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE run SET asset = ?, ended = ?, kind = ?, added = ?, changed = ?, deleted = ?,"
            " total = ?, attachments = ?, agreed = ?, problems = ? WHERE number = ?",
            (
                asset,
                now,
                outcome.kind,
                outcome.new,
                outcome.changed,
                outcome.deleted,
                outcome.total,
                outcome.attachments,
                outcome.agreed,
                " ".join(outcome.problems),
                number,
            ),
        )


def last_pulls(store: RawStore, most: int) -> list[list[Run]]:
    """Give the lines of the last pulls, newest first, the sources of one pull together."""
    found = store.connection.execute(
        _RUNS + _LAST,
        (most,),
    )
    pulls: dict[str, list[Run]] = {}
    for row in found.fetchall():
        pulls.setdefault(row[3], []).append(_whole(store, _run(row)))
    return list(pulls.values())[::-1]


def last_number(store: RawStore) -> int:
    """Give the number of the last line of the ledger, 0 when there is none."""
    return int(store.connection.execute("SELECT COALESCE(MAX(number), 0) FROM run").fetchone()[0])


def changes_after(store: RawStore, number: int) -> int:
    """Count what pulls brought after a line of the ledger: new, edited and deleted submissions."""
    found = store.connection.execute(_RUNS + "number > ?", (number,))
    outcomes = [_whole(store, _run(row)).outcome for row in found.fetchall()]
    return sum(each.new + each.changed + each.deleted for each in outcomes)


def _whole(store: RawStore, run: Run) -> Run:
    """Count what a pull that was cut off, or still runs, has stored; its line does not say."""
    if run.ended is not None:
        return run
    counts = store.connection.execute(
        _STORED, {"source": run.source, "form": run.form, "moment": run.started}
    ).fetchone()
    names = ("new", "changed", "deleted", "attachments")
    outcome = replace(run.outcome, **dict(zip(names, counts, strict=True)))
    return replace(run, outcome=outcome)


def _run(row: tuple[Any, ...]) -> Run:
    number, source, form, started, ended, kind, added, changed, deleted, *rest = row
    total, attachments, agreed, problems = rest
    return Run(
        number=number,
        source=source,
        form=form,
        started=started,
        ended=ended,
        outcome=Outcome(
            kind=kind,
            new=added or 0,
            changed=changed or 0,
            deleted=deleted or 0,
            total=total or 0,
            attachments=attachments or 0,
            agreed=bool(agreed),
            problems=tuple((problems or "").split()),
        ),
    )


def position(store: RawStore, source: str, form: str) -> Position | None:
    """Give how far a form of a source is known, None when it was never met."""
    row = store.connection.execute(
        "SELECT asset, fetched_to, followed, proven, proven_to, proven_total, history_to,"
        " history_closed, history_found IS TRUE FROM position WHERE source = ? AND form = ?",
        (source, form),
    ).fetchone()
    if row is None:
        return None
    found = Position(*row)
    return replace(found, history_found=bool(found.history_found))


def prove(
    store: RawStore,
    origin: Origin,
    now: str,
    highest: int,
    total: int | None,
    history: History | None = None,
) -> None:
    """Note that everything up to ``highest`` was shown to be here, and nothing else.

    Args:
        total: live submissions; None where the server has some that cannot be read: all others
            are here and can be followed, but the last proof stays the last one.
        history: what the server's history said before the comparison began, where it was asked.
    """
    with store.transaction() as connection:
        at_asset(store, origin, highest)
        if total is not None:
            connection.execute(
                "UPDATE position SET proven = ?, proven_to = ?, proven_total = ?"
                " WHERE source = ? AND form = ?",
                (now, highest, total, origin.source, origin.form),
            )
        if history is not None:
            _read_to(store, origin, history)


def compared(store: RawStore, origin: Origin) -> str | None:
    """Give the moment of the last pull that compared everything to its end, UTC."""
    row = store.connection.execute(
        "SELECT started FROM run WHERE source = ? AND form = ? AND asset = ?"
        " AND kind = 'proven' AND agreed ORDER BY number DESC LIMIT 1",
        origin.where,
    ).fetchone()
    return None if row is None else str(row[0])


def follow(store: RawStore, origin: Origin, gone: Iterable[int], now: str, history: History) -> int:
    """Bury what history says is gone, and note how far history was followed, as one.

    Returns:
        how many were buried.
    """
    with store.transaction() as connection:
        buried = bury(store, origin, gone, now)
        at_asset(store, origin, 0)
        connection.execute(
            "UPDATE position SET followed = ? WHERE source = ? AND form = ?",
            (now, origin.source, origin.form),
        )
        _read_to(store, origin, history)
    return buried


def _read_to(store: RawStore, origin: Origin, history: History) -> None:
    store.connection.execute(
        "UPDATE position SET history_to = ?, history_found = ? WHERE source = ? AND form = ?",
        (history.until, history.found, origin.source, origin.form),
    )


def note_closed(store: RawStore, origin: Origin, now: str | None) -> None:
    """Note that the server's history is closed to this account; None: that it is open."""
    with store.transaction() as connection:
        at_asset(store, origin, 0)
        connection.execute(
            "UPDATE position SET history_closed = ? WHERE source = ? AND form = ?",
            (now, origin.source, origin.form),
        )


def last_started(store: RawStore) -> str | None:
    """Give the moment at which the last pull started, by the clock of then."""
    row = store.connection.execute("SELECT started FROM run ORDER BY number DESC LIMIT 1")
    return next((str(moment) for (moment,) in row), None)
