"""Every recorded exchange goes through the client's HTTP layer, and each answer is told right."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.servers.faults import ServerFault
from tests.connectors.sandbox.replay.left_out import LEFT_OUT

SCENARIOS = (
    "01-auth-permissions", "02-import", "03-deployment", "04-media-openrosa", "05-submissions",
    "06-listing", "06-listing-older", "07-edits", "07-edits-older", "08-deletes",
    "09-validation", "09-validation-older", "10-attachments", "11-history", "14-server-errors",
)  # fmt: skip
ALL = 718

NO_TOKEN = "the client shows its token with every request and asks nothing without one"
PUT = "the client replaces nothing in place"
REDIRECTED = "the client's addresses end with a slash; a redirect without a recorded answer"

CODES = {
    400: "server-refused",
    401: "server-token",
    403: "server-permission",
    404: "server-not-found",
    405: "server-refused",
    406: "server-refused",
    409: "server-refused",
    416: "server-refused",
    500: "server-error",
}


def why_not(exchange: dict[str, Any]) -> str:
    """Tell why the client cannot meet an exchange, "" when it can."""
    words = exchange["request"]["headers"].get("Authorization", "").split()
    if len(words) != 2 or words[0] != "Token":
        return NO_TOKEN
    if exchange["request"]["method"] == "PUT":
        return PUT
    return REDIRECTED if exchange["response"]["status"] == 301 else ""


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_answer_is_given_back_or_told_as_what_it_is(
    scenario: str, recorded: Callable[[str], Any]
) -> None:
    player = recorded(scenario)
    for name, exchange in player.exchanges.items():
        if not why_not(exchange):
            player.play(name, exact=True)
            _ask(player, name, exchange["request"], exchange["response"])
            player.done()


def _ask(player: Any, name: str, request: dict[str, Any], response: dict[str, Any]) -> None:
    http = player.server(request["headers"]["Authorization"].removeprefix("Token ")).http
    content = player.content(request)
    kept = ("Accept", "Range", "If-None-Match", "Accept-Language", "X-OpenRosa-Version")
    headers = {key: value for key, value in request["headers"].items() if key in kept}
    content["headers"] = {**content.get("headers", {}), **headers}
    address, query = player.url + request["path"], player.here(request.get("query", {}))
    code, kind = CODES.get(response["status"]), (response.get("headers") or {}).get("Content-Type")
    if code:
        with pytest.raises(ServerFault) as raised:
            http.json(request["method"], address, params=query, **content)
        assert (raised.value.code, raised.value.status) == (code, response["status"]), name
    elif kind == "application/json" and "json" in response:
        data = http.json(request["method"], address, params=query, **content)
        assert data == player.here(response["json"]), name
    else:
        answer = http.request(request["method"], address, params=query, **content)
        assert answer.status == response["status"], name
        if request["method"] != "HEAD":
            assert answer.body == player.body(response), name


def test_what_the_client_cannot_meet_is_named(recorded: Callable[[str], Any]) -> None:
    reasons = [
        (why_not(exchange), scenario, name)
        for scenario in SCENARIOS
        for name, exchange in recorded(scenario).exchanges.items()
    ]
    assert len(reasons) == ALL
    left_out = [one for one in reasons if one[0]]
    assert len(left_out) == 23, left_out
    by_the_sandbox_too = [one for one in left_out if one[2] in LEFT_OUT.get(one[1], {})]
    assert by_the_sandbox_too == []  # so every exchange is replayed on one side at least
