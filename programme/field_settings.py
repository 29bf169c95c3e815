"""What goes back to the field, as ``ishc.toml`` has it: states, lists, the yearly sample."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from programme.problem import SEVERITY_WORDS, Severity, Text
from programme.text import did_you_mean, nearest
from programme.toml_reader import TomlReader

PushedState = Literal["none", "on_hold", "not_approved"]
PUSHED_STATES: tuple[PushedState, ...] = get_args(PushedState)
_CAUTIOUS: Mapping[Severity, PushedState] = {"error": "on_hold", "warning": "none", "note": "none"}
_AT_LEAST_ONE = Text(vi="hãy viết một số từ 1 trở lên", en="write a number of 1 or more")


@dataclass(frozen=True, slots=True)
class StateSettings:
    """Which findings put a submission into which state on its server.

    Args:
        by_severity: state by severity of the finding; ``none`` leaves the submission alone.
        ask_above: more changes than this at once are for a person to agree to.
    """

    by_severity: Mapping[Severity, PushedState] = field(default_factory=lambda: dict(_CAUTIOUS))
    ask_above: int = 200


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """When phones get new lists.

    Args:
        every_days: ``ishc publish --due`` leaves alone what was brought in step since then.
    """

    every_days: int = 7


@dataclass(frozen=True, slots=True)
class SampleSettings:
    """How many are asked in the yearly survey.

    Args:
        clubs: how many clubs are drawn.
        members: how many members of each of them.
        reserves: how many more of each, to be asked only in the place of somebody else.
        youngest: age in years from which members may be asked.
    """

    clubs: int = 80
    members: int = 10
    reserves: int = 2
    youngest: int = 16


def read_states(reader: TomlReader, raw: Mapping[str, Any]) -> StateSettings:
    """Read ``[states]``; mistakes go to the reader."""
    usual = StateSettings()
    table = reader.table(raw, "states", {*SEVERITY_WORDS, "ask_above"})
    return StateSettings(
        {each: _state(reader, table, each) for each in usual.by_severity},
        reader.count(table, "ask_above", "states", usual.ask_above),
    )


def _state(reader: TomlReader, table: Mapping[str, Any], severity: Severity) -> PushedState:
    value = reader.string(table, severity, "states", _CAUTIOUS[severity])
    if value in PUSHED_STATES:
        return value
    hint = did_you_mean(nearest(value, PUSHED_STATES))
    named = ", ".join(f'"{each}"' for each in PUSHED_STATES)
    reader.problem(
        "settings-state",
        Text(
            vi=f"chương trình không đặt trạng thái «{value}»{hint.vi}",
            en=f"the program does not set the state “{value}”{hint.en}",
        ),
        Text(
            vi=f"hãy viết một trong: {named}; chỉ người mới duyệt phiếu (approved)",
            en=f"write one of: {named}; only people approve",
        ),
        f"states.{severity}",
    )
    return _CAUTIOUS[severity]


def read_publish(reader: TomlReader, raw: Mapping[str, Any]) -> PublishSettings:
    """Read ``[publish]``; mistakes go to the reader."""
    usual = PublishSettings()
    table = reader.table(raw, "publish", {"every_days"})
    days = _positive(reader, table, "publish", "every_days", usual.every_days)
    return PublishSettings(days)


def read_sample(reader: TomlReader, raw: Mapping[str, Any]) -> SampleSettings:
    """Read ``[sample]``; mistakes go to the reader."""
    usual = SampleSettings()
    table = reader.table(raw, "sample", {each.name for each in fields(SampleSettings)})
    return SampleSettings(
        clubs=_positive(reader, table, "sample", "clubs", usual.clubs),
        members=_positive(reader, table, "sample", "members", usual.members),
        reserves=reader.count(table, "reserves", "sample", usual.reserves),
        youngest=reader.count(table, "youngest", "sample", usual.youngest),
    )


def _positive(
    reader: TomlReader, table: Mapping[str, Any], place: str, key: str, usual: int
) -> int:
    value = reader.count(table, key, place, usual)
    if value:
        return value
    reader.problem(
        "settings-number", Text(vi="không thể là 0", en="it cannot be 0"), _AT_LEAST_ONE,
        f"{place}.{key}",
    )  # fmt: skip
    return usual
