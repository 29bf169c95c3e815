"""Reads ``reports/indicators.xlsx``."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast, get_args

from programme.area_kinds import KINDS
from programme.problem import Text
from reports.indicators.definitions import (
    AreaFact,
    Baseline,
    Definitions,
    Indicator,
    Phase,
    Rule,
    Target,
)
from reports.indicators.sheets import SheetRow, Sheets, nearest
from reports.indicators.views import TABLES

POPULATIONS = ("all clubs", "clubs founded in the phase")
GROUPS = ("targets", "overview", "areas", "outputs", "loans", "inspection", "resources")
INDICATOR_COLUMNS = (
    *(
        "code",
        "targets",
        "line",
        "rated",
        "group",
        "label_vi",
        "label_en",
        "unit",
        "table",
        "where",
    ),
    *("numerator", "denominator", "known", "expected", "missing", "missing_vi", "missing_en"),
    *("remark", "remark_vi", "remark_en", "population", "note_vi", "note_en"),
    *("source_vi", "source_en"),
)
TARGET_COLUMNS = (
    *("code", "decision", "period_start", "period_end", "phase_state", "area_code", "level"),
    *("area_kind", "population", "indicator_en", "indicator_vi", "wording_vi", "unit"),
    *("target_min", "target_max", "met_when", "threshold_min", "threshold_max", "older_age"),
    *("rate_by", "needs", "source"),
)
PHASE_COLUMNS = ("code", "decision", "start", "end", "label_vi", "label_en")
BASELINE_COLUMNS = (
    *("indicator", "area_code", "as_of", "value", "numerator", "denominator", "prefix"),
    *("conflicting", "label_vi", "label_en", "unit", "source_vi", "source_en"),
)
AREA_COLUMNS = ("area_code", "kinds", "villages", "source", "as_of")
SETTINGS = ("carry_months", "coverage_threshold", "risk_days")


def load_definitions(path: Path) -> Definitions:
    """Read and check the workbook of indicators.

    Args:
        path: ``reports/indicators.xlsx`` of the programme.

    Raises:
        ProblemError: with every bad cell found: file, sheet, row, nearest right name.
    """
    sheets = Sheets(path)
    units = {
        row.text("unit", required=True): row.both("label", required=True)
        for row in sheets.rows("units", ("unit", "label_vi", "label_en"))
    }
    targets = {
        target.code: target
        for row in sheets.rows("targets", TARGET_COLUMNS)
        for target in [_target(row, units)]
    }
    settings = dict(_settings(sheets))
    definitions = Definitions(
        path=path,
        units=units,
        targets=targets,
        indicators=tuple(
            _indicator(row, targets, units) for row in sheets.rows("indicators", INDICATOR_COLUMNS)
        ),
        phases={
            phase.code: phase
            for row in sheets.rows("phases", PHASE_COLUMNS)
            for phase in [_phase(row)]
        },
        baselines=tuple(_baseline(row) for row in sheets.rows("baselines", BASELINE_COLUMNS)),
        area_facts=tuple(_area_fact(row) for row in sheets.rows("areas", AREA_COLUMNS)),
        carry_months=int(settings.get("carry_months", 3)),
        coverage_threshold=settings.get("coverage_threshold", 80.0),
        risk_days=int(settings.get("risk_days", 30)),
    )
    sheets.finish()
    return definitions


def _indicator(row: SheetRow, targets: dict[str, Target], units: dict[str, Text]) -> Indicator:
    codes = tuple(row.text("targets").replace(",", " ").split())
    row.once("code", row.text("code"))
    for code in codes:
        row.once("targets", f"{code} {row.text('line')}".strip())
        if code not in targets:
            near = nearest(code, list(targets))
            row.problem(
                "indicator-target-unknown",
                Text(vi=f"không có mục tiêu «{code}»{near.vi}", en=f"no target “{code}”{near.en}"),
                Text(
                    vi="hãy ghi mã có trong trang tính targets",
                    en="write a code of the sheet targets",
                ),
                "targets",
            )
    return Indicator(
        code=row.text("code", required=True),
        targets=codes,
        line=row.text("line"),
        rated=bool(codes) and row.one_of("rated", ("yes", "no")) == "yes",
        group=row.one_of("group", GROUPS),
        label=row.both("label", required=True),
        unit=row.one_of("unit", list(units)),
        table=row.one_of("table", TABLES),
        where=row.text("where"),
        numerator=row.text("numerator", required=True),
        denominator=row.text("denominator"),
        known=row.text("known"),
        expected=row.text("expected"),
        missing=row.text("missing"),
        missing_text=row.both("missing"),
        remark=row.text("remark"),
        remark_text=row.both("remark"),
        population=row.one_of("population", POPULATIONS) if row.text("population") else "",
        note=row.both("note"),
        source=row.both("source", required=True),
        row=row.number,
    )


def _target(row: SheetRow, units: dict[str, Text]) -> Target:
    row.once("code", row.text("code"))
    target = Target(
        code=row.text("code", required=True),
        decision=row.text("decision", required=True),
        start=row.date_in("period_start"),
        end=row.date_in("period_end"),
        state=row.one_of("phase_state", ("closed", "running", "from 2031")),
        area_code=row.text("area_code", required=True),
        level=row.one_of("level", ("national", "province", "commune", "club")),
        area_kind=row.text("area_kind"),
        population=row.one_of("population", POPULATIONS),
        label=Text(
            vi=row.text("indicator_vi", required=True), en=row.text("indicator_en", required=True)
        ),
        wording=row.one_of("wording_vi", ("published", "reconstructed")),
        unit=row.one_of("unit", list(units)),
        minimum=row.number_in("target_min"),
        maximum=row.number_in("target_max"),
        rule=cast(Rule, row.one_of("met_when", get_args(Rule))),
        threshold_min=row.number_in("threshold_min"),
        threshold_max=row.number_in("threshold_max"),
        older_age=row.number_in("older_age"),
        row=row.number,
    )
    _check_limits(row, target)
    return target


def _check_limits(row: SheetRow, target: Target) -> None:
    needs: dict[str, tuple[str, ...]] = {
        "value>=min": ("target_min",),
        "value>min": ("target_min",),
        "band": ("target_min", "target_max"),
    }
    for column in needs.get(target.rule, ()):
        if row.number_in(column) is None:
            row.text(column, required=True)
    low, high = target.minimum, target.maximum
    if low is not None and high is not None and low > high:
        row.problem(
            "target-range",
            Text(vi="mức thấp nhất lớn hơn mức cao nhất", en="the minimum is above the maximum"),
            Text(vi="hãy sửa target_min, target_max", en="mend target_min or target_max"),
            "target_min",
        )


def _phase(row: SheetRow) -> Phase:
    return Phase(
        code=row.text("code", required=True),
        decision=row.text("decision", required=True),
        start=row.date_in("start"),
        end=row.date_in("end"),
        label=row.both("label", required=True),
    )


def _baseline(row: SheetRow) -> Baseline:
    return Baseline(
        indicator=row.text("indicator", required=True),
        area_code=row.text("area_code", required=True),
        as_of=row.date_in("as_of") if row.text("as_of", required=True) else date.min,
        value=row.number_in("value"),
        numerator=row.number_in("numerator"),
        denominator=row.number_in("denominator"),
        prefix=row.text("prefix"),
        conflicting=row.text("conflicting").lower() in ("yes", "true", "1"),
        label=row.both("label", required=True),
        unit=row.text("unit", required=True),
        source=row.both("source", required=True),
    )


def _area_fact(row: SheetRow) -> AreaFact:
    kinds = tuple(row.text("kinds").replace(",", " ").replace("+", " ").split())
    for kind in kinds:
        if kind not in KINDS:
            near = nearest(kind, KINDS)
            row.problem(
                "area-kind-unknown",
                Text(
                    vi=f"không có loại địa bàn «{kind}»{near.vi}", en=f"no kind “{kind}”{near.en}"
                ),
                Text(vi="dùng: " + ", ".join(KINDS), en="use: " + ", ".join(KINDS)),
                "kinds",
            )
    villages = row.number_in("villages")
    code = row.text("area_code", required=True)
    return AreaFact(code, kinds, None if villages is None else int(villages))


def _settings(sheets: Sheets) -> Iterator[tuple[str, float]]:
    for row in sheets.rows("settings", ("setting", "value", "label_vi", "label_en")):
        name = row.one_of("setting", SETTINGS)
        value = row.number_in("value")
        if value is not None:
            yield name, value
