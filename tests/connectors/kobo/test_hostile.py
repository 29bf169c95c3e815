"""A server that means harm: refused or contained, said, nothing lost, within the memory."""

import gzip
import os
import re
import subprocess
import sys
import textwrap
import zlib
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from connectors.servers import kobo
from connectors.servers.access import origin
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault

SECRET = "7aken-7aken-7aken"
ROWS = b'{"count": 3, "next": null, "results": [%s]}'
MEGABYTE = 1024 * 1024
ROOM = 500 * MEGABYTE

# --- memory: the client runs in a process of its own, with the limits that people have

CHILD = textwrap.dedent(
    """
    import sys, tempfile
    from dataclasses import replace
    from pathlib import Path
    from connectors.servers import kobo
    from connectors.servers.access import PATIENT
    from connectors.servers.contract import Attachment, Server
    from connectors.servers.faults import ServerFault

    def met(name):
        url = f"{sys.argv[1]}/{name.replace(' ', '_')}"
        limits = replace(PATIENT, tries=2, pause=0.01, file=32 * 2**20)
        with Server("x", "kobo", url, url, "t", limits) as server, \\
                tempfile.TemporaryDirectory() as folder:
            file = Attachment("aX", 1, "attX", "1.jpg", "photo", "image/jpeg", False)
            try:
                if name.startswith("file"):
                    kobo.fetch_attachment(server, file, Path(folder) / "part")
                else:
                    kobo.check_account(server)
            except ServerFault as error:
                left = sum(each.stat().st_size for each in Path(folder).iterdir())
                return f"{error.code} {left}"
            return "nothing"

    for name in sys.argv[2:]:
        print(name, met(name), sep="\\t")
    # the usage of resources would count the memory of the process that started this one
    peak = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
    print("peak", int(peak) * 1024, sep="\\t")
    """
)


