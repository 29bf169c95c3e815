"""What the night does besides pulling and reconciling, as ``[nightly]`` of ``ishc.toml`` has it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from programme.backup_settings import NightlyBackup, read_backup
from programme.problem import Language, Text
from programme.text import did_you_mean, nearest
from programme.toml_reader import TomlReader

Every = Literal["month", "quarter", "half", "year"]
LogFormat = Literal["lines", "json"]
ExportKind = Literal["xlsx", "csv", "parquet"]
LAST_DAY = 28  # every month has it
_KEYS = {"push", "publish", "export", "reports", "backup", "log"}
_REPORT_KEYS = {"report", "areas", "every", "day", "languages"}
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report that the night makes once a period.

    Args:
        report: its name, as ``ishc report`` has it.
        areas: codes of areas.
        every: how long a period is.
        day: made from this day of the month on that follows the period.
        languages: one document each.
    """

    report: str
    areas: tuple[str, ...]
    every: Every = "month"
    day: int = 12
    languages: tuple[Language, ...] = ("vi",)


@dataclass(frozen=True, slots=True)
class NightlySettings:
    """What ``ishc nightly`` does.

    Args:
        push: put submissions with findings on hold on the server (``[states]``).
        publish: hand lists to phones when they are due (``[publish]``).
        export: kinds of files that are made anew every night.
        reports: reports that are made when they are due.
        backup: None makes none.
        log: lines for people, or a JSON object a line for programs.
    """

    push: bool = False
    publish: bool = False
    export: tuple[ExportKind, ...] = ()
    reports: tuple[DueReport, ...] = ()
    backup: NightlyBackup | None = None
    log: LogFormat = "lines"


def read_nightly(reader: TomlReader, raw: Mapping[str, Any]) -> NightlySettings:
    """Read ``[nightly]``; mistakes go to the reader."""
    table = reader.table(raw, "nightly", _KEYS)
    listed = table.get("reports", [])
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        reader.wrong_type("nightly.reports", "[[nightly.reports]]")
        listed = []
    return NightlySettings(
        push=_yes(reader, table, "push"),
        publish=_yes(reader, table, "publish"),
        export=_several(reader, table, "export", "nightly", (), get_args(ExportKind)),
        reports=tuple(_report(reader, each, place) for place, each in enumerate(listed, start=1)),
        backup=read_backup(reader, table),
        log=_one_of(reader, table, "log", "nightly", "lines", get_args(LogFormat)),
    )


def _report(reader: TomlReader, each: dict[str, Any], number: int) -> DueReport:
    place = f"nightly.reports {number}"
    table = reader.table({place: each}, place, _REPORT_KEYS)
    name = reader.string(table, "report", place)
    if not _NAME.fullmatch(name):
        reader.problem(
            "settings-missing-value",
            Text(vi="chưa nêu tên báo cáo", en="the report has no name"),
            Text(
                vi='hãy viết report = "…"; các báo cáo: ishc report --list',
                en='write report = "…"; for the reports there are: ishc report --list',
            ),
            f"{place}.report",
        )
    day = reader.count(table, "day", place, 12)
    if not 1 <= day <= LAST_DAY:
        reader.problem(
            "settings-due-day",
            Text(vi=f"không dùng được ngày {day}", en=f"the day {day} cannot be used"),
            Text(
                vi=f"hãy viết một số từ 1 đến {LAST_DAY}",
                en=f"write a number from 1 to {LAST_DAY}",
            ),
            f"{place}.day",
        )
    return DueReport(
        report=name,
        areas=_areas(reader, table, place),
        every=_one_of(reader, table, "every", place, "month", get_args(Every)),
        day=day,
        languages=_several(reader, table, "languages", place, ("vi",), get_args(Language)),
    )


def _areas(reader: TomlReader, table: Mapping[str, Any], place: str) -> tuple[str, ...]:
    value = table.get("areas", [])
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return tuple(value)
    reader.wrong_type(f"{place}.areas", '["20"]')
    return ()


def _yes(reader: TomlReader, table: Mapping[str, Any], key: str) -> bool:
    value = table.get(key, False)
    if isinstance(value, bool):
        return value
    reader.wrong_type(f"nightly.{key}", "true / false")
    return False


def _one_of(
    reader: TomlReader,
    table: Mapping[str, Any],
    key: str,
    place: str,
    usual: Any,
    allowed: tuple[str, ...],
) -> Any:
    value = reader.string(table, key, place, usual)
    if value in allowed:
        return value
    _not_allowed(reader, value, allowed, f"{place}.{key}")
    return usual


def _several(
    reader: TomlReader,
    table: Mapping[str, Any],
    key: str,
    place: str,
    usual: tuple[Any, ...],
    allowed: tuple[str, ...],
) -> tuple[Any, ...]:
    value = table.get(key, list(usual))
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        reader.wrong_type(f"{place}.{key}", str(list(allowed)).replace("'", '"'))
        return usual
    for each in value:
        if each not in allowed:
            _not_allowed(reader, each, allowed, f"{place}.{key}")
    return tuple(dict.fromkeys(each for each in value if each in allowed))


def _not_allowed(reader: TomlReader, value: str, allowed: tuple[str, ...], key: str) -> None:
    hint = did_you_mean(nearest(value, allowed))
    named = ", ".join(f'"{each}"' for each in allowed)
    reader.problem(
        "settings-choice",
        Text(vi=f"không dùng được «{value}»{hint.vi}", en=f"“{value}” cannot be used{hint.en}"),
        Text(vi=f"hãy viết một trong: {named}", en=f"write one of: {named}"),
        key,
    )
