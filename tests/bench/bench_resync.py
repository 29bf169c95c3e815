"""(a) The nightly re-sync of a form, against dlt: equal tables first, then time, bytes, memory."""

import json
import os
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from programme.folder import Folder
from tests.bench.environments import SCRIPTS, peer, versions
from tests.bench.process import Ran, command
from tests.bench.same import Rows, counted, dlt_rows, our_rows, run_of, server_rows
from tests.bench.section import RUNS, Section
from tests.bench.served import TOKEN, Plan, Served, served
from tests.bench.survey import Survey, programme

LARGE = Plan(Survey(extra=55, members=13, loans=6), rows=30_000, new=300, edited=60, deleted=15)
# the same night on a fifth of the submissions: each photo is fetched before the first night
PHOTOS = Plan(
    Survey(extra=55, members=13, loans=6, photo=True), rows=6_000, new=60, edited=12, deleted=3
)
FEWER = 3  # runs of what is only shown beside
Tables = dict[str, Rows]


@dataclass
class Setup:
    """One way of keeping a copy.

    Args:
        words: the command that brings a folder up to date.
        rows: reads its tables.
        missed: what they miss.
    """

    name: str
    base: Path
    words: Callable[[Path], Sequence[str]]
    rows: Callable[[Path], Tables]
    ran: list[tuple[Ran, dict[str, float]]] = field(default_factory=list)
    missed: str = ""

    def sync(self, server: Served, folder: Path) -> Ran:
        """Bring a copy up to date."""
        server.refuse(True)
        ran = command(self.words(folder))
        self.ran.append((ran, server.counted()))
        return ran

    def median(self, what: str) -> float:
        """Give a median: ``seconds``, ``megabytes``, or something that the server counted."""
        if what in ("seconds", "megabytes"):
            return statistics.median(getattr(each, what) for each, _ in self.ran)
        return statistics.median(each.get(what, 0) for _, each in self.ran)


def run() -> Section:
    """Measure a night; then the same with a photo a submission."""
    os.environ["ISHC_TOKEN"] = TOKEN
    rows: list[tuple[str, ...]] = [HEAD]
    with _night(LARGE, RUNS) as (setups, shown, size):
        missed = setups[-1].missed
        rows += [*_rows(setups), BOUNDS]
        steps = _steps(setups[0])
    photos: list[tuple[str, ...]]
    with _night(PHOTOS, FEWER, incremental=False) as (setups, _, with_photo):
        photos = _rows(setups)
    survey = LARGE.survey
    prose = (
        f"{LARGE.rows:,} submissions, of {size / 1000:.1f} kB of JSON on average in the listing, "
        f"{survey.columns} questions in three nested tables; then a night with {LARGE.new} new, "
        f"{LARGE.edited} edited and {LARGE.deleted} deleted ones ({shown} rows after it), the "
        "fifth page of data and every twentieth after it answered with 503. Every set-up starts "
        "from copies of its own folder as the evening before left it, in a process of its own "
        "(start and imports count), against the sandbox in another one. Ours is the pull and the "
        "typed tables of the whole form, written anew as Parquet twice (with and without names). "
        f"dlt ({versions('dlt')}) loads by rest_api, pages of 1,000 by `next`, Parquet into "
        "DuckDB; `scd2` over everything is its set-up that is right, merging what is new by "
        "`_submission_time` the usual one (one run). Bytes are addresses, headers and bodies "
        "as the server counted them, without compression. "
        "**Equal first:** our tables, dlt's current rows under scd2 and the server's answers are "
        "the same, every id, uuid and answer. "
        f"dlt's usual set-up {missed} Of our time in the proven pull {steps}. dlt is general "
        "and knows nothing of KoBo; what we gain comes from KoBo's manifest. "
        "Below the bounds the same night on "
        f"{PHOTOS.rows:,} submissions with a photo each (medians of three, "
        f"{with_photo / 1000:.1f} kB; {PHOTOS.new} new, {PHOTOS.edited} edited, "
        f"{PHOTOS.deleted} deleted): the manifest then carries KoBo's "
        "five addresses of every photo, and ours also fetches the new photos "
        "(their bytes are not counted), which dlt does not."
    )
    return Section("Nightly re-sync against dlt", prose, [*rows, *photos])


HEAD = ("set-up", "seconds", "of dlt's", "moved", "of dlt's", "peak", "server's CPU", "requests")
BOUNDS = ("**bound**", "", "20 %", "", "8 %", "no more than dlt", "", "")


