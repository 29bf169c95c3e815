"""A followed pull: cheap, and equal to the server where its history can be read."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from connectors import follow
from connectors.servers import kobo, openrosa
from connectors.servers.contract import Media, Server
from connectors.servers.sandbox import serve
from programme.problem import Exit
from programme.settings import PullSettings
from tests.connectors.kobo.conftest import Club

ALWAYS = PullSettings(proven_up_to=0, proven_every_days=7, recent_days=14)
ONLY_NEW = replace(ALWAYS, recent_days=0)


@pytest.fixture
def large(programme):
    """The programme, every source too large to be proven each time."""
    programme.settings = replace(programme.settings, pull=ONLY_NEW)
    return programme


@pytest.fixture
def five(large, club):
    """Five submissions, proven."""
    for number in range(5):
        club.send(f"họp lần {number}")
    club.validate(max(club.records()), "validation_status_approved")  # an event to go by
    assert large.pull().proven
    with large.store() as store:  # long ago: none of them is recent
        store.connection.execute("UPDATE submission SET received = '2026-01-01T00:00:00'")
    return club


def stored(programme):
    with programme.store() as store:
        return {each.id: orjson.loads(each.json) for each in store.submissions("meeting")}


def codes(result):
    return [problem.code for problem in result.problems]


def kinds(programme):
    return [kind for (kind,) in programme.rows("SELECT kind FROM run ORDER BY number")]


def followed(programme, **options):
    """Pull, and make sure that it was followed to its end."""
    result = programme.pull(**options)
    (form,) = result.forms
    assert (form.kind, form.agreed, form.proven, codes(result)) == ("followed", True, False, [])
    assert result.agreed and not result.proven and result.exit_status == Exit.DONE
    return form


def test_new_edited_judged_and_deleted_are_brought_over(large, five):
    first, second, third, *_ = sorted(five.records())
    five.send("sau", edits=five.sent[0])
    five.validate(second, "validation_status_on_hold")
    five.delete(third)
    five.send("mới")
    form = followed(large)
    assert (form.new, form.changed, form.deleted, form.total) == (1, 2, 1, 5)
    assert stored(large) == five.records()
    assert stored(large)[first]["note"] == "sau"
    assert large.rows("SELECT reason, COUNT(*) FROM history GROUP BY reason") == [
        ("deleted", 1), ("replaced", 2),
    ]  # fmt: skip


def test_it_asks_for_what_has_changed_and_no_more(large, five, loopback, weather):
    five.send("sau", edits=five.sent[0])
    five.send("mới")
    spoiling, _ = weather(10_000)
    front = loopback(spoiling)
    followed(large.pointed(kobo=front.url))
    asked = [urlsplit(each.path) for each in front.asked]
    assert [each.path.partition("/api/v2/assets/")[2].partition("/")[2] for each in asked] == [
        "",  # whose account it is
        "data/",  # how far submissions reach
        "history/",
        "data/",  # the manifest of what is new
        "data/",  # and of what history names
        "data/",  # the two
        "data/",  # the count
    ]
    wanted = parse_qs(asked[-2].query)
    assert len(orjson.loads(wanted["query"][0])["_id"]["$in"]) == 2
    manifests = [parse_qs(each.query) for each in asked[3:5]]
    assert all(each["limit"] == ["1000"] and "fields" in each for each in manifests)


def test_a_quiet_night_brings_nothing(large, five):
    form = followed(large)
    assert (form.new, form.changed, form.deleted, form.total) == (0, 0, 0, 5)
    followed(large)


def test_the_last_of_all_deleted_is_noticed(large, five):
    five.delete(max(five.records()))
    assert followed(large).deleted == 1
    assert stored(large) == five.records()


def test_a_submission_deleted_and_sent_again_is_new(large, five):
    (gone,) = [number for number, each in five.records().items() if each["note"] == "họp lần 2"]
    record = five.records()[gone]
    five.delete(gone)
    xml = (
        f'<{five.asset} id="{five.asset}"><note>họp lần 2</note><meta>'
        f"<instanceID>{record['meta/instanceID']}</instanceID></meta></{five.asset}>"
    )
    openrosa.submit(five.server, xml.encode())
    form = followed(large)
    assert (form.new, form.deleted, form.total) == (1, 1, 5)
    assert gone not in stored(large) and stored(large) == five.records()


def test_a_photo_that_comes_late_shows_among_the_recent(large, club, photo):
    picture = photo("2.jpg")
    xml = (
        f'<{club.asset} id="{club.asset}"><photo>2.jpg</photo><meta><instanceID>'
        f"uuid:5ec2e700-0000-4000-8000-000000000001</instanceID></meta></{club.asset}>"
    ).encode()
    openrosa.submit(club.server, xml)
    large.pull()
    openrosa.submit(club.server, xml, [Media("2.jpg", picture)])
    recent = replace(large, settings=replace(large.settings, pull=ALWAYS))
    form = followed(recent)
    assert (form.changed, form.attachments) == (1, 1)


def test_pages_of_history(large, five, monkeypatch):
    """Hundreds of events: history comes in pages, newest first."""
    monkeypatch.setattr(kobo.events, "PAGE", 7)
    for number in sorted(five.records()):
        for state in ("on_hold", "approved", "not_approved", "on_hold"):
            five.validate(number, f"validation_status_{state}")
    assert followed(large).changed == 5
    assert stored(large) == five.records()


def test_after_some_days_everything_is_proven_again(large, five):
    for _ in range(6):
        followed(large)
    assert large.pull().proven
    assert kinds(large) == ["proven", *["followed"] * 6, "proven"]
    followed(large)


def test_a_small_source_is_proven_every_time(large, five):
    small = PullSettings(proven_up_to=5, proven_every_days=7, recent_days=14)
    programme = replace(large, settings=replace(large.settings, pull=small))
    assert programme.pull().proven
    five.send("the sixth")
    followed(programme)


def test_proven_when_asked_for(large, five):
    assert large.pull(proven=True).proven
    followed(large)


def test_a_clock_set_back_proves_instead(large, five):
    large.clock -= timedelta(days=300)
    result = large.pull()
    assert result.proven and codes(result) == ["clock-back"]


@pytest.fixture
def hiding(weather, loopback):
    """A server whose history leaves out one submission; gives its address."""
    spoiling, _ = weather(10_000)

    def start(instance):
        def answer(handler, asked):
            if "/history/" not in asked.path:
                return spoiling(handler, asked)
            _, body = spoiling.forward(asked)
            rows = [row for row in orjson.loads(body)["results"] if instance[5:] not in str(row)]
            return handler.reply(
                200, orjson.dumps({"count": len(rows), "next": None, "results": rows})
            )

        return loopback(answer).url

    return start


def test_an_edit_that_history_hides_is_found_by_the_next_proof(large, five, hiding):
    """Nothing is forgotten for good: the proof compares everything."""
    five.send("sau", edits=five.sent[0])
    blind = large.pointed(kobo=hiding(five.sent[0]))
    assert followed(blind).changed == 0
    assert blind.pull(proven=True).forms[0].changed == 1
    assert stored(large) == five.records()


def test_counts_that_differ_lead_to_a_proof_in_the_same_run(large, five, hiding):
    five.delete(min(five.records()))
    result = large.pointed(kobo=hiding(five.sent[0])).pull()
    (form,) = result.forms
    assert (form.kind, form.proven, form.deleted) == ("proven", True, 1)
    assert codes(result) == ["pull-unfollowed"] and result.exit_status == Exit.DONE
    assert "5 submissions here, 4" in result.problems[0].what.en
    assert stored(large) == five.records()


NOTHING = b'{"count": 0, "next": null, "previous": null, "results": []}'


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, NOTHING, "pull-unfollowed"),  # what was there last time is not there any more
        (200, b'{"count": 3, "next": null, "results": []}', "pull-unfollowed"),
        (200, b'{"count": 0}', "pull-unfollowed"),
        (200, b'{"count": 1, "next": null, "results": [{"date_created": "x"}]}', "pull-unfollowed"),
        (200, b'{"count": 1, "next": null, "results": [4]}', "pull-unfollowed"),
        (200, b"[]", "pull-unfollowed"),
        (500, b'{"error": "Server Error (500)"}', "pull-unfollowed"),
        (400, b"{}", "pull-unfollowed"),
        (404, b'{"detail": "Not found."}', "history-closed"),
    ],
)  # fmt: skip
def test_history_that_cannot_be_trusted_leads_to_a_proof(
    large, five, loopback, weather, fast, status, body, code
):
    spoiling, _ = weather(10_000)

    def answer(handler, asked):
        if "/history/" in asked.path:
            handler.reply(status, body)
        else:
            spoiling(handler, asked)

    five.send("sau", edits=five.sent[0])
    result = large.pointed(kobo=loopback(answer).url).pull(limits=replace(fast, read=20))
    assert result.proven and codes(result) == [code]
    assert result.problems[0].severity == "note" and result.exit_status == Exit.DONE
    assert stored(large) == five.records()


def test_history_without_an_end_is_left(large, five, loopback, weather):
    """Links to the next page that lead round in a circle, or to another host."""
    spoiling, _ = weather(10_000)
    row = {"date_created": "2026-11-01T00:00:00Z", "metadata": {}}

    def answer(handler, asked):
        if "/history/" in asked.path:
            elsewhere = "http://127.0.0.1:1/api/v2/assets/a/history/?limit=1&start=1"
            page = {"count": 9, "next": elsewhere, "results": [row]}
            handler.reply(200, orjson.dumps(page))
        else:
            spoiling(handler, asked)

    front = loopback(answer)
    result = large.pointed(kobo=front.url).pull()
    assert result.proven and codes(result) == ["pull-unfollowed"]
    assert sum("/history/" in each.path for each in front.asked) == 2


def test_a_history_older_than_its_life_is_not_trusted(large, five):
    with large.store() as store:
        store.connection.execute("UPDATE position SET history_to = '2025-01-01T00:00:00Z'")
    result = large.pull()
    assert result.proven and codes(result) == ["pull-unfollowed"]
    followed(large)


def test_without_any_event_the_servers_clock_is_taken(large, club):
    """An empty form that starts to fill: there is no event yet to go by."""
    large.pull()
    assert large.rows("SELECT history_found FROM position") == [(None,)]  # nothing to follow yet
    club.send("first")
    assert large.pull().proven
    club.send("second")
    followed(large)


def test_the_position_in_history_is_the_servers_time(large, five):
    """This computer's clock, wrong by years, is not asked."""
    ((until, found),) = large.rows("SELECT history_to, history_found FROM position")
    assert found == 1
    large.clock -= timedelta(days=3650)
    large.rows("DELETE FROM run")
    assert large.pull(proven=True).proven
    assert large.rows("SELECT history_to FROM position") == [(until,)]


