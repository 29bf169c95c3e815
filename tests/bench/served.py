"""The sandbox with a survey in it, as a server of its own: ``python -m tests.bench.served``.

It counts what goes over the wire, and answers one page of data in twenty with 503 when told to.
Addresses below ``/bench/`` are the benchmark's own.
"""

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from connectors.servers.sandbox import Running, Weather, serve
from connectors.servers.sandbox.weather import App
from tests.bench.process import PROJECT
from tests.bench.survey import EDITED, FORM, Survey, filled, instance, write_workbook

TOKEN = "be0cbe0cbe0cbe0c"
REFUSED_OF = 20  # of so many pages of data one is answered with 503, the fifth first
FIRST = 5
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Plan:
    """What the server holds and what a night changes.

    Args:
        rows: submissions, received over the year before.
        new, edited, deleted: of the night.
        page: as for the sandbox.
    """

    survey: Survey
    rows: int
    new: int = 0
    edited: int = 0
    deleted: int = 0
    page: int | None = None


class _Watched(Weather):
    """Counts, and now and then refuses a page."""

    def __init__(self) -> None:
        super().__init__(0, 0)
        self.refuses = False
        self.lock = threading.Lock()
        self.counted: Counter[str] = Counter()
        self.asked: dict[str, Any] = {}

    def over(self, app: App) -> App:
        def watched(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            path = str(environ["PATH_INFO"])
            if path.startswith("/bench/"):
                return self._told(path, start)
            if path.endswith(".json"):  # as the real server's addresses may end
                environ["PATH_INFO"] = path = path.removesuffix(".json") + "/"
            page = environ["REQUEST_METHOD"] == "GET" and path.endswith("/data/")
            with self.lock:
                self.counted["questions"] += 1
                self.counted["pages"] += page
                refused = self.refuses and page and self.counted["pages"] % REFUSED_OF == FIRST
                self.counted["refused"] += refused
            if refused:
                start("503 Service Unavailable", [("Content-Length", "0")])
                return [b""]
            kind = "files" if "/attachments/" in path else "bytes"
            return self._counted(kind, app, environ, start)

        return watched

    def _counted(self, kind: str, app: App, environ: dict[str, Any], start: Any) -> Iterator[bytes]:
        asked = len(path_of(environ))

        def counting(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            self.counted[kind] += asked + sum(len(k) + len(v) + 4 for k, v in headers)
            return start(status, headers, *more)

        for piece in app(environ, counting):
            self.counted[kind] += len(piece)
            yield piece

    def _told(self, path: str, start: Any) -> Iterable[bytes]:
        if path == "/bench/refuse":
            self.refuses = True
        if path == "/bench/accept":
            self.refuses = False
        told = {**self.counted, "cpu": time.process_time() - self.asked.get("cpu", 0)}
        if path == "/bench/night":
            self.asked["night"]()
        self.counted.clear()
        self.asked["cpu"] = time.process_time()
        body = json.dumps(told).encode()
        start("200 OK", [("Content-Length", str(len(body)))])
        return [body]


def path_of(environ: Mapping[str, Any]) -> str:
    """Give the address of a request as it came."""
    return str(environ["REQUEST_URI"])


class Served:
    """The server as the benchmark sees it."""

    def __init__(self, url: str, asset: str) -> None:
        self.url, self.asset = url, asset

    def counted(self) -> dict[str, float]:
        """Give what was counted since the last time, and begin anew."""
        return dict(self._tell("count"))

    def refuse(self, on: bool) -> None:
        """Answer one page in twenty with 503, or none."""
        self._tell("refuse" if on else "accept")

    def night(self) -> None:
        """Let a night's submissions, edits and deletions happen."""
        self._tell("night")

    def records(self) -> Iterator[dict[str, Any]]:
        """Give every record as the server has it."""
        self.refuse(False)
        last = 0
        while True:
            query = {"query": json.dumps({"_id": {"$gt": last}}), "limit": "1000"}
            page = _api(self.url).get(f"{self.url}/api/v2/assets/{self.asset}/data/", params=query)
            rows = page.json()["results"]
            if not rows:
                return
            last = rows[-1]["_id"]
            yield from rows

    def _tell(self, word: str) -> Any:
        answer = requests.get(f"{self.url}/bench/{word}", timeout=600)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def served(plan: Plan, state: Path) -> Iterator[Served]:
    """Run the server in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.served", str(state), json.dumps(asdict(plan))]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout is not None
        try:
            url, asset = process.stdout.readline().split()
            yield Served(url, asset)
        finally:
            process.kill()


def _api(url: str) -> requests.Session:
    session = requests.Session()
    session.headers.update({"Authorization": f"Token {TOKEN}", "Accept": "application/json"})
    return session


def _deployed(running: Running, plan: Plan, state: Path) -> str:
    api, url = _api(running.url), f"{running.url}/api/v2"
    book = state / "form.xlsx"
    write_workbook(plan.survey, book)
    fields = {"library": "false", "name": FORM}
    task = api.post(f"{url}/imports/", data=fields, files={"file": book.read_bytes()}).json()
    while (told := api.get(f"{url}/imports/{task['uid']}/").json())["status"] == "processing":
        pass
    asset = str(told["messages"]["created"][0]["uid"])
    api.post(f"{url}/assets/{asset}/deployment/", json={"active": True}).raise_for_status()
    return asset


def _night(running: Running, asset: str, plan: Plan) -> None:
    rows, survey = plan.rows, plan.survey
    step = max(1, rows // (plan.edited + plan.deleted + 1))
    touched = range(step, rows + 1, step)
    changed = touched[: plan.edited]
    gone = {instance(each) for each in touched[plan.edited : plan.edited + plan.deleted]}
    running.load(filled(survey, asset, rows + each) for each in range(1, plan.new + 1))
    running.load(filled(survey, asset, EDITED + each, edits=each) for each in changed)
    found = [each["_id"] for each in Served(running.url, asset).records() if each["_uuid"] in gone]
    assert len(found) == plan.deleted
    address = f"{running.url}/api/v2/assets/{asset}/data/bulk/"
    payload = {"payload": {"submission_ids": found}}
    _api(running.url).delete(address, json=payload).raise_for_status()


def main(state: Path, plan: Plan) -> None:
    """Fill the sandbox and serve until killed."""
    age = [YEAR]

    def clock() -> datetime:
        return datetime.now(UTC) - age[0]

    def sent() -> Iterator[Any]:
        for number in range(1, plan.rows + 1):
            age[0] = YEAR * (1 - (number - 1) / plan.rows) + timedelta(hours=2)
            yield filled(plan.survey, asset, number)
        age[0] = timedelta()

    watched = _Watched()
    state.mkdir(parents=True, exist_ok=True)
    running = serve(state, TOKEN, page=plan.page, weather=watched, clock=clock)
    asset = _deployed(running, plan, state)
    running.load(sent())
    watched.asked["night"] = lambda: _night(running, asset, plan)
    print(running.url, asset, flush=True)
    running.wait()


if __name__ == "__main__":
    told = json.loads(sys.argv[2])
    main(Path(sys.argv[1]), Plan(**{**told, "survey": Survey(**told["survey"])}))
