"""A small form, a programme folder around it, the sandbox, and servers that misbehave."""

import gzip
import socket
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from openpyxl import Workbook

from connectors.deploy import Deployed, deploy
from connectors.publish import publish
from connectors.pull import pull
from connectors.results import PullResult
from connectors.servers import kobo, openrosa
from connectors.servers.access import Limits
from connectors.servers.contract import Media, Server
from connectors.servers.sandbox import Running, serve
from connectors.store.raw import RawStore
from programme.account import ServerSettings
from programme.folder import Folder
from programme.settings import Settings, SourceSettings, load

TOKEN = "5ec2e7-5ec2e7-5ec2e7"
FAST = Limits(connect=2, read=1, whole=5, tries=6, pause=0.01, longest_pause=2, settle=5)
# where nothing is made to stall, a busy machine gets its time
CALM = replace(FAST, read=20, whole=60)
START = datetime(2026, 11, 1, 22, 0, tzinfo=UTC)

SURVEY = [
    {"type": "select_one_from_file clubs.csv", "name": "club", "label": "Câu lạc bộ"},
    {"type": "integer", "name": "attendance", "label": "Số người dự"},
    {"type": "text", "name": "note", "label": "Ghi chú"},
    {"type": "image", "name": "photo", "label": "Ảnh"},
]
JPEG = b"\xff\xd8\xff\xe0" + b"a small picture" * 50


def write_workbook(
    path: Path | BytesIO,
    survey: Sequence[Mapping[str, str]],
    form_id: str,
    version: str = "1",
    entities: Mapping[str, str] | None = None,
) -> None:
    """Write an XLSForm; every question is plain unless its row says otherwise."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    columns = ["type", "name", "label", "label", "class", "calculation"]
    columns += dict.fromkeys(each for row in survey for each in row if each not in columns)
    languages = ["label::Tiếng Việt (vi)", "label::English (en)"]
    sheet.append([*columns[:2], *languages, *columns[4:]])
    for row in survey:
        cells = {"class": "plain", **row}
        sheet.append([cells.get(column) for column in columns])
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version", "default_language"])
    settings.append(["Họp câu lạc bộ", form_id, version, "Tiếng Việt (vi)"])
    if entities:
        declared = book.create_sheet("entities")
        declared.append([*entities])
        declared.append([*entities.values()])
    book.save(path)


@dataclass
class Programme:
    """A programme folder with one form, its settings, and what commands do with it."""

    folder: Folder
    settings: Settings
    clock: datetime = START
    token: str = TOKEN

    def pull(self, **options: Any) -> PullResult:
        """Pull; every pull is a night later than the one before."""
        self.clock += timedelta(days=1)
        environ = {"ISHC_TOKEN": TOKEN, **options.pop("environ", {})}
        options = {"limits": CALM, **options}
        return pull(self.settings, self.folder, environ=environ, now=self.clock, **options)

    def deploy(self, *forms: str, **options: Any) -> list[Deployed]:
        """Deploy all forms, or those named."""
        return deploy(
            self.settings,
            self.folder,
            forms or None,
            environ={"ISHC_TOKEN": TOKEN},
            limits=CALM,
            **options,
        )

    def publish(self) -> list[Deployed]:
        """Put the lists of ``data/lists`` on the phones."""
        return publish(self.settings, self.folder, environ={"ISHC_TOKEN": TOKEN}, limits=CALM)

    def write_list(self, text: str, name: str = "clubs.csv") -> Path:
        """Write a list as reconciling does; give its file."""
        path = self.folder.private(self.folder.lists) / name
        path.write_text(text, encoding="utf-8")
        return path

    def pointed(self, **urls: str) -> "Programme":
        """Give the same programme with its servers at other addresses."""
        servers = {
            name: ServerSettings(name, "kobo", url, url, "ISHC_TOKEN") for name, url in urls.items()
        }
        forms = {
            name: replace(form, sources=tuple(SourceSettings(each, each) for each in urls))
            for name, form in self.settings.forms.items()
        }
        return replace(self, settings=replace(self.settings, servers=servers, forms=forms))

    def store(self) -> RawStore:
        """Open the store."""
        return RawStore.open(self.folder.store)

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Ask the store."""
        with self.store() as store:
            return store.connection.execute(query, values).fetchall()


