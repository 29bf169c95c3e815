"""(b) A form pulled once into tables for analysis, against kobo2pandas and pykobo."""

import json
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from connectors.export.frame import read_frame
from programme.folder import Folder
from tests.bench.environments import SCRIPTS, peer, versions
from tests.bench.process import Ran, command
from tests.bench.same import Rows, counted, our_rows, run_of, server_rows, text_rows
from tests.bench.section import RUNS, Section
from tests.bench.served import TOKEN, Plan, Served, served
from tests.bench.survey import FORM, LISTS, Survey, label, programme

SURVEY = Survey(extra=2, members=7, loans=4, narrow=True)
PLAN = Plan(SURVEY, rows=30_000, page=30_000)
TODAY = Plan(SURVEY, rows=1_500)
HEAD = ("", "rows of the tables", "seconds", "of the faster", "its CPU", "server's CPU", "peak")
PEERS = ("kobo2pandas", "pykobo")


@dataclass
class Client:
    """One way of getting the tables.

    Args:
        words: the command, given a folder of its own.
    """

    name: str
    words: Callable[[Path], Sequence[str]]
    ran: list[tuple[Ran, dict[str, float]]] = field(default_factory=list)

    def pull(self, server: Served, folder: Path) -> None:
        """Get the tables into an empty folder."""
        words = self.words(folder)
        server.counted()
        ran = command(words)
        assert ran.status == 0, ran.output
        self.ran.append((ran, server.counted()))

    def said(self, run: int = 0) -> Any:
        """What a run printed."""
        return json.loads(self.ran[run][0].output.splitlines()[-1])

    def median(self, what: str) -> float:
        """Give a median of something of ``Ran``."""
        return statistics.median(getattr(each, what) for each, _ in self.ran)

    @property
    def rows(self) -> Sequence[int]:
        """How many rows its frames have."""
        said = self.said()
        return [rows for rows, _ in said["frames"]] if isinstance(said, dict) else said


def run() -> Section:
    """Measure under the old page rule; show what the peers give under the new one."""
    os.environ["ISHC_TOKEN"] = TOKEN
    with TemporaryDirectory() as scratch:
        with served(PLAN, Path(scratch) / "server") as server:
            clients = _clients(server)
            for number in range(RUNS):
                for each in clients:
                    each.pull(server, Path(scratch) / f"{each.name}{number}")
            facts = _checked(server, Path(scratch))
        with served(TODAY, Path(scratch) / "server today") as server:
            today = _clients(server)
            for each in today:
                each.pull(server, Path(scratch) / f"{each.name} today")
    faster = min(each.median("seconds") for each in clients[1:])
    rows = [HEAD, *(_row(each, faster) for each in clients)]
    rows.append(("**bound**", "", "", "100 %", "", "", ""))
    rows += [(f"{each.name}, today's page rule", _counts(each), *[""] * 5) for each in today]
    steps = [clients[0].said(number)["seconds"] for number in range(RUNS)]
    medians = {name: statistics.median(each[name] for each in steps) for name in steps[0]}
    prose = (
        f"{PLAN.rows:,} submissions of {facts.size / 1000:.1f} kB of JSON on average, "
        f"{SURVEY.columns} questions in three nested tables ({facts.rows} rows), from a server "
        "with the page rule of before December 2025 (up to 30,000 at once, which both peers rely "
        "on), into frames of pandas; every run is a process of its own, start and imports count. "
        f"Ours keeps every record in the store and proves that none is missing "
        f"({medians['pull']:.1f} s), writes typed tables with and without names "
        f"({medians['tables']:.1f} s), and gives them with Vietnamese labels "
        f"({medians['frames']:.1f} s); the peers give texts under names ({versions(*PEERS)}). "
        "**Equal first:** our tables and kobo2pandas' frames hold every id and answer that the "
        "server gives; ours have the labels of the form in headers and choices; pykobo loses the "
        "inner repeat. The last three rows: the same with today's page rule and "
        f"{TODAY.rows:,} submissions; the peers stop at the first page without a word."
    )
    return Section("One-shot pull against kobo2pandas and pykobo", prose, rows)


def _clients(server: Served) -> list[Client]:
    ours = Client("ours", partial(_our_words, server))
    return [ours, *(Client(each, partial(_words, each, server)) for each in PEERS)]


def _our_words(server: Served, folder: Path) -> Sequence[str]:
    programme(folder, SURVEY, server.url)
    return [sys.executable, "-m", "tests.bench.ours", "oneshot", str(folder)]


def _words(name: str, server: Served, folder: Path) -> Sequence[str]:
    return [peer(name), str(SCRIPTS / f"{name}_pull.py"), server.url, server.asset, TOKEN]


def _counts(client: Client) -> str:
    return " + ".join(f"{each:,}" for each in client.rows)


def _row(client: Client, faster: float) -> tuple[str, ...]:
    seconds = client.median("seconds")
    cpu = statistics.median(each["cpu"] for _, each in client.ran)
    return (
        client.name,
        _counts(client),
        f"{seconds:.1f}",
        f"{100 * seconds / faster:.0f} %",
        f"{client.median('processor'):.1f} s",
        f"{cpu:.1f} s",
        f"{client.median('megabytes'):.0f} MB",
    )


@dataclass(frozen=True)
class Facts:
    """What was pulled: bytes of a submission, rows of the tables in words."""

    size: float
    rows: str


def _checked(server: Served, scratch: Path) -> Facts:
    """Compare with the server's answers; raise where they differ."""
    records = list(server.records())
    truth = server_rows(SURVEY, records)
    folder = Folder(scratch / "ours0")
    assert our_rows(SURVEY, run_of(folder)) == truth
    _check_labels(folder)
    written = scratch / "texts"
    written.mkdir()
    ran = command([*_words("kobo2pandas", server, scratch), str(written)])
    assert ran.status == 0, ran.output
    assert text_rows(SURVEY, written) == _without_roots(truth)
    size = sum(len(orjson.dumps(each)) for each in records)
    return Facts(size / len(records), counted(truth))


def _without_roots(truth: dict[str, Rows]) -> dict[str, Rows]:
    # kobo2pandas leaves the root uuid out
    return truth | {"root": {(*row[:2], *row[3:]) for row in truth["root"]}}


def _check_labels(folder: Folder) -> None:
    named = read_frame(folder, FORM, None, identified=True)
    shown = read_frame(folder, FORM, "vi", identified=True)
    for name in ("purpose", "roles", "present"):
        assert label(name, "vi") in shown.columns
    words = {each: label(each, "vi") for each in LISTS["purpose"]}
    told = shown[label("purpose", "vi")].dropna()
    assert list(told) == list(named["purpose"].dropna().map(words))
