"""Landing reports in the store and making typed tables of them."""

import json
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pandas as pd
import pyarrow.parquet as pq

from forms.schema import FormSchema, Table
from tests.bench.process import Ran, python
from tests.bench.reports import WRONG, monthly, narrow, write_records
from tests.bench.section import RUNS, Section

REPORTS = 200_000
COLUMNS = 60
PAGE = 1_000  # records, as KoBo gives them
# every run in a process of its own; reading the page from disk is not counted
RUN = """
import json, sys, time
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo
import orjson
from connectors.servers.contract import ManifestRow
from connectors.store.flatten import flatten
from connectors.store.parquet import Pair
from connectors.store.pseudonym import Pseudonyms
from connectors.store.raw import RawStore
from connectors.store.versions import Incoming, Origin, put
from tests.bench.reports import FORM, monthly, narrow

records, folder, columns, page = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])
schema = narrow(columns) if columns else monthly()
spent = dict.fromkeys(("landing", "landing_cpu", "flattening", "flattening_cpu"), 0.0)

def timed(name, work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    spent[name] += time.perf_counter() - wall
    spent[name + "_cpu"] += time.process_time() - cpu
    return result

def incoming(line):
    record = orjson.loads(line)
    row = ManifestRow(record["_id"], record["_uuid"], record["_uuid"], None, None, ())
    return Incoming(row, record)

pair = Pair(folder / "identified", folder / "tables", Pseudonyms(bytes(32)))
for each in (pair.identified, pair.tables):
    each.mkdir()
with RawStore.open(folder / "store.sqlite") as store:
    origin = Origin("kobo", FORM, "a")
    with records.open("rb") as lines:
        while pages := [incoming(line) for line in islice(lines, page)]:
            timed("landing", lambda: put(store, origin, pages, "2026-11-22T00:00:00Z"))
    timed("landing", store.checkpoint)
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    submissions = store.submissions(FORM)
    made = timed("flattening", lambda: flatten(schema, submissions, pair, zone=zone))
spent["rows"], spent["rejects"] = made.rows, made.rejects.num_rows
spent["unknown"] = made.unknown_answers.num_rows
print(json.dumps(spent))
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of report, and what it may take."""

    name: str
    schema: FormSchema
    columns: int  # 0: all of the form
    bound: str


def run() -> Section:
    """Measure a narrow form and the real monthly report."""
    rows: list[tuple[str, ...]] = [
        ("reports", "a record", "columns", "landing", "flattening", "both", "CPU", "peak", "bound")
    ]
    cases = (
        Case(f"{COLUMNS} columns", narrow(COLUMNS), COLUMNS, "20 s"),
        Case("the monthly report", monthly(), 0, "40 s, 900 MB"),
    )
    equal = [_measured(case, rows) for case in cases]
    prose = (
        f"{REPORTS:,} monthly reports of the demo with other numbers, one in 500 with a number "
        "that is none; landed in the raw store page by page (1,000 records, each page synced to "
        "disk), then read from it, typed and written as Parquet twice: identified, and without "
        "names. Seconds of wall clock; CPU is that of all threads. An independent count by pandas "
        f"over the same records agrees: {'; '.join(equal)}."
    )
    return Section("Landing and flattening", prose, rows)


def _measured(case: Case, rows: list[tuple[str, ...]]) -> str:
    with TemporaryDirectory() as scratch:
        records = Path(scratch) / "records.jsonl"
        write_records(case.schema, REPORTS, records)
        size = records.stat().st_size / REPORTS
        ran: list[tuple[Ran, dict[str, Any]]] = []
        for number in range(RUNS):
            folder = Path(scratch) / f"run{number}"
            folder.mkdir()
            result = python(RUN, records, folder, case.columns, PAGE)
            ran.append((result, json.loads(result.output.splitlines()[-1])))
            if number:
                (folder / "store.sqlite").unlink()
        rows.append(_row(case, size, ran))
        return _equal(case, records, Path(scratch) / "run0" / "identified", ran[0][1])


def _row(case: Case, size: float, ran: list[tuple[Ran, dict[str, Any]]]) -> tuple[str, ...]:
    said = [each for _, each in ran]
    landing, flattening = (_median(said, name) for name in ("landing", "flattening"))
    cpu = _median(said, "landing_cpu") + _median(said, "flattening_cpu")
    peak = statistics.median(each.megabytes for each, _ in ran)
    tables = len(case.schema.tables)
    columns = str(sum(len(table.columns) for table in case.schema.tables))
    return (
        case.name,
        f"{size / 1000:.1f} kB",
        columns if tables == 1 else f"{columns} in {tables} tables",
        f"{landing:.1f}",
        f"{flattening:.1f}",
        f"{landing + flattening:.1f} s",
        f"{cpu:.1f}",
        f"{peak:.0f} MB",
        case.bound,
    )


def _median(said: list[dict[str, Any]], name: str) -> float:
    return statistics.median(each[name] for each in said)


def _equal(case: Case, records: Path, made: Path, said: dict[str, Any]) -> str:
    """Compare rows, sums and rejects with those of another way; raise when they differ."""
    sums: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    wrong = 0
    for chunk in _chunks(records):
        for table in case.schema.tables:
            entries = chunk
            if table.path:
                entries = [row for each in chunk for row in each.get(table.path, ())]
            rows[table.name] += len(entries)
            wrong += sum(WRONG in row.values() for row in entries)
            for column, total in _sums(table, pd.DataFrame(entries)):
                sums[f"{table.name}.{column}"] += total
    assert said["rows"] == dict(rows), (said["rows"], rows)
    assert (said["rejects"], said["unknown"]) == (wrong, 0), said
    for table in case.schema.tables:
        frame = pq.read_table(made / f"{table.name}.parquet").to_pandas()
        for column in table.columns:
            if column.kind == "integer":
                found = int(frame[column.name].fillna(0).sum())
                assert found == sums[f"{table.name}.{column.name}"], column.name
    return f"{case.name}, {sum(rows.values()):,} rows, {len(sums)} sums, {wrong} rejects"


def _sums(table: Table, frame: pd.DataFrame) -> Iterator[tuple[str, int]]:
    for column in table.columns:
        if column.kind == "integer":
            factor = 1000 if column.unit == "thousand_vnd" else 1
            values = frame[column.path] if column.path in frame else pd.Series(dtype=str)
            total = pd.to_numeric(values, errors="coerce").sum()
            yield column.name, int(total) * factor


def _chunks(records: Path) -> Iterator[list[dict[str, Any]]]:
    with records.open("rb") as lines:
        chunk = []
        for line in lines:
            chunk.append(orjson.loads(line))
            if len(chunk) == 20_000:
                yield chunk
                chunk = []
        yield chunk
