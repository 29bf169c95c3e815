"""Answers larger than the memory, of either kind of server: refused within it.

The client runs in a process of its own, with the limits that people have.
"""

import gzip
import os
import subprocess
import sys
import textwrap
import zlib
from pathlib import Path

import pytest

from tests.connectors.hostile.conftest import OPENED

ROWS = b'{"count": 3, "next": null, "results": [%s]}'
MEGABYTE = 1024 * 1024
ROOM = 500 * MEGABYTE

CHILD = textwrap.dedent(
    """
    import sys, tempfile
    from dataclasses import replace
    from pathlib import Path
    from connectors.servers import verbs
    from connectors.servers.access import PATIENT
    from connectors.servers.answer import parsed_xml
    from connectors.servers.contract import Attachment, Server
    from connectors.servers.faults import ServerFault

    KIND = sys.argv[2]

    def met(name):
        url = f"{sys.argv[1]}/{name.replace(' ', '_')}"
        limits = replace(PATIENT, tries=2, pause=0.01, file=32 * 2**20)
        user, project = ("an@example.org", 1) if KIND == "central" else ("", None)
        with Server("x", KIND, url, url, "t", limits, user, project) as server, \\
                tempfile.TemporaryDirectory() as folder:
            file = Attachment("aX", 1, "attX", "1.jpg", "photo", "image/jpeg", False)
            try:
                if name.startswith("file"):
                    verbs(server).fetch_attachment(server, file, Path(folder) / "part")
                elif name.startswith("xml"):
                    server.http.request("GET", url, parse=parsed_xml)
                else:
                    verbs(server).check_account(server)
            except ServerFault as error:
                left = sum(each.stat().st_size for each in Path(folder).iterdir())
                return f"{error.code} {left}"
            return "nothing"

    for name in sys.argv[3:]:
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
MARKS = [b"a%d=''" % number for number in range(5_000_000)]
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "%s"><!ENTITY c "%s">]><a>&c;</a>' % (
    b"x" * 10_000,
    b"&b;" * 10_000,
)
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
    "xml of many": lambda h: h.reply(200, b"<a>" + b"<b/>" * 15_000_000 + b"</a>"),
    "xml of many marks": lambda h: h.reply(200, b"<a " + b" ".join(MARKS) + b"/>"),
    "xml within itself": lambda h: h.reply(200, b"<a>" * 7_000_000 + b"</a>" * 7_000_000),
    "xml that names itself": lambda h: h.reply(200, LAUGHS),
    "file-announced": lambda h: stream(h, b" " * MEGABYTE, {"Content-Length": GIGABYTES}, 2048),
    "file-chunks": lambda h: stream(h, CHUNK, CHUNKED, 2048),
}


@pytest.mark.skipif(
    not Path("/proc/self/status").is_file(),
    reason="the peak of memory is read where Linux tells it",
)
@pytest.mark.parametrize("kind", ["kobo", "central"])
def test_two_gigabytes_a_bomb_and_a_crowd_stay_within_the_memory(loopback_server, kind):
    def answer(handler, asked):
        if "/v1/sessions" in asked.path:
            handler.reply(200, OPENED)
        else:
            GREEDY[asked.path.split("/")[1].replace("_", " ")](handler)

    child = subprocess.run(
        [sys.executable, "-c", CHILD, loopback_server(answer).url, kind, *GREEDY],
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
        "xml that names itself": "server-answer 0",
    }