def test_a_pull_that_is_cut_off_does_not_move_in_history(large, five, loopback, weather, fast):
    five.send("sau", edits=five.sent[0])
    before = large.rows("SELECT history_to, followed FROM position")
    spoiling, _ = weather(10_000)

    def answer(handler, asked):
        if "%24in" in asked.path and "fields" not in asked.path:
            handler.reply(401, b'{"detail": "Invalid token."}')
        else:
            spoiling(handler, asked)

    result = large.pointed(kobo=loopback(answer).url).pull(limits=replace(fast, read=20))
    assert codes(result) == ["server-token"] and result.exit_status == Exit.SERVER
    assert large.rows("SELECT history_to, followed FROM position") == before
    assert followed(large).changed == 1
    assert stored(large) == five.records()


def test_without_the_right_to_history_it_is_proven_and_told_once(tmp_path, programme):
    viewer = "0b5e7e-0b5e7e-0b5e7e"
    with serve(tmp_path / "theirs", programme.token, accounts={"viewer": viewer}) as theirs:
        owner = programme.pointed(kobo=theirs.url)
        owner.settings = replace(owner.settings, pull=ALWAYS)
        (deployed,) = owner.deploy()
        with Server("kobo", "kobo", theirs.url, theirs.url, programme.token) as server:
            give = f"{theirs.url}/api/v2/assets/{deployed.asset}/permission-assignments/"
            right = {
                "permission": f"{theirs.url}/api/v2/permissions/view_submissions/",
                "user": f"{theirs.url}/api/v2/users/viewer/",
            }
            server.http.json("POST", give, json=right)
            xml = f'<{deployed.asset} id="{deployed.asset}"><note>x</note></{deployed.asset}>'
            xml = xml.replace("</note>", "</note><meta><instanceID>uuid:1</instanceID></meta>")
            openrosa.submit(server, xml.encode())
        seen = [owner.pull(environ={"ISHC_TOKEN": viewer}) for _ in range(3)]
        assert [codes(each) for each in seen] == [["history-closed"], [], []]
        assert all(each.proven for each in seen)
        result = owner.pull()  # the right was given: that pull proves once more and then follows
        assert result.proven and codes(result) == []
        followed(owner)


