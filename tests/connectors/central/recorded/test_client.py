"""The recordings of a real ODK Central, in order: what the product asks and makes of the answer."""

from pathlib import Path

import pytest

from tests.connectors.central.recorded.left_out import LEFT_OUT
from tests.connectors.central.recorded.meets import MEETS, meet, reader
from tests.connectors.central.recorded.scene import ALL, SCENARIOS, exchanges, played


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_client_asks_for_every_exchange_and_reads_the_answer(
    scenario: str, tmp_path: Path
) -> None:
    left_out = {name for names in LEFT_OUT.values() for name in names.get(scenario, ())}
    with played(scenario, tmp_path) as scene:
        for exchange in scene.exchanges:
            if exchange["name"] not in left_out:
                try:
                    meet(scene, exchange)
                except Exception as error:
                    error.add_note(f"{scenario}: {exchange['name']}")
                    raise


def test_what_is_left_out_is_recorded_and_left_out_once() -> None:
    for scenario in SCENARIOS:
        names = [each["name"] for each in exchanges(scenario)]
        listed = [name for those in LEFT_OUT.values() for name in those.get(scenario, ())]
        assert len(set(listed)) == len(listed) and set(listed) <= set(names)
    assert sum(len(exchanges(scenario)) for scenario in SCENARIOS) == ALL


def test_every_reader_reads_something() -> None:
    left_out = {(s, n) for those in LEFT_OUT.values() for s, names in those.items() for n in names}
    used = {
        found[0]
        for scenario in SCENARIOS
        for each in exchanges(scenario)
        if (scenario, each["name"]) not in left_out and (found := reader(each))
    }
    assert {meet for _, _, meet in MEETS} == used
