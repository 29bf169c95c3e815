"""Scenarios kept as data: whole forms, empty forms, limits, midnight, letters of Vietnamese.

``scenarios/<form>.toml``: ``[lists]`` names lists of questions (``@sums``), ``[start.…]`` what
several scenarios begin with. A scenario has what is ``typed`` (``same``: one value into many
questions; ``left_out``: not typed after all), what is ``refused`` and in which words, what must be
``computed``, ``shown`` and ``hidden``. What is not listed as refused is taken.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "scenarios"
NINE = datetime(2026, 10, 31, 9)
Send = Callable[..., Any]


def read(path: Path) -> Iterator[Any]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for scenario in data["scenario"]:
        yield pytest.param(path.stem, data, scenario, id=f"{path.stem}: {scenario['name']}")


def names(data: Mapping[str, Any], words: str) -> list[str]:
    """Give the questions of a list, lists within it opened."""
    lists = data.get("lists", {})
    return [
        name
        for word in words.split()
        for name in (lists[word[1:]].split() if word.startswith("@") else [word])
    ]


def typed(data: Mapping[str, Any], scenario: Mapping[str, Any]) -> dict[str, Any]:
    answers = dict(data["start"][scenario["start"]]) if "start" in scenario else {}
    answers |= scenario.get("typed", {})
    for same in scenario.get("same", ()):
        answers |= dict.fromkeys(names(data, same["in"]), same["typed"])
    left_out = names(data, scenario.get("left_out", ""))
    return {name: value for name, value in answers.items() if name not in left_out}


def refused(data: Mapping[str, Any], scenario: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = scenario.get("refused", ())
    return sorted((name, each["words"]) for each in said for name in names(data, each["of"]))


SCENARIOS = [each for path in sorted(FOLDER.glob("*.toml")) for each in read(path)]


@pytest.mark.parametrize(("form_id", "data", "scenario"), SCENARIOS)
def test_scenario(send: Send, form_id: str, data: Any, scenario: Any) -> None:
    sent = send(
        form_id,
        typed(data, scenario),
        today=scenario.get("now", NINE),
        empty_lists=scenario.get("empty_lists", False),
    )
    said = sorted((each.question.rpartition("/")[2], each.message) for each in sent.refusals)
    assert said == refused(data, scenario)
    for name, value in scenario.get("computed", {}).items():
        assert (name, sent[name]) == (name, value)
    for name in names(data, scenario.get("shown", "")):
        assert name in sent, f"{name} is not shown"
    for name in names(data, scenario.get("hidden", "")):
        assert name not in sent, f"{name} is shown"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_form_has_at_least_fifteen_scenarios_of_different_names(path: Path) -> None:
    written = [scenario["name"] for scenario in tomllib.loads(path.read_text("utf-8"))["scenario"]]
    assert len(written) >= 15
    assert len(set(written)) == len(written)
