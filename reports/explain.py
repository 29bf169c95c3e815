"""Where a figure comes from: definition, query, clubs, submissions, findings, what is left out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from connectors.reconcile.finding_links import Link, links
from connectors.store.raw import RawStore
from programme.dates import Month
from programme.problem import Problem, ProblemError, Text
from programme.text import did_you_mean, nearest
from reports import registers
from reports.behind import Asked, ask, forms_behind
from reports.closed import Closing
from reports.closed_figures import ClosedFigures, with_closed
from reports.indicators.compute import compute
from reports.indicators.definitions import Indicator
from reports.indicators.engines import engine_of
from reports.indicators.figures import Figure, Figures
from reports.periods import Period
from reports.place import COUNTRY, Place
from reports.sources import Sources

_CLOSE = 1e-6  # sums of fractions may differ in the last digit


@dataclass(frozen=True, slots=True)
class Part:
    """What one club, or one commune, gives to a figure."""

    code: str
    name: str
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission that a figure rests on.

    Args:
        on: the day it tells of.
        numerator, denominator: what it gives by itself; None where that cannot be told.
        address: where to look at it on its server.
    """

    form: str
    source: str
    id: int
    root_uuid: str
    club: str
    on: date | None
    numerator: float | None
    denominator: float | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Touching:
    """A finding about one of these submissions or clubs."""

    finding_id: str
    check: str
    severity: str
    title: Text
    club: str
    month: str
    form: str
    id: int | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not in a figure, and how much of it."""

    what: Text
    count: int


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything behind one figure.

    Args:
        indicator: its row in the workbook; None for a published figure of a closed phase.
        asked: the query that was run; None where there is none.
        parts: by club, or by commune for what is counted by commune.
        adds_up: whether the parts' sums are the figure's numerator and denominator.
        closing: the closing it stands in, None where the period is open.
    """

    figure: Figure
    indicator: Indicator | None
    place: Place
    period: Period
    as_of: date
    asked: Asked | None
    parts: tuple[Part, ...]
    adds_up: bool
    submissions: tuple[Submitted, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Touching, ...]
    closing: Closing | None


def explain(sources: Sources, code: str, place: Place, period: Period) -> list[Explained]:
    """Explain a figure.

    Args:
        code: of a target (``D11``, ``D25_women``), or of an indicator: then of every figure that
            it gives.

    Raises:
        ProblemError: ``figure-unknown`` with the nearest right code; what computing meets.
    """
    indicators = tuple(each for each in sources.definitions.indicators if code in _codes(each))
    if not indicators and code not in sources.definitions.targets:
        raise ProblemError(_unknown(code, sources))
    figures = with_closed(
        _figures(sources, indicators, place, period), sources.folder, sources.areas
    )
    here = figures.of(place.code, period)
    wanted = [each for each in here if code in (each.code, each.indicator)]
    exact = [each for each in wanted if each.code == code]
    if not wanted:
        raise ProblemError(_not_here(code))
    return [_explained(sources, figures, each, place, period) for each in exact or wanted]


def _codes(indicator: Indicator) -> set[str]:
    """Give the codes of the figures of an indicator, and its own."""
    of_targets = ("_".join(filter(None, (each, indicator.line))) for each in indicator.targets)
    return {indicator.code, *of_targets}


def _figures(
    sources: Sources, indicators: tuple[Indicator, ...], place: Place, period: Period
) -> Figures:
    return compute(
        replace(sources.definitions, indicators=indicators),  # only what is asked for
        sources.tables,
        sources.areas,
        (period,),
        sources.as_of,
        levels=tuple({place.level, "commune", "club"}),
        within=place.commune or place.province or COUNTRY,
        engine=engine_of(sources.settings.indicators),
    )


