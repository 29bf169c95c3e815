"""A server that gives one recorded answer after the other, to a client that has to ask for each."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from connectors.servers.access import PATIENT
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault
from tests.connectors.kobo.conftest import Asked, Loopback

RECORDINGS = Path(__file__).parents[2] / "data" / "central-recordings"
SCENARIOS = sorted(path.stem for path in RECORDINGS.glob("*.json"))
ALL = 480
HOST = "https://central.example"
KEY = "0" * 64
USER = "admin@example.org"
ONCE = replace(PATIENT, tries=1, read=20, pause=0.001)
SESSIONS = "/v1/sessions"
OPENED = json.dumps({"token": KEY, "expiresAt": "2026-11-23T00:00:00.000Z"}).encode()
CODES = {
    400: "server-refused",
    401: "server-token",
    403: "server-permission",
    404: "server-not-found",
    406: "server-refused",
    409: "server-refused",
    501: "server-error",
}
Exchange = dict[str, Any]


def exchanges(scenario: str) -> list[Exchange]:
    """The exchanges of a scenario, in their order."""
    text = (RECORDINGS / f"{scenario}.json").read_text(encoding="utf-8")
    found: list[Exchange] = json.loads(text)["exchanges"]
    return found


class Scene:
    """A scenario as a client goes through it: every exchange is read by what the product has.

    Args:
        scenario: its name.
        folder: for files.
    """

    def __init__(self, scenario: str, folder: Path) -> None:
        self.exchanges, self.folder = exchanges(scenario), folder
        self.now: Exchange = self.exchanges[0]
        self.asked: list[Asked] = []  # for what is recorded
        self.besides: dict[tuple[str, str], Any] = {}
        self.url = ""
        self.server = Server("central", "central", "http://x", "http://x", "")

    # what the client meets

    @property
    def status(self) -> int:
        """Status of the recorded answer."""
        return int(self.now["response"]["status"])

    @property
    def told(self) -> Any:
        """The recorded answer, as this server gives it."""
        return json.loads(self.body(self.now["response"]))

    def body(self, response: dict[str, Any]) -> bytes:
        """The bytes of a recorded answer, with addresses of this server."""
        if "base64" in response:
            return base64.b64decode(response["base64"])
        text = response.get("text", "")
        if "json" in response:
            text = json.dumps(response["json"], ensure_ascii=False)
        return str(text).replace(HOST, self.url).replace("<token>", KEY).encode()

    def named(self, name: str) -> Exchange:
        """Another exchange of the scenario."""
        return next(each for each in self.exchanges if each["name"] == name)

    def beside(self, method: str, path: str, answer: Any = None, status: int = 200) -> None:
        """Say what is answered to a question that is not the recorded one."""
        self.besides[method, path] = (status, json.dumps(answer).encode())

    def begin(self, exchange: Exchange) -> None:
        """Let an exchange come next."""
        self.now, self.asked, self.besides = exchange, [], {}

    def __call__(self, handler: Any, asked: Asked) -> None:
        """Answer a request."""
        path, request = unquote(urlsplit(asked.path).path), self.now["request"]
        if (asked.method, path) == (request["method"], request["path"].replace("<token>", KEY)):
            self.asked.append(asked)
            response = self.now["response"]
            headers = {k: v for k, v in (response.get("headers") or {}).items() if v.isascii()}
            body = self.body(response)
            handler.reply(response["status"], body, headers, len(body))
            return
        status, answer = self.besides.get((asked.method, path), (410, b"{}"))
        if path.startswith(SESSIONS):
            status, answer = 200, OPENED
        handler.reply(status, answer, {"Content-Type": "application/json"}, len(answer))

    # what tests ask

    def reads(self, call: Callable[[], Any], code: str = "") -> Any:
        """Give what the client makes of the answer; None where it is refused, and told as that."""
        if self.status < min(CODES):
            return call()
        with pytest.raises(ServerFault) as raised:
            call()
        assert raised.value.code == (code or CODES[self.status])
        assert raised.value.status == self.status
        return None

    def as_recorded(self) -> None:
        """The question was the recorded one, to the last word."""
        query = dict(parse_qsl(urlsplit(self.asked[-1].path).query, keep_blank_values=True))
        assert query == self.now["request"].get("query", {})
        if "json" in self.now["request"]:
            assert json.loads(self.asked[-1].body) == self.now["request"]["json"]

    def account(self, project: int | None = None) -> Server:
        """Another session of the account."""
        return Server("central", "central", self.url, self.url, "mật khẩu", ONCE, USER, project)


@contextmanager
def played(scenario: str, folder: Path) -> Iterator[Scene]:
    """Play a scenario; the client is one account throughout."""
    scene = Scene(scenario, folder)
    loopback = Loopback(scene)
    scene.url = loopback.url
    try:
        with scene.account(1) as scene.server:
            yield scene
    finally:
        loopback.stop()
