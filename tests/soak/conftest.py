"""A village for every seed and scale."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

for _module in (
    "storm",
    "truth",
    "kills",
    "moments",
    "writing",
    "reconcile_kills",
    "nights",
    "night_truth",
):
    pytest.register_assert_rewrite(f"tests.soak.{_module}")

from tests.soak.ground import SMALL, Scale, found, pages_of  # noqa: E402 after the registration
from tests.soak.office import Clock  # noqa: E402
from tests.soak.office_central import central_office  # noqa: E402
from tests.soak.office_kobo import kobo_office  # noqa: E402
from tests.soak.village import Village  # noqa: E402
from tests.soak.watched import Watched  # noqa: E402

Make = Callable[[int, Scale], Village]


@contextmanager
def villages(root: Path) -> Iterator[Make]:
    """Make villages; each has the pages of its scale, and stops at the end."""
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:

        def make(seed: int, scale: Scale) -> Village:
            for module, name, rows in pages_of(scale.page):
                patch.setattr(module, name, rows)
            weather = Watched(seed, scale.share, stall=1.5 * scale.wait, retry_after=0)
            weather.on = False
            clock = Clock()
            if scale.kind == "kobo":
                office = kobo_office(root / "sandbox", scale, weather, clock)
            else:
                office = central_office(weather, clock)
            stack.callback(office.running.stop)
            folder, settings = found(root / "programme", office.running.url, scale)
            chance = random.Random(seed)
            here = Village(folder, settings, office, weather, scale, chance, clock)
            here.deploy()
            weather.on = True
            return here

        yield make


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Make]:
    """Make a village from a seed and a scale; its form is deployed."""
    with villages(tmp_path) as make:
        yield make


@pytest.fixture(scope="module", params=["kobo", "central"])
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Village]:
    """One village of each kind for a whole file: fair weather, small pages, pulls that follow."""
    scale = replace(SMALL, kind=request.param, page=3, share=0, wait=20, followed=True)
    with villages(tmp_path_factory.mktemp("kept")) as make:
        yield make(1, scale)


@pytest.fixture
def calm(kept: Village, tmp_path: Path) -> Village:
    """The village that is kept, as new."""
    kept.begin_anew(tmp_path)
    return kept
