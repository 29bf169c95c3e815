"""A programme folder with made-up registers, written as the store writes them."""

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from connectors.store.runs import begin_run, show_run
from connectors.store.tables import TableSet, open_tables
from programme.folder import Folder, shipped

AS_OF = date(2026, 10, 31)
REGISTERS = (
    *("club", "club_status", "member", "member_unlisted", "board_member", "loan", "loan_event"),
    *("club_month", "club_month_expected", "inspection", "finding", "action", "submission"),
    *("board_training", "training", "training_club", "survey_weight", "member_survey"),
    "choice_labels",
)
QUARTERLY = (
    "iga_participants iga_groups iga_need_helped jobs_made people_checked exercise_sessions "
    "health_talks health_listeners insurance_cards care_volunteers people_cared care_visits "
    "help_actions work_days people_helped help_value rights_sessions benefit_people dialogues "
    "proposals_accepted awareness_sessions awareness_listeners awareness_digital awareness_green "
    "culture_events culture_participants generation_exchanges events_elderly_day events_exchange "
    "events_model_club press_items awards_central awards_province awards_commune"
).split()
MOBILISED = (
    "mobilised_members mobilised_interest mobilised_community mobilised_families "
    "mobilised_businesses mobilised_charities mobilised_authority mobilised_production "
    "mobilised_events mobilised_goods"
).split()

Change = Callable[[duckdb.DuckDBPyConnection], object]


def write_registers(folder: Folder, change: Change | None = None) -> TableSet:
    """Write the registers as a finished run; `change` alters them before."""
    connection = duckdb.connect(":memory:")
    connection.execute("CREATE TABLE commune (code VARCHAR, province_code VARCHAR)")
    with (folder.xlsforms / "communes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["name"], row["province"]) for row in csv.DictReader(file)]
    connection.executemany("INSERT INTO commune VALUES (?, ?)", [r for r in rows if r[1] == "20"])
    quarterly = ", ".join(
        f"CASE WHEN quarter THEN CAST({1 + place % 5} + n % 3 AS BIGINT) END AS {name}"
        for place, name in enumerate(QUARTERLY)
    )
    money = ", ".join(
        f"CASE WHEN quarter THEN CAST({100 + 37 * place} * 1000 + n * 3000 AS BIGINT) END AS {name}"
        for place, name in enumerate(MOBILISED)
    )
    money += ", CASE WHEN quarter THEN 1 END AS mobilised_total"
    sql = (Path(__file__).parent / "data" / "registers.sql").read_text(encoding="utf-8")
    connection.execute(sql.replace("{quarterly}", f"{quarterly}, {money}"))
    more = Path(__file__).parent / "data" / "other_registers.sql"
    connection.execute(more.read_text(encoding="utf-8"))
    if change is not None:
        change(connection)
    pair = begin_run(folder)
    for name in REGISTERS:
        for parent in (pair.identified, pair.tables):
            connection.execute(f"COPY {name} TO '{parent / name}.parquet' (FORMAT parquet)")
    connection.close()
    show_run(folder, pair, AS_OF)
    return open_tables(folder, identified=True)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A programme with registers, shared by tests that only read."""
    folder = programme_in(tmp_path_factory.mktemp("world"))
    write_registers(folder)
    return folder


@pytest.fixture
def programme(tmp_path: Path) -> Folder:
    """A programme of one's own, without registers."""
    return programme_in(tmp_path)


@pytest.fixture(scope="session")
def registers_in() -> Callable[..., TableSet]:
    """Write registers into a programme."""
    return write_registers


@pytest.fixture(scope="session")
def programme_at() -> Callable[[Path], Folder]:
    """Copy the programme that is shipped into a folder."""
    return programme_in


def programme_in(root: Path) -> Folder:
    """Copy what reports read from the programme that is shipped."""
    folder, source = Folder(root), Folder(shipped())
    folder.xlsforms.mkdir()
    for name in ("provinces.csv", "communes.csv"):
        shutil.copy(source.xlsforms / name, folder.xlsforms / name)
    shutil.copy(source.settings, folder.settings)
    folder.indicators.parent.mkdir()
    shutil.copy(source.indicators, folder.indicators)
    shutil.copytree(source.templates, folder.templates)
    return folder
