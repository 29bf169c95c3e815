"""What every command is handed: the folder, the settings, the language, the way to speak."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from ishc.language import of_person, say
from programme import folder, settings
from programme.folder import Folder
from programme.folding import folded
from programme.interrupts import heed
from programme.problem import SEVERITY_WORDS, Language, Problem, ProblemError, Text
from programme.settings import Settings


@dataclass
class Context:
    """The command line's own state.

    Args:
        directory: where the person stands, or pointed with ``-C``.
        asked_language: ``--lang``, if it was given.
        as_json: results for programs instead of people.
    """

    directory: Path
    asked_language: Language | None
    as_json: bool

    @cached_property
    def folder(self) -> Folder:
        """The programme folder; a problem if there is none."""
        return folder.find(self.directory)

    @cached_property
    def settings(self) -> Settings:
        """``ishc.toml``, checked."""
        return settings.load(self.folder)

    @property
    def language(self) -> Language:
        """What was asked for, else what the settings say, else the machine's language."""
        if self.asked_language:
            return self.asked_language
        written = None if "ISHC_LANG" in os.environ else self._written_language
        return written or of_person()

    @cached_property
    def _written_language(self) -> Language | None:
        return settings.language_of(Folder(self.directory))

    @property
    def environ(self) -> Mapping[str, str]:
        """Where tokens may stand."""
        return os.environ

    def say(self, vi: str, en: str) -> None:
        """Tell a person something; silent when the output is for programs."""
        if not self.as_json:
            click.echo(Text(vi, en).in_(self.language))

    def result(self, value: Any) -> None:
        """Give programs the result (``--json``)."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, default=_plain))

    def problems(self, problems: Iterable[Problem]) -> None:
        """Print problems, each with how much it weighs; many of one cause once."""
        for problem in folded(problems):
            if not self.as_json:
                weight = SEVERITY_WORDS[problem.severity].in_(self.language)
                click.echo(f"{weight}: {problem.in_(self.language)}", err=True)

    def fail(self, error: ProblemError) -> None:
        """Print the problems that stopped the work, for programs as one JSON object."""
        self.result({"problems": [problem.as_dict() for problem in error.problems]})
        self.problems(error.problems)

    def stopped(self) -> None:
        """Tell that Ctrl+C ended the work."""
        text = Text(vi="đã dừng; chạy lại lệnh để làm tiếp", en="stopped; run it again to go on")
        click.echo(text.in_(self.language), err=True)

    def progress(self, text: Text, done: int | None = None, total: int | None = None) -> None:
        """Show how long work goes on: one moving line for a person, plain lines otherwise."""
        heed()
        if self.as_json:
            return
        count = f" {done}/{total}" if total is not None else ""
        line = f"{text.in_(self.language)}{count}"
        if sys.stderr.isatty():
            end = "\n" if total is None or done == total else ""
            click.echo(f"\r\x1b[K{line}{end}", nl=False, err=True)
        elif total is None or done == total:
            click.echo(line, err=True)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        # field by field: asdict() would make a Counter of pairs out of a Counter
        return {each.name: getattr(value, each.name) for each in fields(value)}
    return str(value)


pass_context = click.make_pass_decorator(Context)


class Day(click.ParamType[date]):
    """A day written as 2026-10-31 or 31/10/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or say how to write it."""
        if isinstance(value, date):
            return value
        text = str(value).strip()
        if "/" in text:
            text = "-".join(part.zfill(2) for part in reversed(text.split("/")))
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fail(
                say(
                    f"{value!r}; hãy ghi ngày như 2026-10-31 hoặc 31/10/2026",
                    f"{value!r}; write a day as 2026-10-31 or 31/10/2026",
                ),
                param,
                ctx,
            )
