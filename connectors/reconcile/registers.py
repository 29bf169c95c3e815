"""Runs the register files in order: from the forms' tables to clubs, members, loans, months."""

import re
import shutil
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files

import duckdb
import pyarrow as pa

from connectors.reconcile.code_tables import issue_codes, remember_rows, show_codes
from connectors.reconcile.decided import NOTHING_DECIDED, Decided
from connectors.reconcile.handed import hand_over
from connectors.reconcile.kept import Wide, keep, keep_wide, wide_of
from connectors.reconcile.matching.macros import MACROS as MATCHING
from connectors.reconcile.places import show_places
from connectors.reconcile.refused import show_refused
from connectors.reconcile.sampled import show_sample
from connectors.reconcile.words import MACROS
from connectors.store.casts import identifier
from connectors.store.parquet import PUBLIC, Pair, Protection
from connectors.store.raw import RawStore
from programme.folder import Folder
from programme.interrupts import heeding
from programme.problem import Place, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.sql import open_guarded, show_files
from programme.sql.messages import without_values

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
PUBLIC_VIEW = "public_"  # a form's table without the columns that name people
ASKED = pa.schema([("question", pa.string())])
_WORD = re.compile("[a-z_0-9]+")
_SPILL = ".spill"
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


@dataclass(frozen=True, slots=True)
class Step:
    """One register file.

    Args:
        file: its name, for problems.
        name: the table it makes.
        sql: one SELECT.
    """

    file: str
    name: str
    sql: str


def steps() -> list[Step]:
    """Give the register files in order; ``20_monthly.sql`` makes the table ``monthly``."""
    folder = files("connectors.reconcile").joinpath("registers")
    found = sorted(each.name for each in folder.iterdir() if each.name.endswith(".sql"))
    return [
        Step(name, name.removesuffix(".sql").partition("_")[2],
             folder.joinpath(name).read_text(encoding="utf-8"))
        for name in found
    ]  # fmt: skip


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
        show_codes(connection, store)
        _show_asked(connection, asked)
        decided.show(connection)
        there = {path.stem for path in pair.identified.glob("*.parquet")}
        show_refused(connection, store, [form for form in FORMS if form in there])
        show_sample(connection, store)
        show_places(connection, folder, as_of, [each for each in PLACES if each[0] in there])
        ordered = [step for step in steps() if step.name not in there]
        made: set[str] = set()
        for number, step in enumerate(ordered, start=1):
            progress(BUILDING, number, len(ordered))
            if (rows := _run(connection, step, pair)) is None:
                made.add(step.name)
            elif step.name in KEPT:
                result.rows[step.name] = rows
            if step.name.startswith(CODE_STEP):
                kind = step.name.removeprefix(CODE_STEP)
                result.codes[kind] = issue_codes(connection, store, step.name, kind, as_of)
            elif step.name.startswith(REMEMBER_STEP):
                kind = step.name.removeprefix(REMEMBER_STEP)
                remember_rows(connection, store, step.name, kind)
            _drop_done(connection, made, ordered[number:])
    for each in (pair.identified, pair.tables):
        shutil.rmtree(each / _SPILL)
    return result


def _connection(pair: Pair, as_of: date) -> duckdb.DuckDBPyConnection:
    views = {path.stem: path for path in sorted(pair.identified.glob("*.parquet"))}
    public = {f"{PUBLIC_VIEW}{path.stem}": path for path in sorted(pair.tables.glob("*.parquet"))}
    scratch = _beside(pair)
    for folder in (scratch.identified, scratch.tables):
        folder.mkdir(mode=0o700)
    connection = open_guarded({**views, **public}, memory_limit=_MEMORY, spill=scratch.identified)
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


def _run(connection: duckdb.DuckDBPyConnection, step: Step, pair: Pair) -> int | None:
    """Make what a file says: a table of the connection, or a file that it shows from then on.

    Returns:
        number of rows in the file, None for a table.
    """
    wide = wide_of(step.sql)
    try:
        if step.name in KEPT or wide:
            target = pair if step.name in KEPT else _beside(pair)
            rows = _keep(connection, step, wide, pair, target)
            show_files(connection, step.name, target.identified / f"{step.name}.parquet")
            return rows
        with heeding():
            connection.execute(f"CREATE TABLE {identifier(step.name)} AS {step.sql}")
    except (duckdb.Error, pa.ArrowException) as error:
        raise ProblemError(_failed(step, error)) from error
    return None


def _beside(pair: Pair) -> Pair:
    """Where files of steps lie that are not kept."""
    return Pair(pair.identified / _SPILL, pair.tables / _SPILL, pair.pseudonyms)


def _keep(
    connection: duckdb.DuckDBPyConnection, step: Step, wide: Wide | None, pair: Pair, target: Pair
) -> int:
    protection = KEPT.get(step.name, PUBLIC)
    if wide is None:
        return keep(connection, step.name, step.sql, target, protection)
    folder = pair.tables if wide.table.startswith(PUBLIC_VIEW) else pair.identified
    file = folder / f"{wide.table.removeprefix(PUBLIC_VIEW)}.parquet"
    return keep_wide(connection, step.name, step.sql, wide, file, target, protection)


def _drop_done(
    connection: duckdb.DuckDBPyConnection, made: set[str], later: Sequence[Step]
) -> None:
    """Forget the tables of steps that no later step reads."""
    read = {word for step in later for word in _WORD.findall(step.sql)}
    for name in sorted(made - read):
        connection.execute(f"DROP TABLE {identifier(name)}")
        made.remove(name)


def _show_asked(connection: duckdb.DuckDBPyConnection, asked: Collection[str]) -> None:
    hand_over(connection, "asked", ASKED, [(name,) for name in sorted(asked)])


def _failed(step: Step, error: Exception) -> Problem:
    words = without_values(str(error))
    return Problem(
        "register-failed",
        Text(
            vi=f"không lập được bảng «{step.name}»: {words}",
            en=f"the register “{step.name}” cannot be built: {words}",
        ),
        Text(
            vi="hãy kiểm tra biểu mẫu trong xlsforms/ có đủ các câu hỏi như bản mẫu: tên câu hỏi "
            "không được đổi hay xóa",
            en="check that the forms in xlsforms/ still have the questions of the sample: names "
            "of questions may not be changed or removed",
        ),
        Place(file=step.file),
    )
