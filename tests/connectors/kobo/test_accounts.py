"""Accounts with fewer rights, and the older release: pulled all the same, or told why not."""

from dataclasses import replace

import orjson
import pytest

from connectors.servers import kobo
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault
from connectors.servers.sandbox import serve
from programme.settings import PullSettings

VIEWER = "71e0e7-71e0e7-71e0e7"


@pytest.fixture(params=[False, True], ids=["2.026.07", "2.026.03"])
def here(request, programme, tmp_path):
    """The programme at a sandbox of each release, which knows a second account."""
    accounts = {"nguoixem": VIEWER}
    with serve(
        tmp_path / "here", programme.token, accounts=accounts, older=request.param
    ) as running:
        here = programme.pointed(kobo=running.url)
        here.settings = replace(here.settings, pull=PullSettings(proven_up_to=0))
        here.deploy()
        yield here


@pytest.fixture
def connect(here, club):
    """The server at hand as an account sees it."""
    opened = []

    def make(token=here.token):
        url = here.settings.servers["kobo"].url
        opened.append(Server("kobo", "kobo", url, url, token, club.server.limits))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def filled(connect, club):
    """A club that has sent three forms to it."""
    (form,) = kobo.list_forms(connect())
    club = replace(club, server=connect(), asset=form.asset)
    for note in "abc":
        club.send(note)
    return club


def allow(club, right):
    url = f"{club.server.url}/api/v2/assets/{club.asset}/permission-assignments/"
    wanted = {"permission": f"/permissions/{right}/", "user": "/users/nguoixem/"}
    club.server.http.json("POST", url, json=wanted)


def test_an_account_that_may_only_look_gets_everything_proven(here, filled, connect):
    refused = here.pull(environ={"ISHC_TOKEN": VIEWER})
    assert [each.code for each in refused.problems] == ["server-not-found"]
    allow(filled, "view_submissions")
    viewer = {"ISHC_TOKEN": VIEWER}
    assert here.pull(environ=viewer).proven
    filled.send("d", edits=filled.sent[0])
    filled.delete(max(filled.records()))
    (form,) = here.pull(environ=viewer).forms  # without the history nothing is followed
    assert (form.kind, form.agreed, form.changed, form.deleted) == ("proven", True, 1, 1)
    with here.store() as store:
        stored = {each.id: orjson.loads(each.json) for each in store.submissions("meeting")}
    assert stored == filled.records()


def test_what_an_account_may_not_change_stays_as_it_is(filled, connect):
    allow(filled, "view_submissions")
    before, server = filled.records(), connect(VIEWER)
    first = min(before)
    for change in (
        lambda: kobo.set_states(server, filled.asset, [first], "on_hold"),
        lambda: kobo.edit_answers(server, filled.asset, {first: {"note": "x"}}),
    ):
        with pytest.raises(ServerFault) as raised:
            change()
        assert raised.value.code == "server-permission"
    assert filled.records() == before


def test_states_and_edits_reach_both_releases(here, filled):
    assert here.pull().proven
    first, second, _ = sorted(filled.records())
    stands = kobo.set_states(filled.server, filled.asset, [first, second], "on_hold")
    assert set(stands.standing) == {first, second}
    edited = kobo.edit_answers(filled.server, filled.asset, {first: {"note": "sửa"}})
    assert set(edited.done) == {first} and not edited.problems
    (form,) = here.pull().forms
    assert (form.kind, form.agreed, form.changed) == ("followed", True, 2)
    with here.store() as store:
        stored = {each.id: orjson.loads(each.json) for each in store.submissions("meeting")}
    assert stored == filled.records() and stored[first]["note"] == "sửa"
