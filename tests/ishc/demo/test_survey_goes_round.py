"""The survey goes out with its sample and comes back: nobody's name or code in the tables."""

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

from .conftest import LISTS, Filled

FORM = "member_survey"
SHIPPED = Path(__file__).parents[2] / "forms" / "shipped"
AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def surveyed(here: Station, assets: dict[str, str], filled: Filled) -> Folder:
    """One member was interviewed, one was not met; both are reconciled."""
    sample = here.folder.private(here.folder.lists) / "sample.csv"
    sample.write_bytes((LISTS / "sample.csv").read_bytes())
    scenarios = SHIPPED / "scenarios" / f"{FORM}.toml"
    start = tomllib.loads(scenarios.read_text("utf-8"))["start"]
    here.publish()
    here.send([filled(FORM, start[name], name) for name in ("interview", "not_met")], assets)
    here.gather(AS_OF)
    return here.folder


def rows(folder: Folder, *, identified: bool = False) -> dict[str, dict[str, Any]]:
    table = pq.read_table(open_tables(folder, identified=identified).path(FORM))
    return {row["consent"]: row for row in table.to_pylist()}


def test_before_anybody_is_drawn_the_form_goes_out_with_an_empty_list(
    here: Station, assets: dict[str, str], tmp_path: Path
) -> None:
    openrosa.download(here.server, assets[FORM], tmp_path)
    assert (tmp_path / "sample.csv").read_text("utf-8").splitlines() == [
        "name,label,member,club,club_label,commune,stratum,weight,year,list_date"
    ]
    here.gather(AS_OF)
    assert rows(here.folder) == {}


def test_publishing_hands_out_who_was_drawn_and_never_takes_it_back(
    here: Station, assets: dict[str, str], surveyed: Folder, tmp_path: Path
) -> None:
    drawn = (LISTS / "sample.csv").read_bytes()
    here.publish()
    assert (surveyed.lists / "sample.csv").read_bytes() == drawn
    (surveyed.lists / "sample.csv").unlink()  # as on a computer on which nobody was drawn
    here.publish()
    openrosa.download(here.server, assets[FORM], tmp_path)
    assert (tmp_path / "sample.csv").read_bytes() == drawn


def test_the_tables_have_the_answers_and_nobody(surveyed: Folder) -> None:
    told = rows(surveyed)
    asked, not_met = told["spoken"], told["not_met"]
    assert (asked["club"], asked["weight"], asked["sample_year"]) == ("06463-01", 41.5, 2026)
    assert asked["borrowed_for"] == ["livestock", "crops"]
    assert (not_met["interviewed"], not_met["no_interview_reason"]) == ("no", "away")
    assert {not_met[name] for name in ("sex", "age_band", "household_now", "content")} == {None}
    personal = {"reporter_name", "member_words", "member_code", "wish", "username", "deviceid"}
    assert not personal & {*asked}
    texts = " ".join(map(str, (*asked.values(), *not_met.values())))
    for name in ("Lương Văn Bình", "M001", "M002", "2026-0001", "điện thoại"):
        assert name not in texts


def test_who_may_see_people_finds_the_member(surveyed: Folder) -> None:
    asked = rows(surveyed, identified=True)["spoken"]
    assert (asked["sampled"], asked["member_code"]) == ("2026-0001", "06463-01-M001")
    assert asked["reporter_name"] == "Lương Văn Bình"
