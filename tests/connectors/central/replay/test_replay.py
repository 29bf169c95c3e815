"""The recordings of a real ODK Central, played in order against the stand-in.

Every exchange must be answered as recorded, but for those in LEFT_OUT and the single values in
PARTS, each with its reason.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.connectors.central.replay.between import BETWEEN
from tests.connectors.central.replay.left_out import LEFT_OUT
from tests.connectors.central.replay.player import RECORDINGS, Player
from tests.connectors.central.replay.prepared import PREPARED
from tests.connectors.central.replay.same import DifferenceError

# values that may differ: keys, and why
PARTS: dict[tuple[str, str], tuple[set[str], str]] = {
    ("01_sessions_and_errors", "login malformed JSON"): (
        {"message", "rawLength"},
        "the length is that of the body before its address was made anonymous",
    ),
}
SCENARIOS = {
    "01_sessions_and_errors": 42,
    "02_forms_drafts_publish": 60,
    "03_openrosa_app_user": 48,
    "04_odata": 70,
    "05_edit_review_delete": 71,
    "06_attachments": 32,
    "07_xml_and_csv": 20,
    "08_entities": 96,
    "09_paging_under_change": 41,
}


def prepared(scenario: str) -> Player:
    player = Player(scenario)
    if scenario in PREPARED:
        PREPARED[scenario](player)
    return player


def play(player: Player, number: int) -> None:
    name = player.exchanges[number]["name"]
    if change := BETWEEN.get((player.scenario, name)):
        change(player)
    player.play(number, PARTS.get((player.scenario, name), (set(), ""))[0])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_exchange_is_answered_as_recorded(scenario: str) -> None:
    player, differences = prepared(scenario), []
    for number, exchange in enumerate(player.exchanges):
        if exchange["name"] in LEFT_OUT.get(scenario, {}):
            continue
        try:
            play(player, number)
        except AssertionError as found:
            differences.append(f"{number} {exchange['name']}: {found}")
    assert not differences, "\n".join(differences)


def test_nothing_is_left_out_without_being_recorded() -> None:
    counted = {}
    for file in sorted(RECORDINGS.glob("*.json")):
        names = [exchange["name"] for exchange in Player(file.stem).exchanges]
        assert len(set(names)) == len(names)
        special = {name for scenario, name in (*PARTS, *BETWEEN) if scenario == file.stem}
        assert {*LEFT_OUT.get(file.stem, {}), *special} <= set(names)
        counted[file.stem] = len(names)
    assert counted == SCENARIOS


def test_most_exchanges_are_played() -> None:
    left_out = sum(len(names) for names in LEFT_OUT.values())
    assert (sum(SCENARIOS.values()), left_out) == (480, 16)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.update({"@odata.count": 11}),
        lambda body: body["value"][0].update(__id="uuid:x"),
        lambda body: body["value"][0]["__system"].pop("edits"),
        lambda body: body["value"][1]["__system"].update(
            submissionDate=body["value"][0]["__system"]["submissionDate"]
        ),
    ],
)
def test_a_changed_answer_is_noticed(change: Callable[[Any], Any]) -> None:
    player = prepared("09_paging_under_change")
    change(player.exchanges[0]["response"]["json"])
    with pytest.raises(DifferenceError):
        play(player, 0)


def test_another_etag_is_noticed() -> None:
    player = prepared("09_paging_under_change")
    play(player, 0)
    play(player, 1)
    player.exchanges[2] = player.exchanges[0]
    with pytest.raises(AssertionError, match="ETag"):
        play(player, 2)