@dataclass
class Club:
    """A club that sends, edits and deletes, as phones and people in KoBo do."""

    server: Server
    asset: str
    sent: list[str] = field(default_factory=list)

    def send(self, note: str = "", photo: Path | None = None, edits: str | None = None) -> str:
        """Send a filled form, or an edit of the one with that instance id; give the new id."""
        instance = f"uuid:{uuid.uuid4()}"
        deprecated = f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
        picture = f"<photo>{photo.name}</photo>" if photo else ""
        xml = (
            f'<{self.asset} id="{self.asset}" version="1">'
            f"<club>C1</club><attendance>41</attendance><note>{note}</note>{picture}"
            f"<meta><instanceID>{instance}</instanceID>{deprecated}</meta></{self.asset}>"
        )
        files = [Media(photo.name, photo)] if photo else []
        openrosa.submit(self.server, xml.encode(), files)
        self.sent.append(instance)
        return instance

    def records(self) -> dict[int, dict[str, Any]]:
        """Give everything as the server has it, by id."""
        last = kobo.extent(self.server, self.asset).highest
        ids = [row.id for page in kobo.manifest(self.server, self.asset, last) for row in page]
        found = kobo.fetch(self.server, self.asset, ids, ids)
        return {record["_id"]: record for page in found for record in page}

    def delete(self, *ids: int) -> None:
        """Delete submissions on the server."""
        url = f"{self.server.url}/api/v2/assets/{self.asset}/data/bulk/"
        self.server.http.json("DELETE", url, json={"payload": {"submission_ids": list(ids)}})

    def validate(self, number: int, state: str) -> None:
        """Set a validation state, as a person does in KoBo."""
        url = f"{self.server.url}/api/v2/assets/{self.asset}/data/{number}/validation_status/"
        self.server.http.json("PATCH", url, json={"validation_status.uid": state})


# for tests that hold on the older release of KoBo as well
BOTH = pytest.mark.parametrize("sandbox", ["newer", "older"], indirect=True)


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    older = getattr(request, "param", "newer") == "older"
    with serve(tmp_path / "sandbox", TOKEN, older=older) as running:
        yield running


@pytest.fixture
def server(sandbox: Running) -> Iterator[Server]:
    with Server("kobo", "kobo", sandbox.url, sandbox.url, TOKEN, CALM) as opened:
        yield opened


@pytest.fixture
def programme(tmp_path: Path, sandbox: Running) -> Programme:
    folder = Folder(tmp_path / "programme")
    folder.xlsforms.mkdir(parents=True)
    write_workbook(folder.xlsforms / "meeting.xlsx", SURVEY, "meeting")
    (folder.xlsforms / "clubs.csv").write_text("name,label\nC1,Đông Anh\n", encoding="utf-8")
    folder.settings.write_text(
        f"""
        [programme]
        name = "Thử"

        [servers.kobo]
        url = "{sandbox.url}"
        token_env = "ISHC_TOKEN"

        [forms.meeting]
        server = "kobo"
        """,
        encoding="utf-8",
    )
    return Programme(folder, load(folder))


@pytest.fixture
def club(programme: Programme, server: Server) -> Club:
    """A club whose form is deployed; it has sent nothing yet."""
    (deployed,) = programme.deploy()
    return Club(server, deployed.asset)


@pytest.fixture
def rewrite(programme: Programme) -> Callable[..., None]:
    """Write the form's workbook anew, with other questions or under another name."""

    def write(*more: Mapping[str, str], name: str = "meeting", form_id: str = "meeting") -> None:
        path = programme.folder.xlsforms / f"{name}.xlsx"
        write_workbook(path, [*SURVEY, *more], form_id)

    return write


