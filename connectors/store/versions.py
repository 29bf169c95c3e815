"""Submissions put into the store: new ones, new versions, and what has gone from the server."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from connectors.servers.contract import ManifestRow
from connectors.servers.faults import fault
from connectors.store.attachments import note_attachments
from connectors.store.consent import with_consent
from connectors.store.erased import keyed_by, rules_of, without
from connectors.store.raw import RawStore
from connectors.store.unreadable import came_or_went
from programme.folder import Folder
from programme.norms import guardian_age
from programme.problem import Place


@dataclass(frozen=True, slots=True)
class Origin:
    """Where submissions come from: a form's asset on a source."""

    source: str
    form: str
    asset: str

    @property
    def where(self) -> tuple[str, str, str]:
        """Source, form and asset."""
        return self.source, self.form, self.asset


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
    files: object = sorted((each.uid, each.deleted) for each in row.attachments)
    files = files if row.shown is None else row.shown
    shown = (row.uuid, row.root_uuid, row.validation, row.validated, files)
    return hashlib.blake2b(orjson.dumps(shown), digest_size=16).hexdigest()


def marks(store: RawStore, origin: Origin, first: int = 1) -> dict[int, str]:
    """Give the mark of every live submission of an origin, by id.

    Args:
        first: the lowest id that is wanted.
    """
    return dict(
        store.connection.execute(
            "SELECT id, mark FROM submission"
            " WHERE source = ? AND form = ? AND asset = ? AND id >= ? AND deleted IS NULL",
            (origin.source, origin.form, origin.asset, first),
        )
    )


def marks_of(store: RawStore, origin: Origin, roots: Iterable[str], below: int) -> dict[int, str]:
    """Give the mark of the live submissions that have one of the root uuids, by id.

    Args:
        below: only of lower ids than this.
    """
    return dict(
        store.connection.execute(
            "SELECT id, mark FROM submission INDEXED BY submission_root"
            " WHERE form = ? AND source = ? AND asset = ? AND id < ? AND deleted IS NULL"
            " AND root_uuid IN (SELECT value FROM json_each(?))",
            (
                origin.form,
                origin.source,
                origin.asset,
                below,
                orjson.dumps(sorted(roots)).decode(),
            ),
        )
    )


