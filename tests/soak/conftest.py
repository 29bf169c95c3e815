"""A village for every seed and scale."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.soak.storm", "tests.soak.truth", "tests.soak.kills")

from connectors.servers import kobo  # noqa: E402 after the registration
from connectors.servers.sandbox import Weather, serve  # noqa: E402
from tests.soak.ground import TOKEN, Scale, found  # noqa: E402
from tests.soak.village import Clock, Village  # noqa: E402


@pytest.fixture
def village(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[int, Scale], Village]]:
    """Make a village from a seed and a scale; its form is deployed."""
    made: list[Village] = []

    def make(seed: int, scale: Scale) -> Village:
        monkeypatch.setattr(kobo.data, "PAGE", scale.page)
        monkeypatch.setattr(kobo.data, "TOGETHER", scale.page // 3)
        weather = Weather(seed, scale.share, stall=1.5 * scale.wait, retry_after=0)
        weather.on = False
        clock = Clock()
        running = serve(
            tmp_path / "sandbox", TOKEN, older=scale.older, weather=weather, clock=clock
        )
        folder, settings = found(tmp_path / "programme", running.url, scale)
        chance = random.Random(seed)
        made.append(Village(folder, settings, running, weather, scale, chance, clock))
        made[-1].deploy()
        weather.on = True
        return made[-1]

    yield make
    for each in made:
        each.http.close()
        each.running.stop()
