"""What each source runs, as far as it was deployed from here."""

from connectors.store.raw import RawStore
from connectors.store.versions import Origin

_REPLACED = "DELETE FROM replacing WHERE source = ? AND form = ?"


def deployed(store: RawStore, source: str, form: str) -> tuple[str, str, str] | None:
    """Give asset, XForm hash and workbook (SHA-256) of the last deployment made from here."""
    row: tuple[str, str, str] | None = store.connection.execute(
        "SELECT asset, xform, workbook FROM deployment WHERE source = ? AND form = ?",
        (source, form),
    ).fetchone()
    return row


def note_deployment(store: RawStore, origin: Origin, xform: str, workbook: str) -> None:
    """Note what a server runs now; nothing is being replaced there any more.

    Args:
        xform: hash of the XForm that phones are offered.
        workbook: SHA-256 of the workbook's file.
    """
    with store.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO deployment VALUES (?, ?, ?, ?, ?)",
            (origin.source, origin.form, origin.asset, xform, workbook),
        )
        connection.execute(_REPLACED, (origin.source, origin.form))


def note_replacing(store: RawStore, origin: Origin) -> None:
    """Note that a form's content on the server is being replaced, in case it is cut off."""
    with store.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO replacing VALUES (?, ?, ?)",
            (origin.source, origin.form, origin.asset),
        )


def replacing(store: RawStore, origin: Origin) -> bool:
    """Tell whether replacing a form's content was begun from here and not finished."""
    found = store.connection.execute(
        "SELECT 1 FROM replacing WHERE source = ? AND form = ? AND asset = ?",
        (origin.source, origin.form, origin.asset),
    ).fetchone()
    return found is not None


def note_replaced(store: RawStore, origin: Origin) -> None:
    """Note that a form's content on the server is what phones have."""
    with store.transaction() as connection:
        connection.execute(_REPLACED, (origin.source, origin.form))
