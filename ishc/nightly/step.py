"""A step of the night, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from programme.problem import Exit, Problem, Text

State = Literal["done", "failed", "skipped"]
STATE_MARKS: Mapping[State | None, str] = {"done": "✓", "failed": "✗", "skipped": "–", None: "?"}
STATE_WORDS: Mapping[State | None, Text] = {
    "done": Text(vi="xong", en="done"),
    "failed": Text(vi="CHƯA được", en="FAILED"),
    "skipped": Text(vi="bỏ qua", en="skipped"),
    None: Text(vi="chưa chạy", en="not run"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One of the commands a person could type, in its place in the night.

    Args:
        name: stable, for the ledger: ``pull``, ``report province_periodic 20 2026-10 vi``.
        title: for people.
        arguments: the command, as after ``ishc``.
        needs: steps without which it makes no sense; if one failed it is skipped.
        after: steps whose new result it takes up; if one ran again, so does this.
        needs_some: it makes no sense before anything was ever pulled.
        needs_clock: it is not done while this machine's clock is known to be wrong.
    """

    name: str
    title: Text
    arguments: tuple[str, ...]
    needs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    needs_some: bool = False
    needs_clock: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step.

    Args:
        step: its name.
        state: skipped if a step that it needs failed.
        exit_status: as the command's own.
        started, ended: local times, ISO 8601.
        facts: counts for the summary, such as ``{"new": 12}``.
        made: files that were written, relative to the programme.
        problems: what has to be mended, and warnings.
    """

    step: str
    state: State
    exit_status: int = Exit.DONE
    started: str = ""
    ended: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    made: Sequence[str] = ()
    problems: Sequence[Problem] = ()
