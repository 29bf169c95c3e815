"""The recordings of a real KoboToolbox, played in order against the sandbox.

Every exchange must be answered as recorded, but for those in LEFT_OUT and the single values in
PARTS, each with its reason. The README beside them says where they come from.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.connectors.sandbox.replay.left_out import LEFT_OUT

# single values that may differ: key or header, and why
PARTS: dict[tuple[str, str], tuple[str, str]] = {
    ("02-import", "reference to a question that does not exist: deploy"): (
        "error",
        "the words of another pyxform version",
    ),
    ("04-media-openrosa", "the new file by the address in the manifest"): (
        "Content-Disposition",
        "the recorded server's storage adds letters to a name used before",
    ),
}

SCENARIOS = {
    "01-auth-permissions": 52,
    "02-import": 49,
    "03-deployment": 36,
    "04-media-openrosa": 50,
    "05-submissions": 51,
    "06-listing": 106,
    "06-listing-older": 29,
    "07-edits": 75,
    "07-edits-older": 16,
    "08-deletes": 40,
    "09-validation": 51,
    "09-validation-older": 22,
    "10-attachments": 47,
    "11-history": 37,
    "14-server-errors": 57,
}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_exchange_is_answered_as_recorded(
    scenario: str, replay: Callable[[str], Any]
) -> None:
    player = replay(scenario)
    differences = []
    for number, exchange in enumerate(player.exchanges):
        name = exchange["name"]
        if name in LEFT_OUT.get(scenario, {}):
            continue
        part = PARTS.get((scenario, name))
        try:
            player.play(number, {part[0]} if part else set())
        except AssertionError as found:
            differences.append(f"{number} {name}: {found}")
    assert not differences, "\n".join(differences)


def test_nothing_is_left_out_without_being_recorded(
    replay: Callable[[str], Any], scenario_names: list[str]
) -> None:
    counted = {}
    for scenario in scenario_names:
        names = [exchange["name"] for exchange in replay(scenario).exchanges]
        assert len(set(names)) == len(names)
        assert set(LEFT_OUT.get(scenario, {})) <= set(names)
        assert {name for file, name in PARTS if file == scenario} <= set(names)
        counted[scenario] = len(names)
    assert counted == SCENARIOS


def test_most_exchanges_are_played() -> None:
    left_out = sum(len(names) for names in LEFT_OUT.values())
    assert (sum(SCENARIOS.values()), left_out) == (718, 13)


@pytest.mark.parametrize(
    ("scenario", "number", "change"),
    [
        ("06-listing", 13, lambda body: body.update(count=8)),
        ("06-listing", 13, lambda body: body["results"][0].update({"quy/thu": "1"})),
        ("06-listing", 13, lambda body: body["results"][0].pop("attendance")),
        (
            "06-listing",
            13,
            lambda body: body["results"][1].update(_uuid=body["results"][0]["_uuid"]),
        ),
    ],
)
def test_a_changed_answer_is_noticed(
    scenario: str,
    number: int,
    change: Callable[[Any], Any],
    replay: Callable[[str], Any],
    difference: type[Exception],
) -> None:
    player = replay(scenario)
    for before in range(number):
        player.play(before, set())
    change(player.exchanges[number]["response"]["json"])
    with pytest.raises(difference):
        player.play(number, set())