def squeezed(block, times):
    """Give gzip of a block repeated, without ever having it: every block starts anew."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    again = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return head + again * times


def stream(handler, piece, headers, times, status=200):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    for _ in range(times):
        handler.wfile.write(piece)
    handler.close_connection = True


GIGABYTES = str(2 * 1024 * MEGABYTE)
CHUNK = b"100000\r\n" + b" " * MEGABYTE + b"\r\n"
CHUNKED, ZIPPED = {"Transfer-Encoding": "chunked"}, {"Content-Encoding": "gzip"}
MANY = [b'{"%d":%d.5}' % (number, number) for number in range(495_000)]
GREEDY = {
    "announced": lambda h: stream(h, b" " * MEGABYTE, {"Content-Length": GIGABYTES}, 2048),
    "chunks": lambda h: stream(h, CHUNK, CHUNKED, 2048),
    "bomb": lambda h: h.reply(200, squeezed(b" " * MEGABYTE, 2048), ZIPPED),
    "tail": lambda h: stream(h, gzip.compress(b"{}") + b" " * MEGABYTE, ZIPPED, 2048),
    "lists": lambda h: h.reply(200, ROWS % (b"[]," * 15_000_000 + b"[]")),
    "objects": lambda h: h.reply(200, ROWS % (b'{"a":0},' * 7_000_000 + b"{}")),
    "as many as allowed": lambda h: h.reply(200, b"[" + b",".join(MANY) + b"]"),
    "redirect": lambda h: stream(h, CHUNK, {**CHUNKED, "Location": "/x"}, 2048, 302),
    "deep": lambda h: h.reply(200, b"[" * 20_000_000),
    "file-announced": lambda h: stream(h, b" " * MEGABYTE, {"Content-Length": GIGABYTES}, 2048),
    "file-chunks": lambda h: stream(h, CHUNK, CHUNKED, 2048),
}


@pytest.mark.skipif(
    not Path("/proc/self/status").is_file(),
    reason="the peak of memory is read where Linux tells it",
)
def test_two_gigabytes_a_bomb_and_a_crowd_stay_within_the_memory(loopback):
    def answer(handler, asked):
        GREEDY[asked.path.split("/")[1].replace("_", " ")](handler)

    child = subprocess.run(
        [sys.executable, "-c", CHILD, loopback(answer).url, *GREEDY],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=True,
    )
    said = dict(line.split("\t") for line in child.stdout.splitlines())
    assert int(said.pop("peak")) < ROOM
    assert said == {
        **dict.fromkeys(GREEDY, "server-too-large 0"),
        "tail": "server-reset 0",
        "as many as allowed": "server-answer 0",  # read, and no account
    }


# --- where the token goes


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


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_no_redirect_takes_the_token_to_another_host(hostile, stranger, status, method):
    server, behind = hostile(lambda h, asked: h.reply(status, headers={"Location": stranger.url}))
    url = f"{server.url}/api/v2/assets/"
    assert code(lambda: server.http.json(method, url, json={})) == "server-foreign"
    # for now only, as a network's log-in page does: what reads is asked again, and here in vain
    again = status in (302, 303, 307) and method in ("GET", "DELETE")
    assert len(behind.asked) == (3 if again else 1)


@pytest.mark.parametrize(
    "location",
    [
        "{there}/me/",
        "//{host}/me/",
        "http://127.0.0.1@{host}/",
        "http://{own}@{host}/",
        "https://{own}/me/",
        "http://{own}.example/",
        "http://localhost:1/",
        "ftp://{own}/me/",
        "javascript:alert(1)",
        "http://[/",
        "http://{own}:99999/",
        "http:///me/",
    ],
)
def test_no_trick_in_an_address_takes_the_token_elsewhere(hostile, stranger, location):
    def answer(handler, asked):
        own = behind.url.removeprefix("http://")
        host = stranger.url.removeprefix("http://")
        there = location.format(there=stranger.url, host=host, own=own)
        handler.reply(302, headers={"Location": there})

    server, behind = hostile(answer)
    assert code(lambda: kobo.check_account(server)) in ("server-foreign", "server-redirect")
    assert len(behind.asked) <= 4


def test_a_token_for_https_is_never_sent_by_http():
    assert origin("https://kobo.example/") != origin("http://kobo.example:443/")


@pytest.mark.parametrize(
    ("headers", "times"), [({}, 1), ({"Location": ""}, 1), ({"Location": "/me/"}, 4)]
)
def test_redirects_to_nowhere_and_in_a_circle(hostile, headers, times):
    server, behind = hostile(lambda handler, asked: handler.reply(301, headers=headers))
    assert code(lambda: kobo.check_account(server)) == "server-redirect"
    assert len(behind.asked) == times


def test_a_post_is_not_sent_on_without_its_body(hostile):
    server, behind = hostile(lambda h, asked: h.reply(301, headers={"Location": asked.path + "/"}))
    url = f"{server.url}/api/v2/imports"
    assert code(lambda: server.http.json("POST", url, json={"a": 1})) == "server-redirect"
    assert len(behind.asked) == 1


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
        (b"[" * 100_000, "server-truncated"),
        (b"<html><body>502</body></html>", "server-html"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "server-truncated"),
    ],
)
def test_an_answer_that_is_none_is_refused_and_said(hostile, body, said):
    server, _ = hostile(lambda handler, asked: handler.reply(200, body), tries=2)
    assert code(lambda: list(kobo.manifest(server, "aX", 10))) == said


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (10, "server-truncated"),  # shorter than the answer
        (5_000, "server-reset"),  # longer
        (0, "server-answer"),
    ],
)
def test_a_length_that_lies(hostile, lie, said):
    body = ROWS % b'{"_id": 5, "_uuid": "a"}'
    server, _ = hostile(lambda handler, asked: handler.reply(200, body, length=lie), tries=2)
    assert code(lambda: list(kobo.manifest(server, "aX", 10))) == said


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nXYZ\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/9.9 abc\r\n\r\n",
        b"\x00\x01\x02",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nhi",
        b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_bytes_that_are_no_http(hostile, raw):
    def answer(handler, asked):
        handler.wfile.write(raw)
        handler.close_connection = True

    server, _ = hostile(answer, tries=2)
    assert code(lambda: kobo.check_account(server)) in (
        "server-answer",
        "server-error",
        "server-reset",
        "server-truncated",
    )


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


def test_a_record_that_is_too_deep_to_keep_is_told_and_loses_nothing(programme, club, spoiled):
    club.send("a")
    programme.pull()
    before = stored(programme)
    club.send("b")

    def change(page):
        for row in page["results"]:
            if row.get("note") == "b":
                row["note"] = orjson.Fragment(b"[" * 900 + b"]" * 900)

    result = spoiled(change).pull()
    assert [each.code for each in result.problems] == ["server-answer"]
    assert stored(programme) == before and programme.pull().proven


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