def test_an_older_server_pages_by_offset(tmp_path, programme, monkeypatch):
    monkeypatch.setattr(kobo.events, "PAGE", 3)
    programme.settings = replace(programme.settings, pull=ONLY_NEW)
    with serve(tmp_path / "older", programme.token, older=True) as old:
        there = programme.pointed(kobo=old.url)
        (deployed,) = there.deploy()
        with Server("kobo", "kobo", old.url, old.url, programme.token) as server:
            for number in range(8):
                xml = (
                    f'<{deployed.asset} id="{deployed.asset}"><note>{number}</note><meta>'
                    f"<instanceID>uuid:{number}</instanceID></meta></{deployed.asset}>"
                )
                openrosa.submit(server, xml.encode())
            there.pull()
            club = Club(server, deployed.asset)
            for number in club.records():
                club.validate(number, "validation_status_approved")
            found = kobo.history(server, deployed.asset, "2020-01-01T00:00:00Z")
        assert found.roots == set("01234567") and not found.whole
        assert followed(there).changed == 8


def test_where_very_much_has_changed_everything_is_compared(large, five, monkeypatch):
    monkeypatch.setattr(follow, "MANY", 1)
    for number in five.records():
        five.validate(number, "validation_status_on_hold")
    result = large.pull()
    assert result.proven and codes(result) == ["pull-unfollowed"]
    assert stored(large) == five.records()
