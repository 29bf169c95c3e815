"""What a server can do to us, and what the person who runs the pull is told."""

import gzip
import socket
import threading
import time
import zlib
from dataclasses import replace

import pytest

from connectors.servers import kobo
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault, shown

SECRET = "7aken-7aken-7aken"
ME = b'{"username": "an"}'


@pytest.fixture
def ask(loopback, fast):
    """Ask a server that answers so for the account's name; give it and what it was asked."""
    opened = []

    def asked_of(answer, **limits):
        behind = loopback(answer)
        limits = replace(fast, **limits)
        server = Server("tỉnh", "kobo", behind.url, behind.url, SECRET, limits)
        opened.append(server)
        return (lambda: kobo.check_account(server)), behind

    yield asked_of
    for each in opened:
        each.close()


def told(call):
    with pytest.raises(ServerFault) as raised:
        call()
    problem = raised.value.problems[0]
    assert problem.place.server == "tỉnh"
    for text in (problem.what, problem.do):
        assert text.vi and text.en and text.vi != text.en
    assert SECRET not in str(raised.value) + repr(raised.value) + repr(problem)
    return problem.code


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "server-token"),
        (403, "server-permission"),
        (404, "server-not-found"),
        (400, "server-refused"),
        (413, "server-too-large"),
        (500, "server-error"),
        (503, "server-busy"),
    ],
)
def test_every_status_has_its_problem(ask, status, code):
    check, _ = ask(lambda handler, asked: handler.reply(status, b"<html>no</html>"))
    assert told(check) == code


def test_what_a_person_can_mend_is_not_asked_twice(ask):
    check, behind = ask(lambda handler, asked: handler.reply(401))
    told(check)
    assert len(behind.asked) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<!DOCTYPE html><title>Log in</title>", "server-html"),
        (ME[:-4], "server-truncated"),
        (b'{"detail": "no name"}', "server-answer"),
        (b"[]", "server-answer"),
        (b"", "server-answer"),
    ],
)
def test_an_answer_that_is_not_what_it_should_be(ask, body, code):
    check, _ = ask(lambda handler, asked: handler.reply(200, body))
    assert told(check) == code


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_log_in_page_says_of_no_work_that_it_is_done(loopback, fast, method):
    behind = loopback(lambda handler, asked: handler.reply(200, b"<html><title>Log in</title>"))
    with Server("tỉnh", "kobo", behind.url, behind.url, SECRET, fast) as server:
        assert told(lambda: server.http.request(method, behind.url)) == "server-html"
    assert len(behind.asked) == (fast.tries if method == "DELETE" else 1)


def test_a_passing_fault_is_waited_for(ask):
    def answer(handler, asked):
        if len(behind.asked) < 4:
            handler.reply(503)
        else:
            handler.reply(200, ME)

    check, behind = ask(answer)
    assert check() == "an"


def test_retry_after_is_honoured(ask):
    moments = []

    def answer(handler, asked):
        moments.append(time.monotonic())
        if len(moments) == 1:
            handler.reply(429, headers={"Retry-After": "1"})
        else:
            handler.reply(200, ME)

    check, _ = ask(answer)
    assert check() == "an"
    assert 1.0 <= moments[1] - moments[0] < 2.0


def test_a_server_that_wants_an_hour_is_told_as_busy(ask):
    check, behind = ask(lambda handler, asked: handler.reply(429, headers={"Retry-After": "3600"}))
    assert told(check) == "server-busy"
    assert len(behind.asked) == 1


def test_half_an_answer_by_its_length(ask):
    check, _ = ask(lambda handler, asked: handler.reply(200, ME, length=len(ME) + 100))
    assert told(check) == "server-reset"


def test_a_reset_connection(ask):
    check, behind = ask(lambda handler, asked: handler.reset())
    assert told(check) == "server-reset"
    assert len(behind.asked) == 6


def test_a_stall_ends(ask):
    check, _ = ask(lambda handler, asked: threading.Event().wait(1), read=0.2, tries=2)
    started = time.monotonic()
    assert told(check) == "server-timeout"
    assert time.monotonic() - started < 3


def test_an_answer_that_drips_for_ever_ends(ask):
    def answer(handler, asked):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    check, _ = ask(answer, whole=0.3, tries=1)
    started = time.monotonic()
    assert told(check) == "server-timeout"
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_compressed_answers_are_read(ask, encoding):
    body = gzip.compress(ME) if encoding == "gzip" else zlib.compress(ME)
    check, _ = ask(lambda h, asked: h.reply(200, body, {"Content-Encoding": encoding}))
    assert check() == "an"


def test_a_bomb_is_stopped_while_it_is_small(ask):
    bomb = gzip.compress(b" " * 50_000_000)  # 50 kB on the wire
    check, behind = ask(
        lambda handler, asked: handler.reply(200, bomb, {"Content-Encoding": "gzip"}),
        body=1_000_000,
    )
    assert told(check) == "server-too-large"
    assert len(behind.asked) == 1


def test_an_endless_answer_is_stopped(ask):
    def answer(handler, asked):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(10_000):
            handler.wfile.write(piece)

    check, _ = ask(answer, body=1_000_000)
    assert told(check) == "server-too-large"


