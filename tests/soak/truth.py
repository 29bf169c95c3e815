"""Is what we have what the server has? Told apart from the code that is tested."""

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pyarrow.parquet as pq

from connectors.store.flatten import flatten
from connectors.store.parquet import Pair
from connectors.store.pseudonym import Pseudonyms
from connectors.store.raw import RawStore
from forms.schema import read_schema
from tests.soak.ground import FORM
from tests.soak.village import Village


def assert_store_is_the_server(village: Village) -> list[dict[str, Any]]:
    """The store holds the server's records and no other, and each file; gives the records."""
    records = village.office.rows()
    with RawStore.open(village.folder.store) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        there = {one.id: orjson.loads(one.json) for one in store.submissions(FORM)}
        assert there == {one["_id"]: one for one in records}
        dead = store.connection.execute(
            "SELECT COUNT(*) FROM submission WHERE deleted IS NOT NULL AND json IS NOT NULL"
        ).fetchone()
        assert dead == (0,)
        live = store.connection.execute("SELECT COUNT(*) FROM submission WHERE deleted IS NULL")
        assert live.fetchone() == (len(records),)
        kept = dict(_kept(store.connection, village.folder.attachments))
    wanted = {
        (one["_id"], uid): content
        for one in records
        for uid, content in village.office.pictures(one).items()
    }
    assert {key: kept.get(key) for key in wanted} == wanted
    assert not [path for path in village.folder.attachments.iterdir() if path.is_file()]
    return records


def _kept(store: sqlite3.Connection, folder: Path) -> Iterator[tuple[tuple[int, str], bytes]]:
    found = store.execute("SELECT id, uid, file FROM attachment WHERE file IS NOT NULL")
    for submission, uid, file in found:
        yield (submission, uid), (folder / file).read_bytes()


def assert_tables_are_the_records(village: Village, records: list[dict[str, Any]]) -> None:
    """The flattened tables hold the answers of the records, and nothing else."""
    schema = read_schema(village.folder.xlsforms / f"{FORM}.xlsx")
    folders = [village.folder.data / "soak" / name for name in ("identified", "tables")]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    pair = Pair(folders[0], folders[1], Pseudonyms(b"k" * 32))
    with RawStore.open(village.folder.store) as store:
        zone = ZoneInfo("Asia/Ho_Chi_Minh")
        flattened = flatten(schema, store.submissions(FORM), pair, zone=zone)
    assert flattened.rejects.num_rows == 0
    main, visitors = (table.name for table in schema.tables)
    rows = pq.read_table(folders[0] / f"{main}.parquet").to_pylist()
    assert {_row(row) for row in rows} == {_answers(one) for one in records}
    assert len(rows) == len(records)
    below = pq.read_table(folders[0] / f"{visitors}.parquet").to_pylist()
    assert sorted(map(_visitor, below)) == sorted(_visitors(records))


def _row(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["_id"], row["_uuid"], row["club"], row["present"], row["note"], row["_validation"]


def _answers(one: dict[str, Any]) -> tuple[Any, ...]:
    state = one["_validation_status"].get("uid")
    return one["_id"], one["_uuid"], one["club"], int(one["present"]), one["note"], state


def _visitor(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["_id"], str(row["day"]), float(row["gift"])


def _visitors(records: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for one in records:
        for visitor in one.get("visitor", []):
            yield one["_id"], visitor["visitor/day"], float(Decimal(visitor["visitor/gift"]))
