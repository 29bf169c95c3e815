"""Reads back what people wrote in finished reports."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ishc.context import Context
from reports.text_fields import TextStore


def take(context: Context, files: Sequence[Path]) -> None:
    """Keep the texts of reports, and say how many were new.

    Raises:
        ProblemError: ``texts-unreadable``, ``texts-not-written``.
    """
    store = TextStore(context.folder)
    now = datetime.now(context.settings.timezone)
    taken = {str(file): store.take(file, now) for file in files}
    context.result({"texts": taken})
    for file, sections in taken.items():
        if sections:
            listed = ", ".join(sections)
            context.say(f"Đã đọc từ {file}: {listed}", f"Read from {file}: {listed}")
        else:
            context.say(
                f"{file}: không có đoạn nào mới.", f"{file}: nothing new in the places for texts."
            )
