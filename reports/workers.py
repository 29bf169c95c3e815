"""Makes reports in this process or in several; figures are read once by each."""

import multiprocessing
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from programme.interrupts import heed
from programme.problem import Exit, Problem, ProblemError, Text
from reports.annex import write_annex
from reports.closed_figures import with_closed
from reports.indicators.figures import Figures
from reports.privacy import PublicFigures
from reports.privacy_periods import Withheld
from reports.sources import Sources
from reports.write import Wanted, check, report_data, write

FEW = 12  # reports that are sooner made here than processes are begun


@dataclass(frozen=True, slots=True)
class Task:
    """A report and the file that it is to be written to.

    Args:
        annex: its figures as a workbook, not the report.
    """

    wanted: Wanted
    file: Path
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a task: nothing in ``problems`` if the file is there.

    Args:
        told: what did not stop it.
    """

    told: tuple[Problem, ...]
    problems: tuple[Problem, ...] = ()
    exit_status: Exit = Exit.DONE


@dataclass(frozen=True, slots=True)
class _Maker:
    """What a process needs to make reports."""

    sources: Sources
    figures: Figures
    public: Figures | None

    def make(self, task: Task) -> Result:
        told: list[Problem] = []
        figures = self.public if task.wanted.public and self.public else self.figures
        try:
            if task.annex:
                report, place, period = check(self.sources, task.wanted, _nobody)
                data = report_data(self.sources, report, place, period, task.wanted, figures)
                write_annex(data, task.file, private=True)
            else:
                write(self.sources, task.wanted, task.file, figures=figures, tell=told.append)
        except ProblemError as error:
            return Result(tuple(told), tuple(error.problems), error.exit_status)
        return Result(tuple(told))


def results(
    sources: Sources,
    figures: Figures,
    withheld: Withheld | None,
    tasks: Sequence[Task],
    *,
    workers: int,
) -> Iterator[tuple[Task, Result]]:
    """Make reports; each is given as soon as it is there.

    Args:
        figures: of all of them.
        withheld: what public ones hide; None where none is public.
        workers: processes; a few reports are made in this one.
    """
    if workers < 2 or len(tasks) <= FEW:  # noqa: PLR2004 - one process is this one
        maker = _maker(sources, figures, withheld)
        for task in tasks:
            heed()
            yield task, maker.make(task)
        return
    yield from _in_processes(sources, figures, withheld, tasks, workers)


def _maker(sources: Sources, figures: Figures, withheld: Withheld | None) -> _Maker:
    public = None if withheld is None else PublicFigures(figures, withheld)
    return _Maker(sources, figures, public)


def _in_processes(
    sources: Sources,
    figures: Figures,
    withheld: Withheld | None,
    tasks: Sequence[Task],
    workers: int,
) -> Iterator[tuple[Task, Result]]:
    private = sources.folder.private(sources.folder.data)
    saved = Path(tempfile.mkdtemp(prefix=".figures-", dir=private))
    try:
        live = getattr(figures, "live", figures)  # closed periods are read from where they lie
        live.save(saved)
        with ProcessPoolExecutor(
            min(workers, len(tasks)),
            # forking a process that has threads of DuckDB and Arrow ends in a lock
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(sources, saved, withheld),
        ) as pool:
            asked: dict[Future[Result], Task] = {pool.submit(_make, each): each for each in tasks}
            try:
                for future in as_completed(asked):
                    heed()
                    yield asked[future], _result(future)
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
    finally:
        shutil.rmtree(saved, ignore_errors=True)


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        return Result((), (_worker_gone(),), Exit.STORE)


def _nobody(_: Problem) -> None:
    """Tell nobody: the report itself told it."""


_maker_here: list[_Maker] = []


def _begin(sources: Sources, saved: Path, withheld: Withheld | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked decides what to do
    figures = with_closed(Figures.load(saved), sources.folder, sources.areas)
    _maker_here[:] = [_maker(sources, figures, withheld)]


def _make(task: Task) -> Result:
    return _maker_here[0].make(task)


def _worker_gone() -> Problem:
    return Problem(
        "report-worker-gone",
        Text(
            vi="một tiến trình làm báo cáo bị hệ thống dừng (thường do thiếu bộ nhớ)",
            en="a process that made reports was ended by the system (too little memory, mostly)",
        ),
        Text(
            vi="chạy lại lệnh để làm tiếp, thêm --workers 1",
            en="run the command again to go on, with --workers 1",
        ),
    )
