"""``make demo-data``: fills the demo's forms again and stores them in the package.

Each stage is filled with the lists that the registers publish at that time, so the programme
itself issues the codes: what is filled is sent to a sandbox, pulled and reconciled before the
next stage is filled.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors.reconcile.codes import issued, people
from connectors.reconcile.lists import write_lists
from connectors.store.raw import RawStore
from ishc.demo import drafts
from ishc.demo.answers import Codes
from ishc.demo.drafts import Draft
from ishc.demo.filling import Filler
from ishc.demo.history import histories
from ishc.demo.plan import Plan
from ishc.demo.site import prepare
from ishc.demo.station import Station, station
from ishc.demo.submissions import STORED, Submission, contents_digest, store
from ishc.demo.world import demo_plan
from programme.folder import Folder
from programme.problem import ProblemError, Text
from programme.progress import Progress, silent


def fill_demo(folder: Folder, here: Station, plan: Plan) -> Iterator[Submission]:
    """Fill everything that the plan's clubs and inspectors send, stage by stage.

    Args:
        folder: a demo's folder without data.
        here: the sandbox at work for it.
        plan: the world to fill.

    Raises:
        ProblemError: what a form refused, or what went wrong between the stages.
    """
    made = list(histories(plan))
    stages = _Stages(folder, here, Filler(folder.xlsforms, folder.media))
    yield from stages.fill(drafts.REGISTRATIONS, drafts.registrations(made))
    here.gather(plan.first_month - timedelta(days=1))
    write_lists(folder)
    yield from stages.fill(drafts.LOANS, drafts.loans_lent(made, stages.codes()))
    here.gather(plan.as_of)  # loans of the whole time get their codes
    for month in plan.calendar:
        here.gather(month - timedelta(days=1))
        write_lists(folder)
        work = drafts.month_of_work(made, month, stages.codes(), last=month == plan.calendar[-1])
        yield from stages.fill(f"{month:%Y-%m}", work)


class _Stages:
    """Fills a stage and sends it on, so that the next stage's lists know of it."""

    def __init__(self, folder: Folder, here: Station, filler: Filler) -> None:
        self.folder, self.here, self.filler = folder, here, filler
        self.assets = here.deploy()

    def fill(self, stage: str, wanted: Iterable[Draft]) -> list[Submission]:
        filled = []
        text = Text(vi=f"Đang điền phiếu, {stage}", en=f"Filling forms, {stage}")
        for submission in self.filler.fill(stage, wanted):
            filled.append(submission)
            self.here.progress(text, len(filled))
        self.here.send(filled, self.assets)
        return filled

    def codes(self) -> Codes:
        with RawStore.open(self.folder.store) as kept:
            clubs, loans = issued(kept, "club"), issued(kept, "loan")
            members = people(kept, "member")
        return Codes(clubs, members, loans)


def refill(path: Path = STORED, progress: Progress = silent) -> int:
    """Fill the demo again and store it; give back how many submissions there are.

    Args:
        path: where to store them.
        progress: told what is being done.
    """
    with TemporaryDirectory() as place:
        folder, settings = prepare(Path(place) / "demo")
        with station(folder, settings, progress) as here:
            filled = fill_demo(folder, here, demo_plan())
            return store(filled, contents_digest(folder.xlsforms), path)


def _say(text: Text, done: int | None = None, total: int | None = None) -> None:
    if done is not None and done % 25 == 1:
        sys.stderr.write(f"{text.en} {done}\n")


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{refill(progress=_say)} submissions, {STORED.stat().st_size} bytes\n")
    except ProblemError as error:
        sys.exit("\n".join(each.in_("en") for each in error.problems))