@contextmanager
def _night(
    plan: Plan, runs: int, *, incremental: bool = True
) -> Iterator[tuple[list[Setup], str, float]]:
    with TemporaryDirectory() as scratch, served(plan, Path(scratch) / "server") as server:
        setups = _setups(plan, server, Path(scratch), incremental)
        for each in setups:
            assert each.sync(server, each.base).status == 0, each.ran[-1][0].output
            each.ran.clear()
        server.night()
        records = list(server.records())
        truth = server_rows(plan.survey, records)
        for number in range(runs):
            for each in setups[: 3 if number else None]:
                _run(each, server, Path(scratch) / "run", truth)
        for each in setups[:3]:
            assert not each.missed, each
        size = sum(len(orjson.dumps(each)) for each in records)
        yield setups, counted(truth), size / len(records)


def _run(setup: Setup, server: Served, folder: Path, truth: Tables) -> None:
    shutil.copytree(setup.base, folder)
    ran = setup.sync(server, folder)
    assert ran.status == 0, ran.output
    if len(setup.ran) == 1:
        setup.missed = _missed(setup.rows(folder), truth)
    shutil.rmtree(folder)


def _setups(plan: Plan, server: Served, scratch: Path, incremental: bool) -> list[Setup]:
    python = peer("dlt")
    hows = ("scd2", "incremental") if incremental else ("scd2",)
    ours = [
        Setup(
            f"ours, {how}",
            programme(scratch / how, plan.survey, server.url, followed=how == "followed").root,
            partial(_our_words, how),
            partial(_our_rows, plan.survey),
        )
        for how in ("proven", "followed")
    ]
    theirs = [
        Setup(
            f"dlt, {how}",
            scratch / how,
            partial(_dlt_words, python, server, how),
            partial(_dlt_rows, plan.survey, python, how),
        )
        for how in hows
    ]
    for each in theirs:
        each.base.mkdir()
    return [*ours, *theirs]


def _our_words(how: str, folder: Path) -> Sequence[str]:
    return [sys.executable, "-m", "tests.bench.ours", how, str(folder)]


def _our_rows(survey: Survey, folder: Path) -> Tables:
    return our_rows(survey, run_of(Folder(folder)))


def _dlt_words(python: str, server: Served, how: str, folder: Path) -> Sequence[str]:
    script = str(SCRIPTS / "dlt_sync.py")
    return [python, script, server.url, server.asset, TOKEN, str(folder), how]


def _dlt_rows(survey: Survey, python: str, how: str, folder: Path) -> Tables:
    out = folder / "rows"
    out.mkdir()
    ran = command([python, str(SCRIPTS / "dlt_rows.py"), str(folder), str(out), how])
    assert ran.status == 0, ran.output
    return dlt_rows(survey, out)


def _missed(found: Tables, truth: Tables) -> str:
    """Say what differs from the server's answers, nothing where nothing does."""
    if found == truth:
        return ""
    there: dict[int, Any] = {row[0]: row[1] for row in truth["root"]}
    here: dict[int, Any] = {row[0]: row[1] for row in found["root"]}
    stale = sum(here[each] != there[each] for each in there if each in here)
    return (
        f"keeps {len(here.keys() - there.keys())} deleted submissions, shows "
        f"{stale} edited ones as they were and lacks {len(there.keys() - here.keys())} new ones, "
        "without a word."
    )


def _steps(setup: Setup) -> str:
    said = [json.loads(ran.output.splitlines()[-1])["seconds"] for ran, _ in setup.ran]
    pull, tables = (statistics.median(each[name] for each in said) for name in ("pull", "tables"))
    return f"{pull:.1f} s are the pull and {tables:.1f} s the tables"


def _rows(setups: Sequence[Setup]) -> list[tuple[str, ...]]:
    dlt = setups[2]
    return [
        (
            each.name,
            f"{each.median('seconds'):.1f}",
            f"{each.median('seconds') / dlt.median('seconds'):.0%}".replace("%", " %"),
            f"{each.median('bytes') / 1e6:.1f} MB",
            f"{each.median('bytes') / dlt.median('bytes'):.1%}".replace("%", " %"),
            f"{each.median('megabytes'):.0f} MB",
            f"{each.median('cpu'):.1f} s",
            f"{each.median('questions'):.0f}, {each.median('refused'):.0f} refused",
        )
        for each in setups
    ]
