"""What the client makes of recorded answers when it reads: accounts, forms, lists, files."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.servers import kobo
from connectors.servers.contract import Attachment
from connectors.servers.faults import ServerFault
from connectors.servers.kobo.assets import get_asset
from connectors.servers.kobo.data import MANIFEST
from connectors.servers.kobo.media import kept
from connectors.servers.kobo.urls import api, pages
from tests.connectors.kobo.replay.test_transport import CODES, SCENARIOS

ASSET = r"/api/v2/assets/(a\w{21})/"
LAST = 10**6  # above every recorded id
STATES = {"validation_status_" + name for name in ("approved", "not_approved", "on_hold")}


def told(player: Any, name: str, ask: Callable[[], Any], code: str, *, times: int = 1) -> None:
    """The verb tells an exchange as a problem of this code."""
    player.play(*[name] * times)
    with pytest.raises(ServerFault) as raised:
        ask()
    assert raised.value.code == code, name
    player.done()


def given(player: Any, name: str, ask: Callable[[], Any]) -> Any:
    """What the verb gives for an exchange."""
    player.play(name)
    found = ask()
    player.done()
    return found


def test_the_account_is_named_or_told(recorded: Callable[[str], Any]) -> None:
    player, met = recorded("01-auth-permissions"), 0
    for name, one in player.of("GET", "/me/"):
        code, met = CODES.get(one["response"]["status"]), met + 1
        if code:
            told(player, name, lambda: kobo.check_account(player.server()), code)
        else:
            assert given(player, name, lambda: kobo.check_account(player.server())) == "chunhiem"
    assert met == 2


def test_forms_are_found_through_all_pages(recorded: Callable[[str], Any]) -> None:
    player = recorded("01-auth-permissions")
    player.play("asset list", "asset, user with view_asset only")
    (form,) = kobo.list_forms(player.server())
    assert (form.name, form.deployed) == ("Báo cáo tháng câu lạc bộ", True)
    assert form.submissions == 0  # this account may not know
    player.play("asset list, limit 2", "asset list, limit 2, page 2 by next")
    found = pages(player.server(), api(player.server(), "assets"), {"limit": "2"})
    assert [len(page) for page in found] == [2, 1]
    player.done()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_asset_is_read(scenario: str, recorded: Callable[[str], Any]) -> None:
    player = recorded(scenario)
    for name, one in player.of("GET", ASSET):
        uid, answer = one["request"]["path"].split("/")[-2], one["response"]
        if code := CODES.get(answer["status"]):
            told(player, name, lambda uid=uid: get_asset(player.server(), uid), code)
            continue
        got = given(player, name, lambda uid=uid: get_asset(player.server(), uid))
        body = answer["json"]
        assert (got.form.asset, got.form.name, got.version) == (
            uid,
            body["name"],
            body["version_id"],
        )
        assert got.active == (body["deployment_status"] == "deployed")
        assert got.deployed_version == (body["deployed_version_id"] or "")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_list_of_submissions_is_read_or_refused(
    scenario: str, recorded: Callable[[str], Any]
) -> None:
    player = recorded(scenario)
    for name, one in player.of("GET", ASSET + "data/"):
        asset = one["request"]["path"].split("/")[4]

        def first(asset: str = asset) -> list[Any]:
            return next(kobo.manifest(player.server(), asset, LAST), [])

        if code := CODES.get(one["response"]["status"]):
            told(player, name, first, code)
            continue
        body = one["response"]["json"]
        rows, ids = body["results"], [row["_id"] for row in body["results"]]
        if ids != sorted(ids):  # an answer that falls proves nothing
            told(player, name, first, "server-answer")
        elif not ids and body["count"]:  # says there is more and gives nothing, twice
            told(player, name, first, "server-answer", times=2)
        else:
            got = given(player, name, first)
            assert [_seen(row) for row in got] == [_listed(row) for row in rows], name
            _asked_well(player.asked[-1].path)
            _whole_too(player, name, asset, one, rows)


def _seen(row: Any) -> tuple[Any, ...]:
    files = [(one.uid, one.name, one.deleted) for one in row.attachments]
    return row.id, row.uuid, row.root_uuid, row.validation, row.validated, files


def _listed(row: dict[str, Any]) -> tuple[Any, ...]:
    state = row.get("_validation_status") or {}
    assert state.get("uid") in STATES | {None}
    files = [
        (one["uid"], one["media_file_basename"], one["is_deleted"])
        for one in row.get("_attachments", [])
    ]
    root = row["meta/rootUuid"].removeprefix("uuid:")
    return row["_id"], row["_uuid"], root, state.get("uid"), state.get("timestamp"), files


def _asked_well(path: str) -> None:
    """Keyset, sorted, a thousand at most, and every field without which the answer would lie."""
    query = parse_qs(urlsplit(path).query)
    assert query["sort"] == ['{"_id":1}'] and query["limit"] == ["1000"]
    assert '"$gt":0' in query["query"][0]
    assert all(f'"{field}"' in query["fields"][0] for field in MANIFEST)


def _whole_too(player: Any, name: str, asset: str, one: dict[str, Any], rows: list[Any]) -> None:
    """Whole submissions come as they are."""
    if "fields" in one["request"].get("query", {}) or not rows:
        return
    ids = [row["_id"] for row in rows]
    player.play(name)
    assert next(kobo.fetch(player.server(), asset, ids, ids)) == player.here(rows)


FILE = ASSET + r"data/(\d+)/attachments/(att\w+)/"


@pytest.mark.parametrize("scenario", ["07-edits", "10-attachments"])
def test_every_file_is_fetched_or_told(
    scenario: str, recorded: Callable[[str], Any], tmp_path: Path
) -> None:
    player, number = recorded(scenario), itertools.count()
    for name, one in player.of("GET", FILE):
        if {"Range", "If-None-Match"} & set(one["request"]["headers"]):
            continue
        into = tmp_path / f"{next(number)}"

        def fetch(one: Any = one, into: Path = into) -> Any:
            return kobo.fetch_attachment(player.server(), _file(one), into)

        if code := CODES.get(one["response"]["status"]):
            told(player, name, fetch, code)
            assert not into.exists()
        else:
            body = player.body(one["response"])
            assert given(player, name, fetch).size == len(body) == into.stat().st_size
            assert into.read_bytes() == body


def _file(one: dict[str, Any]) -> Attachment:
    found = re.fullmatch(FILE, one["request"]["path"])
    assert found is not None
    kind = (one["response"].get("headers") or {}).get("Content-Type", "")
    return Attachment(found[1], int(found[2]), found[3], "a.jpg", "anh", kind, False)


def test_a_file_that_broke_off_goes_on_where_it_was(
    recorded: Callable[[str], Any], tmp_path: Path
) -> None:
    player = recorded("10-attachments")
    rest = player.exchanges["range, from byte 3000 on"]
    whole = next(
        name
        for name, one in player.of("GET", re.escape(rest["request"]["path"]))
        if one["response"]["status"] == 200
    )
    player.cut = {whole: 3000}
    player.play(whole, "range, from byte 3000 on")
    with pytest.raises(ServerFault) as raised:
        kobo.fetch_attachment(player.server(), _file(rest), tmp_path / "a")
    assert raised.value.code == "server-reset"
    kobo.fetch_attachment(player.server(), _file(rest), tmp_path / "a")
    assert player.asked[-1].headers["Range"] == "bytes=3000-"
    assert (tmp_path / "a").read_bytes() == player.body(player.exchanges[whole]["response"])
    player.done()


def test_the_history_is_read_by_pages_or_told(recorded: Callable[[str], Any]) -> None:
    player = recorded("11-history")

    def roots(asset: str) -> frozenset[str]:
        return kobo.history(player.server(), asset, "2026-11-20T00:00:00Z").roots

    for name, one in player.of("GET", ASSET + "history/"):
        asset, answer = one["request"]["path"].split("/")[4], one["response"]
        if code := CODES.get(answer["status"]):
            told(player, name, lambda asset=asset: roots(asset), code)
        elif answer["json"]["next"] is None and answer["json"]["previous"] is None:
            wanted = {
                row["metadata"]["submission"]["root_uuid"]
                for row in answer["json"]["results"]
                if "submission" in row["metadata"]
            }
            assert given(player, name, lambda asset=asset: roots(asset)) == wanted, name
    player.play("all rows, limit 8, page 1", "all rows, limit 8, page 2 by next")
    assert len(roots(asset)) == 3
    assert "start=8" in player.asked[-1].path
    player.done()


def test_the_files_of_a_form_are_listed(recorded: Callable[[str], Any]) -> None:
    player, met = recorded("04-media-openrosa"), 0
    for name, one in player.of("GET", ASSET + "files/"):
        if one["response"]["json"]["next"] is None:
            asset, met = one["request"]["path"].split("/")[4], met + 1
            got = given(player, name, lambda asset=asset: kept(player.server(), asset))
            listed = [row["metadata"]["filename"] for row in one["response"]["json"]["results"]]
            assert sorted(got) == sorted(set(listed)), name
    assert met >= 2
