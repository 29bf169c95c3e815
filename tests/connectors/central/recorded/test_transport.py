"""Every recorded answer, also those that are left out, through the client's HTTP layer."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from connectors.servers.central.instance import answers_of
from connectors.servers.faults import ServerFault
from tests.connectors.central.recorded.scene import (
    CODES,
    KEY,
    SCENARIOS,
    SESSIONS,
    exchanges,
    played,
)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_answer_is_given_back_or_told_as_what_it_is(scenario: str, tmp_path: Path) -> None:
    with played(scenario, tmp_path) as scene:
        for exchange in scene.exchanges:
            request, response = exchange["request"], exchange["response"]
            if request["path"] == SESSIONS and request["method"] == "POST":
                continue  # the client's own: see test_client
            scene.begin(exchange)
            url = scene.url + request["path"].replace("<token>", KEY)
            if scene.status in CODES:
                with pytest.raises(ServerFault) as raised:
                    scene.server.http.json(request["method"], url)
                assert (raised.value.code, raised.value.status) == (
                    CODES[scene.status],
                    scene.status,
                )
            elif "json" in response:
                assert scene.server.http.json(request["method"], url) == scene.told
            else:
                answer = scene.server.http.request(request["method"], url)
                assert answer.status == scene.status
                assert request["method"] == "HEAD" or answer.body == scene.body(response)
            assert scene.asked, exchange["name"]


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
        for exchange in exchanges(scenario):
            path, response = exchange["request"]["path"], exchange["response"]
            root = path.rpartition("/")[2].removesuffix(".xml")
            if not path.endswith(".xml") or "/versions/" in path or root not in shown:
                continue
            answers = answers_of(ET.fromstring(response["text"]), {"activity", "activity/people"})
            row = shown[root]
            assert answers["g_fund/fund_open"] == str(row["g_fund"]["fund_open"])
            assert answers["g_club/club"] == row["g_club"]["club"]
            assert answers["meta/instanceID"] == row["meta"]["instanceID"]
            met += 1
    assert met