@pytest.fixture
def photo(tmp_path: Path) -> Callable[..., Path]:
    """Make a picture on a phone."""

    def take(name: str = "1763620000001.jpg", content: bytes = JPEG) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return take


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes
    server: "_Listener"

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        asked = Asked(self.command, self.path, dict(self.headers), body)
        self.server.loopback.asked.append(asked)
        with suppress(OSError):
            self.server.loopback.answer(self, asked)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _serve  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass

    def reply(
        self,
        status: int,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        """Answer; a length that is not the body's makes the answer look cut off."""
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        if length not in (None, len(body)):
            self.close_connection = True

    def reset(self) -> None:
        """Break the connection the hard way."""
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    loopback: "Loopback"

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that gives up is what these tests are about


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Loopback:
    """A server on this computer that answers as a test says."""

    def __init__(self, answer: Callable[[Any, Asked], None]) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self._listener = _Listener(("127.0.0.1", 0), _Handler)
        self._listener.loopback = self
        self.url = f"http://127.0.0.1:{self._listener.server_port}"
        self._thread = threading.Thread(
            target=self._listener.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop answering."""
        self._listener.shutdown()
        self._thread.join()
        self._listener.server_close()


@pytest.fixture
def loopback() -> Iterator[Callable[[Callable[[Any, Asked], None]], Loopback]]:
    """Start servers that answer as the test says."""
    started: list[Loopback] = []

    def start(answer: Callable[[Any, Asked], None]) -> Loopback:
        started.append(Loopback(answer))
        return started[-1]

    yield start
    for each in started:
        each.stop()


class Weather:
    """Stands before a server and spoils every n-th answer, each time in another way.

    Args:
        target: the real server's address.
        every: one of so many requests is spoiled.
        stall: seconds, longer than the client waits.
    """

    KINDS = ("500", "502", "503", "429", "reset", "truncated", "html", "stall", "bad gzip")

    def __init__(self, target: str, every: int, stall: float) -> None:
        self.target, self.every, self.stall = urlsplit(target), every, stall
        self.spoiled: Counter[str] = Counter()
        self.seen = 0
        self._lock = threading.Lock()

    def __call__(self, handler: Any, asked: Asked) -> None:
        with self._lock:
            self.seen += 1
            bad = self.seen % self.every == 0
            kind = self.KINDS[self.spoiled.total() % len(self.KINDS)] if bad else ""
            if bad:
                self.spoiled[kind] += 1
        status, body = self.forward(asked)
        if not bad:
            handler.reply(status, body)
        elif kind.isdigit():
            handler.reply(int(kind), b"<html>", {"Retry-After": "0"} if kind == "429" else {})
        elif kind == "reset":
            handler.reset()
        elif kind == "truncated":
            handler.reply(status, body[: len(body) // 2])
        elif kind == "html":
            handler.reply(200, b"<!DOCTYPE html><title>Log in to the network</title>")
        elif kind == "bad gzip":
            squeezed = gzip.compress(body)[:-9]
            handler.reply(status, squeezed, {"Content-Encoding": "gzip"})
        else:
            threading.Event().wait(self.stall)
            handler.reply(status, body)

    def forward(self, asked: Asked) -> tuple[int, bytes]:
        headers = {
            name: value
            for name, value in asked.headers.items()
            if name.lower() not in ("host", "connection", "content-length", "accept-encoding")
        }
        connection = HTTPConnection(self.target.hostname or "", self.target.port, timeout=10)
        try:
            connection.request(asked.method, asked.path, asked.body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@pytest.fixture
def weather(
    sandbox: Running, loopback: Callable[[Callable[[Any, Asked], None]], Loopback]
) -> Callable[[int], tuple[Weather, str]]:
    """Put bad weather between client and sandbox; give it and its address."""

    def start(every: int) -> tuple[Weather, str]:
        spoiling = Weather(sandbox.url, every, FAST.read * 1.5)
        return spoiling, loopback(spoiling).url

    return start


@pytest.fixture
def fast() -> Limits:
    """Little patience, so that tests need little too."""
    return FAST


class Between:
    """Stands before a server and lets requests through, but for those that a test stops.

    Args:
        target: the real server's address.
        stop: given a request, the status to answer with instead, or None to let it through.
        change: given a request and the body of its answer, the body to give instead.

    ``busy`` is held while a request is on its way.
    """

    def __init__(
        self,
        target: str,
        stop: Callable[[Asked], int | None],
        change: Callable[[Asked, bytes], bytes],
    ) -> None:
        self.target, self.stop, self.change = urlsplit(target), stop, change
        self.busy = threading.Lock()

    def __call__(self, handler: Any, asked: Asked) -> None:
        with self.busy:
            self._pass_on(handler, asked)

    def _pass_on(self, handler: Any, asked: Asked) -> None:
        status = self.stop(asked)
        if status is not None:
            handler.reply(status, b'{"error": "refused by the test"}')
            return
        # with the host that the client used: the server writes it into its links
        connection = HTTPConnection(self.target.hostname or "", self.target.port, timeout=30)
        try:
            connection.request(asked.method, asked.path, asked.body or None, dict(asked.headers))
            answer = connection.getresponse()
            kind = {"Content-Type": answer.headers.get("Content-Type", "application/json")}
            handler.reply(answer.status, self.change(asked, answer.read()), kind)
        finally:
            connection.close()


@pytest.fixture
def between(
    sandbox: Running, loopback: Callable[[Callable[[Any, Asked], None]], Loopback]
) -> Callable[..., Loopback]:
    """Put a gate between client and sandbox; give it."""

    def start(
        stop: Callable[[Asked], int | None] = lambda _: None,
        change: Callable[[Asked, bytes], bytes] = lambda _, body: body,
    ) -> Loopback:
        return loopback(Between(sandbox.url, stop, change))

    return start
