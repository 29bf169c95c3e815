"""A KoBo that means harm: refused or contained, said, nothing lost. Both kinds: ``hostile``."""

import re
from dataclasses import replace

import orjson
import pytest

from connectors.servers import kobo
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault
from tests.connectors.hostile.conftest import stopping

SECRET = "7aken-7aken-7aken"
ROWS = b'{"count": 3, "next": null, "results": [%s]}'


@pytest.fixture
def stranger(loopback):
    """Another server, which must never be asked anything."""
    there = loopback(lambda handler, asked: handler.reply(200, b'{"username": "an"}'))
    yield there
    assert there.asked == []


@pytest.fixture
def hostile(loopback, fast):
    """Give a server that answers so, as the client sees it."""
    opened = []

    def start(answer, **limits):
        behind = loopback(answer)
        server = Server("x", "kobo", behind.url, behind.url, SECRET, replace(fast, **limits))
        opened.append(server)
        return server, behind

    yield start
    for each in opened:
        each.close()


def code(call):
    with pytest.raises(ServerFault) as raised:
        call()
    assert SECRET not in str(raised.value)
    return raised.value.code


# --- lists without end


def test_a_list_that_never_ends(hostile):
    def answer(handler, asked):
        found = re.search(r"start=(\d+)", asked.path)
        start = int(found[1]) if found else 0
        rows = [{"uid": f"a{start + each}"} for each in range(5_000)]
        following = f"{behind.url}/x?start={start + 5_000}"
        handler.reply(200, orjson.dumps({"count": 1, "next": following, "results": rows}))

    server, behind = hostile(answer)
    assert code(lambda: kobo.list_forms(server)) == "server-answer"
    assert len(behind.asked) == 5


def test_submissions_that_never_end(hostile):
    def answer(handler, asked):
        after = int(re.search(r"gt%22%3A(\d+)", asked.path)[1])
        rows = [{"_id": after + each, "_uuid": "u"} for each in range(1, 501)]
        handler.reply(200, orjson.dumps({"count": 600, "next": "x", "results": rows}))

    server, behind = hostile(answer)
    assert code(lambda: list(kobo.manifest(server, "aX", 2**62))) == "server-answer"
    assert len(behind.asked) == 4


def test_a_history_that_never_ends(hostile, monkeypatch):
    monkeypatch.setattr(kobo.events, "MOST", 2_000)
    event = {"date_created": "2026-11-21T19:49:14Z", "metadata": {}}

    def answer(handler, asked):
        found = re.search(r"start=(\d+)", asked.path)
        following = f"http://x/?start={int(found[1]) + 1 if found else 1}"
        body = {"count": 9, "next": following, "results": [event] * 400}
        handler.reply(200, orjson.dumps(body))

    server, behind = hostile(answer)
    assert code(lambda: kobo.history(server, "aX", "2026-11-20T00:00:00Z")) == "server-answer"
    assert len(behind.asked) == 6


@pytest.mark.parametrize(
    "event",
    [
        {"date_created": "2026-13-21T19:49:14Z"},
        {"date_created": "0001-01-01T00:00:00+14:00"},
        {"date_created": ["2026-11-21T19:49:14Z"]},
        {},
        7,
        None,
    ],
)
def test_events_that_cannot_be(hostile, event):
    body = orjson.dumps({"count": 1, "next": None, "results": [event]})
    server, _ = hostile(lambda handler, asked: handler.reply(200, body))
    assert code(lambda: kobo.history(server, "aX", "2026-11-20T00:00:00Z")) == "server-answer"


