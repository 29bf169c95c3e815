"""The province evaluation summary: figures and texts for its Word template."""

from datetime import UTC, date, datetime
from pathlib import Path

from connectors.store.ledger import position
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from programme.areas import Area, load_areas
from programme.folder import Folder
from programme.problem import Language, Problem, ProblemError, Text
from programme.settings import Settings
from reports.content.blocks import evaluation_blocks
from reports.content.data import ReportData
from reports.content.texts import evaluation_texts
from reports.indicators.area_facts import with_area_kinds
from reports.indicators.compute import compute_in, open_frames
from reports.indicators.frames import Commune
from reports.indicators.sheets import nearest
from reports.indicators.workbook import load_definitions
from reports.periods import parse_period
from reports.render import render

REPORTS = ("province_evaluation",)


def write_report(
    folder: Folder,
    settings: Settings,
    name: str,
    area: str,
    period: str,
    language: Language,
    as_of: date,
    out: Path,
) -> Path:
    """Write a report as a Word document.

    Args:
        folder: the programme.
        settings: who issues it; whether the data are synthetic.
        name: ``province_evaluation``.
        area: code or name of the province.
        period: a phase (``2025-2030``), a year (``2026``), months (``2025-11..2026-10``).
        language: ``vi`` or ``en``.
        as_of: only events up to this day count; it is printed.
        out: a folder, or the file itself if it ends with ``.docx``.

    Returns:
        The file written.

    Raises:
        ProblemError: unknown report, area or period; a template or workbook with a mistake; no
            tables yet. Nothing is left half-written.
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
    as_of = min(as_of, tables.as_of)
    areas = areas.on(as_of)  # a report of an earlier day prints the names of that day
    place = areas.provinces[place.code]
    definitions = with_area_kinds(definitions, areas, folder.area_kinds, as_of)
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
        values, blocks = evaluation_texts(data, settings), evaluation_blocks(data)
    target = _file(out, name, place.code, period, language)
    render(folder.templates / f"{name}.{language}.docx", values, blocks, language, target)
    return target


def last_proven(folder: Folder, settings: Settings) -> datetime | None:
    """Give since when all forms together are shown to be complete; None if one never was."""
    if not folder.store.is_file():
        return None
    with RawStore.open(folder.store) as store:
        positions = [
            position(store, server, form.name)
            for form in settings.forms.values()
            for server in form.servers
        ]
    moments = [each.proven if each else None for each in positions]
    if not moments or None in moments:
        return None
    earliest = datetime.fromisoformat(min(moment for moment in moments if moment))
    known = earliest if earliest.tzinfo else earliest.replace(tzinfo=UTC)
    return known.astimezone(settings.timezone)


def _file(out: Path, name: str, area: str, period: str, language: Language) -> Path:
    if out.suffix.lower() == ".docx":
        return out
    return out / f"{name}-{area}-{period.replace('..', '_')}.{language}.docx"


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
