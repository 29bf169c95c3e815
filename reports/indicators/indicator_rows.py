"""Reads the sheet ``indicators``."""

from collections.abc import Collection, Mapping, Sequence

from programme.problem import Text
from reports.indicators.breakdowns import Breakdown, named_breakdowns, over_months
from reports.indicators.definitions import Indicator, Target
from reports.indicators.sheets import SheetRow, Sheets, nearest
from reports.indicators.target_rows import POPULATIONS
from reports.indicators.views import TABLES

INDICATOR_COLUMNS = (
    *("code", "targets", "line", "rated", "group", "label_vi", "label_en", "unit", "table"),
    *("where", "numerator", "denominator", "known", "expected", "missing", "missing_vi"),
    *("missing_en", "remark", "remark_vi", "remark_en", "population", "note_vi", "note_en"),
    *("source_vi", "source_en", "definition_vi", "definition_en", "breakdowns", "over_months"),
    "class",
)
GROUP_COLUMNS = ("group", "label_vi", "label_en")


def indicators_of(
    sheets: Sheets,
    targets: Mapping[str, Target],
    measured_by: Mapping[str, Sequence[str]],
    units: Collection[str],
    groups: Collection[str],
    breakdowns: Mapping[str, Breakdown],
) -> tuple[Indicator, ...]:
    """Read every indicator.

    Args:
        sheets: the workbook.
        targets: of the sheet ``targets``.
        measured_by: code of an indicator → targets that say it measures them.
        units: of the sheet ``units``.
        groups: of the sheet ``groups``.
        breakdowns: of the sheet ``breakdowns``.
    """
    return tuple(
        _indicator(row, targets, measured_by, units, groups, breakdowns)
        for row in sheets.rows("indicators", INDICATOR_COLUMNS)
    )


def _indicator(
    row: SheetRow,
    targets: Mapping[str, Target],
    measured_by: Mapping[str, Sequence[str]],
    units: Collection[str],
    groups: Collection[str],
    breakdowns: Mapping[str, Breakdown],
) -> Indicator:
    own = tuple(row.text("targets").replace(",", " ").split())
    row.once("code", row.text("code"))
    for code in own:
        _check_target(row, code, targets)
    code = row.text("code", required=True)
    rated = row.one_of("rated", ("yes", "no")) if own or row.text("rated") else "yes"
    return Indicator(
        code=code,
        targets=(*own, *measured_by.get(code, ())),
        alone=not own,
        line=row.text("line"),
        rated=rated == "yes",
        group=row.one_of("group", list(groups)),
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
        definition=row.both("definition"),
        breakdowns=named_breakdowns(row, row.text("table"), breakdowns),
        over_months=over_months(row),
        sensitive=row.one_of("class", ("plain", "sensitive")) == "sensitive",
        row=row.number,
    )


def _check_target(row: SheetRow, code: str, targets: Mapping[str, Target]) -> None:
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
