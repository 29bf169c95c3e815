"""Reads ``reports/indicators.xlsx``."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from programme.areas import Areas
from programme.problem import Place, Problem, Text
from reports.indicators.breakdowns import breakdowns_of
from reports.indicators.definitions import Definitions, Indicator, Target
from reports.indicators.denominator_rows import area_facts_of, regions_of
from reports.indicators.indicator_rows import GROUP_COLUMNS, indicators_of
from reports.indicators.published_rows import baselines_of
from reports.indicators.setting_rows import settings_of
from reports.indicators.sheets import Sheets, nearest
from reports.indicators.target_rows import phases_of, targets_of

COUNTRY = "VN"


def load_definitions(path: Path, areas: Areas | None = None) -> Definitions:
    """Read and check the workbook of indicators.

    Args:
        path: ``reports/indicators.xlsx`` of the programme.
        areas: the provinces and communes there are, to check codes of areas; None: not checked.

    Raises:
        ProblemError: with every bad cell found: file, sheet, row, column, nearest right name.
    """
    sheets = Sheets(path)
    units = {
        row.text("unit", required=True): row.both("label", required=True)
        for row in sheets.rows("units", ("unit", "label_vi", "label_en"))
    }
    groups = {
        row.text("group", required=True): row.both("label", required=True)
        for row in sheets.rows("groups", GROUP_COLUMNS)
    }
    breakdowns = breakdowns_of(sheets)
    codes = None if areas is None else {COUNTRY, *areas.provinces, *areas.communes}
    settings = settings_of(sheets)
    phases = phases_of(sheets)
    targets, measured_by = targets_of(sheets, phases, units, codes, settings["overlap"])
    indicators = indicators_of(sheets, targets, measured_by, units, groups, breakdowns)
    sheets.problems.extend(_measured_wrongly(path.name, targets, measured_by, indicators))
    definitions = Definitions(
        path=path,
        units=units,
        groups=groups,
        breakdowns=breakdowns,
        targets=targets,
        indicators=indicators,
        phases=phases,
        baselines=baselines_of(sheets, codes, units),
        area_facts=area_facts_of(sheets, codes),
        regions=regions_of(sheets, codes),
        **settings,
    )
    sheets.finish()
    return definitions


def _measured_wrongly(
    file: str,
    targets: Mapping[str, Target],
    measured_by: Mapping[str, Sequence[str]],
    indicators: Sequence[Indicator],
) -> list[Problem]:
    """Tell targets that name an indicator that there is not, or that nothing measures."""
    known = [indicator.code for indicator in indicators]
    found = []
    for code, measured in measured_by.items():
        if code not in known:
            near = nearest(code, known)
            place = Place(file, "targets", targets[measured[0]].row, "measured_by")
            found.append(
                Problem(
                    "target-indicator-unknown",
                    Text(
                        vi=f"không có chỉ tiêu «{code}»{near.vi}",
                        en=f"there is no indicator “{code}”{near.en}",
                    ),
                    Text(
                        vi="hãy ghi mã ở cột code của trang indicators",
                        en="write a code of the column code of the sheet indicators",
                    ),
                    place,
                )
            )
    named = {code for codes in measured_by.values() for code in codes}
    measured_codes = named | {code for indicator in indicators for code in indicator.targets}
    for target in targets.values():
        if target.code not in measured_codes and not target.not_measured.vi:
            found.append(_not_measured(Place(file, "targets", target.row, "measured_by"), target))
    return found


def _not_measured(place: Place, target: Target) -> Problem:
    return Problem(
        "target-not-measured",
        Text(
            vi=f"không dòng nào ở trang indicators đo mục tiêu «{target.code}»",
            en=f"no row of the sheet indicators measures the target “{target.code}”",
        ),
        Text(
            vi="hãy ghi mã chỉ tiêu ở cột measured_by, hoặc ghi lý do ở not_measured_vi, "
            "not_measured_en",
            en="write an indicator's code in the column measured_by, or why not in "
            "not_measured_vi and not_measured_en",
        ),
        place,
    )
