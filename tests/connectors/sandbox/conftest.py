"""A sandbox that answers over HTTP on loopback, and a client for it."""

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from connectors.servers.sandbox import Running, serve

RECORDINGS = Path(__file__).parents[1] / "data" / "kobo-recordings"
TOKEN = "0123456789abcdef0123456789abcdef01234567"


class Client:
    """Talks to a sandbox as its owner."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.headers.update(
            {"Authorization": f"Token {TOKEN}", "Accept": "application/json"}
        )

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        address = path if path.startswith("http") else self.url + path
        return self.session.request(method, address, timeout=30, **more)

    def get(self, path: str, **query: Any) -> Any:
        texts = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in query.items()
        }
        return self.call("GET", path, params=texts).json()

    def imported(self, workbook: str, **fields: str) -> dict[str, Any]:
        content = (RECORDINGS / workbook).read_bytes()
        data = {"library": "false", "name": "x", **fields}
        task = self.call("POST", "/api/v2/imports/", data=data, files={"file": content}).json()
        assert task["status"] == "processing"
        assert self.get(task["url"])["status"] == "processing"
        told: dict[str, Any] = self.get(task["url"])
        return told

    def deployed(self, workbook: str) -> str:
        uid: str = self.imported(workbook)["messages"]["created"][0]["uid"]
        path = f"/api/v2/assets/{uid}/deployment/"
        assert self.call("POST", path, json={"active": True}).status_code == 200
        return uid

    def redeploy(self, uid: str) -> requests.Response:
        version = self.get(f"/api/v2/assets/{uid}/")["version_id"]
        change = {"active": True, "version_id": version}
        return self.call("PATCH", f"/api/v2/assets/{uid}/deployment/", json=change)

    def submit(self, uid: str, answers: str = "", **files: bytes) -> requests.Response:
        return self.send(self.filled(uid, answers), **files)

    @staticmethod
    def filled(uid: str, answers: str = "") -> str:
        return (
            f'<{uid} id="{uid}">{answers}<meta><instanceID>uuid:{uuid.uuid4()}</instanceID>'
            f"</meta></{uid}>"
        )

    def send(self, xml: str, **files: bytes) -> requests.Response:
        parts = [("xml_submission_file", ("submission.xml", xml.encode(), "text/xml"))]
        parts += [(name, (name, content, "image/jpeg")) for name, content in files.items()]
        return self.call("POST", "/submission", files=parts)

    def upload(self, uid: str, name: str, content: bytes) -> requests.Response:
        fields = {
            "file_type": "form_media",
            "description": "default",
            "metadata": json.dumps({"filename": name}),
        }
        files = {"content": (name, content, "text/csv")}
        return self.call("POST", f"/api/v2/assets/{uid}/files/", data=fields, files=files)

    def records(self, uid: str, **query: Any) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = self.get(f"/api/v2/assets/{uid}/data/", **query)["results"]
        return results


@pytest.fixture
def token() -> str:
    """The token of every sandbox here."""
    return TOKEN


@pytest.fixture
def clock() -> dict[str, datetime]:
    """The sandbox's clock: what stands under "now"."""
    return {"now": datetime(2026, 10, 31, 8, 30, tzinfo=UTC)}


@pytest.fixture
def running(tmp_path: Path, clock: dict[str, datetime]) -> Iterator[Running]:
    """A sandbox that answers on loopback."""
    with serve(tmp_path / "state", TOKEN, clock=lambda: clock["now"]) as server:
        yield server


@pytest.fixture
def connect() -> Iterator[Callable[[str], Client]]:
    """Make clients of a running sandbox."""
    clients = []

    def make(url: str) -> Client:
        clients.append(Client(url))
        return clients[-1]

    yield make
    for client in clients:
        client.session.close()


@pytest.fixture
def client(running: Running, connect: Callable[[str], Client]) -> Client:
    """A client of the running sandbox."""
    return connect(running.url)
