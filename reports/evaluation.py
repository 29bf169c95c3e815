"""The province evaluation summary: figures and texts for its Word template."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from connectors.store.ledger import position
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from programme.areas import Area, load_areas
from programme.folder import Folder
from programme.problem import Exit, Language, Problem, ProblemError, Text
from programme.settings import Settings
from reports.content.blocks import evaluation_blocks
from reports.content.data import ReportData
from reports.content.state import notices
from reports.content.texts import evaluation_texts
from reports.indicators.area_facts import with_area_facts
from reports.indicators.compute import compute_in, open_frames
from reports.indicators.frames import Commune
from reports.indicators.sheets import nearest
from reports.indicators.workbook import load_definitions
from reports.periods import parse_period
from reports.render import not_written, render
from reports.requested import Days, check_days, earlier_than_asked, other_issuer

REPORTS = ("province_evaluation",)


def _nobody(_: Problem) -> None:
    """Tell nobody."""


def write_report(
    folder: Folder,
    settings: Settings,
    name: str,
    area: str,
    period: str,
    language: Language,
    as_of: date,
    out: Path,
    *,
    today: date | None = None,
    tell: Callable[[Problem], object] = _nobody,
) -> Path:
    """Write a report as a Word document.

    The name says what it is of: ``province_evaluation-20-2026.vi.docx``. Where the figures are
    cut off before the period ends the day stands in it too, so that the report of one day never
    takes the place of another day's: ``province_evaluation-20-2026-as-of-2026-10-31.vi.docx``.

    Args:
        folder: the programme.
        settings: who issues it; whether the data are synthetic.
        name: ``province_evaluation``.
        area: code or name of the province.
        period: a phase (``2025-2030``), a year (``2026``), months (``2025-11..2026-10``).
        language: ``vi`` or ``en``.
        as_of: only events up to this day count; it is printed.
        out: a folder, or the file itself if it ends with ``.docx``. Under ``data/`` it is made
            for its owner's eyes only.
        today: the person's day, which neither ``as_of`` nor the period may lie beyond; without
            it ``as_of`` is taken for it.
        tell: is told what does not stop the report: little data, an earlier cut-off.

    Returns:
        The file written.

    Raises:
        ProblemError: unknown report, area or period; a day or period that has not come; a
            template or workbook with a mistake; no tables yet; a place that cannot be written to.
            Nothing is left half-written.
    """
    if name not in REPORTS:
        raise ProblemError(_unknown_report(name))
    definitions = load_definitions(folder.indicators)
    span = parse_period(period, definitions.phases)
    areas = load_areas(folder.xlsforms)
    place = areas.find(area)
    if place.code not in areas.provinces:
        raise ProblemError(_not_a_province(place))
    tables = open_tables(folder, identified=True)
    days = Days(as_of, today or as_of, tables.as_of)
    check_days(span, days, definitions.phases.values())
    for problem in (*earlier_than_asked(span, days), *other_issuer(place, areas, settings)):
        tell(problem)
    as_of = days.counted
    areas = areas.on(as_of)  # a report of an earlier day prints the names of that day
    place = areas.provinces[place.code]
    definitions = with_area_facts(definitions, folder, areas, as_of)
    communes = [Commune(each.code, place.code) for each in areas.communes_of(place.code)]
    with open_frames(definitions, tables, place.code, span, as_of, communes) as frames:
        data = ReportData(
            definitions=definitions,
            frames=frames,
            figures=compute_in(frames, definitions, span),
            areas=areas,
            area=place,
            period=span,
            as_of=as_of,
            cut_off=span.cut_off(as_of),
            proven=last_proven(folder, settings),
            language=language,
        )
        for problem in notices(data):
            tell(problem)
        values, blocks = evaluation_texts(data, settings), evaluation_blocks(data)
    target = _file(out, name, data)
    private = _make_private(folder, target)
    template = folder.templates / f"{name}.{language}.docx"
    render(template, values, blocks, language, target, private=private)
    return target


def last_proven(folder: Folder, settings: Settings) -> datetime | None:
    """Give since when all forms together are shown to be complete; None if one never was."""
    if not folder.store.is_file():
        return None
    with RawStore.read(folder.store) as store:
        positions = [
            position(store, source.name, form.name)
            for form in settings.forms.values()
            for source in form.sources
        ]
    moments = [each.proven if each else None for each in positions]
    if not moments or None in moments:
        return None
    earliest = datetime.fromisoformat(min(moment for moment in moments if moment))
    known = earliest if earliest.tzinfo else earliest.replace(tzinfo=UTC)
    return known.astimezone(settings.timezone)


def _file(out: Path, name: str, data: ReportData) -> Path:
    if out.suffix.lower() == ".docx":
        return out
    period = re.sub(r"\.\.|[^\w-]", "_", data.period.name)
    day = f"-as-of-{data.cut_off}" if data.cut_off < data.period.end else ""
    return out / f"{name}-{data.area.code}-{period}{day}.{data.language}.docx"


def _make_private(folder: Folder, target: Path) -> bool:
    """Make the folder of a report that lies under ``data/``; tell whether it does."""
    parent = target.resolve().parent
    if not parent.is_relative_to(folder.data.resolve()):
        return False
    try:
        folder.private(parent)
    except OSError as error:
        raise ProblemError(not_written(target, error), Exit.STORE) from error
    return True


def _unknown_report(name: str) -> Problem:
    near = nearest(name, REPORTS)
    return Problem(
        "report-unknown",
        Text(vi=f"không có báo cáo «{name}»{near.vi}", en=f"there is no report “{name}”{near.en}"),
        Text(
            vi="các báo cáo có thể lập: " + ", ".join(REPORTS),
            en="reports to write: " + ", ".join(REPORTS),
        ),
    )


def _not_a_province(place: Area) -> Problem:
    return Problem(
        "report-area",
        Text(
            vi=f"báo cáo này lập cho cấp tỉnh, không phải cho «{place.in_('vi')}»",
            en=f"this report is made for a province, not for “{place.in_('en')}”",
        ),
        Text(
            vi=f"hãy ghi mã tỉnh, ví dụ --area {place.province}",
            en=f"give the code of a province, such as --area {place.province}",
        ),
    )