# --- answers that are no answers


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"count": 1, "results": {"_id": 5, "_uuid": "a"}}', "server-answer"),
        (b'{"count": "1", "results": []}', "server-answer"),
        (b'{"count": 1.0, "results": []}', "server-answer"),
        (b'{"results": []}', "server-answer"),
        (b'{"count": 1, "results": null}', "server-answer"),
        (b'{"count": 1}', "server-answer"),
        (b"null", "server-answer"),
        (b'"x"', "server-answer"),
        (b"", "server-answer"),
        (ROWS % b'{"_id": "5", "_uuid": "a"}', "server-answer"),
        (ROWS % b'{"_id": 5.0, "_uuid": "a"}', "server-answer"),
        (ROWS % b'{"_id": -5, "_uuid": "a"}', "server-answer"),
        (ROWS % b'{"_id": true, "_uuid": "a"}', "server-answer"),
        (ROWS % b'{"_id": 9223372036854775808, "_uuid": "a"}', "server-answer"),
        (ROWS % b'{"_id": 1e300, "_uuid": "a"}', "server-answer"),
        (ROWS % b'{"_id": null, "_uuid": "a"}', "server-answer"),
        (ROWS % b'{"_id": 5, "_uuid": 5}', "server-answer"),
        (ROWS % b'{"_id": 5, "_uuid": ""}', "server-answer"),
        (ROWS % b'{"_id": 5}', "server-answer"),
        (ROWS % b'[{"_id": 5, "_uuid": "a"}]', "server-answer"),
        (ROWS % b'{"_id": 5, "_uuid": "a"}, {"_id": 5, "_uuid": "a"}', "server-answer"),
        (ROWS % b'{"_id": 5, "_uuid": "a", "x": "\xff\xfe"}', "server-truncated"),
        (ROWS % b'{"_id": 5, "_uuid": "a", "x": "\\ud800"}', "server-truncated"),
        (ROWS % b'{"_id": 5, "_uuid": "a", "x": NaN}', "server-truncated"),
        (b"[" * 100_000, "server-too-large"),
        (b"<html><body>502</body></html>", "server-html"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "server-truncated"),
    ],
)
def test_an_answer_that_is_none_is_refused_and_said(hostile, body, said):
    server, _ = hostile(lambda handler, asked: handler.reply(200, body), tries=2)
    assert code(lambda: list(kobo.manifest(server, "aX", 10))) == said


# --- a pull from it: what was stored stays, what can be stored is


@pytest.fixture
def spoiled(programme, club, weather, loopback):
    """Give the programme before a server that changes every page of submissions on its way."""
    rest, _ = weather(1_000_000)

    def start(change):
        def answer(handler, asked):
            status, body = rest.forward(asked)
            if "/data/?" in asked.path:
                page = orjson.loads(body)
                body = orjson.dumps(change(page) or page)
            handler.reply(status, body)

        return programme.pointed(kobo=loopback(answer).url)

    return start


def stored(programme):
    with programme.store() as store:
        return {each.id: orjson.loads(each.json) for each in store.submissions("meeting")}


ODD = ["41", 41, 4.5, True, None, ["41"], [["a"], {"b": []}], {"c": {"d": "e"}}, [], "x" * 10_000]


def test_rows_whose_types_change_from_page_to_page(programme, club, spoiled, monkeypatch):
    monkeypatch.setattr(kobo.data, "PAGE", 2)
    monkeypatch.setattr(kobo.data, "TOGETHER", 1)
    for number in range(len(ODD)):
        club.send(str(number))

    def change(page):
        for row in page["results"]:
            if "note" in row:
                odd = ODD[int(row["note"])]
                row |= {"attendance": odd, "_geolocation": odd, "_tags": odd, "club": odd}
                row |= {"_submission_time": odd, "meta/instanceID": odd, "visits": odd}

    result = spoiled(change).pull()
    assert result.problems == () and result.proven
    there = stored(programme)
    assert [there[number]["attendance"] for number in sorted(there)] == ODD


