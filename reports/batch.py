"""Many reports in one go: figures once, reports in parallel, a list of what was made.

Reports are made beside their place (``.making``) and moved there one by one, each noted in
``made.csv`` before. So a run that was killed goes on where it stopped, and a file that is other
than it was noted was changed by a person: it is not replaced.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.progress import Progress, silent
from reports import catalogue, periods, place
from reports.annex import annex_name
from reports.batch_inputs import key_for, keys_of_all
from reports.closed_figures import with_closed
from reports.kept_figures import figures_for
from reports.made import Made, MadeList, digest_of
from reports.render import not_written
from reports.sources import Sources, extent_of
from reports.text_fields import TextStore
from reports.told import Told, summed
from reports.whole import withheld
from reports.words import words_of
from reports.workers import Task, results
from reports.write import Wanted, check, file_name

MAKING = ".making"
_MAKING = Text(vi="đang làm báo cáo", en="making reports")
_COMPUTING = Text(vi="đang tính số liệu", en="computing figures")


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that was not made, and why; ``wanted`` is None where it touches all of them."""

    wanted: Wanted | None
    problems: tuple[Problem, ...]
    exit_status: Exit


@dataclass(slots=True)
class Batch:
    """What came of a batch.

    Args:
        made: files written now.
        kept: files that were there already, made from the same.
        failed: what was not made.
        told: what did not stop a report.
    """

    made: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)

    @property
    def exit_status(self) -> Exit:
        """The worst of what failed."""
        return max((each.exit_status for each in self.failed), default=Exit.DONE)


@dataclass(slots=True)
class _Job:
    """A file that is to be made: what it is of, its name, and a hash of all it is made from.

    Args:
        annex: the report's figures as a workbook.
    """

    wanted: Wanted
    report: catalogue.Report
    place: place.Place
    period: periods.Period
    file: str
    key: str = ""
    annex: bool = False


def make_reports(
    sources: Sources,
    wanted: Sequence[Wanted],
    out: Path,
    *,
    annexes: bool = False,
    workers: int = 1,
    replace_edited: bool = False,
    now: datetime | None = None,
    progress: Progress = silent,
) -> Batch:
    """Make reports into a folder.

    Args:
        sources: what they are made from.
        wanted: which; one that cannot be made does not stop the others.
        out: the folder; under ``data/`` it is for its owner's eyes only.
        annexes: with a workbook of its figures beside each.
        workers: processes that make them.
        replace_edited: also files in which a person changed more than the places for texts.
        now: the moment, for the history of texts; the day of ``sources`` if None.

    Raises:
        ProblemError: the folder cannot be written to; a store or disk that fails.
    """
    private = _prepare(sources, out)
    noted = MadeList(out, private=private)
    batch = Batch()
    common = keys_of_all(sources)
    moment = now or datetime.combine(sources.days.today, time(), sources.settings.timezone)
    open_jobs = []
    for job in _jobs(sources, wanted, batch, annexes=annexes):
        if not _may_replace(sources, noted, job, out, batch, moment, anyway=replace_edited):
            continue
        job.key = key_for(common, sources, job.report, job.place, job.period, job.wanted)
        if _is_done(noted, job, out):
            batch.kept.append(out / job.file)
        else:
            open_jobs.append(job)
    if open_jobs:
        try:
            _make(sources, open_jobs, out, noted, batch, workers, progress)
        finally:
            shutil.rmtree(out / MAKING, ignore_errors=True)
    noted.finish()
    return batch


def _jobs(sources: Sources, wanted: Sequence[Wanted], batch: Batch, *, annexes: bool) -> list[_Job]:
    jobs: dict[str, _Job] = {}
    for each in dict.fromkeys(wanted):
        try:
            report, about, period = check(sources, each, batch.told.append)
        except ProblemError as error:
            batch.failed.append(Failure(each, tuple(error.problems), error.exit_status))
            continue
        file = file_name(report, about, period, sources.as_of, each.language, public=each.public)
        jobs[file] = _Job(each, report, about, period, file)
        if annexes:
            annex = annex_name(file)
            jobs[annex] = _Job(each, report, about, period, annex, annex=True)
    return list(jobs.values())


