"""The ledger of nights: a line an event, so that a night that was killed shows how far it came."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from ishc.nightly.step import Outcome
from programme.problem import Place, Problem, Text
from programme.writing import OWNER_MAY, write_text

KEPT = 400
A_DAY = timedelta(hours=25)  # a timer fires a little later than the evening before
NAME = "nights.jsonl"


@dataclass(slots=True)
class Night:
    """One night as the ledger has it.

    Args:
        started: local time, ISO 8601; it is the night's name.
        outcomes: by step, the last of each.
        ended: None while it runs, or when it was killed.
        exit_status: the worst of its steps.
    """

    started: str
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    ended: str | None = None
    exit_status: int | None = None

    @property
    def good(self) -> bool:
        """Whether it came to its end and nothing failed."""
        return self.exit_status == 0


class Ledger:
    """Reads and writes ``data/nights.jsonl``.

    Args:
        path: the file; its folder must exist. A last line that was cut off is taken away.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.nights: list[Night] = []
        self.fault: OSError | None = None  # why something could not be written down
        for event in _events(path):
            with suppress(KeyError, TypeError):  # a line of another version
                self._take(event)

    @property
    def last(self) -> Night | None:
        """The night that began last."""
        return self.nights[-1] if self.nights else None

    def missed(self, now: datetime) -> bool:
        """Tell whether no night of the last day came to a good end."""
        good = (datetime.fromisoformat(each.started) for each in self.nights if each.good)
        return not any(timedelta(0) <= now - each < A_DAY for each in good)

    def began(self, started: str) -> Night:
        """Write that a night began; nights older than the last 400 are forgotten."""
        self._forget()
        self._write({"night": started, "event": "began"})
        return self.nights[-1]

    def went_on(self, night: Night) -> None:
        """Write that a night that had stopped goes on."""
        self._write({"night": night.started, "event": "went on"})

    def step(self, night: Night, outcome: Outcome) -> None:
        """Write what came of a step."""
        self._write({"night": night.started, "event": "step", "outcome": asdict(outcome)})

    def ended(self, night: Night, ended: str, exit_status: int) -> None:
        """Write that a night came to its end."""
        self._write(
            {"night": night.started, "event": "ended", "at": ended, "exit_status": exit_status}
        )

    def reports_made(self) -> set[str]:
        """Name the report steps that any night finished."""
        return {
            name
            for night in self.nights
            for name, outcome in night.outcomes.items()
            if outcome.state == "done" and name.startswith("report ")
        }

    def last_done(self, step: str, *, but: Night) -> date | None:
        """Give the day of the last night that finished a step, one night left out."""
        days = (
            datetime.fromisoformat(night.started).date()
            for night in reversed(self.nights)
            if night is not but
            and (outcome := night.outcomes.get(step))
            and outcome.state == "done"
        )
        return next(days, None)

    def _take(self, event: dict[str, Any]) -> None:
        kind = event["event"]
        if kind == "began":
            self.nights.append(Night(event["night"]))
            return
        known = (each for each in reversed(self.nights) if each.started == event["night"])
        night = next(known, None)
        if night is None:  # its beginning was on a line that is damaged
            return
        if kind == "step":
            outcome = _outcome(event["outcome"])
            night.outcomes[outcome.step] = outcome
        elif kind == "ended":
            night.ended, night.exit_status = event["at"], event["exit_status"]
        else:
            night.ended = night.exit_status = None

    def _write(self, event: dict[str, Any]) -> None:
        line = (json.dumps(event, ensure_ascii=False) + "\n").encode()
        self._take(json.loads(line))
        try:
            _cut(self.path)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, OWNER_MAY)
            with os.fdopen(handle, "ab") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:  # on a full disk the night still does what it can
            self.fault = error

    def _forget(self) -> None:
        if len(self.nights) < 2 * KEPT:
            return
        self.nights = self.nights[-KEPT:]
        kept = {night.started for night in self.nights}
        lines = [
            json.dumps(event, ensure_ascii=False) + "\n"
            for event in _events(self.path)
            if event["night"] in kept
        ]
        write_text(self.path, "".join(lines))


def _events(path: Path) -> Iterator[dict[str, Any]]:
    """Read whole lines; one that is damaged is passed over."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):  # cut off; the next line written takes its place
                continue
            with suppress(ValueError):
                event = json.loads(line)
                if isinstance(event, dict) and {"night", "event"} <= set(event):
                    yield event


def _cut(path: Path) -> None:
    """Take away a last line that a kill or a full disk left unfinished."""
    if not path.is_file():
        return
    with path.open("rb+") as file:
        content = file.read()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            file.truncate(whole)


def _outcome(written: dict[str, Any]) -> Outcome:
    problems = tuple(_problem(each) for each in written.pop("problems"))
    return Outcome(made=tuple(written.pop("made")), problems=problems, **written)


def _problem(written: dict[str, Any]) -> Problem:
    what, do = Text(**written.pop("what")), Text(**written.pop("do"))
    return Problem(what=what, do=do, place=Place(**written.pop("place")), **written)
