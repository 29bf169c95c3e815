"""Runs the register files in order: from the forms' tables to clubs, members, loans, months."""

import shutil
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from connectors.reconcile.code_tables import issue_codes, remember_rows, show_codes
from connectors.reconcile.decided import NOTHING_DECIDED, Decided
from connectors.reconcile.handed import hand_over
from connectors.reconcile.matching.macros import MACROS as MATCHING
from connectors.reconcile.places import show_places
from connectors.reconcile.refused import show_refused
from connectors.reconcile.sampled import show_sample
from connectors.reconcile.step import PUBLIC_VIEW, SPILL, Tables, beside, steps
from connectors.reconcile.words import MACROS
from connectors.store.casts import identifier
from connectors.store.parquet import PUBLIC, Pair, Protection
from connectors.store.raw import RawStore
from connectors.store.restricted import restricted
from programme.folder import Folder
from programme.problem import Text
from programme.progress import Progress, silent
from programme.sql import open_guarded

BUILDING = Text(vi="Đang lập sổ đăng ký", en="Building registers")
CODE_STEP = "code_"  # a file of this name says who needs a code of this kind
REMEMBER_STEP = "remember_"  # a file of this name says in which rows they stand now
# forms that a programme may do without: a file of the table's name makes it empty
FORMS = ("club_registration", "monthly_activity_report", "loan_record", "inspection_checklist",
         "training_record", "member_survey")  # fmt: skip
PLACES = (
    *((form, "province", "commune") for form in FORMS),
    ("training_record__club_part", "part_province", "part_commune"),
    ("training_record__club_part", "part_province", "part_area"),
)
CODES = {"issued_code", "code_row"}
RESTRICTED = pa.schema([("code", pa.string())])
ASKED = pa.schema([("question", pa.string())])
_MEMORY = "900MB"  # the tables of a step that do not fit wait on the disk

# what is kept of the steps, and which of its columns name people
KEPT: Mapping[str, Protection] = {
    "club": PUBLIC,
    "club_status": PUBLIC,
    "club_temporary": PUBLIC,
    "club_alias": PUBLIC,
    "club_end": PUBLIC,
    "club_settlement": PUBLIC,
    "club_source": PUBLIC,
    "club_change": PUBLIC,
    "club_month": PUBLIC,
    "club_month_expected": PUBLIC,
    "club_month_double": PUBLIC,
    "member": Protection({"member_name", "birth_year"}, {"member_code", "moved_to"}),
    "member_unlisted": PUBLIC,
    "board_member": Protection({"board_name", "birth_year"}, {"board_code"}),
    "loan": Protection(person_keys={"borrower_code"}),
    "loan_event": PUBLIC,
    "loan_event_unknown": PUBLIC,
    "inspection": PUBLIC,
    "action": Protection({"what", "who"}),
    "training": PUBLIC,
    "training_club": Protection(person_keys={"board"}),
    "board_training": Protection(person_keys={"board_code"}),
    "commune": PUBLIC,
    "area_name": PUBLIC,
    "place_unclear": PUBLIC,
    "filling": Protection(person_keys={"phone"}),
    "submission": PUBLIC,
    "survey_sample": Protection(person_keys={"sample_code", "member_code", "replaces"}),
    "survey_weight": Protection(person_keys={"sample_code", "member_code"}),
    "candidate": Protection({"left_shown", "right_shown"}, {"left_member", "right_member"}),
}


@dataclass(slots=True)
class Registered:
    """What building the registers gave.

    Args:
        rows: number of rows by register.
        codes: number of codes issued in this run by kind.
    """

    rows: dict[str, int] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)


