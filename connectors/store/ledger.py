"""What was done when: the ledger of pulls, how far each form is proven, what is deployed."""

from dataclasses import dataclass

from connectors.store.raw import RawStore
from connectors.store.versions import Origin


@dataclass(frozen=True, slots=True)
class Position:
    """How far a form of a source is known.

    Args:
        asset: where it was found last.
        fetched_to: highest id stored.
        proven: moment of the last pull that proved completeness, UTC; None when never.
        proven_to, proven_total: its highest id, and how many live submissions there were.
    """

    asset: str
    fetched_to: int
    proven: str | None
    proven_to: int | None
    proven_total: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one pull of one form came to."""

    new: int = 0
    changed: int = 0
    deleted: int = 0
    total: int = 0
    attachments: int = 0
    proven: bool = False
    problems: tuple[str, ...] = ()


def begin(store: RawStore, source: str, form: str, now: str) -> int:
    """Open a line in the ledger; give its number."""
    with store.transaction() as connection:
        cursor = connection.execute(
            "INSERT INTO run (source, form, kind, started) VALUES (?, ?, 'proven', ?)",
            (source, form, now),
        )
    return int(cursor.lastrowid or 0)


def finish(store: RawStore, number: int, asset: str | None, now: str, outcome: Outcome) -> None:
    """Close a line in the ledger."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE run SET asset = ?, ended = ?, added = ?, changed = ?, deleted = ?, total = ?,"
            " attachments = ?, proven = ?, problems = ? WHERE number = ?",
            (
                asset,
                now,
                outcome.new,
                outcome.changed,
                outcome.deleted,
                outcome.total,
                outcome.attachments,
                outcome.proven,
                " ".join(outcome.problems),
                number,
            ),
        )


def position(store: RawStore, source: str, form: str) -> Position | None:
    """Give how far a form of a source is known, None when it was never met."""
    row = store.connection.execute(
        "SELECT asset, fetched_to, proven, proven_to, proven_total FROM position"
        " WHERE source = ? AND form = ?",
        (source, form),
    ).fetchone()
    return Position(*row) if row else None


def prove(store: RawStore, origin: Origin, now: str, highest: int, total: int) -> None:
    """Note that everything up to ``highest`` was shown to be here, and nothing else."""
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO position (source, form, asset, fetched_to, proven, proven_to,"
            " proven_total) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " asset = excluded.asset, proven = excluded.proven, proven_to = excluded.proven_to,"
            " proven_total = excluded.proven_total",
            (origin.source, origin.form, origin.asset, highest, now, highest, total),
        )


def last_started(store: RawStore) -> str | None:
    """Give the latest moment at which any pull started, by the clock of then."""
    row = store.connection.execute("SELECT MAX(started) FROM run").fetchone()
    return str(row[0]) if row[0] else None


def deployed(store: RawStore, source: str, form: str) -> tuple[str, str, str] | None:
    """Give asset, XForm hash and workbook (SHA-256) of the last deployment made from here."""
    row: tuple[str, str, str] | None = store.connection.execute(
        "SELECT asset, xform, workbook FROM deployment WHERE source = ? AND form = ?",
        (source, form),
    ).fetchone()
    return row


def note_deployment(store: RawStore, origin: Origin, xform: str, workbook: str) -> None:
    """Note what a server runs now.

    Args:
        xform: hash of the XForm that phones are offered.
        workbook: SHA-256 of the workbook's file.
    """
    with store.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO deployment VALUES (?, ?, ?, ?, ?)",
            (origin.source, origin.form, origin.asset, xform, workbook),
        )
