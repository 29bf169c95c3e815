"""What has to be true after a night, told apart from the code that is tested where it can be."""

from pathlib import Path
from typing import Any

import docx
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from programme.folder import Folder
from tests.soak.night_town import Town

# when a run saw something; a state that the office itself has put on the server
OF_THE_RUN = {"first_seen", "last_seen", "first_run", "last_run", "since", "days_open"}
LISTS = "choice_labels"  # those that were handed to phones too, which the calm office never does
RUNS = "finding_run"  # a line a run, and a night that failed made none
MENDED = "finding_mended"  # what that one night found mended
STATES = {"_validation", "_validation_status", "validation", "state"}


def assert_store_is_the_server(town: Town) -> None:
    """The office's store holds what the server holds, and nothing else."""
    there = town.rows()
    with RawStore.open(town.folder.store) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for form, rows in there.items():
            here = {one.id: orjson.loads(one.json) for one in store.submissions(form)}
            assert _stateless(here) == _stateless({one["_id"]: one for one in rows}), form


def assert_tables_are_equal(one: Folder, other: Folder, *, states: bool = False) -> None:
    """Both offices have the same registers and findings.

    Args:
        states: also whether a finding is new or was mended just now, which depends on the night
            before.
    """
    for identified in (False, True):
        here, there = (open_tables(each, identified) for each in (one, other))
        assert here.names == there.names
        for name in here.names:
            if name in (LISTS, RUNS) or (name == MENDED and not states):
                continue
            mine, theirs = (_rows(each.path(name), states) for each in (here, there))
            assert mine == theirs, name


def words(report: Path) -> list[str]:
    """Give what stands in a Word document, paragraph by paragraph, tables too."""
    document = docx.Document(str(report))
    found = [each.text for each in document.paragraphs]
    for table in document.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    return found


def _stateless(records: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Leave out the state: what a night pushes it sees itself the night after."""
    return {
        number: {name: each for name, each in record.items() if name != "_validation_status"}
        for number, record in records.items()
    }


def _rows(path: Path, states: bool) -> list[str]:
    table: pa.Table = pq.read_table(path)
    left_out = OF_THE_RUN | (STATES - {"state"} if states else STATES)
    kept = [each for each in table.column_names if each not in left_out]
    return sorted(map(repr, table.select(kept).to_pylist()))
