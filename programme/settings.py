"""``ishc.toml``: which servers, which forms, which languages."""

import tomllib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from programme.account import ServerSettings, token
from programme.field_settings import (
    PublishSettings,
    SampleSettings,
    StateSettings,
    read_publish,
    read_sample,
    read_states,
)
from programme.folder import Folder
from programme.form_names import refuse_misspelt, refuse_unfit
from programme.indicator_settings import IndicatorSettings, read_indicators
from programme.nightly_settings import NightlySettings, read_nightly
from programme.people_settings import (
    PeopleSettings,
    RetentionSettings,
    read_people,
    read_retention,
)
from programme.problem import Language, Place, Problem, ProblemError, Text
from programme.report_settings import USUAL, ReportSettings, read_issuers, read_report
from programme.servers import read_servers
from programme.sources import FormSettings, SourceSettings, read_forms
from programme.text import did_you_mean, nearest
from programme.toml_reader import TomlReader
from programme.toml_syntax import syntax_problem

__all__ = [
    "DueSettings",
    "FormSettings",
    "IndicatorSettings",
    "PeopleSettings",
    "PublishSettings",
    "PullSettings",
    "ReportSettings",
    "RetentionSettings",
    "SampleSettings",
    "ServerSettings",
    "Settings",
    "SourceSettings",
    "StateSettings",
    "load",
    "token",
]

SECTIONS = {
    "programme", "servers", "forms", "pull", "due", "states", "publish", "sample", "report",
    "nightly", "indicators", "people", "retention",
}  # fmt: skip
LAST_DAY = 28  # every month has it


@dataclass(frozen=True, slots=True)
class PullSettings:
    """When a pull compares everything, when only what changed, and what it leaves there.

    Args:
        proven_up_to: sources of at most so many submissions are proven every time.
        proven_every_days: larger ones after so many days.
        recent_days: a followed pull compares what arrived in so many days.
        largest_file: megabytes; larger photos and films are left on the server.
    """

    proven_up_to: int = 20_000
    proven_every_days: int = 7
    recent_days: int = 14
    largest_file: int = 256


