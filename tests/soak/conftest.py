"""A village for every seed and scale."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

for _module in ("storm", "truth", "kills", "writing"):
    pytest.register_assert_rewrite(f"tests.soak.{_module}")

from connectors.servers.sandbox import Weather  # noqa: E402 after the registration
from tests.soak.ground import Scale, found, pages_of  # noqa: E402
from tests.soak.office import Clock  # noqa: E402
from tests.soak.office_central import central_office  # noqa: E402
from tests.soak.office_kobo import kobo_office  # noqa: E402
from tests.soak.village import Village  # noqa: E402


@pytest.fixture
def village(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[int, Scale], Village]]:
    """Make a village from a seed and a scale; its form is deployed."""
    made: list[Village] = []

    def make(seed: int, scale: Scale) -> Village:
        for module, name, rows in pages_of(scale.page):
            monkeypatch.setattr(module, name, rows)
        weather = Weather(seed, scale.share, stall=1.5 * scale.wait, retry_after=0)
        weather.on = False
        clock = Clock()
        if scale.kind == "kobo":
            office = kobo_office(tmp_path / "sandbox", scale, weather, clock)
        else:
            office = central_office(weather, clock)
        folder, settings = found(tmp_path / "programme", office.running.url, scale)
        chance = random.Random(seed)
        made.append(Village(folder, settings, office, weather, scale, chance, clock))
        made[-1].deploy()
        weather.on = True
        return made[-1]

    yield make
    for each in made:
        each.office.running.stop()
