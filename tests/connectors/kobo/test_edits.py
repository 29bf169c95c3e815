"""Named answers changed on KoBo, in few requests and over bad lines; see also ``contract``."""

import uuid

import orjson
import pytest

from connectors.servers import kobo, openrosa
from connectors.servers.answer_paths import find
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault

from .conftest import BOTH

VISITS = [
    {"type": "begin repeat", "name": "visits", "label": "Lần thăm"},
    {"type": "integer", "name": "guests", "label": "Khách"},
    {"type": "text", "name": "host", "label": "Chủ nhà"},
    {"type": "begin repeat", "name": "gifts", "label": "Quà"},
    {"type": "text", "name": "what", "label": "Gì"},
    {"type": "end repeat"},
    {"type": "end repeat"},
]


@pytest.fixture
def repeats(rewrite, club, programme):
    """Ask for visits and their gifts too."""
    rewrite(*VISITS)
    programme.deploy()


@pytest.fixture
def send(club):
    """Send a meeting, with visits where the form asks for them; gives its id."""

    def send_one(note="", visits=""):
        instance = f"uuid:{uuid.uuid4()}"
        xml = (
            f'<{club.asset} id="{club.asset}"><note>{note}</note>{visits}'
            f"<meta><instanceID>{instance}</instanceID></meta></{club.asset}>"
        )
        openrosa.submit(club.server, xml.encode())
        return max(club.records())

    return send_one


@pytest.fixture
def counted(club, loopback, weather, fast):
    """Give a server that counts what it is asked to change, and loses what the test says."""
    rest, _ = weather(1_000_000)
    opened = []

    def start(spoil=rest):
        front = loopback(lambda h, asked: (spoil if asked.method == "PATCH" else rest)(h, asked))
        server = Server("kobo", "kobo", front.url, front.url, club.server.token, fast)
        opened.append(server)
        return server, lambda: [
            orjson.loads(each.body)["payload"] for each in front.asked if each.method == "PATCH"
        ]

    start.rest = rest
    yield start
    for each in opened:
        each.close()


def visit(*answers, gifts=""):
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in answers)
    return f"<visits>{inside}{gifts}</visits>"


def test_run_again_it_changes_nothing(club, send, counted):
    number = send("trước")
    server, sent = counted()
    edits = {number: {"note": "  sau\r\nđó ", "attendance": None, "club": ""}}
    assert list(kobo.edit_answers(server, club.asset, edits).done) == [number]
    after = club.records()
    again = kobo.edit_answers(server, club.asset, edits)
    assert (again.done, again.unchanged) == ({}, (number,))
    assert club.records() == after and len(sent()) == 1
    assert after[number]["note"] == "  sau\nđó "


def test_the_next_pull_sees_the_new_version(programme, club, server, send):
    number = send("trước")
    programme.pull()
    edited = kobo.edit_answers(server, club.asset, {number: {"note": "sau"}})
    assert programme.pull().forms[0].changed == 1
    assert programme.rows("SELECT uuid FROM submission") == [(edited.done[number],)]


def test_the_same_answers_go_together_others_alone(club, send, counted):
    ids = [send(str(each)) for each in range(5)]
    server, sent = counted()
    edits = {number: {"note": "như nhau"} for number in ids[:4]}
    edits[ids[4]] = {"note": "khác"}
    edited = kobo.edit_answers(server, club.asset, edits)
    assert sorted(edited.done) == ids
    assert sorted(len(each["submission_ids"]) for each in sent()) == [1, 4]
    assert all(isinstance(value, str) for each in sent() for value in each["data"].values())


@pytest.mark.usefixtures("repeats")
def test_a_row_that_is_not_there_is_not_made(club, send, counted):
    number, other = send("", visit(("guests", 1))), send("")
    server, sent = counted()
    edits = {number: {"visits[2]/guests": "9"}, other: {"visits[1]/guests": "9"}}
    edited = kobo.edit_answers(server, club.asset, edits)
    assert edited.failed == (number, other) and sent() == []