@pytest.mark.parametrize(
    "odd",
    [
        {"_attachments": "x"},
        {"_attachments": [7, None, {}, {"uid": None}, {"uid": ["x"]}]},
        {"_validation_status": ["x"]},
        {"_validation_status": {"uid": {"x": 1}, "timestamp": "now"}},
        {"meta/rootUuid": 5},
        {"meta/rootUuid": ""},
    ],
)
def test_odd_things_beside_the_answers_are_no_reason_to_fail(programme, club, spoiled, odd):
    club.send("x")
    result = spoiled(lambda page: [row.update(odd) for row in page["results"]] and None).pull()
    codes = {each.code for each in result.problems}
    assert codes <= {"attachments-missing"} and result.proven
    assert len(stored(programme)) == 1


def test_an_id_that_comes_again_on_the_next_page(programme, club, spoiled, monkeypatch):
    for number in range(6):
        club.send(str(number))
    programme.pull()
    before = stored(programme)
    for number in range(6, 12):
        club.send(str(number))
    monkeypatch.setattr(kobo.data, "PAGE", 4)
    monkeypatch.setattr(kobo.data, "TOGETHER", 3)
    first = min(before)

    def change(page):
        for row in page["results"][:1]:
            row["_id"] = first

    result = spoiled(change).pull()
    assert [each.code for each in result.problems] == ["server-answer"] and not result.proven
    assert stored(programme) == before
    assert programme.pull().proven and len(stored(programme)) == 12


def nested(levels):
    return orjson.Fragment(b"[" * levels + b"]" * levels)


@pytest.fixture
def unreadable(spoiled):
    """Give the programme before a server on which what has this note cannot be read."""

    def start(note, odd):
        def change(page):
            for row in page["results"]:
                if row.get("note") == note:
                    row["note"] = odd

        return spoiled(change)

    return start


@pytest.mark.parametrize("odd", [nested(900), nested(2_000), "x" * 70_000])
def test_a_record_that_cannot_be_read_holds_up_no_other(programme, club, unreadable, fast, odd):
    club.send("a")
    programme.pull()
    for note in "bcdef":
        club.send(note)
    (bad,) = [number for number, each in club.records().items() if each["note"] == "d"]
    there, limits = unreadable("d", odd), replace(fast, body=60_000)
    (form,) = there.pull(limits=limits).forms
    (problem,) = form.problems
    assert (problem.code, problem.severity) == ("submission-unreadable", "warning")
    assert (problem.place.submission, problem.place.form) == (str(bad), "meeting")
    assert (form.agreed, form.proven, form.unreadable, form.total) == (True, False, 1, 5)
    assert {each["note"] for each in stored(programme).values()} == set("abcef")
    assert there.pull(limits=limits).forms[0].problems == form.problems
    (form,) = programme.pointed(kobo=club.server.url).pull().forms
    assert (form.proven, form.unreadable, form.new, form.problems) == (True, 0, 1, ())
    assert {each["note"] for each in stored(programme).values()} == set("abcdef")
    assert programme.rows("SELECT * FROM unreadable") == []


def test_an_edit_that_cannot_be_read_leaves_the_version_before(programme, club, unreadable):
    for note in "abc":
        club.send(note)
    programme.pull()
    club.send("edited", edits=club.sent[0])
    there = unreadable("edited", nested(2_000))
    for _ in range(2):
        (form,) = there.pull().forms
        assert "last readable version" in form.problems[0].what.en
        assert (form.agreed, form.changed, form.total, form.unreadable) == (True, 0, 3, 1)
        assert {each["note"] for each in stored(programme).values()} == set("abc")
    assert programme.rows("SELECT * FROM history") == []
    (form,) = programme.pull().forms
    assert (form.proven, form.changed, form.problems) == (True, 1, ())
    assert len(programme.rows("SELECT * FROM history")) == 1


def test_followed_nights_go_on_with_one_that_cannot_be_read(programme, club, unreadable):
    for note in "abc":
        club.send(note)
    there = unreadable("b", nested(2_000))
    large = replace(there.settings.pull, proven_up_to=0, recent_days=1)
    there = replace(there, settings=replace(there.settings, pull=large))
    kinds = []
    for night in range(3):
        (form,) = there.pull().forms
        kinds.append(form.kind)
        assert (form.agreed, form.unreadable, form.total) == (True, 1, 2 + night)
        club.send(f"later {night}")
    assert kinds == ["proven", "followed", "followed"]  # from a comparison that proved nothing
    assert programme.rows("SELECT proven FROM position") == [(None,)]


