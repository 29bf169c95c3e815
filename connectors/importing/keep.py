"""Imported records put into the store, beside those of servers; the same ones change nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from connectors.importing.records import Imported, number_of
from connectors.store.imported import forget_places, note_places
from connectors.store.raw import RawStore
from connectors.store.versions import Origin, Stored, bury, put
from forms.tables import FormSchema
from programme.problem import Text
from programme.progress import Progress
from programme.sources import IMPORTED
from programme.text import fold

BATCH = 500
KEEPING = Text(vi="Đang ghi số liệu nhập", en="Storing imported records")


@dataclass(frozen=True, slots=True)
class Kept:
    """What storing did.

    Args:
        stored: new and changed records by form.
        removed: those of the same source that the workbook no longer has, taken away.
        left: those that it no longer has and that stay.
    """

    stored: Mapping[str, Stored]
    removed: int
    left: int


def keep(
    store: RawStore,
    records: Iterable[Imported],
    schemas: Mapping[str, FormSchema],
    source: str,
    as_of: date,
    *,
    replace: bool,
    progress: Progress,
) -> Kept:
    """Store all records of a workbook, all of them or none.

    Args:
        source: who gave the data; stands as the sender of each record.
        replace: the workbook stands for all that this source gave before.
    """
    by_form: defaultdict[str, list[Imported]] = defaultdict(list)
    for record in records:
        by_form[record.form].append(record)
    seen = datetime.now(UTC).isoformat(timespec="milliseconds")
    stored: dict[str, Stored] = {}
    gone: dict[str, list[int]] = {}
    done, total = 0, sum(map(len, by_form.values()))
    with store.transaction():
        for form, schema in schemas.items():
            origin = Origin(IMPORTED, form, IMPORTED)
            ids: set[int] = set()
            stored[form] = Stored()
            for start in range(0, len(by_form[form]), BATCH):
                some = by_form[form][start : start + BATCH]
                page = [each.incoming(schema, source, as_of) for each in some]
                ids |= {each.row.id for each in page}
                stored[form] += put(store, origin, page, seen)
                note_places(store, [(form, number_of(each.root), each.place) for each in some])
                done += len(some)
                progress(KEEPING, done, total)
            gone[form] = _others(store, form, source, ids)
            if replace:
                bury(store, origin, gone[form], seen)
                forget_places(store, form, gone[form])
    count = sum(map(len, gone.values()))
    return Kept(stored, count if replace else 0, 0 if replace else count)


def _others(store: RawStore, form: str, source: str, ids: Collection[int]) -> list[int]:
    """Give the numbers of what the source gave before and does not give now."""
    rows = store.connection.execute(
        "SELECT id, json_extract(json, '$._submitted_by') FROM submission"
        " WHERE source = ? AND form = ? AND deleted IS NULL",
        (IMPORTED, form),
    )
    # the same source in other letters has the same records, see root_uuid
    mine = fold(source)
    return [number for number, gave in rows if number not in ids and fold(gave) == mine]
