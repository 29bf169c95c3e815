"""Submissions put into the store: new ones, new versions, and what has gone from the server."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from connectors.servers.contract import ManifestRow
from connectors.store.attachments import note_attachments
from connectors.store.raw import RawStore

SORTED = orjson.OPT_SORT_KEYS


@dataclass(frozen=True, slots=True)
class Origin:
    """Where submissions come from: a form's asset on a source."""

    source: str
    form: str
    asset: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A submission as it was fetched, with what the manifest shows of it."""

    row: ManifestRow
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """How many were new, how many a new version of a known one."""

    new: int = 0
    changed: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(self.new + other.new, self.changed + other.changed)


def mark(row: ManifestRow) -> str:
    """Give a hash of what the manifest shows: it differs when anything there changed.

    The order of the attachments and the paths of their questions are left out: KoBo changes
    the one and blanks the other without anything having happened.
    """
    files = sorted((each.uid, each.deleted) for each in row.attachments)
    shown = (row.uuid, row.root_uuid, row.validation, row.validated, files)
    return hashlib.blake2b(orjson.dumps(shown), digest_size=16).hexdigest()


def marks(store: RawStore, origin: Origin) -> dict[int, str]:
    """Give the mark of every live submission of an origin, by id."""
    return dict(
        store.connection.execute(
            "SELECT id, mark FROM submission"
            " WHERE source = ? AND form = ? AND asset = ? AND deleted IS NULL",
            (origin.source, origin.form, origin.asset),
        )
    )


def put(store: RawStore, origin: Origin, page: Sequence[Incoming], seen: str) -> Stored:
    """Store one page and how far it reaches, all of it or nothing.

    Args:
        seen: moment of the pull, UTC.

    Raises:
        ProblemError: with ``Exit.STORE``.
    """
    if not page:
        return Stored()
    with store.transaction() as connection:
        stored = sum((_put(store, origin, each, seen) for each in page), Stored())
        connection.execute(
            "INSERT INTO position (source, form, asset, fetched_to) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET asset = excluded.asset,"
            " fetched_to = CASE asset WHEN excluded.asset"
            " THEN MAX(fetched_to, excluded.fetched_to) ELSE excluded.fetched_to END",
            (origin.source, origin.form, origin.asset, max(each.row.id for each in page)),
        )
    return stored


def _put(store: RawStore, origin: Origin, incoming: Incoming, seen: str) -> Stored:
    row, record = incoming.row, incoming.record
    digest = hashlib.sha256(orjson.dumps(record, option=SORTED)).hexdigest()
    key = (origin.source, origin.form, row.id)
    known = store.connection.execute(
        "SELECT hash, deleted IS NOT NULL FROM submission WHERE source = ? AND form = ? AND id = ?",
        key,
    ).fetchone()
    changed = known is not None and (known[0] != digest or known[1])
    if changed and not known[1]:
        _keep(store, key, seen, "replaced")
    if known is None or changed:
        _write(store, origin, incoming, digest, seen)
    note_attachments(store, key, row.attachments, seen)
    return Stored(new=int(known is None), changed=int(changed))


def _write(store: RawStore, origin: Origin, incoming: Incoming, digest: str, seen: str) -> None:
    row, record = incoming.row, incoming.record
    store.connection.execute(
        "INSERT INTO submission (source, form, id, asset, root_uuid, uuid, json, hash, mark,"
        " received, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET asset = excluded.asset, root_uuid = excluded.root_uuid,"
        " uuid = excluded.uuid, json = excluded.json, hash = excluded.hash, mark = excluded.mark,"
        " received = excluded.received, last_seen = excluded.last_seen, deleted = NULL",
        (
            origin.source,
            origin.form,
            row.id,
            origin.asset,
            row.root_uuid,
            row.uuid,
            orjson.dumps(record).decode(),
            digest,
            mark(row),
            str(record.get("_submission_time") or ""),
            seen,
            seen,
        ),
    )


def _keep(store: RawStore, key: tuple[str, str, int], seen: str, reason: str) -> None:
    store.connection.execute(
        "INSERT INTO history SELECT source, form, id, root_uuid, uuid, json, hash, last_seen,"
        " ?, ? FROM submission WHERE source = ? AND form = ? AND id = ?",
        (seen, reason, *key),
    )


def bury(store: RawStore, origin: Origin, ids: Iterable[int], seen: str) -> int:
    """Make tombstones of submissions that the server no longer has; give how many.

    Raises:
        ProblemError: with ``Exit.STORE``.
    """
    gone = sorted(ids)
    with store.transaction() as connection:
        for each in gone:
            key = (origin.source, origin.form, each)
            _keep(store, key, seen, "deleted")
            connection.execute(
                "UPDATE submission SET json = NULL, deleted = ?"
                " WHERE source = ? AND form = ? AND id = ?",
                (seen, *key),
            )
            note_attachments(store, key, (), seen)
    return len(gone)


def live(store: RawStore, source: str, form: str) -> int:
    """Count the live submissions of a form of a source, whatever asset they came from."""
    row = store.connection.execute(
        "SELECT COUNT(*) FROM submission WHERE source = ? AND form = ? AND deleted IS NULL",
        (source, form),
    ).fetchone()
    return int(row[0])


def other_assets(store: RawStore, source: str, form: str, asset: str) -> list[str]:
    """List the assets, but this one, that live submissions of a form of a source came from."""
    rows = store.connection.execute(
        "SELECT DISTINCT asset FROM submission"
        " WHERE source = ? AND form = ? AND asset <> ? AND deleted IS NULL ORDER BY asset",
        (source, form, asset),
    )
    return [asset for (asset,) in rows]
