"""Records into the raw store, through the same door as a pull."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import orjson

from connectors.servers.contract import ManifestRow
from connectors.store.raw import RawStore
from connectors.store.versions import Incoming, Origin, put
from tests.world.records import Record

PAGE = 5_000  # records put in at once
SEEN = "2026-11-01T20:00:00"


def put_records(
    store: RawStore,
    records: Iterable[Record],
    *,
    source: str = "kobo",
    seen: str = SEEN,
    page: int = PAGE,
) -> Counter[str]:
    """Store records page by page; give how many new ones and new versions, by form.

    Args:
        source: the server's name in the settings.
        seen: moment of the pull, UTC.
        page: records of one form that go in together.
    """
    waiting: dict[str, list[Incoming]] = defaultdict(list)
    counted: Counter[str] = Counter()
    for record in records:
        waiting[record.form].append(_incoming(record))
        if len(waiting[record.form]) == page:
            counted[record.form] += _put(store, source, record.form, waiting, seen)
    for form in sorted(waiting):
        counted[form] += _put(store, source, form, waiting, seen)
    return counted


def _put(
    store: RawStore, source: str, form: str, waiting: dict[str, list[Incoming]], seen: str
) -> int:
    done = put(store, Origin(source, form, f"a-{form}"), waiting.pop(form), seen)
    return done.new + done.changed


def _incoming(record: Record) -> Incoming:
    row = ManifestRow(record.id, record.uuid, record.root, None, None, ())
    return Incoming(row, orjson.loads(record.body))
