"""Writes the list of everything that a report's template may print."""

from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from ishc.context import Context
from programme.problem import Exit, Language, Problem, ProblemError, Text
from reports import registers
from reports.catalogue import Report, find_report
from reports.place import COUNTRY
from reports.placeholders import write_placeholders
from reports.sources import Sources
from reports.write import Wanted, check, report_data


def write_list(
    context: Context,
    sources: Sources,
    name: str,
    areas: Sequence[str],
    periods: Sequence[str],
    out: Path,
) -> None:
    """Write a report's placeholders with examples from an area and period.

    Args:
        areas, periods: what the examples are of; without them an area with the most clubs, and
            the year of the data.

    Raises:
        ProblemError: unknown report, area, period; a place that cannot be written to.
    """
    report = find_report(name)
    language: Language = context.language
    period = periods[0] if periods else str(sources.as_of.year)
    area = areas[0] if areas else _example(sources, report)
    wanted = Wanted(report.name, area, period, language)
    found, place, span = check(sources, wanted, lambda _: None)
    data = report_data(sources, found, place, span, wanted, None)
    values, blocks = import_module(report.module).contents(data)
    write_placeholders(out, report.name, values, blocks, language)
    context.result({"files": [str(out)]})
    context.say(f"Danh sách chỗ điền: {out}", f"The list of placeholders: {out}")


def _example(sources: Sources, report: Report) -> str:
    """Give the area with the most clubs that the report can be of."""
    clubs = registers.clubs(sources.tables).values()
    counts = Counter(
        code
        for club in clubs
        for code in (COUNTRY, club.province, club.commune, club.code)
        if code and sources.place(code).level in report.levels
    )
    if not counts:
        raise ProblemError(_no_clubs(), Exit.USAGE)
    return max(counts, key=lambda code: (counts[code], code))


def _no_clubs() -> Problem:
    return Problem(
        "report-without-area",
        Text(vi="chưa có câu lạc bộ nào để lấy ví dụ", en="there is no club to take examples from"),
        Text(vi="hãy ghi --area và --period", en="give --area and --period"),
    )
