"""What a real server of each kind was recorded to list, told again to a client in its order."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from connectors.servers import verbs
from connectors.servers.access import PATIENT
from connectors.servers.contract import ManifestRow, Server
from connectors.servers.named import HIGHEST
from tests.connectors.kobo.conftest import Asked, Loopback

DATA = Path(__file__).parents[1] / "data"
ONCE = replace(PATIENT, tries=1, read=20, pause=0.001)
Row = dict[str, Any]
_LISTS = {
    "kobo": re.compile(r"/api/v2/assets/(\w+)/data/"),
    "central": re.compile(r"/v1/projects/\d+/forms/([^/]+)\.svc/Submissions"),
}
_FIELDS = ("_uuid", "meta/rootUuid", "_validation_status", "_attachments")


class Tape:
    """One kind of server, which gives the answer that is recorded next for any question."""

    def __init__(self, kind: str) -> None:
        self.kind, self.answer = kind, b""
        folder = DATA / f"{kind}-recordings"
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.json"))]
        self.scenarios = [json.loads(text)["exchanges"] for text in texts]
        self.server = Server(kind, kind, "http://x", "http://x", "x")

    def __call__(self, handler: Any, asked: Asked) -> None:
        """Answer a question."""
        signs_in = urlsplit(asked.path).path.startswith("/v1/sessions")
        body = b'{"token": "0"}' if signs_in else self.answer
        handler.reply(200, body, {"Content-Type": "application/json"}, len(body))

    def lists(self) -> Iterator[list[tuple[str, list[Row], list[ManifestRow]]]]:
        """Give, a scenario after the other, the lists: form, rows, and how they are read."""
        for exchanges in self.scenarios:
            found = [(*_list(self.kind, each), each) for each in exchanges]
            yield [(form, rows, self._read(form, each)) for form, rows, each in found if rows]

    def _read(self, form: str, exchange: Row) -> list[ManifestRow]:
        self.answer = json.dumps(exchange["response"]["json"]).encode()
        pages = verbs(self.server).manifest(self.server, form, HIGHEST)
        return [row for page in pages for row in page]


def _list(kind: str, exchange: Row) -> tuple[str, list[Row]]:
    request, told = exchange["request"], exchange["response"].get("json")
    found = _LISTS[kind].fullmatch(request["path"])
    if not found or request["method"] != "GET" or not isinstance(told, dict):
        return "", []
    rows = told.get("results" if kind == "kobo" else "value") or []
    more = told.get("next") or told.get("@odata.nextLink") or told.get("count", 0) > len(rows)
    wanted = _FIELDS if kind == "kobo" else ("__id", "__system")
    fields = str((request.get("query") or {}).get("fields", ""))
    true = not fields or all(each in fields for each in wanted)  # others come made up
    whole = true and all(set(wanted) <= set(row) for row in rows)
    rising = kind != "kobo" or [row["_id"] for row in rows] == sorted(row["_id"] for row in rows)
    return (found[1], rows) if whole and rising and not more else ("", [])


@contextmanager
def played(kind: str) -> Iterator[Tape]:
    """Play the recordings of a kind of server."""
    tape = Tape(kind)
    loopback = Loopback(tape)
    user = "admin@example.org" if kind == "central" else ""
    url = loopback.url
    try:
        with Server(kind, kind, url, url, "0" * 40, ONCE, user, 1 if user else None) as tape.server:
            yield tape
    finally:
        loopback.stop()
