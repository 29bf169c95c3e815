"""The submissions that a figure rests on, what it leaves out, and the findings about them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from connectors.reconcile.finding_links import Link, links
from connectors.store.raw import RawStore
from programme.dates import Month
from programme.problem import Text
from reports.balances import balance_reports
from reports.behind import Asked, forms_behind
from reports.explained import LeftOut, Part, Submitted, Touching
from reports.indicators.definitions import Indicator
from reports.indicators.figures import Figure
from reports.periods import Period
from reports.place import COUNTRY, Place
from reports.sources import Sources

MONTHLY = "monthly_activity_report"


def submission_rows(sources: Sources, indicator: Indicator, place: Place) -> list[dict[str, Any]]:
    """Give the register's rows of an area, of the forms that an indicator is made from."""
    forms = forms_behind(indicator)
    rows: list[dict[str, Any]] = pq.read_table(sources.tables.path("submission")).to_pylist()
    return [
        row
        for row in rows
        if (not forms or row["form"] in forms)
        and place.code in (COUNTRY, row["province_code"], row["commune_code"], row["club_code"])
    ]


def submissions_behind(
    sources: Sources,
    rows: Sequence[Mapping[str, Any]],
    indicator: Indicator,
    asked: Asked | None,
    parts: Sequence[Part],
    period: Period,
) -> Iterator[Submitted]:
    """Give the submissions that gave something, with their part where it is known."""
    if asked is None:
        return
    given = {each.root_uuid: each for each in asked.given if each.root_uuid}
    clubs = {each.code for each in parts} | {each.club for each in asked.given}
    balances = balance_reports(sources, indicator, period)
    with _linking(sources) as link:
        for row in sorted(rows, key=_by_club_and_day):
            one = given.get(row["_root_uuid"]) if asked.by_submission else None
            is_of_club = row["counts"] and row["club_code"] in clubs
            others = not asked.by_submission or row["form"] == "loan_record"  # repayments
            gave = others and is_of_club and _in_time(sources, row, period)
            if row["form"] == MONTHLY and balances is not None:
                gave = is_of_club and row["_root_uuid"] in balances
            if one or gave:
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
    if row["form"] == MONTHLY:
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


def left_out_of(
    sources: Sources, rows: Sequence[Mapping[str, Any]], figure: Figure, period: Period
) -> Iterator[LeftOut]:
    """Count what is not in a figure.

    Args:
        rows: the register's rows of the area, of the forms behind the figure.
    """
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


def findings_about(
    sources: Sources,
    submissions: Sequence[Submitted],
    parts: Sequence[Part],
    place: Place,
    period: Period,
    indicator: Indicator | None,
) -> Iterator[Touching]:
    """Give the findings about submissions behind a figure, or about its clubs in its time."""
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