@dataclass(frozen=True, slots=True)
class DueSettings:
    """By when clubs report.

    Args:
        monthly_report: day of the next month, 1 to 28.
    """

    monthly_report: int = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole of ``ishc.toml``, checked."""

    name: Text
    language: Language
    timezone: ZoneInfo
    synthetic: bool
    servers: Mapping[str, ServerSettings] = field(default_factory=dict)
    forms: Mapping[str, FormSettings] = field(default_factory=dict)
    report: ReportSettings = field(default_factory=ReportSettings)
    issuers: Mapping[str, ReportSettings] = field(default_factory=lambda: USUAL)
    pull: PullSettings = field(default_factory=PullSettings)
    due: DueSettings = field(default_factory=DueSettings)
    states: StateSettings = field(default_factory=StateSettings)
    publish: PublishSettings = field(default_factory=PublishSettings)
    sample: SampleSettings = field(default_factory=SampleSettings)
    nightly: NightlySettings = field(default_factory=NightlySettings)
    indicators: IndicatorSettings = field(default_factory=IndicatorSettings)
    people: PeopleSettings = field(default_factory=PeopleSettings)
    retention: RetentionSettings = field(default_factory=RetentionSettings)


def language_of(folder: Folder) -> Language | None:
    """Give the language of ``ishc.toml`` even when the rest of it has mistakes."""
    try:
        raw = tomllib.loads(folder.settings.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    programme = raw.get("programme")
    found = programme.get("language") if isinstance(programme, dict) else None
    return "vi" if found == "vi" else "en" if found == "en" else None


def load(folder: Folder) -> Settings:
    """Read and check ``ishc.toml``.

    Raises:
        ProblemError: with every problem found, each with its key and what to do.
    """
    reader = TomlReader(folder.settings)
    raw = _parse(folder.settings)
    reader.table({"ishc.toml": raw}, "ishc.toml", SECTIONS)
    programme = reader.table(raw, "programme", {"name", "language", "timezone", "synthetic"})
    servers = read_servers(reader, raw, folder.root)
    settings = Settings(
        name=reader.text(programme, "name", "programme"),
        language=_language(reader, programme),
        timezone=_timezone(reader, programme),
        synthetic=programme.get("synthetic", False) is True,
        servers=servers,
        forms=read_forms(reader, raw, servers),
        report=read_report(reader, raw),
        issuers=read_issuers(reader, raw),
        pull=_pull(reader, raw),
        due=_due(reader, raw),
        states=read_states(reader, raw),
        publish=read_publish(reader, raw),
        sample=read_sample(reader, raw),
        nightly=read_nightly(reader, raw),
        indicators=read_indicators(reader, raw),
        people=read_people(reader, raw),
        retention=read_retention(reader, raw),
    )
    refuse_misspelt(reader, settings.forms, folder.xlsforms)
    refuse_unfit(reader, settings.servers, settings.forms)
    _refuse_unknown(reader, settings)
    if reader.problems:
        raise ProblemError(reader.problems)
    return settings


def _refuse_unknown(reader: TomlReader, settings: Settings) -> None:
    for name in settings.retention.forms:
        if name not in settings.forms:
            hint = did_you_mean(nearest(name, settings.forms))
            reader.problem(
                "settings-form-unknown",
                Text(vi=f"không có biểu mẫu «{name}»{hint.vi}", en=f"no form “{name}”{hint.en}"),
                Text(
                    vi="hãy viết tên một biểu mẫu của [forms]",
                    en="write the name of a form in [forms]",
                ),
                f"retention.forms.{name}",
            )


def _parse(path: Path) -> dict[str, Any]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ProblemError(_missing(path)) from error
    except UnicodeDecodeError as error:
        raise ProblemError(_not_utf8(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise ProblemError(syntax_problem(path, error)) from error
    if not raw:
        raise ProblemError(
            Problem(
                "settings-empty",
                Text(vi="tệp trống", en="the file is empty"),
                Text(
                    vi="hãy chép ishc.toml của chương trình mẫu («ishc demo») rồi sửa",
                    en="copy the ishc.toml of the sample programme (“ishc demo”) and edit it",
                ),
                Place(file=path.name),
            )
        )
    return raw


def _not_utf8(path: Path) -> Problem:
    wide = path.read_bytes()[:2] in (BOM_UTF16_LE, BOM_UTF16_BE)
    named = " (UTF-16)" if wide else ""
    return Problem(
        "settings-encoding",
        Text(
            vi=f"tệp được lưu với bảng mã khác{named}, không phải UTF-8",
            en=f"the file is saved in another encoding{named}, not in UTF-8",
        ),
        Text(
            vi="trong Notepad: File → Save As → Encoding: UTF-8 → Save",
            en="in Notepad: File → Save As → Encoding: UTF-8 → Save",
        ),
        Place(file=path.name),
    )


def _missing(path: Path) -> Problem:
    return Problem(
        "settings-missing",
        Text(
            vi="không có tệp này, hoặc không mở được", en="this file is missing or cannot be opened"
        ),
        Text(
            vi="hãy chạy «ishc init» để có một chương trình mới",
            en="run “ishc init” for a new programme",
        ),
        Place(file=str(path)),
    )


def _language(reader: TomlReader, programme: Mapping[str, Any]) -> Language:
    value = reader.string(programme, "language", "programme", "vi")
    if value == "vi":
        return "vi"
    if value != "en":
        reader.problem(
            "settings-language",
            Text(vi=f"không có ngôn ngữ «{value}»", en=f"there is no language “{value}”"),
            Text(vi='hãy viết "vi" hoặc "en"', en='write "vi" or "en"'),
            "programme.language",
        )
    return "en"


def _timezone(reader: TomlReader, programme: Mapping[str, Any]) -> ZoneInfo:
    value = reader.string(programme, "timezone", "programme", "Asia/Ho_Chi_Minh")
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        reader.problem(
            "settings-timezone",
            Text(vi=f"không có múi giờ «{value}»", en=f"there is no time zone “{value}”"),
            Text(vi='hãy viết "Asia/Ho_Chi_Minh"', en='write "Asia/Ho_Chi_Minh"'),
            "programme.timezone",
        )
        return ZoneInfo("Asia/Ho_Chi_Minh")


def _pull(reader: TomlReader, raw: Mapping[str, Any]) -> PullSettings:
    names = [each.name for each in fields(PullSettings)]
    table = reader.table(raw, "pull", set(names))
    usual = PullSettings()
    return PullSettings(
        **{name: reader.count(table, name, "pull", getattr(usual, name)) for name in names}
    )


def _due(reader: TomlReader, raw: Mapping[str, Any]) -> DueSettings:
    table = reader.table(raw, "due", {"monthly_report"})
    usual = DueSettings().monthly_report
    day = reader.count(table, "monthly_report", "due", usual)
    if 1 <= day <= LAST_DAY:
        return DueSettings(day)
    reader.problem(
        "settings-due-day",
        Text(vi=f"không dùng được ngày {day}", en=f"the day {day} cannot be used"),
        Text(vi=f"hãy viết một số từ 1 đến {LAST_DAY}", en=f"write a number from 1 to {LAST_DAY}"),
        "due.monthly_report",
    )
    return DueSettings()