def _explained(
    sources: Sources, figures: Figures, figure: Figure, place: Place, period: Period
) -> Explained:
    indicator = next(
        (each for each in sources.definitions.indicators if each.code == figure.indicator), None
    )
    closing = None
    if isinstance(figures, ClosedFigures):
        closing = figures.closing(place.code, period)
    asked = ask(sources, figure, place, period) if indicator and not closing else None
    parts = tuple(_parts(sources, figures, figure, indicator, place, period))
    submissions: tuple[Submitted, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    if indicator is not None:
        rows = _submission_rows(sources, indicator, place)
        submissions = tuple(_submissions(sources, rows, asked, parts, period))
        left_out = tuple(_left_out(sources, rows, figure, period))
    return Explained(
        figure=figure,
        indicator=indicator,
        place=place,
        period=period,
        as_of=closing.as_of if closing else sources.as_of,
        asked=asked,
        parts=parts,
        adds_up=_adds_up(figure, parts),
        submissions=submissions,
        left_out=left_out,
        findings=tuple(_findings(sources, submissions, parts, place, period, indicator)),
        closing=closing,
    )


def _parts(
    sources: Sources,
    figures: Figures,
    figure: Figure,
    indicator: Indicator | None,
    place: Place,
    period: Period,
) -> Iterator[Part]:
    """Give what clubs give, or communes where clubs are not what is counted."""
    if indicator is None or place.level == "club":
        return
    by_commune = indicator.table == "communes"
    if by_commune and place.level == "commune":
        return
    clubs = registers.clubs(sources.tables)
    found = figures.below(figure.code, place.code, period, "commune" if by_commune else "club")
    for code, each in found.items():
        if each.numerator is None and each.denominator is None:
            continue
        if not each.numerator and not each.denominator:
            continue
        name = sources.areas.label(code) if by_commune else clubs[code].name
        yield Part(code, name, each.numerator, each.denominator)


def _adds_up(figure: Figure, parts: Sequence[Part]) -> bool:
    def same(whole: float | None, values: list[float | None]) -> bool:
        known = [value for value in values if value is not None]
        if whole is None or not known:
            return not whole and not any(known)
        return abs(sum(known) - whole) <= _CLOSE * max(1.0, abs(whole))

    return same(figure.numerator, [each.numerator for each in parts]) and same(
        figure.denominator, [each.denominator for each in parts]
    )


def _submission_rows(sources: Sources, indicator: Indicator, place: Place) -> list[dict[str, Any]]:
    """Give the register's rows of an area, of the forms that an indicator is made from."""
    forms = forms_behind(indicator)
    rows: list[dict[str, Any]] = pq.read_table(sources.tables.path("submission")).to_pylist()
    return [
        row
        for row in rows
        if (not forms or row["form"] in forms)
        and place.code in (COUNTRY, row["province_code"], row["commune_code"], row["club_code"])
    ]


def _submissions(
    sources: Sources,
    rows: Sequence[Mapping[str, Any]],
    asked: Asked | None,
    parts: Sequence[Part],
    period: Period,
) -> Iterator[Submitted]:
    """Give the submissions that gave something, with their part where it is known."""
    if asked is None:
        return
    given = {each.root_uuid: each for each in asked.given if each.root_uuid}
    clubs = {each.code for each in parts} | {each.club for each in asked.given}
    with _linking(sources) as link:
        for row in sorted(rows, key=_by_club_and_day):
            one = given.get(row["_root_uuid"]) if asked.by_submission else None
            is_of_club = row["counts"] and row["club_code"] in clubs
            others = not asked.by_submission or row["form"] == "loan_record"  # repayments
            if one or (others and is_of_club and _in_time(sources, row, period)):
                yield Submitted(
                    form=row["form"],
                    source=row["_source"],
                    id=row["_id"],
                    root_uuid=row["_root_uuid"],
                    club=row["club_code"] or "",
                    on=row["event_date"],
                    numerator=one.numerator if one else None,
                    denominator=one.denominator if one else None,
                    address=link(row),
                )


def _by_club_and_day(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["club_code"] or "", str(row["event_date"]), row["_root_uuid"]


def _in_time(sources: Sources, row: Mapping[str, Any], period: Period) -> bool:
    """Tell whether a submission can speak of a period: what is a stock began before it."""
    day = row["event_date"]
    first = period.start
    if row["form"] == "monthly_activity_report":
        first = Month.of(first).plus(-sources.definitions.carry_months).first
    if row["form"] in ("club_registration", "loan_record"):
        first = date.min
    return bool(day and first <= day <= period.cut_off(sources.as_of))


@contextmanager
def _linking(sources: Sources) -> Iterator[Link]:
    if not sources.folder.store.is_file():
        yield lambda _: None
        return
    with RawStore.read(sources.folder.store) as store:
        yield links(sources.settings, store)


def _left_out(
    sources: Sources, rows: Sequence[Mapping[str, Any]], figure: Figure, period: Period
) -> Iterator[LeftOut]:
    cut_off = period.cut_off(sources.as_of)
    refused = sum(1 for row in rows if row["refused"])
    later = sum(
        1
        for row in rows
        if not row["refused"] and row["event_date"] and row["event_date"] > cut_off
    )
    nowhere = sum(
        1 for row in rows if row["counts"] and not row["club_code"] and not row["refused"]
    )
    expected, reported = figure.clubs_expected, figure.clubs_reported
    counts = (
        (Text("phiếu bị người duyệt từ chối", "submissions that a person refused"), refused),
        (Text("phiếu về việc sau ngày chốt", "submissions on later days"), later),
        (
            Text("phiếu chưa rõ của câu lạc bộ nào", "submissions of a club that nobody knows"),
            nowhere,
        ),
        (
            Text("câu lạc bộ không có báo cáo nào", "clubs without any report"),
            (expected or 0) - (reported or 0),
        ),
    )
    for what, count in counts:
        if count:
            yield LeftOut(what, count)


def _findings(
    sources: Sources,
    submissions: Sequence[Submitted],
    parts: Sequence[Part],
    place: Place,
    period: Period,
    indicator: Indicator | None,
) -> Iterator[Touching]:
    if indicator is None:
        return
    wanted = {(each.form, each.source, each.id) for each in submissions}
    clubs = {each.code for each in parts} | ({place.code} if place.level == "club" else set())
    forms = forms_behind(indicator)
    first, last = f"{period.start:%Y-%m}", f"{period.cut_off(sources.as_of):%Y-%m}"
    columns = (
        *("finding_id", "check_code", "severity", "state", "title_vi", "title_en", "club_code"),
        *("month", "form", "_source", "_id"),
    )
    path = sources.tables.path("finding")
    known = set(pq.read_schema(path).names)
    rows = pq.read_table(path, columns=[each for each in columns if each in known]).to_pylist()
    for row in rows:
        if row["state"] == "waived":
            continue
        in_time = row["month"] is None or first <= row["month"] <= last
        of_club = row["club_code"] in clubs and (not forms or row["form"] in forms) and in_time
        if of_club or (row["form"], row["_source"], row["_id"]) in wanted:
            yield Touching(
                row.get("finding_id") or "",
                row["check_code"],
                row["severity"],
                Text(row["title_vi"], row["title_en"]),
                row["club_code"] or "",
                row["month"] or "",
                row["form"] or "",
                row["_id"],
            )


def _not_here(code: str) -> Problem:
    return Problem(
        "figure-not-here",
        Text(
            vi=f"kỳ và địa bàn này không có số liệu «{code}»",
            en=f"this period and area have no figure “{code}”",
        ),
        Text(
            vi="mục tiêu chỉ có trong giai đoạn của nó và ở địa bàn của nó: hãy ghi --period, "
            "--area khác",
            en="a target stands in its own phase and area only: give another --period or --area",
        ),
    )


def _unknown(code: str, sources: Sources) -> Problem:
    known = {each for one in sources.definitions.indicators for each in _codes(one)}
    near = did_you_mean(nearest(code, known | set(sources.definitions.targets)))
    return Problem(
        "figure-unknown",
        Text(vi=f"không có số liệu «{code}»{near.vi}", en=f"there is no figure “{code}”{near.en}"),
        Text(
            vi="mã số liệu ở trang indicators (cột code) và targets của indicators.xlsx; với một "
            "câu lạc bộ: ishc explain club MÃ",
            en="the codes stand in the sheets indicators (column code) and targets of "
            "indicators.xlsx; for a club: ishc explain club CODE",
        ),
    )