def test_a_record_that_cannot_be_read_is_deleted_on_the_server(programme, club, unreadable):
    for note in "abc":
        club.send(note)
    there = unreadable("b", nested(2_000))
    assert there.pull().forms[0].unreadable == 1
    club.delete(*(number for number, each in club.records().items() if each["note"] == "b"))
    (form,) = there.pull().forms
    assert (form.proven, form.unreadable, form.deleted, form.total) == (True, 0, 0, 2)
    assert form.problems == ()


def test_where_more_than_two_of_a_few_cannot_be_read_it_is_the_server(programme, club, spoiled):
    club.send("a")
    programme.pull()
    before = stored(programme)
    for note in "bcd":
        club.send(note)
    deep = nested(900)
    there = spoiled(lambda page: [row.update(tag=deep) for row in page["results"]] and None)
    (form,) = there.pull().forms
    assert [each.code for each in form.problems] == ["server-too-large"] and not form.agreed
    assert stored(programme) == before and programme.pull().proven


def test_a_pull_that_ends_anywhere_among_the_unreadable_harms_nothing(programme, club, unreadable):
    for note in "abc":
        club.send(note)
    there = unreadable("b", nested(2_000))
    for steps in range(20):
        try:
            (form,) = there.pull(progress=stopping(steps)).forms
            break
        except KeyboardInterrupt:
            kept = stored(programme)
            assert {each["note"] for each in kept.values()} <= set("ac")
    assert steps > 1 and (form.unreadable, form.total) == (1, 2)
    assert programme.pull().proven and len(stored(programme)) == 3


NAMES = ["../../../evil.jpg", "a\x00b.jpg", "x" * 300 + ".jpg", "CON", "nul.txt", "/etc/passwd",
         "..\\..\\evil.exe", "aux.jpg:stream", ".", "-rf", "\u202egpj.exe", ""]  # fmt: skip


def test_names_and_addresses_of_files_lead_nowhere(programme, club, spoiled, photo, stranger):
    for number in range(len(NAMES)):
        club.send(str(number), photo=photo(f"{number}.jpg", b"\xff\xd8\xff" + bytes([number])))

    def change(page):
        for row in page["results"]:
            for file in row.get("_attachments", ()):
                name = NAMES[int(file["media_file_basename"].removesuffix(".jpg"))]
                url = f"{stranger.url}/{file['uid']}/"
                file |= {"media_file_basename": name, "filename": name}
                file |= {key: url for key in file if key.startswith("download")}

    there = spoiled(change)
    outside = {each for each in programme.folder.root.parent.rglob("*") if each.is_file()}
    result = there.pull()
    assert result.problems == () and result.forms[0].attachments == len(NAMES)
    assert {name for (name,) in programme.rows("SELECT name FROM attachment")} == set(NAMES)
    new = {each for each in programme.folder.root.parent.rglob("*") if each.is_file()} - outside
    files = [each for each in new if programme.folder.attachments in each.parents]
    assert len(files) == len(NAMES)
    assert all(re.fullmatch(r"[0-9a-f]{64}\.jpg", each.name) for each in files)
    assert all(programme.folder.data in each.parents for each in new)


@pytest.mark.parametrize("uid", ["../../../me", "a/b", "a\x00b", "x" * 5_000, "%2e%2e", "?x=1"])
def test_ids_of_files_lead_nowhere(programme, club, spoiled, photo, uid):
    club.send(photo=photo())

    def change(page):
        for row in page["results"]:
            for file in row.get("_attachments", ()):
                file["uid"] = uid

    result = spoiled(change).pull()
    (problem,) = result.problems
    assert problem.code == "attachments-missing" and result.proven
    assert list(programme.folder.attachments.rglob("*")) == []
