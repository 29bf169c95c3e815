"""Plays a recorded scenario against a new sandbox, in order."""

import base64
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from connectors.servers.sandbox import create_app

RECORDINGS = Path(__file__).parents[3] / "data" / "kobo-recordings"
HOST = "https://kobo.example"
TOKEN = "0123456789abcdef0123456789abcdef01234567"
OWNER = "chunhiem"
# the other accounts of the recordings: by name the word that stands for the token
ACCOUNTS = {"nguoixem": "viewer", "nguoila": "foreign", "congtac": "editor"}
TOKENS = {word: f"{number}" * 40 for number, word in enumerate(ACCOUNTS.values(), start=1)}


class Replay:
    """One recorded scenario, played in order against a new sandbox."""

    def __init__(self, folder: Path, scenario: str, comparer: Any) -> None:
        self.exchanges = json.loads((RECORDINGS / f"{scenario}.json").read_bytes())["exchanges"]
        self.now = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
        self.app = create_app(
            folder,
            TOKEN,
            owner=OWNER,
            accounts={name: TOKENS[word] for name, word in ACCOUNTS.items()},
            older=scenario.endswith("-older"),
            clock=lambda: self.now,
        )
        self.client = FlaskClient(self.app, TestResponse, use_cookies=False)
        self.comparer, self.names = comparer, comparer.names
        self.names.ours["<token>"] = TOKEN
        self.etags: dict[str, str] = {}
        self.recorded_ids = _recorded_ids(scenario, self.exchanges)

    def play(self, number: int, ignore: set[str]) -> None:
        """Send one exchange's request and compare what comes; raises DifferenceError."""
        exchange = self.exchanges[number]
        self._set_clock(number)
        response = self._send(exchange["request"])
        if exchange["request"]["path"].startswith("/api/v2/imports/i"):
            # polls before the end were not recorded
            while response.is_json and response.json.get("status") == "processing":
                response = self._send(exchange["request"])
        self.comparer.ignore = ignore
        self._compare(exchange["response"], response)
        self._learn_id(exchange["request"])

    def _learn_id(self, request: dict[str, Any]) -> None:
        """After a submission: which of our ids is the one that later requests mean."""
        text = json.dumps(request.get("files", "")) + json.dumps(request.get("json", ""))
        for uuid, recorded in self.recorded_ids.items():
            if f"uuid:{uuid}" in text and recorded not in self.names.ids:
                path = f"/api/v2/assets/{self._asset(text)}/data/{uuid}/"
                found = self.client.get(path, headers={"Authorization": f"Token {TOKEN}"})
                if found.status_code == 200:
                    self.names.same_id(recorded, found.json["_id"], "_id")

    def _asset(self, text: str) -> str:
        uids = re.findall(r"a[2-9A-HJ-NP-Za-km-z]{21}", text)
        return next((self.names.translate(uid) for uid in uids), "")

    def _set_clock(self, number: int) -> None:
        for exchange in self.exchanges[number:]:
            found = self.comparer.moments(json.dumps(exchange["response"]))
            if found:
                self.now = max(self.now, *found)
                return

    def _send(self, request: dict[str, Any]) -> TestResponse:
        tokens = {"<token>": TOKEN, "<token-bad>": "0" * 40}
        tokens |= {f"<token-{word}>": token for word, token in TOKENS.items()}
        headers = {
            name: re.sub(r"<token[a-z-]*>", lambda found: tokens[found[0]], value)
            for name, value in request["headers"].items()
            if name != "Content-Type"
        }
        if "If-None-Match" in headers:
            headers["If-None-Match"] = self.etags[request["path"]]
        query = {
            name: self.names.translate(value, ids=True)
            for name, value in request.get("query", {}).items()
        }
        response = self.client.open(
            self.names.translate(request["path"]),
            method=request["method"],
            base_url=HOST,
            headers=headers,
            query_string=urlencode(query),
            buffered=True,
            **self._body(request),
        )
        if "ETag" in response.headers:
            self.etags[request["path"]] = response.headers["ETag"]
        return response

    def _body(self, request: dict[str, Any]) -> dict[str, Any]:
        if "json" in request:
            text = json.dumps(request["json"], ensure_ascii=False)
            ids = "submission_ids" in text
            return {"data": self._text(text, ids=ids), "content_type": "application/json"}
        if "body" in request:
            return {"data": request["body"], "content_type": request["headers"]["Content-Type"]}
        if "form" not in request and "files" not in request:
            return {}
        data: dict[str, Any] = {
            name: self._text(value) for name, value in request.get("form", {}).items()
        }
        for file in request.get("files", []):
            part = (io.BytesIO(self._bytes(file)), file["filename"], file["content_type"])
            data.setdefault(file["field"], []).append(part)
        return {"data": data, "content_type": request["headers"]["Content-Type"]}

    def _text(self, text: str, *, ids: bool = False) -> str:
        def workbook(found: re.Match[str]) -> str:
            return base64.b64encode((RECORDINGS / found[1]).read_bytes()).decode()

        return re.sub(r"<(\w+\.xlsx)>", workbook, self.names.translate(text, ids=ids))

    def _bytes(self, file: dict[str, str]) -> bytes:
        if "workbook" in file:
            return (RECORDINGS / file["workbook"]).read_bytes()
        if "base64" in file:
            return base64.b64decode(file["base64"])
        return self.names.translate(file["text"]).encode()

    def _compare(self, recorded: dict[str, Any], response: TestResponse) -> None:
        got = response.get_data(as_text=True) if "base64" not in recorded else ""
        assert response.status_code == recorded["status"], got[:500]
        self.comparer.same_headers(recorded.get("headers") or {}, response.headers)
        if "json" in recorded:
            self.comparer.same(recorded["json"], response.get_json(force=True), "")
        elif "base64" in recorded:
            assert response.data == base64.b64decode(recorded["base64"])
        else:
            self.comparer.same_page(recorded.get("text", ""), got)


def _recorded_ids(scenario: str, exchanges: list[dict[str, Any]]) -> dict[str, int]:
    """Give the `_id` that the recording server gave each root uuid."""
    # the history has no `_id`: its three records came one after the other
    found: dict[str, int] = {}
    if scenario == "11-history":
        posts = [one for one in exchanges if one["name"].startswith("add record")]
        for number, one in enumerate(posts, start=3141):
            uuid = re.search(r"uuid:([0-9a-f-]{36})", one["request"]["files"][0]["text"])
            assert uuid is not None
            found[uuid[1]] = number
    for exchange in exchanges:
        _find_ids(exchange["response"].get("json"), found)
    return found


def _find_ids(body: Any, found: dict[str, int]) -> None:
    if isinstance(body, list):
        for one in body:
            _find_ids(one, found)
    elif isinstance(body, dict) and "meta/rootUuid" in body:
        found.setdefault(body["meta/rootUuid"].removeprefix("uuid:"), body["_id"])
    elif isinstance(body, dict):
        _find_ids(body.get("results"), found)


@pytest.fixture
def replay(tmp_path: Path, comparer: Callable[[], Any]) -> Iterator[Callable[[str], Replay]]:
    """Make a player of a recorded scenario over a new, empty sandbox."""
    players = []

    def make(scenario: str) -> Replay:
        folder = tmp_path / f"state-{len(players)}"
        players.append(Replay(folder, scenario, comparer()))
        return players[-1]

    yield make
    for player in players:
        player.app.extensions["ishc-sandbox"].state.close()


@pytest.fixture
def scenario_names() -> Iterator[list[str]]:
    """The scenarios that are kept."""
    yield sorted(path.stem for path in RECORDINGS.glob("*.json"))
