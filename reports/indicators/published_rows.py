"""Reads the sheet ``baselines``: published figures with source and date."""

from collections.abc import Collection
from datetime import date

from programme.problem import Text
from reports.indicators.definitions import Baseline
from reports.indicators.sheets import SheetRow, Sheets

BASELINE_COLUMNS = (
    *("indicator", "area_code", "as_of", "value", "numerator", "denominator", "prefix"),
    *("conflict", "comparable", "label_vi", "label_en", "unit", "source_vi", "source_en"),
)
# districts were abolished, communes and provinces merged, so that their numbers mean something else
MERGER = date(2025, 7, 1)
AREA_UNITS = frozenset({"communes", "provinces"})


def baselines_of(
    sheets: Sheets, areas: Collection[str] | None, units: Collection[str]
) -> tuple[Baseline, ...]:
    """Read every published figure; ``areas`` None: it is not known which codes there are."""
    return tuple(_baseline(row, areas, units) for row in sheets.rows("baselines", BASELINE_COLUMNS))


def _baseline(row: SheetRow, areas: Collection[str] | None, units: Collection[str]) -> Baseline:
    found = Baseline(
        indicator=row.text("indicator", required=True),
        area_code=row.area_in("area_code", areas),
        as_of=row.date_in("as_of") if row.text("as_of", required=True) else date.min,
        value=row.number_in("value"),
        numerator=row.number_in("numerator"),
        denominator=row.number_in("denominator"),
        prefix=row.text("prefix"),
        conflict=row.text("conflict"),
        comparable=row.one_of("comparable", ("yes", "no")) == "yes",
        label=row.both("label", required=True),
        unit=row.one_of("unit", list(units)),
        source=row.both("source", required=True),
    )
    if found.comparable and found.unit in AREA_UNITS and found.as_of < MERGER:
        row.problem(
            "baseline-merger",
            Text(
                vi="số đơn vị hành chính trước 01/7/2025 không so sánh được với hiện nay",
                en="numbers of areas before 1 July 2025 cannot be compared with today's",
            ),
            Text(vi="hãy ghi no ở cột comparable", en="write no in the column comparable"),
            "comparable",
        )
    return found
