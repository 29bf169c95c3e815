"""Whatever a server answers in place of ODK Central, it is told as a fault and breaks nothing."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from connectors.servers import central
from connectors.servers.contract import Attachment, Server
from connectors.servers.faults import ServerFault
from tests.connectors.central.recorded.scene import ONCE, OPENED, SESSIONS
from tests.connectors.kobo.conftest import Loopback

ID = "uuid:6b4f7700-881b-4cb5-b435-c2d1b6b270a6"
SYSTEM = {"submissionDate": "2026-11-21T20:09:35.704Z", "updatedAt": None, "reviewState": None}
ROW = {"__id": ID, "__system": {**SYSTEM, "attachmentsExpected": 1}}
LISTS = [
    [],
    None,
    3,
    {"value": None},
    {"value": {}},
    {"value": [3], "@odata.count": 1},
    {"value": [{}], "@odata.count": 1},
    {"value": [{"__id": ID}], "@odata.count": 1},
    {"value": [{"__id": ID, "__system": []}], "@odata.count": 1},
    {"value": [{"__id": [], "__system": SYSTEM}], "@odata.count": 1},
    *(
        {"value": [{"__id": ID, "__system": {"submissionDate": moment}}], "@odata.count": 1}
        for moment in (None, 7, "", "hôm qua", "2026-11-21T20:09:35", "9999-12-31T00:00:00Z")
    ),
]
DEEP = b"<a>" * 5000 + b"</a>" * 5000
FILLED = [b"", b"<html></html>", b"<data>", b"{}"]  # nothing that a phone can have sent
APART = [b"<!DOCTYPE x><data/>", DEEP, b"<data><note></data>", b'<data id="another"/>']


class Hostile:
    """Answers lists and submissions as a test says; opens every session."""

    def __init__(self) -> None:
        self.listed: Any = {"value": [ROW], "@odata.count": 1}
        self.filled = b"<data/>"
        self.other: Any = []
        self.asked = 0

    def __call__(self, handler: Any, asked: Any) -> None:
        """Answer."""
        self.asked += 1
        address = urlsplit(asked.path)
        body = json.dumps(self.other).encode()
        if address.path.startswith(SESSIONS):
            body = OPENED
        elif address.path.endswith("/Submissions"):
            listed = self.listed(dict(parse_qsl(address.query))) if callable(self.listed) else ...
            body = json.dumps(self.listed if listed is ... else listed).encode()
        elif address.path.endswith(".xml"):
            body = self.filled
        handler.reply(200, body)


@pytest.fixture
def hostile() -> Hostile:
    return Hostile()


@pytest.fixture
def server(hostile: Hostile) -> Iterator[Server]:
    loopback = Loopback(hostile)
    with Server("c", "central", loopback.url, loopback.url, "x", ONCE, "a@b.vn", 1) as opened:
        yield opened
    loopback.stop()


def told(ask: Callable[[], Any]) -> None:
    """It is told as a fault of the server, and as nothing else."""
    with pytest.raises(ServerFault):
        ask()


@pytest.mark.parametrize("listed", LISTS, ids=range(len(LISTS)))
def test_lists_that_are_none(listed: Any, hostile: Hostile, server: Server) -> None:
    hostile.listed = listed
    told(lambda: central.extent(server, "f"))
    told(lambda: list(central.manifest(server, "f", 9)))
    told(lambda: list(central.everything(server, "f", 9)))
    told(lambda: central.set_states(server, "f", [7], "on_hold"))
    told(lambda: central.edit_answers(server, "f", {7: {"note": "x"}}))


@pytest.mark.parametrize("filled", FILLED, ids=range(len(FILLED)))
def test_submissions_that_are_none(filled: bytes, hostile: Hostile, server: Server) -> None:
    hostile.filled = filled
    highest = central.extent(server, "f").highest
    told(lambda: list(central.everything(server, "f", highest)))
    assert server.apart == []


@pytest.mark.parametrize("filled", APART, ids=range(len(APART)))
def test_a_submission_that_cannot_be_read_is_left_out_and_named(
    filled: bytes, hostile: Hostile, server: Server
) -> None:
    hostile.filled = filled
    highest = central.extent(server, "f").highest
    assert [record for page in central.everything(server, "f", highest) for record in page] == []
    assert [each.name for each in server.apart] == [ID]
    rows = [row for page in central.manifest(server, "f", highest) for row in page]
    assert [each.row for each in server.apart] == rows


@pytest.mark.parametrize("other", [None, 3, {}, {"value": []}, [3], [[]]])
def test_anything_else(other: Any, hostile: Hostile, server: Server) -> None:
    hostile.other = other
    highest = central.extent(server, "f").highest
    told(lambda: list(central.everything(server, "f", highest)))  # its list of files
    told(lambda: central.list_forms(server))
    told(lambda: central.check_account(server))
    told(lambda: central.counts(server, "f"))
    told(lambda: central.standing(server, "f"))


def test_a_list_that_goes_round_in_a_circle_ends(hostile: Hostile, server: Server) -> None:
    hostile.listed = {"value": [ROW], "@odata.nextLink": "https://evil.example/?$skiptoken=x"}
    told(lambda: list(central.manifest(server, "f", 2**62)))
    assert hostile.asked < 6


def test_ids_and_names_lead_nowhere_else(hostile: Hostile, server: Server, tmp_path: Path) -> None:
    seen: list[str] = []
    plain = hostile.__call__

    class Watching(Hostile):
        def __call__(self, handler: Any, asked: Any) -> None:
            seen.append(asked.path)
            plain(handler, asked)

    row = {**ROW, "__id": "../../users?x=#y"}
    hostile.listed = {"value": [row], "@odata.count": 1}
    hostile.filled = b'<data id=".."/>'
    hostile.other = [{"name": "../../../etc/passwd", "exists": True}, {"name": "..", "exists": 1}]
    loopback = Loopback(Watching())
    with Server("c", "central", loopback.url, loopback.url, "x", ONCE, "a@b.vn", 1) as watched:
        highest = central.extent(watched, "..").highest
        (record,) = next(central.everything(watched, "..", highest))
        (file,) = central.row_of(record, "..").attachments
        central.fetch_attachment(watched, file, tmp_path / "file")
    loopback.stop()
    assert isinstance(file, Attachment)
    below = "/v1/projects/1/forms/%252E%252E"
    assert all(path.startswith((below, SESSIONS)) and "/../" not in path for path in seen), seen
