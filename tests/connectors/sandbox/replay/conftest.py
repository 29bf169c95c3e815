"""Plays recorded exchanges against the sandbox and compares answer by answer.

Names that the server draws (uids, uuids, ids, hashes) are learned the first time they are seen
and must stay the same from then on. Moments may differ by a few seconds: the sandbox's clock is
set to the recorded one. Everything else must be equal.
"""

import base64
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from connectors.servers.sandbox import create_app

RECORDINGS = Path(__file__).parents[2] / "data" / "kobo-recordings"
HOST = "https://kobo.example"
TOKEN = "0123456789abcdef0123456789abcdef01234567"
OWNER = "chunhiem"

MOMENT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?"
_NAMES = {
    "uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "sha1": r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])",
    "md5": r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])",
    "moment": MOMENT,
    "uid": r"(?<![\w])(?:a|v|i|af|att|p|u|org)[2-9A-HJ-NP-Za-km-z]{21}(?![\w])",
    "number": r"(?<=/data/)\d+(?=/)|(?<=/forms/)\d+|(?<=/xformsManifest/)\d+"
    r"|(?<=/xformsMedia/)\d+/\d+",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _NAMES.items()))
_SECONDS_APART = 3
# keys of an asset that belong to parts of KoBoToolbox which the sandbox does not have
_NOT_KEPT = {
    "report_styles", "report_custom", "advanced_features", "map_styles", "map_custom",
    "downloads", "embeds", "analysis_form_json", "xform_link", "xls_link",
    "assignable_permissions", "permissions", "effective_permissions", "export_settings",
    "subscribers_count", "access_types", "project_ownership", "last_modified_by",
}  # fmt: skip
# values that tell of the machine and the account that were recorded
_OF_THE_RECORDING = {
    "source", "ip_address", "asset_id", "user_uid", "email", "gravatar", "date_joined",
    "last_login", "organization", "extra_details__uid", "validated_password", "accepted_tos",
    "$kuid",
}  # fmt: skip
_HEADERS_APART = {
    "WWW-Authenticate",  # the sandbox offers Basic to phones, KoBoToolbox Digest
    "ETag",
    "Last-Modified",
}


class DifferenceError(AssertionError):
    """An answer that is not as recorded."""


class Names:
    """What the sandbox calls the things that the recording names."""

    def __init__(self) -> None:
        self.ours: dict[str, str] = {}
        self.ids: dict[int, int] = {}

    def translate(self, text: str, *, ids: bool = False) -> str:
        def one(found: re.Match[str]) -> str:
            kind = found.lastgroup or ""
            return self.ours.get(f"{kind} {found[0]}", self.ours.get(found[0], found[0]))

        text = _TOKEN.sub(one, text)
        if ids:
            text = re.sub(r"\b\d+\b", lambda m: str(self.ids.get(int(m[0]), m[0])), text)
        return text

    def same_text(self, recorded: str, got: str, where: str) -> None:
        recorded = self.ours.get(recorded, recorded)
        if where in (".next", ".previous") and "?" in recorded:
            address, _, query = recorded.partition("?")
            recorded = f"{address}?{self.translate(query, ids=True)}"
        if recorded == got:
            return
        if _TOKEN.sub("\0", recorded) != _TOKEN.sub("\0", got):
            raise DifferenceError(
                f"{where}: {self.translate(recorded)!r} was recorded, not {got!r}"
            )
        for left, right in zip(_TOKEN.finditer(recorded), _TOKEN.finditer(got), strict=True):
            self._same_name(left.lastgroup or "", left[0], right[0], where)

    def _same_name(self, kind: str, recorded: str, got: str, where: str) -> None:
        if kind == "moment":
            apart = abs((_moment(recorded) - _moment(got)).total_seconds())
            if apart > _SECONDS_APART:
                raise DifferenceError(f"{where}: {got} is {apart} s from the recorded {recorded}")
            self.ours.setdefault(recorded, got)
            return
        known = self.ours.setdefault(f"{kind} {recorded}", got)
        if known != got:
            raise DifferenceError(f"{where}: {recorded} was {known} until now, not {got}")

    def same_id(self, recorded: int, got: int, where: str) -> None:
        known = self.ids.setdefault(recorded, got)
        self.ours.setdefault(f"number {recorded}", str(got))
        if known != got:
            raise DifferenceError(f"{where}: _id {recorded} was {known} until now, not {got}")


def _moment(text: str) -> datetime:
    plain = datetime.fromisoformat(text.replace(" ", "T"))
    return plain if plain.tzinfo else plain.replace(tzinfo=UTC)


