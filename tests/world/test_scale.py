"""Large worlds in small: copies of clubs, a night, and what the registers make of both."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import orjson
import pytest

from connectors.store.raw import RawStore
from tests.world.clones import ClubPattern, club_codes
from tests.world.ground import reconciled, rows
from tests.world.scale import Scale, world_patterns
from tests.world.store import put_records

AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def patterns() -> Sequence[ClubPattern]:
    return world_patterns(clubs=3, months=6)


@pytest.fixture
def seven(patterns: Sequence[ClubPattern]) -> Scale:
    """Three clubs drawn, copied to seven."""
    return Scale(7, patterns)


def test_a_club_is_copied_with_everything_it_sent(seven: Scale) -> None:
    sent = Counter(record.form for record in seven.records())
    assert sent["club_registration"] == 7
    assert sent["monthly_activity_report"] == 7 * 6
    assert sent["loan_record"] and sent["inspection_checklist"] and sent["training_record"]


def test_no_two_records_are_one(seven: Scale) -> None:
    records = list(seven.records())
    assert len({record.root for record in records}) == len(records)
    assert [record.id for record in records] == [*range(1, len(records) + 1)]
    names = [orjson.loads(each.body).get("founding_page/club_name") for each in records]
    assert len({name for name in names if name}) == 7


def test_equal_arguments_give_equal_worlds(seven: Scale) -> None:
    again = Scale(7, world_patterns(clubs=3, months=6))
    assert [each.body for each in again.records()] == [each.body for each in seven.records()]


def test_codes_are_those_of_the_registers(seven: Scale, tmp_path: Path) -> None:
    folder = reconciled(tmp_path / "programme", seven.records(), AS_OF)
    assert sorted(row["club_code"] for row in rows(folder, "club")) == sorted(
        club.code for club in seven.members
    )
    assert rows(folder, "loan_event_unknown") == []
    assert [row for row in rows(folder, "finding") if row["severity"] == "error"] == []


def test_codes_go_by_founding_day_and_then_by_root_uuid() -> None:
    founded = [("06463", "2020-05-01", "b"), ("06463", "2019-01-01", "c"),
               ("06325", "2021-01-01", "d"), ("06463", "2020-05-01", "a")]  # fmt: skip
    assert club_codes(founded) == ["06463-03", "06463-01", "06325-01", "06463-02"]


def test_a_night_brings_new_records_and_edits_some(seven: Scale, tmp_path: Path) -> None:
    with RawStore.open(tmp_path / "store.sqlite") as store:
        before = put_records(store, seven.evening())
        night = put_records(store, seven.night())
        (total,) = store.connection.execute("SELECT count(*) FROM submission").fetchone()
        (edited,) = store.connection.execute("SELECT count(*) FROM history").fetchone()
    assert (before.total() + seven.new, night.total()) == (total, seven.new + seven.edited)
    assert edited == seven.edited
    assert seven.new == 5