def build_registers(
    pair: Pair,
    store: RawStore,
    as_of: date,
    *,
    folder: Folder,
    asked: Collection[str] = (),
    decided: Decided = NOTHING_DECIDED,
    progress: Progress = silent,
) -> Registered:
    """Build every register from the run's form tables and write them beside these.

    Args:
        pair: the run's folders; the forms' tables are in them.
        store: keeps the codes issued.
        as_of: events after this day do not count.
        folder: has the lists of areas.
        asked: names of the questions that people answer; the others are calculations.
        decided: what people decided; nothing by default.
        progress: told at each step.

    Raises:
        ProblemError: ``register-failed`` when a form lacks what a register reads.
    """
    result = Registered()
    with _connection(pair, as_of) as connection:
        tables = _tables(connection, pair)
        show_codes(connection, store)
        _show_asked(connection, asked)
        decided.show(connection)
        there = {path.stem for path in pair.identified.glob("*.parquet")}
        show_refused(connection, store, [form for form in FORMS if form in there])
        show_sample(connection, store)
        _show_restricted(connection, store)
        show_places(connection, folder, as_of, [each for each in PLACES if each[0] in there])
        _note_handed(connection, tables)
        ordered = [step for step in steps() if step.name not in there]
        for number, step in enumerate(ordered, start=1):
            progress(BUILDING, number, len(ordered))
            rows = tables.run(step)
            if step.name in KEPT:
                result.rows[step.name] = rows
            if step.name.startswith(CODE_STEP):
                kind = step.name.removeprefix(CODE_STEP)
                new = issue_codes(connection, store, step.name, kind, as_of) if rows else 0
                result.codes[kind] = new
                tables.empty -= CODES if new else set()
            elif step.name.startswith(REMEMBER_STEP) and rows:
                kind = step.name.removeprefix(REMEMBER_STEP)
                remember_rows(connection, store, step.name, kind)
            tables.drop_done(ordered[number:])
    for each in (pair.identified, pair.tables):
        shutil.rmtree(each / SPILL)
    return result


def _connection(pair: Pair, as_of: date) -> duckdb.DuckDBPyConnection:
    views = {path.stem: path for path in sorted(pair.identified.glob("*.parquet"))}
    public = {f"{PUBLIC_VIEW}{path.stem}": path for path in sorted(pair.tables.glob("*.parquet"))}
    scratch = beside(pair)
    for folder in (scratch.identified, scratch.tables):
        folder.mkdir(mode=0o700)
    connection = open_guarded(
        {**views, **public},
        memory_limit=_MEMORY,
        spill=scratch.identified,
        own=(pair.identified, pair.tables),  # all of this run, and nobody reads it yet
    )
    inner, outer = pair.pseudonyms.pads()
    connection.execute(
        "CREATE TABLE pads AS SELECT CAST($inner AS BLOB) AS inner_pad, "
        "CAST($outer AS BLOB) AS outer_pad",
        {"inner": inner, "outer": outer},
    )
    for macro in (*MACROS, *MATCHING):
        connection.execute(macro)
    connection.execute("CREATE TABLE run AS SELECT CAST($as_of AS DATE) AS as_of", {"as_of": as_of})
    return connection


def _tables(connection: duckdb.DuckDBPyConnection, pair: Pair) -> Tables:
    tables = Tables(connection, pair, KEPT)
    for prefix, folder in (("", pair.identified), (PUBLIC_VIEW, pair.tables)):
        for path in sorted(folder.glob("*.parquet")):
            with pq.ParquetFile(path) as file:
                schema = str(file.schema_arrow)
                tables.there(f"{prefix}{path.stem}", schema, file.metadata.num_rows)
    return tables


def _note_handed(connection: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    """Note the tables that were handed over; their columns are always the same."""
    listed = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    for (name,) in listed:
        found = connection.execute(f"SELECT 1 FROM {identifier(name)} LIMIT 1").fetchone()  # noqa: S608 ours
        tables.there(name, "handed over", 0 if found is None else 1)


def _show_restricted(connection: duckdb.DuckDBPyConnection, store: RawStore) -> None:
    hand_over(connection, "restricted", RESTRICTED, [(code,) for code in restricted(store)])


def _show_asked(connection: duckdb.DuckDBPyConnection, asked: Collection[str]) -> None:
    hand_over(connection, "asked", ASKED, [(name,) for name in sorted(asked)])