class Comparer:
    """Compares bodies: JSON, XML, text."""

    def __init__(self, names: Names, ignore: set[str]) -> None:
        self.names, self.ignore = names, ignore

    def same(self, recorded: Any, got: Any, where: str) -> None:
        key = re.split(r"[./]", where)[-1]
        if key in _OF_THE_RECORDING or key in self.ignore:
            return
        if isinstance(recorded, dict) and isinstance(got, dict):
            self._same_object(recorded, got, where)
        elif isinstance(recorded, list) and isinstance(got, list):
            self._same_list(recorded, got, where)
        elif key == "_id" and isinstance(recorded, int):
            self.names.same_id(recorded, got, where)
        elif key == "timestamp" and isinstance(got, int):
            assert abs(recorded - got) <= _SECONDS_APART, f"{where}: {got}"
        elif isinstance(recorded, str) and isinstance(got, str):
            self.names.same_text(recorded, got, where)
        elif type(recorded) is not type(got) or recorded != got:
            raise DifferenceError(f"{where}: {recorded!r} was recorded, not {got!r}")

    def _same_object(self, recorded: dict[str, Any], got: dict[str, Any], where: str) -> None:
        asset = "asset_type" in recorded  # recorded assets are cut to what matters
        for key, value in recorded.items():
            if (asset and key in _NOT_KEPT) or key in _OF_THE_RECORDING:
                continue
            if key not in got:
                raise DifferenceError(f"{where}: {key} was recorded and is missing")
            self.same(value, got[key], f"{where}.{key}")
        if not asset and (more := set(got) - set(recorded) - _OF_THE_RECORDING):
            raise DifferenceError(f"{where}: {more} not recorded")

    def _same_list(self, recorded: list[Any], got: list[Any], where: str) -> None:
        if len(recorded) != len(got):
            raise DifferenceError(f"{where}: {len(recorded)} were recorded, not {len(got)}")
        for number, (left, right) in enumerate(zip(recorded, got, strict=True)):
            self.same(left, right, f"{where}.{number}")

    def same_xml(self, recorded: str, got: str, where: str) -> None:
        self._same_element(_parse(recorded), _parse(got), where)

    def _same_element(
        self, left: ElementTree.Element, right: ElementTree.Element, where: str
    ) -> None:
        place = f"{where}/{left.tag.rpartition('}')[2]}"
        self.names.same_text(left.tag, right.tag, place)
        # the space before a text that holds an output differs between two pyxform versions
        for one, other in ((left.text, right.text), (left.tail, right.tail)):
            self.names.same_text((one or "").strip(), (other or "").strip(), place)
        self.same(dict(left.attrib), dict(right.attrib), place)
        if len(left) != len(right):
            raise DifferenceError(f"{place}: {len(left)} children were recorded, not {len(right)}")
        for one, other in zip(left, right, strict=True):
            self._same_element(one, other, place)


def _parse(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())


class Replay:
    """One recorded scenario, played in order against a new sandbox."""

    def __init__(self, folder: Path, scenario: str) -> None:
        self.exchanges = json.loads((RECORDINGS / f"{scenario}.json").read_bytes())["exchanges"]
        self.now = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
        self.app = create_app(folder, TOKEN, owner=OWNER, clock=lambda: self.now)
        self.client = FlaskClient(self.app, TestResponse, use_cookies=False)
        self.names = Names()
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
        self._compare(exchange, response, Comparer(self.names, ignore))
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
            text = json.dumps(exchange["response"])
            found = [_moment(one) for one in re.findall(MOMENT + r"(?!\d|\+0?7)", text)]
            found += [
                datetime.fromtimestamp(int(one), UTC)
                for one in re.findall(r'"timestamp": (\d+)', text)
            ]
            if found:
                self.now = max(self.now, *found)
                return

    def _send(self, request: dict[str, Any]) -> TestResponse:
        headers = {
            name: value.replace("<token>", TOKEN).replace("<token-bad>", "0" * 40)
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

    def _compare(
        self, exchange: dict[str, Any], response: TestResponse, comparer: Comparer
    ) -> None:
        recorded = exchange["response"]
        got = response.get_data(as_text=True) if "base64" not in recorded else ""
        if response.status_code != recorded["status"]:
            raise DifferenceError(f"{response.status_code}, not {recorded['status']}: {got[:500]}")
        for name, value in (recorded.get("headers") or {}).items():
            if name not in _HEADERS_APART | comparer.ignore:
                self.names.same_text(value, response.headers.get(name, "missing"), name)
        if "json" in recorded:
            comparer.same(recorded["json"], response.get_json(force=True), "")
        elif "base64" in recorded:
            assert response.data == base64.b64decode(recorded["base64"])
        else:
            _same_page(recorded.get("text", ""), got, comparer)


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


def _same_page(recorded: str, got: str, comparer: Comparer) -> None:
    if "<!DOCTYPE html>" in recorded:  # pages were cut to their title
        title = re.compile("<title>.*</title>")
        assert title.findall(got) == title.findall(recorded), got
    elif recorded.lstrip().startswith("<") and "<html>" not in recorded:
        comparer.same_xml(recorded, got, "")
    elif "<html>" not in recorded:
        comparer.names.same_text(recorded, got, "text")


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[Callable[[str], Replay]]:
    """Make a player of a recorded scenario over a new, empty sandbox."""
    players = []

    def make(scenario: str) -> Replay:
        players.append(Replay(tmp_path / f"state-{len(players)}", scenario))
        return players[-1]

    yield make
    for player in players:
        player.app.extensions["ishc-sandbox"].state.close()


@pytest.fixture
def difference() -> type[DifferenceError]:
    """What a player raises for an answer that is not as recorded."""
    return DifferenceError


@pytest.fixture
def scenario_names() -> Iterator[list[str]]:
    """The scenarios that are kept."""
    yield sorted(path.stem for path in RECORDINGS.glob("*.json"))
