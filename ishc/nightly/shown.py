"""The page of the night on the disk, also where the disk has no room and no night could begin."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ishc.context import Context
from ishc.nightly.ledger import NAME as LEDGER
from ishc.nightly.ledger import Ledger, Night
from ishc.nightly.page import NAME, page
from ishc.nightly.plan import steps_of
from ishc.nightly.progress import PhaseProgress
from ishc.nightly.step import Outcome
from ishc.nightly.summary import Summary, summarise
from programme.problem import ProblemError
from programme.writing import write_text


def show(context: Context, summary: Summary, progress: PhaseProgress | None) -> Path:
    """Write the page; on a full disk over the last one, which has some room, so that it tells.

    Raises:
        OSError: it could not be written at all.
    """
    path = context.folder.data / NAME
    whole = page(summary, progress, context.language)
    try:
        write_text(path, whole)
    except OSError:
        plain = page(replace(summary, picture=None), None, context.language)
        room = path.stat().st_size if path.is_file() else 0
        fits = (each for text in (whole, plain) if len(each := text.encode()) <= room)
        content = next(fits, None)
        if content is None:
            raise
        with path.open("rb+") as file:
            file.write(content)
            file.truncate()
    return path


def show_not_begun(context: Context, error: ProblemError, now: datetime) -> None:
    """Have the page tell that a night could not even begin, where the page can be written."""
    moment, status = now.isoformat(timespec="seconds"), int(error.exit_status)
    (first, *_) = steps_of(context.settings, now.date(), ())
    outcome = Outcome(first.name, "failed", status, moment, moment, problems=error.problems)
    night = Night(moment, {first.name: outcome}, moment, status)
    before = Ledger(context.folder.data / LEDGER).nights
    summary = summarise(context.settings, context.folder, night, [first], [*before, night])
    with suppress(OSError):  # the screen tells it in any case
        show(context, summary, None)