def first_since(store: RawStore, origin: Origin, moment: str) -> int | None:
    """Give the lowest id of the live submissions that the server received since a moment.

    Args:
        moment: as the server writes ``received``.
    """
    row = store.connection.execute(
        "SELECT MIN(id) FROM submission"
        " WHERE source = ? AND form = ? AND asset = ? AND received >= ? AND deleted IS NULL",
        (origin.source, origin.form, origin.asset, moment),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def put(store: RawStore, origin: Origin, page: Sequence[Incoming], seen: str) -> Stored:
    """Store one page and how far it reaches, all of it or nothing.

    Args:
        seen: moment of the pull, UTC.

    Raises:
        ProblemError: with ``Exit.STORE``; a ``ServerFault`` for what cannot be stored.
    """
    if not page:
        return Stored()
    page = _suppressed(store, origin, page)
    with store.transaction():
        known = _known(store, origin, [each.row.id for each in page])
        new: list[tuple[Any, ...]] = []
        replaced: list[tuple[Any, ...]] = []
        back: list[tuple[Any, ...]] = []
        for each in page:
            text = _written(origin, each)
            digest = hashlib.sha256(text).hexdigest()
            before = known.get(each.row.id)
            if before == (digest, True) or (before and before[1] and _same(store, origin, each)):
                continue
            kept = replaced if before and before[1] else back if before else new
            kept.append(_values(origin, each, text, digest, seen))
        _keep(store, origin, [row[_ID] for row in replaced], seen, "replaced")
        store.connection.executemany(_WRITE, [*new, *replaced, *back])
        files = {
            each.row.id: each.row.attachments
            for each in page
            if each.row.attachments or each.row.id in known
        }
        note_attachments(store, origin.source, origin.form, files, seen)
        came_or_went(store, origin.where, [each.row.id for each in page])
        at_asset(store, origin, max(each.row.id for each in page))
    return Stored(new=len(new), changed=len(replaced) + len(back))


def _suppressed(store: RawStore, origin: Origin, page: Sequence[Incoming]) -> Sequence[Incoming]:
    """Rid what was fetched of people who did not consent, or asked to be erased."""
    age = guardian_age(Folder(store.path.parent.parent))
    page = [_with_consent(each, age) for each in page]
    rules = rules_of(store, origin.source, origin.form)
    if not rules:
        return page
    keyed = keyed_by(store)
    return [
        replace(each, record=without(each.record, rules[each.row.root_uuid], keyed))
        if each.row.root_uuid in rules
        else each
        for each in page
    ]


def _with_consent(incoming: Incoming, age: int) -> Incoming:
    record = with_consent(incoming.record, age)
    return incoming if record is incoming.record else replace(incoming, record=dict(record))


def can_be_kept(incoming: Incoming) -> bool:
    """Tell whether a record can be written down as it was read."""
    try:
        orjson.dumps(incoming.record)
    except orjson.JSONEncodeError:
        return False
    return True


def _written(origin: Origin, incoming: Incoming) -> bytes:
    try:
        return orjson.dumps(incoming.record)
    except orjson.JSONEncodeError:  # nested so deep that it can be read but not written
        place = Place(server=origin.source, form=origin.form, submission=str(incoming.row.id))
        raise fault("server-answer", place) from None


def at_asset(store: RawStore, origin: Origin, reached: int) -> None:
    """Note where a form of a source is and how far it is stored, within a transaction.

    What was known of another asset under the same name says nothing of this one.
    """
    run = store.connection.execute
    key = origin.where
    run("DELETE FROM position WHERE source = ? AND form = ? AND asset <> ?", key)
    run("DELETE FROM unreadable WHERE source = ? AND form = ? AND asset <> ?", key)
    run(
        "INSERT INTO position (source, form, asset, fetched_to) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET fetched_to = MAX(fetched_to, excluded.fetched_to)",
        (*key, reached),
    )


def _known(store: RawStore, origin: Origin, ids: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """Give hash and whether it lives, by id, of those that were stored before."""
    rows = store.connection.execute(
        "SELECT id, hash, deleted IS NULL FROM submission"
        " WHERE source = ? AND form = ? AND id IN (SELECT value FROM json_each(?))",
        (origin.source, origin.form, orjson.dumps(ids).decode()),
    )
    return {number: (digest, bool(alive)) for number, digest, alive in rows}


def _same(store: RawStore, origin: Origin, incoming: Incoming) -> bool:
    """Tell whether a record differs from the one stored in nothing but the order of its keys."""
    row = store.connection.execute(
        "SELECT json FROM submission WHERE source = ? AND form = ? AND id = ?",
        (origin.source, origin.form, incoming.row.id),
    ).fetchone()
    return bool(orjson.loads(row[0]) == incoming.record)


# the text is given as bytes, which saves turning it into a string and back
_WRITE = (
    "INSERT INTO submission (source, form, id, asset, root_uuid, uuid, json, hash, mark,"
    " received, first_seen, last_seen)"
    " VALUES (?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET asset = excluded.asset, root_uuid = excluded.root_uuid,"
    " uuid = excluded.uuid, json = excluded.json, hash = excluded.hash, mark = excluded.mark,"
    " received = excluded.received, last_seen = excluded.last_seen, deleted = NULL"
)
_ID = 2  # its place among the values


def _values(
    origin: Origin, incoming: Incoming, text: bytes, digest: str, seen: str
) -> tuple[Any, ...]:
    row, record = incoming.row, incoming.record
    return (
        origin.source,
        origin.form,
        row.id,
        origin.asset,
        row.root_uuid,
        row.uuid,
        text,
        digest,
        mark(row),
        str(record.get("_submission_time") or ""),
        seen,
        seen,
    )


def _keep(store: RawStore, origin: Origin, ids: Iterable[int], seen: str, reason: str) -> None:
    store.connection.executemany(
        "INSERT INTO history SELECT source, form, id, root_uuid, uuid, json, hash, last_seen,"
        " ?, ? FROM submission WHERE source = ? AND form = ? AND id = ? AND deleted IS NULL",
        [(seen, reason, origin.source, origin.form, each) for each in ids],
    )


def bury(store: RawStore, origin: Origin, ids: Iterable[int], seen: str) -> int:
    """Make tombstones of submissions that the server no longer has; give how many were here.

    Raises:
        ProblemError: with ``Exit.STORE``.
    """
    gone = sorted(ids)
    with store.transaction() as connection:
        _keep(store, origin, gone, seen, "deleted")
        buried = connection.executemany(
            "UPDATE submission SET json = NULL, deleted = ?"
            " WHERE source = ? AND form = ? AND id = ? AND deleted IS NULL",
            [(seen, origin.source, origin.form, each) for each in gone],
        ).rowcount
        note_attachments(store, origin.source, origin.form, dict.fromkeys(gone, ()), seen)
        came_or_went(store, origin.where, gone)  # what was never read has no tombstone
    return max(buried, 0)


def live(store: RawStore, source: str, form: str) -> int:
    """Count the live submissions of a form of a source, whatever asset they came from."""
    row = store.connection.execute(
        "SELECT COUNT(*) FROM submission WHERE source = ? AND form = ? AND deleted IS NULL",
        (source, form),
    ).fetchone()
    return int(row[0])


def holds_any(store: RawStore) -> bool:
    """Tell whether any submission was ever stored, of whatever source."""
    row = store.connection.execute("SELECT EXISTS (SELECT 1 FROM submission)").fetchone()
    return bool(row[0])


def live_at(store: RawStore, origin: Origin) -> int:
    """Count the live submissions of an asset."""
    row = store.connection.execute(
        "SELECT COUNT(*) FROM submission"
        " WHERE source = ? AND form = ? AND asset = ? AND deleted IS NULL",
        (origin.source, origin.form, origin.asset),
    ).fetchone()
    return int(row[0])


def assets_of(store: RawStore, source: str, form: str, ids: Iterable[int]) -> dict[int, str]:
    """Give the asset that each of some submissions is in; those that are not live are left out."""
    rows = store.connection.execute(
        "SELECT id, asset FROM submission WHERE source = ? AND form = ?"
        " AND id IN (SELECT value FROM json_each(?)) AND deleted IS NULL",
        (source, form, orjson.dumps(sorted(ids)).decode()),
    )
    return dict(rows.fetchall())


def other_assets(store: RawStore, source: str, form: str, asset: str) -> list[str]:
    """List the assets, but this one, that live submissions of a form of a source came from."""
    rows = store.connection.execute(
        "SELECT DISTINCT asset FROM submission"
        " WHERE source = ? AND form = ? AND asset <> ? AND deleted IS NULL ORDER BY asset",
        (source, form, asset),
    )
    return [asset for (asset,) in rows]
