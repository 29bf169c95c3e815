"""When lists were last brought in step with the registers."""

from datetime import UTC, datetime

from connectors.store.raw import RawStore
from programme.sources import SourceSettings


def note_published(store: RawStore, source: SourceSettings, form: str, now: datetime) -> None:
    """Note that a form of a source has the lists of this moment."""
    with store.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO published VALUES (?, ?, ?)",
            (source.name, form, now.astimezone(UTC).isoformat()),
        )


def recent(store: RawStore, source: SourceSettings, form: str, since: datetime) -> bool:
    """Tell whether lists were brought in step after a moment."""
    row = store.connection.execute(
        "SELECT at FROM published WHERE source = ? AND form = ?", (source.name, form)
    ).fetchone()
    return row is not None and datetime.fromisoformat(row[0]) > since
