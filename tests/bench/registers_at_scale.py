"""Registers of tens of thousands of clubs, written straight as Parquet.

A few clubs go the whole way, from filled forms through the real reconcile, so that columns and
shapes are real. Their registers are then copied in SQL: other codes, other communes, equal dates.
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from connectors.reconcile.run import reconcile
from connectors.store.raw import RawStore
from connectors.store.tables import TableSet, open_tables
from programme.settings import load
from reports.indicators.views import TABLES, registers
from tests.world.ground import written
from tests.world.scale import Scale, places, world_patterns
from tests.world.store import put_records

AS_OF = date(2026, 10, 31)
PATTERNS = 100
# what begins with the code of its club
_CODES = ("club_code", "member_code", "borrower_code", "loan_code", "board_code", "action_code")
_MOST_ROWS = 20_000  # of a row group, as reconcile writes them


def write_registers(
    root: Path, clubs: int, months: int = 120, patterns: int = PATTERNS
) -> TableSet:
    """Write the registers that figures are made from.

    Args:
        root: is made.
        clubs: how many.
        months: up to October 2026 that they reported.
        patterns: how many different ones there are among them.
    """
    root.mkdir(parents=True)
    names = registers(TABLES)
    with TemporaryDirectory() as scratch:
        small = _reconciled(Path(scratch) / "programme", min(patterns, clubs), months)
        names = tuple(name for name in names if name in small.names)
        with duckdb.connect(config={"memory_limit": "2GB"}) as link:
            _given(link, small, clubs)
            for name in names:
                _copied(link, small, name, root / f"{name}.parquet")
    return TableSet(root, tuple(sorted(names)), root.name, AS_OF)


def _reconciled(root: Path, clubs: int, months: int) -> TableSet:
    folder = written(root)
    with RawStore.open(folder.store) as store:
        put_records(store, Scale(clubs, world_patterns(clubs, months)).records())
    reconcile(load(folder), folder, AS_OF)
    return open_tables(folder, identified=True)


def _given(link: duckdb.DuckDBPyConnection, small: TableSet, clubs: int) -> None:
    """Hand over which new club is a copy of which."""
    old = sorted(pq.read_table(small.path("club"), columns=["club_code"]).column(0).to_pylist())
    inside: dict[str, int] = {}
    rows = []
    for number, place in enumerate(places(clubs)):
        inside[place.commune] = inside.get(place.commune, 0) + 1
        new = f"{place.commune}-{inside[place.commune]:02d}"
        rows.append((old[number % len(old)], new, number, place.province, place.commune))
    names = ("old_code", "new_code", "copy", "new_province", "new_commune")
    link.register("copies", pa.table([list(each) for each in zip(*rows, strict=True)], names))


def _copied(link: duckdb.DuckDBPyConnection, small: TableSet, name: str, target: Path) -> None:
    link.register("one", pq.read_table(small.path(name)))
    columns = [row[0] for row in link.execute("DESCRIBE one").fetchall()]
    if "club_code" not in columns:
        link.execute(f"COPY one TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        return
    changed = {
        each: f"new_code || substr(one.{each}, length(old_code) + 1)"
        for each in _CODES
        if each in columns
    }
    changed |= {"province_code": "new_province", "commune_code": "new_commune"}
    changed["_root_uuid"] = "one._root_uuid || '-' || copy"
    replaced = ", ".join(f"{sql} AS {each}" for each, sql in changed.items() if each in columns)
    source = "one"
    if name == "club_month_expected":  # as if reporting had begun with the first report
        link.register(
            "reports", pq.read_table(small.path("club_month"), columns=["club_code", "month"])
        )
        source = (
            "(SELECT club_code, month, TRUE AS expected, TRUE AS reported FROM reports UNION "
            "SELECT club_code, month, TRUE, FALSE FROM one WHERE expected AND NOT reported)"
        )
    link.execute(
        f"COPY (SELECT one.* REPLACE ({replaced}) FROM copies JOIN {source} AS one "
        f"ON one.club_code = copies.old_code) TO '{target}' "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_MOST_ROWS})"
    )