@pytest.mark.usefixtures("repeats")
def test_clearing_the_last_answer_of_a_row_counts_as_done(club, server, send):
    number = send("", visit(("host", "A")) + visit(("host", "B")))
    edited = kobo.edit_answers(server, club.asset, {number: {"visits[1]/host": None}})
    assert list(edited.done) == [number]
    assert [each["visits/host"] for each in club.records()[number]["visits"]] == ["B"]


@pytest.mark.usefixtures("repeats")
def test_another_row_than_the_one_meant_is_told(club, server, send):
    """A row without answers stands first in the XML; the record does not show it."""
    number = send("", visit() + visit(("host", "B")))
    assert len(club.records()[number]["visits"]) == 1
    edited = kobo.edit_answers(server, club.asset, {number: {"visits[1]/host": "C"}})
    assert edited.misplaced == (number,) and edited.done == {}


@BOTH
def test_ids_that_are_not_there_are_named(club, server, send):
    number = send("x")
    edits = {number: {"note": "y"}, 999_999: {"note": "y"}, 999_998: {"note": "z"}}
    edited = kobo.edit_answers(server, club.asset, edits)
    assert list(edited.done) == [number] and edited.unknown == (999_998, 999_999)


def test_a_lost_answer_is_read_back_not_asked_again(club, send, counted):
    number = send("trước")

    def lose(handler, asked):
        counted.rest.forward(asked)
        handler.reset()

    server, sent = counted(lose)
    edited = kobo.edit_answers(server, club.asset, {number: {"note": "sau"}})
    assert edited.done == {number: club.records()[number]["_uuid"]}
    assert edited.problems == () and len(sent()) == 1


def test_what_comes_after_a_fault_is_named_and_can_be_run_again(club, send, counted, server):
    ids = [send(str(each)) for each in range(3)]
    edits = {number: {"note": f"mới {number}"} for number in ids}

    def fail_second(handler, asked):
        if len(sent()) == 2:
            handler.reply(500, b"<html>")
        else:
            counted.rest(handler, asked)

    there, sent = counted(fail_second)
    edited = kobo.edit_answers(there, club.asset, edits)
    assert len(edited.done) == 1 and sorted([*edited.done, *edited.failed]) == ids
    assert [each.code for each in edited.problems] == ["server-error"]
    again = kobo.edit_answers(server, club.asset, edits)
    assert (len(again.done), len(again.unchanged)) == (2, 1)
    assert {each["note"] for each in club.records().values()} == {f"mới {n}" for n in ids}


def test_some_that_fail_are_told_from_those_that_do_not(club, send, counted):
    """KoBo answers 200 with failures when another edit came in between."""
    ids = [send(str(each)) for each in range(2)]

    def half(handler, asked):
        payload = orjson.loads(asked.body)["payload"]
        one = {**payload, "submission_ids": payload["submission_ids"][:1]}
        body = orjson.dumps({"payload": one})
        status, answer = counted.rest.forward(
            type(asked)(asked.method, asked.path, asked.headers, body)
        )
        handler.reply(status, orjson.dumps({**orjson.loads(answer), "count": 2, "failures": 1}))

    server, _ = counted(half)
    edited = kobo.edit_answers(server, club.asset, {number: {"note": "x"} for number in ids})
    assert (list(edited.done), edited.failed) == (ids[:1], (ids[1],))
    assert [each.code for each in edited.problems] == ["server-refused"]


def test_without_the_right_to_it_nothing_is_taken_for_done(club, send, counted):
    number = send("x")
    server, _ = counted(lambda handler, asked: handler.reply(403, b'{"detail":"no"}'))
    with pytest.raises(ServerFault) as raised:
        kobo.edit_answers(server, club.asset, {number: {"note": "y"}})
    assert raised.value.code == "server-permission" and club.records()[number]["note"] == "x"


def test_answers_are_found_as_kobo_writes_them():
    record = {"g/note": "x", "visits": [{"visits/host": "A"}, {"visits/g/host": "B"}]}
    assert find(record, "g/note").value == "x"
    assert find(record, "g/none").value == "" and find(record, "g/none").there
    assert find(record, "visits[2]/g/host").value == "B"
    assert find(record, "visits/host").value == "A"
    assert not find(record, "visits[3]/host").there and not find(record, "others[1]/a").there
