"""``ishc demo``: the whole job on a made-up pilot, against the built-in sandbox."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import get_args

from connectors.reconcile.run import ReconcileResult
from ishc.demo.drafts import LOANS, REGISTRATIONS
from ishc.demo.history import histories
from ishc.demo.outcome import Counts, Outcome, counts, outcomes
from ishc.demo.site import prepare
from ishc.demo.station import Station, station
from ishc.demo.submissions import Submission, stored_submissions
from ishc.demo.world import PROVINCE, demo_plan
from programme.folder import Folder
from programme.problem import Language, Text
from programme.progress import Progress, silent
from programme.settings import Settings
from reports.write import write_report

REPORT = "evaluation"
STAGES = {
    "registrations": Text(vi="Đăng ký câu lạc bộ", en="Clubs are registered"),
    "loans": Text(vi="Các khoản cho vay", en="Loans are lent"),
    "months": Text(vi="Mười hai tháng báo cáo", en="Twelve months of reports"),
}


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo made.

    Args:
        folder: the programme folder.
        as_of: the day to which everything counts.
        sent: submissions sent.
        reconciled: tables, codes and findings of the last run.
        counts: what the registers hold.
        outcomes: what was planted and what the checks found of it.
        reports: the Word files.
        seconds: how long it took.
    """

    folder: Folder
    as_of: date
    sent: int
    reconciled: ReconcileResult
    counts: Counts
    outcomes: tuple[Outcome, ...]
    reports: tuple[Path, ...]
    seconds: float


def run_demo(target: Path, *, language: Language = "vi", progress: Progress = silent) -> DemoResult:
    """Do the whole job: forms out, submissions in, reconciled, two reports.

    Args:
        target: a new folder, or that of an earlier demo, which is started over.
        language: of the report that is written first.
        progress: told what is being done.

    Raises:
        ProblemError: ``demo-folder-…``, or what went wrong on the way.
    """
    started = time.monotonic()
    folder, settings = prepare(target)
    plan = demo_plan()
    with station(folder, settings, progress) as here:
        sent, reconciled = _play(here, plan.as_of)
    written = tuple(_reports(folder, settings, plan.as_of, language, progress))
    return DemoResult(
        folder=folder,
        as_of=plan.as_of,
        sent=sent,
        reconciled=reconciled,
        counts=counts(folder),
        outcomes=outcomes(folder, histories(plan)),
        reports=written,
        seconds=time.monotonic() - started,
    )


def _play(here: Station, as_of: date) -> tuple[int, ReconcileResult]:
    """Send stage by stage; after each, pull, reconcile and hand out the new lists."""
    assets = here.deploy()
    sent = 0
    reconciled = ReconcileResult(as_of)
    for stage, submissions in groupby(stored_submissions(), _stage):
        here.progress(STAGES[stage])
        sent += here.send(submissions, assets)
        reconciled = here.gather(as_of)
        assets = here.publish()
    return sent, reconciled


def _stage(submission: Submission) -> str:
    return submission.stage if submission.stage in (REGISTRATIONS, LOANS) else "months"


def _reports(
    folder: Folder, settings: Settings, as_of: date, first: Language, progress: Progress
) -> Iterator[Path]:
    plan = demo_plan()
    period = f"{plan.calendar[0]:%Y-%m}..{plan.calendar[-1]:%Y-%m}"
    for language in sorted(get_args(Language), key=lambda each: each != first):
        progress(Text(vi=f"Đang viết báo cáo ({language})", en=f"Writing the report ({language})"))
        yield write_report(
            folder, settings, REPORT, PROVINCE, period, language, as_of, folder.reports
        )
