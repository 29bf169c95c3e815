"""Plays a recorded scenario against a new stand-in, in order."""

import base64
import io
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.connectors.central.replay.same import MOMENT, Same
from tests.connectors.central.standin.actors import Actor
from tests.connectors.central.standin.app import create_app
from tests.connectors.central.standin.world import EXTENSION, World

RECORDINGS = Path(__file__).parents[2] / "data" / "central-recordings"
HOST = "https://central.example"
AGENT = "python-requests/2.34.2"
PASSWORD = "<password>"
WRONG = "0" * 64


class Player:
    """One scenario; `prepare` and `between` make the state that unrecorded requests made."""

    def __init__(self, scenario: str) -> None:
        content = json.loads((RECORDINGS / f"{scenario}.json").read_bytes())
        self.scenario, self.exchanges = scenario, content["exchanges"]
        self.now = datetime.fromisoformat("2026-11-21T19:39:06.791Z")
        app = create_app(lambda: self.now)
        self.world: World = app.extensions[EXTENSION]
        self.client = FlaskClient(app, TestResponse, use_cookies=False)
        self.same = Same()
        self.world.next["actor"] = 5
        self.admin = self.world.add_user("admin@example.org", PASSWORD, admin=True)
        self.token, _ = self.world.session(self.admin)
        self.signed_in: list[str] = []
        self.tokens: dict[str, str] = {}  # another token for an exchange, by its name
        self.keys: dict[str, str] = {}

    def at(self, moment: str) -> None:
        """Set the clock."""
        self.now = datetime.fromisoformat(moment)

    def play(self, number: int, ignore: set[str]) -> None:
        """Send one exchange's request and compare what comes; raises DifferenceError."""
        exchange = self.exchanges[number]
        self._tick(exchange["response"])
        response = self._send(exchange["name"], exchange["request"])
        self._learn(exchange["request"], response)
        self.same.ignore = ignore
        recorded = exchange["response"]
        got = response.get_data()
        assert response.status_code == recorded["status"], got[:300]
        self.same.headers(recorded["headers"], response.headers)
        if "json" in recorded:
            self.same.json(recorded["json"], json.loads(got))
        elif "base64" in recorded:
            assert got == base64.b64decode(recorded["base64"])
        else:
            self.same.text(recorded.get("text", ""), got.decode(), "text")

    def _tick(self, recorded: dict[str, Any]) -> None:
        told = re.findall(MOMENT, json.dumps(recorded))
        moments = [datetime.fromisoformat(one) for one in told if one < "2026-11-22"]
        self.now = max([self.now + timedelta(milliseconds=1), *moments])

    def _learn(self, request: dict[str, Any], response: TestResponse) -> None:
        if request["method"] != "POST" or response.status_code != 200:
            return
        if request["path"] == "/v1/sessions":
            self.token = response.json["token"]
            self.signed_in.append(self.token)
        elif request["path"].endswith("/app-users"):
            self.use(self.world.actors[response.json["id"]])

    def use(self, phone: Actor) -> None:
        """Put a phone's key where the recording says <token>."""
        self.keys[""] = key = phone.token or ""
        self.same.tokens.append(key)

    def _send(self, name: str, request: dict[str, Any]) -> TestResponse:
        token = self.tokens.get(name, self.token)
        headers = {
            key: self.same.ours(value.replace("<token>", token))
            for key, value in request["headers"].items()
            if key != "Content-Type"
        }
        query = {key: self.same.ours(value) for key, value in request.get("query", {}).items()}
        key = self.keys.get(name, self.keys.get("", WRONG))
        return self.client.open(
            quote(request["path"].replace("<token>", key), safe="/:'()$"),
            method=request["method"],
            base_url=HOST,
            headers=headers | {"User-Agent": AGENT},
            query_string=urlencode(query),
            buffered=True,
            **self._body(name, request),
        )

    def _body(self, name: str, request: dict[str, Any]) -> dict[str, Any]:
        kind = request["headers"].get("Content-Type")
        if "json" in request:
            given = dict(request["json"])
            if name == "login bad password":
                given["password"] = "wrong"
            return {"data": json.dumps(given, ensure_ascii=False), "content_type": kind}
        if "text" in request:
            return {"data": request["text"].encode(), "content_type": kind}
        if "base64" in request:
            return {"data": base64.b64decode(request["base64"]), "content_type": kind}
        data: dict[str, Any] = {}
        for file in request.get("files", []):
            content = _content(file)
            part = (io.BytesIO(content), file["filename"], file["content_type"])
            data.setdefault(file["field"], []).append(part)
        return {"data": data, "content_type": kind} if data else {}


def _content(file: dict[str, str]) -> bytes:
    if "base64" in file:
        return base64.b64decode(file["base64"])
    return file["text"].encode()
