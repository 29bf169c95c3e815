"""Two trainings go out and come back: who was trained is a pseudonym, each club a row."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from connectors.servers import openrosa
from connectors.store.tables import open_tables
from ishc.demo.station import Station
from programme.folder import Folder

from .conftest import Filled

FORM = "training_record"
SHIPPED = Path(__file__).parents[2] / "forms" / "shipped"
AS_OF = date(2026, 10, 31)
CLUBS = [
    {
        "part_club": "06463-01",
        "part_board": ["06463-01-B001", "06463-01-B003"],
        "part_board_unlisted": 1,
        "part_board_women": 2,
        "part_members": 6,
        "part_members_women": 4,
    },
    {
        "part_from": "elsewhere",
        "part_province": "20",
        "part_commune": "06325",
        "part_in_list": "not_listed",
        "part_club_words": "CLB thôn Nà Lay",
        "part_board_count": 4,
        "part_board_women": 1,
        "part_members": 0,
        "part_members_women": 0,
    },
]


@pytest.fixture(scope="module")
def before(here: Station, assets: dict[str, str]) -> list[dict[str, Any]]:
    """Reconcile before anything was sent: the tables are there, and empty."""
    here.gather(AS_OF)
    return rows(here.folder, FORM) + rows(here.folder, f"{FORM}__club_part")


@pytest.fixture(scope="module")
def trained(
    here: Station, assets: dict[str, str], before: list[dict[str, Any]], filled: Filled
) -> Folder:
    """A training with clubs and one without were reported."""
    start = tomllib.loads((SHIPPED / "scenarios" / f"{FORM}.toml").read_text("utf-8"))["start"]
    cost = {"cost_known": "known", "fund_sources": ["state"], "cost_state": 1234567}
    sent = [
        filled(FORM, {**start["clubs"], **cost, "club_part": CLUBS}, "clubs"),
        filled(FORM, start["session"], "session"),
    ]
    here.send(sent, assets)
    here.gather(AS_OF)
    return here.folder


def rows(folder: Folder, table: str, *, identified: bool = False) -> list[dict[str, Any]]:
    path = open_tables(folder, identified=identified).path(table)
    return list(pq.read_table(path).to_pylist())


def test_without_submissions_there_are_empty_tables(before: list[dict[str, Any]]) -> None:
    assert before == []


def test_the_form_goes_out_with_clubs_and_boards(
    here: Station, assets: dict[str, str], tmp_path: Path
) -> None:
    openrosa.download(here.server, assets[FORM], tmp_path)
    assert (tmp_path / "boards.csv").read_text("utf-8").splitlines()[0] == "name,label,club"
    assert (tmp_path / "clubs.csv").is_file()


def test_a_training_is_a_row_with_its_sums(trained: Folder) -> None:
    told = {row["training_kind"]: row for row in rows(trained, FORM)}
    clubs, session = told["refresher"], told["initial"]
    assert (clubs["cost_total"], session["cost_total"]) == (1_234_567_000, 0)
    assert (clubs["starts_on"], clubs["training_days"]) == (date(2026, 10, 29), 2)
    assert (clubs["clubs_count"], clubs["board_total"], clubs["participants_total"]) == (2, 7, 13)
    assert (session["clubs_count"], session["participants_total"]) == (0, 0)
    assert clubs["themes"] == ["inspection", "green"]
    assert not {"reporter_name", "trainer_names", "remarks", "attendance_photo"} & {*clubs}


def test_each_club_is_a_row_and_its_board_are_pseudonyms(trained: Folder) -> None:
    table = f"{FORM}__club_part"
    listed, words = rows(trained, table)
    assert (listed["part_club"], listed["part_board_total"], listed["part_members"]) == (
        "06463-01",
        3,
        6,
    )
    assert (words["part_club_words"], words["part_area"]) == ("CLB thôn Nà Lay", "06325")
    assert (words["part_board"], words["part_board_count"]) == (None, 4)
    assert len(set(listed["part_board"])) == 2
    assert "B00" not in str(listed["part_board"])
    named = rows(trained, table, identified=True)[0]
    assert sorted(named["part_board"]) == ["06463-01-B001", "06463-01-B003"]
