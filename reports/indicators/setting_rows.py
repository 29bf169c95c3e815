"""Reads the sheet ``settings``: numbers and rules that hold for all figures."""

from collections.abc import Mapping
from typing import TypedDict, cast, get_args

from programme.problem import Text
from reports.indicators.definitions import Midland, Overlap
from reports.indicators.sheets import SheetRow, Sheets

_DEFAULTS: Mapping[str, float] = {
    "carry_months": 3,
    "coverage_threshold": 80,
    "risk_days": 30,
    "risk_days_long": 90,
    "older_age": 60,
    "survey_confidence": 95,
    "survey_least": 30,
}
_LIMITS: Mapping[str, tuple[float, float]] = {
    "carry_months": (0, 24),
    "coverage_threshold": (0, 100),
    "risk_days": (1, 3650),
    "risk_days_long": (1, 3650),
    "older_age": (40, 100),
    "survey_confidence": (50, 99.9),
    "survey_least": (2, 10_000),
}
_WORDS: Mapping[str, tuple[str, ...]] = {"overlap": get_args(Overlap), "midland": get_args(Midland)}
RULESET = "ruleset"
SETTINGS = (*_DEFAULTS, *_WORDS, RULESET)


class Settings(TypedDict):
    """What the sheet says, as the arguments of ``Definitions``."""

    carry_months: int
    coverage_threshold: float
    risk_days: int
    risk_days_long: int
    older_age: int
    survey_confidence: float
    survey_least: int
    overlap: Overlap
    midland: Midland
    ruleset: str


def settings_of(sheets: Sheets) -> Settings:
    """Read the settings; what is not written has its default."""
    numbers: dict[str, float] = dict(_DEFAULTS)
    words = {name: allowed[0] for name, allowed in _WORDS.items()} | {RULESET: ""}
    for row in sheets.rows("settings", ("setting", "value", "label_vi", "label_en")):
        name = row.one_of("setting", SETTINGS)
        row.once("setting", name)
        if name in _WORDS and row.text("value"):
            words[name] = row.one_of("value", _WORDS[name])
        elif name == RULESET:
            words[name] = row.text("value")
        elif name in numbers and (value := _number(row, name)) is not None:
            numbers[name] = value
    return Settings(
        carry_months=int(numbers["carry_months"]),
        coverage_threshold=numbers["coverage_threshold"],
        risk_days=int(numbers["risk_days"]),
        risk_days_long=int(numbers["risk_days_long"]),
        older_age=int(numbers["older_age"]),
        survey_confidence=numbers["survey_confidence"],
        survey_least=int(numbers["survey_least"]),
        overlap=cast(Overlap, words["overlap"]),
        midland=cast(Midland, words["midland"]),
        ruleset=words[RULESET],
    )


def _number(row: SheetRow, name: str) -> float | None:
    value = row.number_in("value")
    low, high = _LIMITS[name]
    if value is None or low <= value <= high:
        return value
    row.problem(
        "setting-range",
        Text(
            vi=f"«{name}» phải từ {low:g} đến {high:g}",
            en=f"“{name}” must be from {low:g} to {high:g}",
        ),
        Text(vi="hãy sửa ô value", en="mend the cell value"),
        "value",
    )
    return None