def _is_done(noted: MadeList, job: _Job, out: Path) -> bool:
    last = noted.last(job.file)
    return last is not None and last.inputs == job.key and digest_of(out / job.file) == last.sha256


def _may_replace(
    sources: Sources,
    noted: MadeList,
    job: _Job,
    out: Path,
    batch: Batch,
    moment: datetime,
    *,
    anyway: bool,
) -> bool:
    """Read back what people wrote; refuse where they changed more than the places for it."""
    path = out / job.file
    if not path.exists() or noted.ours(path):
        return True
    last = noted.last(job.file)
    try:
        if not job.annex:
            TextStore(sources.folder).take(path, moment)
        if anyway or (last is not None and last.words and words_of(path) == last.words):
            return True
        problem = _edited(path, known=last is not None)
        batch.failed.append(Failure(job.wanted, (problem,), Exit.INPUT))
    except ProblemError as error:
        if anyway:  # what cannot be read holds no text to keep
            return True
        batch.failed.append(Failure(job.wanted, tuple(error.problems), error.exit_status))
    return False


def _make(
    sources: Sources,
    jobs: Sequence[_Job],
    out: Path,
    noted: MadeList,
    batch: Batch,
    workers: int,
    progress: Progress,
) -> None:
    progress(_COMPUTING)
    asked = [(job.report, job.place, job.period) for job in jobs]
    computed = figures_for(sources, extent_of(sources, asked))
    figures = with_closed(computed, sources.folder, sources.areas)
    public = any(job.wanted.public for job in jobs)
    hidden = withheld(sources, figures.periods) if public else None
    tasks = [Task(job.wanted, out / MAKING / job.file, job.annex) for job in jobs]
    (out / MAKING).mkdir(exist_ok=True)
    by_task = dict(zip(tasks, jobs, strict=True))
    told: list[Told] = []
    for done, (task, result) in enumerate(
        results(sources, figures, hidden, tasks, workers=workers), start=1
    ):
        job = by_task[task]
        told += [Told(problem, job.place.label) for problem in result.told]
        if result.problems:
            batch.failed.append(Failure(job.wanted, result.problems, result.exit_status))
        else:
            batch.made.append(_settle(sources, job, task.file, out, noted))
        progress(_MAKING, done, len(tasks))
    batch.told = list(dict.fromkeys([*batch.told, *summed(told)]))


def _settle(sources: Sources, job: _Job, made: Path, out: Path, noted: MadeList) -> Path:
    """Note a finished report, then let it take its place."""
    noted.add(
        Made(
            file=job.file,
            report=job.report.name,
            area=job.place.code,
            period=job.period.name,
            language=job.wanted.language,
            version="public" if job.wanted.public else "internal",
            as_of=job.period.cut_off(sources.as_of).isoformat(),
            sha256=digest_of(made),
            words=words_of(made),
            inputs=job.key,
        )
    )
    target = out / job.file
    try:
        made.replace(target)
    except OSError as error:  # Word on Windows has it open
        raise ProblemError(not_written(target, error), Exit.STORE) from error
    return target


def _prepare(sources: Sources, out: Path) -> bool:
    """Make the folder; tell whether it is for its owner's eyes only."""
    private = out.resolve().is_relative_to(sources.folder.data.resolve())
    try:
        if private:
            sources.folder.private(out)
        else:
            out.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(out / MAKING, ignore_errors=True)
    except OSError as error:
        raise ProblemError(not_written(out, error), Exit.STORE) from error
    return private


def _edited(path: Path, *, known: bool) -> Problem:
    what = Text(
        vi="một người đã sửa tệp này sau khi làm; chưa ghi đè",
        en="somebody changed this file after it was made; it was not replaced",
    )
    if not known:
        what = Text(
            vi="ở đây đã có tệp khác cùng tên, không do lệnh này làm; chưa ghi đè",
            en="another file has this name here, which this did not make; it was not replaced",
        )
    return Problem(
        "report-edited",
        what,
        Text(
            vi="đổi tên hoặc chuyển tệp đó đi, chọn thư mục khác bằng --out, hoặc thêm --replace "
            "để ghi đè (những đoạn viết ở chỗ dành cho người viết vẫn được giữ)",
            en="rename or move it, give another folder with --out, or add --replace to replace it "
            "(what was written in the places for texts is kept)",
        ),
        Place(file=str(path)),
    )
