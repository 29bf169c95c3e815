"""The context a step's command is handed: what it says goes to the log, what it gives is kept."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ishc.context import Context
from programme.interrupts import heed
from programme.problem import Problem, ProblemError, Text
from programme.progress import Progress, silent


@dataclass
class StepContext(Context):
    """A command's context inside the night.

    Args:
        hear: told each line that the command would have printed.
        watch: shows a person how long it goes on.
        given: the command's result.
        told: its problems.
    """

    hear: Callable[[str], object] = print
    watch: Progress = silent
    given: Any = None
    told: list[Problem] = field(default_factory=list)

    def say(self, vi: str, en: str) -> None:
        """Pass the lines on."""
        for line in Text(vi, en).in_(self.language).splitlines():
            self.hear(line)

    def result(self, value: Any) -> None:
        """Keep the result for the summary."""
        self.given = value

    def problems(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the night prints and logs them with their step."""
        self.told.extend(problems)

    def fail(self, error: ProblemError) -> None:
        """Keep what stopped the command."""
        self.told.extend(error.problems)

    def progress(self, text: Text, done: int | None = None, total: int | None = None) -> None:
        """Heed Ctrl+C; a moving line is for somebody who watches."""
        heed()
        if sys.stderr.isatty():
            self.watch(text, done, total)
