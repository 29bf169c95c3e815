"""Pulling from ODK Central while rows come, change and go between its answers, in bad weather."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from connectors.servers import central
from connectors.servers.sandbox.weather import KINDS, Weather
from tests.connectors.central.conftest import CALM, Clock, Club, Programme
from tests.connectors.central.standin.serve import Standin, serve_standin

PAGE = 3


class Between:
    """Stands before the stand-in; does something before it answers a list."""

    def __init__(self) -> None:
        self.todo: list[Callable[[], Any]] = []
        self.weather: Weather | None = None

    def __call__(self, app: Any) -> Any:
        """Stand before an app."""

        def front(environ: Any, start: Any) -> Any:
            if self.todo and environ["PATH_INFO"].endswith(".svc/Submissions"):
                self.todo.pop(0)()
            if self.weather is not None:
                return self.weather.over(app)(environ, start)
            return app(environ, start)

        return front


@pytest.fixture
def between() -> Between:
    return Between()


@pytest.fixture
def standin(clock: Clock, between: Between) -> Iterator[Standin]:
    with serve_standin(clock=clock, front=between) as running:
        yield running


def here(programme: Programme) -> dict[str, str]:
    """What the store has: the newest version of each live submission, by its root."""
    return dict(programme.rows("SELECT root_uuid, uuid FROM submission WHERE deleted IS NULL"))


def there(club: Club) -> dict[str, str]:
    """What the stand-in has."""
    live = [one for one in club.form.submissions.values() if not one.deleted]
    return {
        one.root.removeprefix("uuid:"): one.current.instance.removeprefix("uuid:") for one in live
    }


@pytest.mark.parametrize("seed", range(3))
def test_the_store_is_equal_when_all_is_still_again(
    seed: int,
    programme: Programme,
    club: Club,
    between: Between,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(central.listing, "PAGE", PAGE)
    rng, gone = random.Random(seed), []
    for number in range(12):
        club.send(f"<note>{number}</note>")

    def move() -> None:
        live = [root for root in club.sent if root not in gone]
        kind = rng.choice(["send", "edit", "delete", "delete", "restore"])
        if kind == "send":
            club.send()
        elif kind == "edit":
            root = rng.choice(live)
            club.edit(root, "<note>sửa</note>", club.form.submissions[root].current.instance)
        elif kind == "delete" and len(live) > 2:
            gone.append(rng.choice(live))
            club.ask("DELETE", f"/{gone[-1]}")
        elif gone:
            club.ask("POST", f"/{gone.pop(rng.randrange(len(gone)))}/restore")

    between.todo = [move] * 12
    programme.pull()
    between.todo = [move] * 6
    programme.pull()
    between.todo = []
    pulled = programme.pull()
    assert pulled.agreed and not pulled.moving
    assert here(programme) == there(club) and len(there(club)) > 2


def test_the_row_that_a_page_ended_with_may_go(
    club: Club, between: Between, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(central.listing, "PAGE", PAGE)
    for _ in range(8):
        club.send()
    newest = list(reversed(club.sent))
    highest = central.extent(club.server, "meeting").highest
    between.todo = [lambda: None, lambda: club.ask("DELETE", f"/{newest[PAGE - 1]}")]
    rows = [row for page in central.manifest(club.server, "meeting", highest) for row in page]
    assert between.todo == []
    assert {f"uuid:{row.root_uuid}" for row in rows} >= set(newest) - {newest[PAGE - 1]}


def test_bad_weather_changes_nothing(programme: Programme, club: Club, between: Between) -> None:
    for number in range(25):
        club.send(f"<note>{number}</note><photo>{number}.jpg</photo>")
    for number, root in enumerate(club.sent[:8]):
        club.ask("POST", f"/{root}/attachments/{number}.jpg", data=b"\xff\xd8\xff" + b"x" * 99)
    between.weather = Weather(3, share=0.25, stall=0.6, retry_after=0)
    pulled = programme.pull(limits=replace(CALM, read=0.5, tries=12))
    assert set(between.weather.happened) == set(KINDS)
    assert (pulled.new, pulled.attachments, pulled.agreed, pulled.problems) == (25, 8, True, ())
    assert here(programme) == there(club)
