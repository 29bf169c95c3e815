"""A demo's site with its server, for the forms of which the demo itself has no submissions."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from forms.compile import compile_form
from forms.engine import jvm
from forms.engine.fill import fill
from forms.engine.phone import Phone
from ishc.demo.site import prepare
from ishc.demo.station import Station, station
from ishc.demo.submissions import Submission
from programme.progress import silent

NOON = datetime(2026, 10, 31, 12)
LISTS = Path(__file__).parents[2] / "forms" / "shipped" / "lists"
Filled = Callable[[str, dict[str, Any], str], Submission]


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    if problem := jvm.missing():
        pytest.skip(problem.in_("en"))
    folder, settings = prepare(tmp_path_factory.mktemp("station") / "demo")
    with station(folder, settings, silent) as opened:
        yield opened


@pytest.fixture(scope="session")
def assets(here: Station) -> dict[str, str]:
    return dict(here.deploy())


@pytest.fixture(scope="session")
def filled(here: Station) -> Filled:
    """Fill a form on a phone that has the lists of the shipped tests."""

    def medium(name: str) -> Path | None:
        small = LISTS / name
        return small if small.is_file() else here.folder.media(name)

    def filled(form: str, answers: dict[str, Any], name: str) -> Submission:
        phone = Phone(started=NOON, username="official", deviceid=f"collect:{name}")
        compiled = compile_form(here.folder.xlsforms / f"{form}.xlsx")
        done = fill(compiled, medium, answers, phone=phone)
        assert done.refused == ()
        return Submission("sent", form, name, done.xml)

    return filled
