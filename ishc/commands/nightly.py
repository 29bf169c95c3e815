"""``ishc nightly``: everything in order, one night at a time, and a summary in the end."""

import importlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime

import click

from connectors.store.lock import locked
from connectors.store.tables import open_tables
from ishc.context import Context, pass_context
from ishc.language import say
from ishc.nightly.ledger import NAME as LEDGER
from ishc.nightly.ledger import Ledger, Night
from ishc.nightly.log import NightLog
from ishc.nightly.page import NAME as PAGE
from ishc.nightly.plan import steps_of
from ishc.nightly.progress import PhaseProgress, progress_of
from ishc.nightly.run import Work, begin, run_steps, summary_value
from ishc.nightly.shown import show, show_not_begun
from ishc.nightly.step import Outcome, Step
from ishc.nightly.summary import lines, summarise
from ishc.nightly.verdict import sentence
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.system_error import reason
from programme.tracked import tracked_data
from reports.sources import open_sources

LOCK = "nightly.lock"


@click.command(
    "nightly",
    help=say(
        "Làm tất cả theo thứ tự: lấy phiếu, đối chiếu, rồi những việc ghi ở mục [nightly] của "
        "ishc.toml (trạng thái, danh sách, báo cáo tới hạn, xuất bảng). Bước nào hỏng chỉ dừng "
        "những bước cần đến nó; chạy lại thì làm tiếp từ đó. Kết quả: data/night.html.",
        "Do everything in order: pull, reconcile, then what [nightly] in ishc.toml asks for "
        "(states, lists, reports that are due, exports). A step that fails stops only those that "
        "need it; run again it goes on from there. The result: data/night.html.",
    ),
)
@click.option(
    "--anew",
    is_flag=True,
    help=say(
        "làm lại từ đầu, không làm tiếp lần trước",
        "from the beginning, not where the last night stopped",
    ),
)
@click.option(
    "--missed",
    is_flag=True,
    help=say(
        "chỉ chạy nếu đã hơn một ngày chưa có đêm nào xong tốt, để bù khi máy tắt",
        "only if there was no good night for more than a day, to catch up after the machine was "
        "off",
    ),
)
@pass_context
def command(context: Context, anew: bool, missed: bool) -> int:
    """Run the night; exit with its worst step."""
    zone = context.settings.timezone

    def now() -> datetime:
        return datetime.now(zone)

    context.problems(tracked_data(context.folder))
    context.folder.private(context.folder.data)
    logs = context.folder.private(context.folder.data / "logs")
    with _alone(context, now):
        ledger = Ledger(context.folder.data / LEDGER)
        if missed and not ledger.missed(now()):
            context.say("Không bỏ lỡ đêm nào.", "No night was missed.")
            return Exit.DONE
        log = NightLog(logs, context.settings.nightly.log, now)
        try:
            night, again = begin(ledger, now(), anew=anew)
            day = datetime.fromisoformat(night.started).date()
            steps = steps_of(
                context.settings,
                day,
                ledger.reports_made() - set(night.outcomes),
                backed_up=ledger.last_done("backup", but=night),
            )
            if again:
                context.say(
                    f"Làm tiếp đêm {night.started[:10]} từ chỗ đã dừng.",
                    f"Going on with the night of {night.started[:10]} where it stopped.",
                )
            told: set[Problem] = set()
            work = Work(context, _find, ledger, log, now, lambda *each: _tell(context, told, *each))
            status = run_steps(work, night, steps)
        finally:
            log.close()
        return _finish(context, ledger, night, steps, status)


def _find(name: str) -> click.Command:
    from ishc.cli import COMMANDS  # noqa: PLC0415 - the table of commands names this module too

    command: click.Command = importlib.import_module(COMMANDS[name][0]).command
    return command


@contextmanager
def _alone(context: Context, now: Callable[[], datetime]) -> Iterator[None]:
    with ExitStack() as held:
        try:
            held.enter_context(locked(context.folder.data / LOCK))
        except ProblemError as error:
            if [each.code for each in error.problems] != ["store-busy"]:
                show_not_begun(context, error, now())
                raise
            raise ProblemError(_busy(), Exit.STORE) from error
        yield


def _busy() -> Problem:
    return Problem(
        "nightly-busy",
        Text(vi="một lần ishc nightly khác đang chạy", en="another ishc nightly is running"),
        Text(
            vi="hãy đợi lần đó xong; đang làm gì: data/logs/nightly.log",
            en="wait until it is done; what it is doing: data/logs/nightly.log",
        ),
    )


def _tell(context: Context, told: set[Problem], step: Step, outcome: Outcome | None) -> None:
    """Say how a step goes; what several steps met is printed once."""
    if outcome is None:
        context.say(f"▸ {step.title.vi} …", f"▸ {step.title.en} …")
    elif outcome.state == "skipped":
        context.say(f"– {step.title.vi}: bỏ qua", f"– {step.title.en}: skipped")
    elif outcome.state == "failed":
        context.problems([each for each in outcome.problems if each not in told])
        told.update(outcome.problems)


def _finish(
    context: Context, ledger: Ledger, night: Night, steps: Sequence[Step], status: int
) -> int:
    """Write the page, say the summary; what fails here never hides what the night did."""
    summary = summarise(context.settings, context.folder, night, steps, ledger.nights)
    progress = _progress(context)
    try:
        show(context, summary, progress)
    except OSError as error:
        context.problems([_not_written(PAGE, error)])
        status = max(status, Exit.STORE)
    if ledger.fault:
        context.problems([_not_written(LEDGER, ledger.fault)])
        status = max(status, Exit.STORE)
    context.result(summary_value(night))
    told = sentence(summary)
    context.say(told.vi, told.en)
    for line in lines(summary):
        context.say(line.vi, line.en)
    path = context.folder.data / PAGE
    context.say(f"Trang tóm tắt: {path}", f"The page: {path}")
    return status


def _progress(context: Context) -> PhaseProgress | None:
    folder = context.folder
    try:
        sources = open_sources(folder, context.settings, open_tables(folder).as_of)
        return progress_of(sources)
    except (ProblemError, OSError):  # the step that computes figures has told what is wrong
        return None


def _not_written(name: str, error: OSError) -> Problem:
    why = reason(error)
    return Problem(
        "nightly-not-written",
        Text(vi=f"không ghi được: {why.vi}", en=f"it cannot be written: {why.en}"),
        Text(
            vi="hãy kiểm tra chỗ trống của ổ đĩa và quyền ghi thư mục data/",
            en="check the room on the disk and that you may write to the folder data/",
        ),
        Place(file=name),
    )
