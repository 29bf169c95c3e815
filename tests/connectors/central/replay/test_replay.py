"""The recordings of a real ODK Central, played in order against the stand-in.

Every exchange must be answered as recorded, but for those in LEFT_OUT and the single values in
PARTS, each with its reason.
"""

import random
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


def spoilt(value: Any, chance: random.Random) -> Any:
    """Give a recorded value with one thing in it changed."""
    if isinstance(value, dict) and value:
        name = chance.choice(sorted(value))
        return value | {name: spoilt(value[name], chance)}
    if isinstance(value, list) and value:
        place = chance.randrange(len(value))
        return [*value[:place], spoilt(value[place], chance), *value[place + 1 :]]
    return f"{value} changed"


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_any_other_answer_is_noticed(scenario: str) -> None:
    player, chance, unnoticed = prepared(scenario), random.Random(scenario), []
    for number, exchange in enumerate(player.exchanges):
        name = exchange["name"]
        if name in LEFT_OUT.get(scenario, {}) or (scenario, name) in PARTS:
            continue
        answer = exchange["response"]
        body = next((one for one in ("json", "text", "base64") if one in answer), "status")
        answer[body] = "eA==" if body == "base64" else spoilt(answer[body], chance)
        try:
            play(player, number)
        except AssertionError:
            continue
        unnoticed.append(name)
    assert not unnoticed


def test_another_etag_is_noticed() -> None:
    player = prepared("09_paging_under_change")
    play(player, 0)
    play(player, 1)
    player.exchanges[2] = player.exchanges[0]
    with pytest.raises(DifferenceError, match="ETag"):
        play(player, 2)
