"""A server that answers as a real KoboToolbox was recorded to answer."""

import base64
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from werkzeug.formparser import parse_form_data

from connectors.servers.access import PATIENT
from connectors.servers.contract import Server

RECORDINGS = Path(__file__).parents[2] / "data" / "kobo-recordings"
HOST = "https://kobo.example"
TOKENS = {
    "<token>": "0" * 39 + "1",
    "<token-bad>": "0" * 40,
    "<token-viewer>": "0" * 39 + "2",
    "<token-foreign>": "0" * 39 + "3",
    "<token-editor>": "0" * 39 + "4",
}
ONCE = replace(PATIENT, tries=1, read=20, pause=0.001, settle=0.2)
_ASSET = re.compile(r"/assets/a\w{21}")
_NOT_SENT = {"Content-Length", "Content-Type"}


class Recorded:
    """One scenario of the recordings, played by a server on this computer.

    ``play`` says which exchanges come next; every request must be the next one's: method and
    path always (whichever form is meant), account, query and body where ``exact``. What came and
    was not expected is in ``strange``; of the exchanges in ``cut`` only so many bytes are sent, of
    lists only the rows of ``only`` where it is set.
    """

    def __init__(self, scenario: str) -> None:
        text = (RECORDINGS / f"{scenario}.json").read_text(encoding="utf-8")
        self.exchanges = {one["name"]: one for one in json.loads(text)["exchanges"]}
        self.coming: list[str] = []
        self.exact = True
        self.cut: dict[str, int] = {}
        self.only: set[int] | None = None
        self.asked: list[Any] = []
        self.strange: list[str] = []
        self.servers: dict[str, Server] = {}
        self.url = ""

    def play(self, *names: str, exact: bool = False) -> None:
        """Say which exchanges are answered next, in this order."""
        self.coming, self.exact, self.strange = list(names), exact, []
        self.asked.clear()

    def borrow(self, scenario: str, name: str) -> None:
        """Take an exchange from another scenario too."""
        self.exchanges[name] = Recorded(scenario).exchanges[name]

    def of(self, method: str, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give the exchanges of an address that a client with a token can meet, by name."""
        for name, one in self.exchanges.items():
            request = one["request"]
            token = request["headers"].get("Authorization", "").startswith("Token <")
            plain = "format" not in request.get("query", {})
            fits = request["method"] == method and re.fullmatch(path, request["path"])
            if fits and token and plain:
                yield name, one

    def done(self) -> None:
        """Everything that was to come came, and nothing else."""
        assert (self.coming, self.strange) == ([], [])

    def server(self, token: str = "<token>") -> Server:
        """Give the client of the account behind a placeholder."""
        if token not in self.servers:
            self.servers[token] = Server("kobo", "kobo", self.url, self.url, TOKENS[token], ONCE)
        return self.servers[token]

    def here(self, value: Any) -> Any:
        """Write something recorded with this server's address and tokens."""
        return json.loads(self._here(json.dumps(value)))

    def _here(self, text: str) -> str:
        text = text.replace(HOST, self.url)
        return re.sub(r"<token[a-z-]*>", lambda found: TOKENS.get(found[0], found[0]), text)

    def content(self, request: dict[str, Any]) -> dict[str, Any]:
        """Give a recorded request's body as the client's HTTP layer takes it."""
        if "json" in request:
            return {"json": self.here(request["json"])}
        if "body" in request:
            kind = {"Content-Type": request["headers"]["Content-Type"]}
            return {"data": request["body"].encode(), "headers": kind}
        more: dict[str, Any] = {}
        if "form" in request:
            more["data"] = {name: self._field(text) for name, text in request["form"].items()}
        if "files" in request:
            more["files"] = [
                (one["field"], (one["filename"], content_of(one), one["content_type"]))
                for one in request["files"]
            ]
        elif "multipart" in request["headers"].get("Content-Type", ""):
            more["files"] = [(name, (None, text)) for name, text in more.pop("data").items()]
        return more

    def _field(self, text: str) -> str:
        def workbook(found: re.Match[str]) -> str:
            return base64.b64encode((RECORDINGS / found[1]).read_bytes()).decode()

        return re.sub(r"<(\w+\.xlsx)>", workbook, self._here(text))

    def __call__(self, handler: Any, asked: Any) -> None:
        """Answer a request with the exchange that comes next."""
        self.asked.append(asked)
        name = next(iter(self.coming), None)
        wrong = self._differs(self.exchanges[name]["request"], asked) if name else "nothing"
        if name is None or wrong:
            self.strange.append(f"{asked.method} {asked.path} came, not {name}: {wrong}")
            handler.reply(410, b"not recorded", {"Content-Type": "text/plain"})
            return
        self.coming.pop(0)
        self._answer(handler, self.exchanges[name]["response"], self.cut.get(name))

    def _answer(self, handler: Any, recorded: dict[str, Any], most: int | None) -> None:
        headers = {
            name: self._here(value)
            for name, value in (recorded.get("headers") or {}).items()
            if name not in _NOT_SENT
        }
        kind = (recorded.get("headers") or {}).get("Content-Type")
        headers |= _named("Content-Type", kind)
        body = self.body(recorded)
        handler.reply(recorded["status"], body[:most], headers, len(body))

    def body(self, recorded: dict[str, Any]) -> bytes:
        """Give the bytes of a recorded answer."""
        if "json" in recorded:
            told = self._narrowed(recorded["json"])
            return self._here(json.dumps(told, ensure_ascii=False)).encode()
        if "base64" in recorded:
            return base64.b64decode(recorded["base64"])
        return self._here(recorded.get("text", "")).encode()

    def _narrowed(self, told: Any) -> Any:
        if self.only is None or not isinstance(told, dict) or "results" not in told:
            return told
        rows = [row for row in told["results"] if row.get("_id") in self.only]
        return told | {"results": rows, "count": len(rows), "next": None}

    def _differs(self, recorded: dict[str, Any], asked: Any) -> str:
        address = urlsplit(asked.path)
        path, wanted = address.path, recorded["path"]
        if not self.exact:
            path, wanted = (_ASSET.sub("/assets/a", one) for one in (path, wanted))
        if (asked.method, path) != (recorded["method"], wanted):
            return f"{recorded['method']} {recorded['path']}"
        if not self.exact:
            return ""
        shown = asked.headers.get("Authorization", "")
        if shown != self._here(recorded["headers"].get("Authorization", "")):
            return "another account"
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        if query != self.here(recorded.get("query", {})):
            return f"query {query}"
        wanted, got = self._told(recorded), _read(asked)
        return "" if wanted == got else f"body {str(wanted)[:200]} {str(got)[:200]}"

    def _told(self, recorded: dict[str, Any]) -> Any:
        if "json" in recorded:
            return self.here(recorded["json"])
        if "body" in recorded:
            return recorded["body"].encode()
        fields = {name: self._field(text) for name, text in recorded.get("form", {}).items()}
        files = [
            (one["field"], one["filename"], content_of(one)) for one in recorded.get("files", [])
        ]
        return (fields, files) if fields or files else b""


def _named(name: str, value: str | None) -> dict[str, str]:
    return {name: value} if value else {}


def content_of(file: dict[str, str]) -> bytes:
    """Give the bytes of a recorded upload."""
    if "workbook" in file:
        return (RECORDINGS / file["workbook"]).read_bytes()
    return base64.b64decode(file["base64"]) if "base64" in file else file["text"].encode()


def _read(asked: Any) -> Any:
    kind = asked.headers.get("Content-Type", "")
    if kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        environ = {
            "wsgi.input": io.BytesIO(asked.body),
            "CONTENT_LENGTH": str(len(asked.body)),
            "CONTENT_TYPE": kind,
            "REQUEST_METHOD": asked.method,
        }
        _, form, files = parse_form_data(environ)
        found = []
        for field, part in files.items(multi=True):
            found.append((field, part.filename, part.read()))
            part.close()
        return form.to_dict(), found
    try:
        return json.loads(asked.body) if kind == "application/json" else asked.body
    except ValueError:
        return asked.body