def test_a_redirect_to_another_host_gets_no_token(ask, loopback):
    stranger = loopback(lambda handler, asked: handler.reply(200, ME))
    check, behind = ask(
        lambda handler, asked: handler.reply(302, headers={"Location": stranger.url + "/me/"})
    )
    assert told(check) == "server-foreign"
    assert stranger.asked == []
    assert behind.asked[0].headers["Authorization"] == f"Token {SECRET}"


def test_a_redirect_within_the_host_is_followed(ask):
    def answer(handler, asked):
        if asked.path == "/me/":
            handler.reply(301, headers={"Location": "/vi/me/"})
        else:
            handler.reply(200, ME)

    check, behind = ask(answer)
    assert check() == "an"
    assert [each.path for each in behind.asked] == ["/me/", "/vi/me/"]


def test_redirects_in_a_circle_end(ask):
    check, behind = ask(lambda handler, asked: handler.reply(302, headers={"Location": "/me/"}))
    assert told(check) == "server-redirect"
    assert len(behind.asked) < 10


def test_a_netrc_file_does_not_replace_the_token(ask, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login x password y\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    check, behind = ask(lambda handler, asked: handler.reply(200, ME))
    check()
    assert behind.asked[0].headers["Authorization"] == f"Token {SECRET}"


def test_cookies_are_not_kept(ask):
    check, behind = ask(lambda h, asked: h.reply(200, ME, {"Set-Cookie": "django_language=vi"}))
    check()
    check()
    assert "Cookie" not in behind.asked[1].headers


def test_connections_are_kept_alive(ask):
    ports = set()

    def answer(handler, asked):
        ports.add(handler.client_address)
        handler.reply(200, ME)

    check, _ = ask(answer)
    for _ in range(5):
        check()
    assert len(ports) == 1


def test_a_server_that_is_not_there(fast):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with Server("tỉnh", "kobo", url, url, SECRET, fast) as server:
            with pytest.raises(ServerFault, match=f"\\({url}\\)") as raised:
                kobo.check_account(server)
            assert raised.value.code == "server-unreachable"


def test_a_name_that_is_not_there(fast):
    url = "http://kobo.invalid"
    with Server("tỉnh", "kobo", url, url, SECRET, fast) as server:
        assert told(lambda: kobo.check_account(server)) in ("server-name", "server-unreachable")


def test_tls_that_is_none(loopback, fast):
    url = loopback(lambda handler, asked: None).url.replace("http:", "https:")
    with Server("tỉnh", "kobo", url, url, SECRET, fast) as server:
        assert told(lambda: kobo.check_account(server)) == "server-tls"


def test_the_token_is_not_shown(fast):
    with Server("tỉnh", "kobo", "http://127.0.0.1:1", "http://127.0.0.1:1", SECRET) as server:
        assert SECRET not in repr(server)
        assert SECRET not in repr(server.http)


def test_what_a_stranger_says_fits_on_a_line():
    assert shown("a\x1b[31m\nb\x00c") == "a [31m b c"
    assert len(shown("x" * 10_000)) < 400


def test_next_links_to_another_host_lead_nowhere(loopback, fast):
    stranger = loopback(lambda handler, asked: handler.reply(200, b'{"results": []}'))
    first = b'{"results": [{"uid": "f1"}], "next": "%s/x?start=100"}' % stranger.url.encode()

    def answer(handler, asked):
        last = b'{"results": [{"uid": "f2"}], "next": null}'
        handler.reply(200, last if "start=100" in asked.path else first)

    behind = loopback(answer)
    with Server("tỉnh", "kobo", behind.url, behind.url, SECRET, fast) as server:
        found = list(kobo.urls.pages(server, f"{behind.url}/api/v2/assets/", {}))
    assert [row["uid"] for page in found for row in page] == ["f1", "f2"]
    assert stranger.asked == []


def test_next_links_without_end_have_one(loopback, fast):
    same = b'{"results": [{"uid": "f1"}], "next": "http://x/?start=100"}'
    behind = loopback(lambda handler, asked: handler.reply(200, same))
    with Server("tỉnh", "kobo", behind.url, behind.url, SECRET, fast) as server:
        list(kobo.urls.pages(server, f"{behind.url}/api/v2/assets/", {}))
    assert len(behind.asked) == 2


@pytest.mark.parametrize(
    "rows",
    [
        '{"_id": 5, "_uuid": "a"}, {"_id": 5, "_uuid": "a"}',
        '{"_id": 5, "_uuid": "a"}, {"_id": 4, "_uuid": "b"}',
        '{"_id": 99, "_uuid": "a"}',
        '{"_id": "5", "_uuid": "a"}',
        '{"_id": 5}',
        "7",
    ],
)
def test_rows_that_prove_nothing_are_refused(loopback, fast, rows):
    body = f'{{"count": 2, "results": [{rows}]}}'.encode()
    behind = loopback(lambda handler, asked: handler.reply(200, body))
    with Server("tỉnh", "kobo", behind.url, behind.url, SECRET, fast) as server:
        assert told(lambda: list(kobo.manifest(server, "aX", 10))) == "server-answer"


@pytest.mark.parametrize("uid", ["../../me", "a/b", "", "a" * 100, "a\nb"])
def test_ids_that_could_lead_elsewhere_are_refused(fast, uid):
    with Server("tỉnh", "kobo", "http://127.0.0.1:1", "http://127.0.0.1:1", SECRET) as server:
        assert told(lambda: kobo.extent(server, uid)) == "server-not-found"
