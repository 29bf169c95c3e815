"""Each fault of a server: how often it is tried again, and never what may have been done."""

import gzip
import threading
from dataclasses import replace

import pytest

from connectors.servers import kobo
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault

TRIES = 5
ME = b'{"username": "an"}'
ZIPPED = {"Content-Encoding": "gzip"}
PAGE = b"<!DOCTYPE html><title>502 Bad Gateway</title>"


def status(number, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.reply(number, PAGE, named)


# fault, how often a reading request and a changing one are made, what is told
TABLE = {
    "500": (status(500), 3, 1, "server-error"),
    "501": (status(501), 3, 1, "server-error"),
    "502": (status(502), TRIES, 1, "server-busy"),
    "503": (status(503), TRIES, 1, "server-busy"),
    "504": (status(504), TRIES, 1, "server-busy"),
    "520, as proxies say": (status(520), 3, 1, "server-error"),
    "423, it works on the same one": (status(423), TRIES, 1, "server-busy"),
    "408, it heard nothing": (status(408), TRIES, TRIES, "server-busy"),
    "429": (status(429), TRIES, TRIES, "server-busy"),
    "429 with seconds": (status(429, Retry_After="0"), TRIES, TRIES, "server-busy"),
    "503 with seconds": (status(503, Retry_After="0"), TRIES, 1, "server-busy"),
    "429 with an hour": (status(429, Retry_After="3600"), 1, 1, "server-busy"),
    "429 with nonsense": (status(429, Retry_After="soon"), TRIES, TRIES, "server-busy"),
    "429 with a long number": (status(429, Retry_After="9" * 5000), TRIES, TRIES, "server-busy"),
    "429 below zero": (status(429, Retry_After="-5"), TRIES, TRIES, "server-busy"),
    "400": (status(400), 1, 1, "server-refused"),
    "401": (status(401), 1, 1, "server-token"),
    "402": (status(402), 1, 1, "server-refused"),
    "403": (status(403), 1, 1, "server-permission"),
    "404": (status(404), 1, 1, "server-not-found"),
    "405": (status(405), 1, 1, "server-refused"),
    "409": (status(409), 1, 1, "server-refused"),
    "413": (status(413), 1, 1, "server-too-large"),
    "reset": (lambda handler: handler.reset(), TRIES, 1, "server-reset"),
    "cut by length": (lambda h: h.reply(200, ME, length=99), TRIES, 1, "server-reset"),
    "cut JSON": (lambda h: h.reply(200, ME[:-3]), TRIES, 1, "server-truncated"),
    "cut gzip": (lambda h: h.reply(200, gzip.compress(ME)[:-9], ZIPPED), TRIES, 1, "server-reset"),
    "no gzip": (lambda h: h.reply(200, ME, ZIPPED), TRIES, 1, "server-reset"),
    "a page": (lambda h: h.reply(200, PAGE), TRIES, 1, "server-html"),
    "too large": (lambda h: h.reply(200, b" " * 2_000), 1, 1, "server-too-large"),
}


@pytest.fixture
def meet(loopback, fast):
    """Give a server that answers so, with little patience and no pauses to speak of."""
    opened = []

    def start(answer, **limits):
        behind = loopback(lambda handler, asked: answer(handler))
        limits = {"tries": TRIES, "pause": 0.001, "body": 1_000, "read": 20, **limits}
        server = Server("x", "kobo", behind.url, behind.url, "t", replace(fast, **limits))
        opened.append(server)
        return server, behind

    yield start
    for each in opened:
        each.close()


def code(call):
    with pytest.raises(ServerFault) as raised:
        call()
    return raised.value.code


@pytest.mark.parametrize(("answer", "reads", "changes", "said"), TABLE.values(), ids=TABLE)
def test_what_is_tried_again(meet, answer, reads, changes, said):
    server, behind = meet(answer)
    assert code(lambda: kobo.check_account(server)) == said
    assert len(behind.asked) == reads
    behind.asked.clear()
    for method in ("POST", "PATCH"):
        assert code(lambda method=method: server.http.json(method, server.url, json={})) == said
        assert len(behind.asked) == changes
        behind.asked.clear()


@pytest.mark.parametrize("answer", [TABLE[each][0] for each in ("500", "503", "reset", "a page")])
def test_an_import_is_never_made_twice(meet, answer, tmp_path):
    workbook = tmp_path / "a.xlsx"
    workbook.write_bytes(b"a workbook")
    server, behind = meet(answer)
    code(lambda: kobo.imports.create(server, workbook, "a"))
    assert [each.method for each in behind.asked] == ["POST"]


def test_a_stall_is_tried_again_but_not_what_may_have_been_done(meet):
    server, behind = meet(lambda handler: threading.Event().wait(0.3), read=0.05, tries=2)
    assert code(lambda: kobo.check_account(server)) == "server-timeout"
    assert len(behind.asked) == 2
    assert code(lambda: server.http.json("PATCH", server.url, json={})) == "server-timeout"
    assert len(behind.asked) == 3


def test_patience_has_an_end_however_many_tries_are_left(meet):
    server, behind = meet(status(503), patience=0)
    assert code(lambda: kobo.check_account(server)) == "server-busy"
    assert len(behind.asked) == 1


def test_a_pause_that_would_outlast_the_patience_is_not_begun(meet):
    server, behind = meet(status(429, Retry_After="1"), patience=0.5)
    assert code(lambda: kobo.check_account(server)) == "server-busy"
    assert len(behind.asked) == 1


@pytest.mark.parametrize(
    ("moment", "times"),
    [("Sat, 01 Jan 2000 00:00:00 GMT", TRIES), ("Tue, 01 Jan 2999 00:00:00 GMT", 1)],
)
def test_a_date_to_come_again_at(meet, moment, times):
    server, behind = meet(status(503, Retry_After=moment))
    assert code(lambda: kobo.check_account(server)) == "server-busy"
    assert len(behind.asked) == times


@pytest.mark.parametrize(
    "moment", ["Fri, 99 Foo 2026 99:99:99 GMT", "Sat, 01 Jan 99999 00:00:00 GMT", "", " ", "1e3"]
)
def test_a_date_that_is_none_is_passed_over(meet, moment):
    server, behind = meet(status(503, Retry_After=moment))
    assert code(lambda: kobo.check_account(server)) == "server-busy"
    assert len(behind.asked) == TRIES


def test_what_passes_is_waited_for(meet):
    faults = [TABLE[each][0] for each in ("502", "reset", "cut JSON", "a page")]

    def answer(handler):
        if faults:
            faults.pop(0)(handler)
        else:
            handler.reply(200, ME)

    server, behind = meet(answer)
    assert kobo.check_account(server) == "an" and len(behind.asked) == 5
