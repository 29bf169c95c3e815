"""What the client makes of the answers that a real ODK Central was recorded to give."""

import base64
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from connectors.servers import central
from connectors.servers.access import PATIENT
from connectors.servers.central.drafts import files
from connectors.servers.central.instance import answers_of
from connectors.servers.central.listing import filtered
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault
from connectors.servers.http import SIGNED_IN
from tests.connectors.kobo.conftest import Loopback

RECORDINGS = Path(__file__).parents[1] / "data" / "central-recordings"
SCENARIOS = sorted(path.stem for path in RECORDINGS.glob("*.json"))
ALL = 480
ONCE = replace(PATIENT, tries=1, read=20, pause=0.001)
CODES = {
    400: "server-refused",
    401: "server-token",
    403: "server-permission",
    404: "server-not-found",
    406: "server-refused",
    409: "server-refused",
    501: "server-error",
}
SESSIONS = "/v1/sessions"
OPENED = json.dumps({"token": "0" * 64, "expiresAt": "2026-11-23T00:00:00.000Z"}).encode()


def exchanges(scenario: str) -> list[dict[str, Any]]:
    """The exchanges of a scenario, in their order."""
    text = (RECORDINGS / f"{scenario}.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["exchanges"]
    return found


def body_of(response: dict[str, Any]) -> bytes:
    """The bytes of a recorded answer."""
    if "json" in response:
        return json.dumps(response["json"], ensure_ascii=False).encode()
    if "base64" in response:
        return base64.b64decode(response["base64"])
    return str(response.get("text", "")).encode()


class Player:
    """A server that gives the answers in ``coming`` one after the other, and opens sessions."""

    def __init__(self) -> None:
        self.coming: list[dict[str, Any]] = []
        self.asked: list[str] = []

    def __call__(self, handler: Any, asked: Any) -> None:
        """Answer the next request."""
        path = urlsplit(asked.path).path
        expected = self.coming[0]["request"]["path"] if self.coming else ""
        if path in (SESSIONS, f"{SESSIONS}/current") and path != expected:
            handler.reply(200, OPENED, {"Content-Type": "application/json"}, len(OPENED))
            return
        self.asked.append(f"{asked.method} {path}")
        response = self.coming.pop(0)["response"] if self.coming else {"status": 410}
        headers = {k: v for k, v in (response.get("headers") or {}).items() if v.isascii()}
        body = body_of(response)
        handler.reply(response["status"], body, headers, len(body))


@contextmanager
def playing(*coming: dict[str, Any]) -> Iterator[tuple[Server, Player]]:
    """Start a server that plays some exchanges; every one has to be asked for."""
    player = Player()
    player.coming = list(coming)
    loopback = Loopback(player)
    try:
        url, user = loopback.url, "admin@example.org"
        with Server("central", "central", url, url, "mật khẩu", ONCE, user, 1) as server:
            yield server, player
        assert player.coming == []
    finally:
        loopback.stop()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_answer_is_given_back_or_told_as_what_it_is(scenario: str) -> None:
    with playing() as (server, player):
        for exchange in exchanges(scenario):
            request, response = exchange["request"], exchange["response"]
            if request["path"] == SESSIONS and request["method"] == "POST":
                continue  # below
            code = CODES.get(response["status"])
            # after a 401 the client opens another session and asks again
            player.coming = [exchange] * (SIGNED_IN if code == "server-token" else 1)
            url = server.url + request["path"]
            if code:
                with pytest.raises(ServerFault) as raised:
                    server.http.json(request["method"], url)
                assert (raised.value.code, raised.value.status) == (code, response["status"])
            elif "json" in response:
                assert server.http.json(request["method"], url) == response["json"]
            else:
                answer = server.http.request(request["method"], url)
                assert answer.status == response["status"]
                assert request["method"] == "HEAD" or answer.body == body_of(response)
            assert player.coming == [], exchange["name"]


def test_all_were_met() -> None:
    assert sum(len(exchanges(scenario)) for scenario in SCENARIOS) == ALL


def of(scenario: str, method: str, end: str, status: int = 200) -> list[dict[str, Any]]:
    """The exchanges of a scenario whose address ends so."""
    return [
        each
        for each in exchanges(scenario)
        if each["request"]["method"] == method
        and each["request"]["path"].endswith(end)
        and each["response"]["status"] == status
    ]


def test_a_session_that_is_not_opened_is_told() -> None:
    told = [*of("01_sessions_and_errors", "POST", SESSIONS, 401)]
    told += of("01_sessions_and_errors", "POST", SESSIONS, 400)
    assert len(told) == 4
    for exchange in told:
        with playing(exchange) as (server, _), pytest.raises(ServerFault) as raised:
            central.check_account(server)
        assert raised.value.code == "server-sign-in", exchange["name"]


def test_the_account_and_the_forms_are_read() -> None:
    (user, *_) = of("01_sessions_and_errors", "GET", "/users/current")
    with playing(user) as (server, _):
        assert central.check_account(server) == "admin@example.org"
    (listed, *_) = of("02_forms_drafts_publish", "GET", "/projects/5/forms")
    with playing(listed) as (server, _):
        (form,) = central.list_forms(server)
    assert (form.asset, form.version, form.deployed) == ("club_report", "2026110100", True)
    kept = of("02_forms_drafts_publish", "GET", "/club_report/attachments")[0]
    with playing(kept) as (server, _):
        found = files(server, "club_report")
    rows = kept["response"]["json"]
    assert found == {row["name"]: f"md5:{row['hash']}" if row["hash"] else "" for row in rows}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_list_of_submissions_is_read(scenario: str) -> None:
    met = 0
    for exchange in of(scenario, "GET", ".svc/Submissions"):
        told = exchange["response"]["json"]
        if not told["value"] or "__system" not in told["value"][0]:
            continue
        last = {"request": exchange["request"], "response": {"status": 200, "json": {"value": []}}}
        coming = [exchange, *([last] if "@odata.nextLink" in told else [])]
        with playing(*coming) as (server, _):
            found = filtered(server, "club_report", "x")
        wanted = sorted(told["value"], key=lambda row: row["__system"]["submissionDate"])
        assert [each.root for each in found] == [row["__id"] for row in wanted]
        assert len({each.number for each in found}) == len(wanted)
        met += 1
    assert met or scenario[:2] in ("01", "02", "03", "07", "08")


def test_the_answers_of_a_submission_are_those_that_odata_shows() -> None:
    met = 0
    for scenario in SCENARIOS:
        shown = {
            row["__id"]: row
            for exchange in exchanges(scenario)
            if "json" in exchange["response"] and isinstance(exchange["response"]["json"], dict)
            for row in exchange["response"]["json"].get("value", [])
            if isinstance(row, dict) and "g_fund" in row and "meta" in row
        }
        for exchange in of(scenario, "GET", ".xml"):
            path = exchange["request"]["path"]
            root = path.rpartition("/")[2].removesuffix(".xml")
            if "/submissions/uuid:" not in path or "/versions/" in path or root not in shown:
                continue
            xml = ET.fromstring(exchange["response"]["text"])
            answers = answers_of(xml, {"activity", "activity/people"})
            row = shown[root]
            assert answers["g_fund/fund_open"] == str(row["g_fund"]["fund_open"])
            assert answers["g_club/club"] == row["g_club"]["club"]
            assert answers["meta/instanceID"] == row["meta"]["instanceID"]
            met += 1
    assert met
