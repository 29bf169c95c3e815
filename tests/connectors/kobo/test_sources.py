"""A form in several assets and accounts: one table, each source with its own position and token."""

from dataclasses import replace

import orjson
import pytest

from connectors.servers import kobo
from connectors.servers.contract import Server
from connectors.servers.sandbox import serve
from programme.account import ServerSettings
from programme.problem import Exit
from programme.settings import SourceSettings
from tests.connectors.kobo.conftest import TOKEN, Club

SECOND = "0b5e7e-0b5e7e-0b5e7e"


def with_sources(programme, *sources, servers=None):
    (meeting,) = programme.settings.forms.values()
    forms = {"meeting": replace(meeting, sources=sources)}
    servers = servers or programme.settings.servers
    return replace(programme, settings=replace(programme.settings, forms=forms, servers=servers))


def at(name, server, asset=""):
    return SourceSettings(name, server, asset, f"forms.meeting.sources.{name}")


def notes(programme):
    with programme.store() as store:
        return sorted(
            (each.source, orjson.loads(each.json)["note"]) for each in store.submissions("meeting")
        )


@pytest.fixture
def second(programme, club):
    """Another asset of the same form in the same account."""
    asset = kobo.imports.create(
        club.server, programme.folder.xlsforms / "meeting.xlsx", "Họp câu lạc bộ"
    )
    url = f"{club.server.url}/api/v2/assets/{asset}/"
    club.server.http.json("POST", url + "deployment/", json={"active": True})
    return Club(club.server, asset)


def test_two_assets_of_one_account(programme, club, second, loopback, weather):
    spoiling, _ = weather(10_000)
    front = loopback(spoiling)
    servers = {"kobo": ServerSettings("kobo", "kobo", front.url, front.url, "ISHC_TOKEN")}
    both = with_sources(
        programme,
        at("north", "kobo", club.asset),
        at("south", "kobo", second.asset),
        servers=servers,
    )
    first = club.send("bắc")
    second.send("nam")
    result = both.pull()
    assert result.proven
    assert notes(both) == [("north", "bắc"), ("south", "nam")]
    assert sum(each.path == "/me/" for each in front.asked) == 1
    club.send("bắc, đã sửa", edits=first)
    second.delete(*second.records())
    north, south = both.pull().forms
    assert (north.source, north.changed, north.total) == ("north", 1, 1)
    assert (south.source, south.deleted, south.total) == ("south", 1, 0)
    assert both.rows("SELECT source, asset FROM position ORDER BY source") == [
        ("north", club.asset), ("south", second.asset),
    ]  # fmt: skip


def test_a_source_that_fails_is_named_and_the_others_are_pulled(programme, club, second):
    club.send("bắc")
    second.send("nam")
    sources = (
        at("lost", "kobo", "aNobodyHasThis"),
        at("north", "kobo", club.asset),
        at("closed", "closed"),
        at("south", "kobo", second.asset),
    )
    servers = {
        **programme.settings.servers,
        "closed": ServerSettings("closed", "kobo", "http://127.0.0.1:1", "http://127.0.0.1:1"),
    }
    result = with_sources(programme, *sources, servers=servers).pull()
    assert result.exit_status == Exit.SERVER and not result.agreed
    assert {form.source: form.proven for form in result.forms} == {
        "lost": False, "north": True, "south": True, "closed": False,
    }  # fmt: skip
    assert [(each.code, each.place.server, each.place.source) for each in result.problems] == [
        ("server-not-found", "kobo", "lost"), ("token-missing", "closed", "closed"),
    ]  # fmt: skip
    assert notes(programme) == [("north", "bắc"), ("south", "nam")]


def test_an_account_a_province_with_a_token_each(programme, club, tmp_path):
    club.send("trung ương")
    with serve(tmp_path / "other", SECOND) as other:
        servers = {
            **programme.settings.servers,
            "langson": ServerSettings("langson", "kobo", other.url, other.url, "LANGSON_TOKEN"),
        }
        both = with_sources(
            programme, SourceSettings("kobo", "kobo"), at("lang_son", "langson"), servers=servers
        )
        with Server("langson", "kobo", other.url, other.url, SECOND) as server:
            workbook = programme.folder.xlsforms / "meeting.xlsx"
            asset = kobo.imports.create(server, workbook, "Họp câu lạc bộ")
            url = f"{other.url}/api/v2/assets/{asset}/deployment/"
            server.http.json("POST", url, json={"active": True})
            Club(server, asset).send("lạng sơn")
        result = both.pull(environ={"LANGSON_TOKEN": SECOND})
        assert result.proven, result.problems
        assert notes(both) == [("kobo", "trung ương"), ("lang_son", "lạng sơn")]
        result = both.pull(environ={"LANGSON_TOKEN": TOKEN})  # the wrong one of the two
        assert [form.proven for form in result.forms] == [True, False]
        assert [each.code for each in result.problems] == ["server-token"]
        assert result.problems[0].place.in_("en") == "server langson, source lang_son, form meeting"


def test_two_accounts_that_see_one_asset_do_not_count_it_twice(programme, club):
    club.send("một lần")
    servers = {
        name: replace(programme.settings.servers["kobo"], name=name) for name in ("kobo", "also")
    }
    both = with_sources(programme, at("first", "kobo"), at("again", "also"), servers=servers)
    result = both.pull()
    assert [form.proven for form in result.forms] == [True, False]
    assert [each.code for each in result.problems] == ["asset-twice"]
    assert result.exit_status == Exit.SERVER
    assert notes(both) == [("first", "một lần")]
