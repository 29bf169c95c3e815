"""Writes a report: what is asked for is checked, content made from figures, a template filled."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from importlib import import_module
from pathlib import Path

from programme.folder import Folder
from programme.problem import Exit, Language, Problem, ProblemError, Text
from programme.settings import Settings
from reports.catalogue import Report, check_place, find_report
from reports.closed_figures import with_closed
from reports.content.data import ReportData
from reports.content.state import notices
from reports.indicators.figures import Figures
from reports.periods import Period
from reports.place import Place
from reports.privacy import is_public, public_figures
from reports.render import About, names_in, not_written, render
from reports.requested import check_days, earlier_than_asked, other_issuer
from reports.sources import Sources, compute_figures, open_sources
from reports.template import read_template
from reports.text_fields import TextKey, TextStore
from reports.whole import withheld

Tell = Callable[[Problem], object]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One report that is asked for.

    Args:
        name: of the report, as the catalogue has it.
        area: ``VN``, code or name of a province or commune, or the code of a club.
        period: ``2026-10``, ``2026-Q3``, ``2026-H1``, ``2026``, ``2025-11..2026-10``, a phase.
        public: for everybody, not for named recipients.
    """

    name: str
    area: str
    period: str
    language: Language
    public: bool = False


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
    public: bool = False,
    figures: Figures | None = None,
    today: date | None = None,
    tell: Tell = _nobody,
) -> Path:
    """Write one report as a Word document; ``write`` does it for many.

    Args:
        folder: the programme.
        settings: who issues it; whether the data are synthetic.
        name, area, period, language, public: as in ``Wanted``.
        as_of: only events up to this day count; it is printed.
        out: a folder, or the file itself if it ends with ``.docx``. Under ``data/`` it is made
            for its owner's eyes only.
        figures: computed already, for the area and the periods that the report prints.
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
    find_report(name)  # a slip in the name is told before anything is read
    sources = open_sources(folder, settings, as_of, today=today)
    wanted = Wanted(name, area, period, language, public)
    return write(sources, wanted, out, figures=figures, tell=tell)


def write(
    sources: Sources,
    wanted: Wanted,
    out: Path,
    *,
    figures: Figures | None = None,
    tell: Tell = _nobody,
) -> Path:
    """Write a report from sources that are open already.

    The name says what it is of: ``evaluation-20-2026.vi.docx``. Where the figures are cut off
    before the period ends the day stands in it too, so that the report of one day never takes
    the place of another day's: ``evaluation-20-2026-as-of-2026-10-31.vi.docx``.

    Args:
        sources: what all reports of a run share.
        wanted: which report.
        out: a folder, or the file itself if it ends with ``.docx``.
        figures: computed already (``compute_figures``); several reports can share them. Those
            of a public report are made public here if they are not yet.
        tell: is told what does not stop the report.

    Raises:
        ProblemError: as ``write_report``.
    """
    report, place, period = check(sources, wanted, tell)
    name = file_name(report, place, period, sources.as_of, wanted.language, public=wanted.public)
    target = out if out.suffix.lower() == ".docx" else out / name
    private = _make_private(sources.folder, target)
    # what somebody wrote into the report that this one replaces is kept
    TextStore(sources.folder).take(target, datetime.combine(sources.days.today, time()))
    template = sources.folder.templates / f"{report.name}.{wanted.language}.docx"
    named = names_in(read_template(template, wanted.language))
    data = report_data(sources, report, place, period, wanted, figures)
    data = replace(data, named=named)
    for problem in notices(data):
        tell(problem)
    values, blocks = import_module(report.module).contents(data)
    about = About(
        title=_title(data),
        author=str(values.get("issuer_name", "")),
        day=sources.as_of,
        report=report.name,
        area=place.code,
        period=period.name,
    )
    render(template, values, blocks, data.language, target, private=private, about=about, tell=tell)
    return target


def check(sources: Sources, wanted: Wanted, tell: Tell) -> tuple[Report, Place, Period]:
    """Find what is asked for, and refuse what cannot be reported.

    Raises:
        ProblemError: an unknown report, area, period; an area of another level; days that have
            not come; a public version of a report that names people.
    """
    report = find_report(wanted.name)
    period = sources.period(wanted.period)
    place = sources.place(wanted.area)
    check_place(report, place)
    check_days(period, sources.days, sources.definitions.phases.values())
    if wanted.public and report.names:
        raise ProblemError(_names_people(report), Exit.USAGE)
    if wanted.public and report.internal:
        raise ProblemError(_internal(report), Exit.USAGE)
    for problem in earlier_than_asked(period, sources.days):
        tell(problem)
    if place.level == "province":
        for problem in other_issuer(place, sources.areas, sources.settings):
            tell(problem)
    return report, place, period


def report_data(
    sources: Sources,
    report: Report,
    place: Place,
    period: Period,
    wanted: Wanted,
    figures: Figures | None,
) -> ReportData:
    """Put together what the content of a report is made from."""
    found = figures
    if found is None:
        computed = compute_figures(sources, [(report, place, period)])
        found = with_closed(computed, sources.folder, sources.areas)
    if wanted.public and not is_public(found):
        found = public_figures(found, withheld(sources, found.periods))
    key = TextKey(report.name, place.code, period.name, wanted.language)
    texts = TextStore(sources.folder).known(key)
    return ReportData(sources, report, found, place, period, wanted.language, wanted.public, texts)


def file_name(
    report: Report, place: Place, period: Period, as_of: date, language: Language, *, public: bool
) -> str:
    """Give the name of a report's file."""
    words = re.sub(r"\.\.|[^\w-]", "_", period.name)
    cut_off = period.cut_off(as_of)
    day = f"-as-of-{cut_off}" if cut_off < period.end else ""
    version = "-public" if public else ""
    return f"{report.name}-{place.code}-{words}{day}{version}.{language}.docx"


def _title(data: ReportData) -> str:
    title = data.words(data.report.title)
    parts = (f"{title[0].upper()}{title[1:]}", data.words(data.place.label))
    return " – ".join((*parts, data.words(data.period.label)))


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


def _names_people(report: Report) -> Problem:
    return Problem(
        "report-names-people",
        Text(
            vi=f"báo cáo «{report.name}» có tên người, không có bản công khai",
            en=f"the report “{report.name}” names people and has no public version",
        ),
        Text(
            vi="hãy bỏ --public và chỉ gửi cho người được xem; hoặc chọn báo cáo khác",
            en="leave out --public and give it to those who may see it; or choose another report",
        ),
    )


def _internal(report: Report) -> Problem:
    return Problem(
        "report-internal",
        Text(
            vi=f"báo cáo «{report.name}» là đề xuất chưa được duyệt, xét cả nợ vay của từng câu "
            "lạc bộ; không có bản công khai",
            en=f"the report “{report.name}” is a proposal nobody has decided on and judges the "
            "loans of single clubs; it has no public version",
        ),
        Text(
            vi="hãy bỏ --public và chỉ gửi cho hội đồng xét; công bố quyết định khen thưởng thay "
            "cho danh sách này",
            en="leave out --public and give it to the committee only; publish its decision instead",
        ),
    )
