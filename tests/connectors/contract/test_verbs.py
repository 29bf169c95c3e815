"""Every kind of server has every verb, asked in the same way, and a test of it here."""

import inspect
from pathlib import Path
from types import ModuleType

import pytest

from connectors.servers import central, kobo
from connectors.servers.contract import Verbs

VERBS = sorted(name for name in vars(Verbs) if not name.startswith("_") and name != "STATES")


@pytest.mark.parametrize("kind", [kobo, central], ids=["kobo", "central"])
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_there_and_asked_as_the_contract_says(kind: ModuleType, verb: str) -> None:
    wanted = list(inspect.signature(getattr(Verbs, verb)).parameters.values())[1:]
    found = inspect.signature(getattr(kind, verb)).parameters
    for each in wanted:
        assert found[each.name].default == each.default, each.name
    more = [each for each in found.values() if each.name not in {one.name for one in wanted}]
    assert all(each.default is not each.empty for each in more)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_asked_here(verb: str) -> None:
    tests = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py")]
    assert any(f".ask.{verb}(" in text for text in tests)


def test_states_have_the_same_words() -> None:
    assert kobo.STATES == central.STATES
