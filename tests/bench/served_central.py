"""ODK Central's stand-in with a survey in it, as a server of its own.

``python -m tests.bench.served_central PLAN`` prints its address and project. Rows and lists are
made before, so that they cost the server next to nothing, whoever asks; all else the stand-in
answers itself. Addresses below ``/bench/`` are the benchmark's own.
"""

import base64
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, urlencode

import orjson
import requests

from connectors.servers.sandbox.weather import App
from tests.bench.process import PROJECT
from tests.bench.survey import FORM, Survey, filled, write_workbook
from tests.connectors.central.standin import odata, submissions
from tests.connectors.central.standin.events import newest_first
from tests.connectors.central.standin.filters import read_filter
from tests.connectors.central.standin.odata_fields import FIELDS, system_of
from tests.connectors.central.standin.odata_query import token_of
from tests.connectors.central.standin.serve import Standin, serve_standin
from tests.connectors.central.standin.things import Form

COLLECT = "org.odk.collect.android/v2025.2.3 Dalvik/2.1.0 (Linux; U; Android 13; SM-A155F)"
YEAR = timedelta(days=365)
# seconds of a real Central for 2,014 rows: expanded, of a list by OData, of the plain list
WHOLE, LISTED, PLAIN = (seconds / 2014 for seconds in (0.4, 0.3, 0.07))


@dataclass(frozen=True)
class Plan:
    """What the server holds: submissions, received over the year before."""

    survey: Survey
    rows: int


class _Prepared:
    """Answers lists of submissions out of bytes that were made before."""

    def __init__(self, standin: Standin, form: Form) -> None:
        self.paced = False
        self.every = newest_first(form, lambda one: True)
        self.place = {one.root: number for number, one in enumerate(self.every)}
        self.counted: Counter[str] = Counter()
        self.cpu = 0.0
        self.whole, self.listed, self.rest = [], [], []
        with standin.app.test_request_context():
            for one in self.every:
                meta = {"instanceID": one.root}
                row = {"meta": meta, "__id": one.root, "__system": system_of(one)}
                self.whole.append(orjson.dumps(odata._told(form, one, None, expand=True)))
                self.listed.append(orjson.dumps(row))
                self.rest.append(orjson.dumps(submissions._told(one)))
                one.cached.clear()
        self.table = _body(self.whole, {})
        self.found = cache(self._found)

    def over(self, app: App) -> App:
        def answering(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            body = self._answer(environ)
            if body is None:
                self.counted["questions"] += 1
                return app(environ, start)
            start(
                "200 OK", [("Content-Type", "application/json"), ("Content-Length", f"{len(body)}")]
            )
            return [body]

        return answering

    def _answer(self, environ: Mapping[str, Any]) -> bytes | None:
        path, asked = str(environ["PATH_INFO"]), dict(parse_qsl(environ["QUERY_STRING"]))
        if path == "/bench/pace":
            self.paced = True
        if path.startswith("/bench/"):
            return self._count()
        if path.endswith(f"/{FORM}.svc/Submissions"):
            body = self._rows(asked, f"http://{environ['HTTP_HOST']}{path}")
        elif path.endswith(f"/{FORM}/submissions"):
            first, many = int(asked["offset"]), int(asked["limit"])
            shown = self.rest[first : first + many]
            self._pace(len(shown) * PLAIN)
            body = b"[" + b",".join(shown) + b"]"
        else:
            return None
        self.counted["questions"] += 1
        self.counted["bytes"] += len(body)
        return body

    def _pace(self, seconds: float) -> None:
        if self.paced:
            time.sleep(seconds)

    def _count(self) -> bytes:
        told = {**self.counted, "cpu": time.process_time() - self.cpu}
        self.counted.clear()
        self.cpu = time.process_time()
        return orjson.dumps(told)

    def _found(self, question: str) -> list[int]:
        test, _ = read_filter(question, FIELDS)
        return [number for number, one in enumerate(self.every) if test(one)]

    def _rows(self, asked: dict[str, str], address: str) -> bytes:
        expand = asked.get("$expand") == "*"
        if asked == {"$expand": "*"}:
            self._pace(len(self.every) * WHOLE)
            return self.table
        found = self.found(asked["$filter"]) if "$filter" in asked else range(len(self.every))
        rest: Any = found
        if token := asked.pop("$skiptoken", ""):
            at = self.place[json.loads(_decoded(token))["instanceId"]]
            rest = [number for number in found if number > at]
        shown = rest[: int(asked.get("$top", len(rest)))]
        made = self.whole if expand else self.listed
        self._pace(len(shown) * (WHOLE if expand else LISTED))
        end: dict[str, Any] = {"@odata.count": len(found)} if "$count" in asked else {}
        if shown and len(shown) < len(rest):
            last = token_of({"instanceId": self.every[shown[-1]].root})
            end["@odata.nextLink"] = f"{address}?{urlencode({**asked, '$skiptoken': last})}"
        return _body([made[number] for number in shown], end)


def _decoded(token: str) -> bytes:
    return base64.b64decode(token[2:])


def _body(rows: list[bytes], end: Mapping[str, Any]) -> bytes:
    rest = orjson.dumps({"@odata.context": "Submissions", **end})
    return b'{"value":[' + b",".join(rows) + b"]," + rest[1:]


class Served:
    """The server as the benchmark sees it."""

    def __init__(self, url: str, project: str, email: str, password: str) -> None:
        self.url, self.project, self.email, self.password = url, int(project), email, password

    def counted(self) -> dict[str, float]:
        """Give what was counted since the last time, and begin anew."""
        return self._tell("count")

    def pace(self) -> None:
        """Let a row take as long as on a real server at its best, from now on."""
        self._tell("pace")

    def _tell(self, word: str) -> dict[str, float]:
        answer = requests.get(f"{self.url}/bench/{word}", timeout=600)
        answer.raise_for_status()
        return dict(answer.json())


@contextmanager
def served(plan: Plan) -> Iterator[Served]:
    """Run the server in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.served_central", json.dumps(asdict(plan))]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout is not None
        try:
            yield Served(*json.loads(process.stdout.readline()))
        finally:
            process.kill()


def main(plan: Plan) -> None:
    """Fill the stand-in and serve until killed."""
    age = [YEAR]

    def sent() -> Iterator[bytes]:
        for number in range(1, plan.rows + 1):
            age[0] = YEAR * (1 - (number - 1) / plan.rows) + timedelta(hours=2)
            yield filled(plan.survey, FORM, number).xml
        age[0] = timedelta()

    prepared: list[_Prepared] = []

    def front(app: App) -> App:
        def either(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            return (prepared[0].over(app) if prepared else app)(environ, start)

        return either

    standin = serve_standin(clock=lambda: datetime.now(UTC) - age[0], front=front)
    with TemporaryDirectory() as scratch:
        book = Path(scratch) / "form.xlsx"
        write_workbook(plan.survey, book)
        project = standin.project()
        form = standin.form(project, book.read_bytes())
    standin.load(project, form, sent(), COLLECT)
    prepared.append(_Prepared(standin, form))
    print(json.dumps([standin.url, str(project.id), standin.email, standin.password]), flush=True)
    standin.wait()


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    main(Plan(**{**told, "survey": Survey(**told["survey"])}))
