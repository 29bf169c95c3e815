"""Runs the steps of a night in order, one night at a time, and goes on where one had stopped."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from connectors.store.faults import disk_fault
from connectors.store.raw import RawStore
from connectors.store.versions import holds_any
from ishc.context import Context
from ishc.nightly.facts import facts_of, made_by
from ishc.nightly.ledger import Ledger, Night
from ishc.nightly.listening import StepContext
from ishc.nightly.log import NightLog
from ishc.nightly.step import Outcome, Step
from programme.problem import Exit, Place, Problem, ProblemError, Text

SAME_NIGHT = timedelta(hours=20)  # a night that began longer ago is another one
KEPT_PROBLEMS = 50
_CLOCK = frozenset({"clock-differs", "clock-back"})

Tell = Callable[[Step, Outcome | None], object]


@dataclass(frozen=True)
class Work:
    """What running steps needs.

    Args:
        context: the command line's; each step gets one of its own.
        find: gives a command by its name.
        ledger, log: where it is written down.
        now: gives the local time.
        tell: told when a step begins (without an outcome) and when it ended.
    """

    context: Context
    find: Callable[[str], click.Command]
    ledger: Ledger
    log: NightLog
    now: Callable[[], datetime]
    tell: Tell


def begin(ledger: Ledger, now: datetime, *, anew: bool = False) -> tuple[Night, bool]:
    """Begin a night, or go on with the last one if it stopped or failed not long ago.

    Args:
        anew: begin anew whatever the last one came to.

    Returns:
        The night, and whether it goes on.
    """
    last = ledger.last
    if last is not None and not anew and not last.good:
        since = now - datetime.fromisoformat(last.started)
        if timedelta(0) <= since < SAME_NIGHT:
            ledger.went_on(last)
            return last, True
    return ledger.began(now.isoformat(timespec="seconds")), False


def run_steps(work: Work, night: Night, steps: Sequence[Step]) -> int:
    """Run what is still to be done; give the worst exit status of all steps.

    Args:
        night: steps that it finished already are not run again, unless one before them is.
    """
    ran: set[str] = set()
    for step in steps:
        before = night.outcomes.get(step.name)
        fresh = ran.isdisjoint(step.after)
        if before is not None and before.state == "done" and fresh:
            work.log.write(step.name, "done before", state="kept")
            continue
        outcome = _outcome(work, night, step)
        ran.add(step.name)
        work.ledger.step(night, outcome)
        work.tell(step, outcome)
    wanted = [night.outcomes[step.name] for step in steps]
    status = max((each.exit_status for each in wanted), default=0)
    work.ledger.ended(night, work.now().isoformat(timespec="seconds"), status)
    return status


def _outcome(work: Work, night: Night, step: Step) -> Outcome:
    missing = [
        name
        for name in step.needs
        if (found := night.outcomes.get(name)) is None or found.state != "done"
    ]
    if missing:
        work.log.write(step.name, f"skipped: {', '.join(missing)}", state="skipped")
        return Outcome(step.name, "skipped", started=_time(work), ended=_time(work))
    if step.needs_some and _has_nothing(work, night, step):
        work.log.write(step.name, "skipped: nothing was ever pulled", state="skipped")
        facts = {"nothing": True}
        return Outcome(step.name, "skipped", started=_time(work), ended=_time(work), facts=facts)
    if step.needs_clock and _clock_is_wrong(night):
        work.log.write(step.name, "skipped: the clock is wrong", state="skipped")
        facts = {"clock": True}
        return Outcome(step.name, "skipped", Exit.INPUT, _time(work), _time(work), facts)
    work.tell(step, None)
    work.log.write(step.name, "ishc " + " ".join(step.arguments), state="began")
    started = _time(work)
    heard = StepContext(
        work.context.directory,
        work.context.asked_language,
        as_json=False,
        hear=lambda line: work.log.write(step.name, line),
        watch=work.context.progress,
    )
    status = _carried_out(work, step, heard)
    for problem in heard.told:
        work.log.write(
            step.name,
            problem.in_(work.context.language).replace("\n", " "),
            code=problem.code,
            severity=problem.severity,
        )
    work.log.write(step.name, f"exit {status}", state="ended", exit_status=status)
    return Outcome(
        step.name,
        "done" if status == Exit.DONE else "failed",
        status,
        started,
        _time(work),
        facts_of(step.name, heard.given),
        made_by(heard.given, work.context.folder.root),
        tuple(heard.told[:KEPT_PROBLEMS]),
    )


def _has_nothing(work: Work, night: Night, step: Step) -> bool:
    """Tell whether the steps before failed and the store never held a submission.

    A programme to which nobody has sent anything yet is another matter: that is reconciled.
    """
    before = [found for name in step.after if (found := night.outcomes.get(name))]
    store = work.context.folder.store
    if all(each.state == "done" for each in before):
        return False
    try:
        with RawStore.read(store) as opened:
            return not holds_any(opened)
    except ProblemError:  # what is wrong with it is for the step to tell
        return not store.is_file()


def _clock_is_wrong(night: Night) -> bool:
    told = {problem.code for each in night.outcomes.values() for problem in each.problems}
    return not told.isdisjoint(_CLOCK)


def _carried_out(work: Work, step: Step, heard: StepContext) -> int:
    """Run the command of a step; whatever goes wrong in it ends this step only."""
    name, *arguments = step.arguments
    try:
        result = work.find(name).main(
            arguments, prog_name=f"ishc {name}", standalone_mode=False, obj=heard
        )
        return result if isinstance(result, int) else Exit.DONE
    except click.Abort as error:  # click's word for Ctrl+C: it ends the night, not the step only
        raise KeyboardInterrupt from error
    except ProblemError as error:
        heard.fail(error)
        return error.exit_status
    except click.ClickException as error:
        heard.told.append(_wrongly_asked(step, error))
        return Exit.USAGE
    except Exception as error:
        known = disk_fault(error, work.context.folder.data)
        if known is not None:
            heard.fail(known)
            return known.exit_status
        heard.told.append(_unexpected(step, error))
        # where it happened, without its message, in which there may be somebody's data
        for frame in traceback.extract_tb(error.__traceback__):
            work.log.write(step.name, f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        return Exit.STORE


def _time(work: Work) -> str:
    return work.now().isoformat(timespec="seconds")


def _wrongly_asked(step: Step, error: click.ClickException) -> Problem:
    said = error.format_message()
    return Problem(
        "nightly-step-refused",
        Text(
            vi=f"không chạy được «ishc {' '.join(step.arguments)}»: {said}",
            en=f"“ishc {' '.join(step.arguments)}” cannot be run: {said}",
        ),
        Text(vi="hãy sửa mục [nightly] trong ishc.toml", en="mend [nightly] in ishc.toml"),
        Place(file="ishc.toml", setting="nightly"),
    )


def _unexpected(step: Step, error: Exception) -> Problem:
    kind = type(error).__name__
    return Problem(
        "nightly-unexpected",
        Text(
            vi=f"bước này dừng vì một lỗi của phần mềm ({kind})",
            en=f"this step stopped because of a fault in the software ({kind})",
        ),
        Text(
            vi=f"hãy chạy tay «ishc {' '.join(step.arguments)}» và gửi phần cuối của "
            "data/logs/nightly.log cho người phụ trách phần mềm; tệp đó không có tên người",
            en=f"run “ishc {' '.join(step.arguments)}” by hand, and send the end of "
            "data/logs/nightly.log to those who keep the software; it names nobody",
        ),
    )


def summary_value(night: Night) -> dict[str, Any]:
    """Give a night to programs (``--json``)."""
    return {
        "night": night.started,
        "ended": night.ended,
        "exit_status": night.exit_status,
        "steps": list(night.outcomes.values()),
    }
