"""A form on each kind of server, one after the other: the same tests for all."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from connectors.servers.contract import Media
from connectors.servers.sandbox import serve
from tests.connectors.central.conftest import Clock
from tests.connectors.central.standin.serve import serve_standin
from tests.connectors.contract.people import People
from tests.connectors.contract.servers import LOOKING, TOKEN, OnCentral, OnKobo
from tests.connectors.kobo.conftest import write_workbook

SERVERS = ("kobo", "kobo-older", "central")
SURVEY: Sequence[dict[str, str]] = (
    {"type": "select_one_from_file clubs.csv", "name": "club", "label": "Câu lạc bộ"},
    {"type": "integer", "name": "attendance", "label": "Số người dự"},
    {"type": "text", "name": "note", "label": "Ghi chú"},
    {"type": "image", "name": "photo", "label": "Ảnh"},
    {"type": "begin repeat", "name": "visits", "label": "Lần thăm"},
    {"type": "text", "name": "host", "label": "Chủ nhà"},
    {"type": "integer", "name": "guests", "label": "Khách"},
    {"type": "end repeat"},
)
MORE = {"type": "text", "name": "weather", "label": "Thời tiết"}
LISTED = "name,label\nC1,Đông Anh\n"
Workbook = Callable[..., Path]


@pytest.fixture(scope="module", params=SERVERS)
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One server of a kind, for all tests of a file."""
    if request.param == "central":
        with serve_standin(clock=Clock()) as standin:
            standin.project()
            yield standin
        return
    state, accounts = tmp_path_factory.mktemp("sandbox"), {"nguoixem": LOOKING}
    with serve(state, TOKEN, accounts=accounts, older=request.param == "kobo-older") as sandbox:
        yield sandbox


@pytest.fixture
def there(running: Any, tmp_path: Path) -> Iterator[People]:
    """A server, the account that asks, and who else works there; no form yet."""
    kind = OnCentral if hasattr(running, "world") else OnKobo
    people = kind.at(running, tmp_path)
    with people.server as server:
        people.ask.check_account(server)
        yield people


@pytest.fixture
def form_id() -> str:
    """A form id that no other test has."""
    return f"meeting_{uuid.uuid4().hex[:8]}"


@pytest.fixture
def workbook(tmp_path: Path, form_id: str) -> Workbook:
    """Write the workbook of the form, with more questions or another version."""

    def write(*more: dict[str, str], version: str = "1", survey: Any = SURVEY) -> Path:
        path = tmp_path / f"{form_id}.xlsx"
        write_workbook(path, [*survey, *more], form_id, version)
        return path

    return write


@pytest.fixture
def lists(tmp_path: Path) -> Callable[..., list[Media]]:
    """Write the list that the form reads."""

    def write(text: str = LISTED) -> list[Media]:
        path = tmp_path / "clubs.csv"
        path.write_text(text, encoding="utf-8")
        return [Media("clubs.csv", path)]

    return write


@pytest.fixture
def club(
    there: People, form_id: str, workbook: Workbook, lists: Callable[..., list[Media]]
) -> People:
    """The form on phones; nobody has sent anything."""
    done = there.ask.deploy_form(there.server, workbook(), form_id, lists())
    there.asset = done.asset
    return there
