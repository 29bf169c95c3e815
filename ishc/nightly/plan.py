"""Which steps a night has: what ``ishc.toml`` asks for, in the order in which it can be done."""

from collections.abc import Collection, Iterator
from datetime import date

from ishc.nightly.step import Step
from programme.dates import Month
from programme.nightly_settings import DueReport, Every
from programme.problem import Text
from programme.settings import Settings

MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_RECONCILED = ("reconcile",)


def steps_of(settings: Settings, day: date, made: Collection[str]) -> list[Step]:
    """List the steps of a night.

    Args:
        settings: ``[nightly]`` decides what is done beyond pulling and reconciling.
        day: the person's day; reports that are due on it and not made yet are steps.
        made: names of report steps that earlier nights finished.
    """
    wanted = settings.nightly
    steps = [
        Step("pull", Text(vi="lấy phiếu từ máy chủ", en="submissions from the servers"), ("pull",)),
        Step(
            "reconcile",
            Text(vi="đối chiếu", en="reconcile"),
            ("reconcile",),
            after=("pull",),
        ),
    ]
    if wanted.push:
        steps.append(
            Step(
                "push",
                Text(vi="ghi trạng thái lên máy chủ", en="states on the servers"),
                ("push",),
                needs=_RECONCILED,
                after=_RECONCILED,
            )
        )
    if wanted.publish:
        steps.append(
            Step(
                "publish",
                Text(vi="danh sách trên điện thoại", en="lists on phones"),
                ("publish", "--due"),
                needs=_RECONCILED,
                after=_RECONCILED,
            )
        )
    for report in wanted.reports:
        steps += [each for each in _reports(report, day) if each.name not in made]
    for kind in wanted.export:
        steps.append(
            Step(
                f"export {kind}",
                Text(vi=f"xuất bảng ({kind})", en=f"tables as {kind}"),
                ("export", "--to", kind),
                needs=_RECONCILED,
                after=_RECONCILED,
            )
        )
    return steps


def _reports(report: DueReport, day: date) -> Iterator[Step]:
    period = last_period(report.every, report.day, day)
    for area in report.areas:
        for language in report.languages:
            yield Step(
                f"report {report.report} {area} {period} {language}",
                Text(
                    vi=f"báo cáo {report.report}, địa bàn {area}, kỳ {period} ({language})",
                    en=f"report {report.report}, area {area}, period {period} ({language})",
                ),
                (
                    *("report", report.report, "--area", area, "--period", period),
                    *("--lang", language),
                ),
                needs=_RECONCILED,
                after=_RECONCILED,
            )


def last_period(every: Every, due_day: int, day: date) -> str:
    """Name the last period that is over and due, as ``ishc report --period`` reads it.

    Args:
        every: how long periods are.
        due_day: day of the month after its end from which a period's report is made.
        day: today.
    """
    # before the due day the month that ended last is not asked for yet
    ended = Month.of(day).plus(-1 if day.day >= due_day else -2)
    length = MONTHS[every]
    last = ended.plus(-(ended.number % length))
    if every == "year":
        return str(last.year)
    if every == "month":
        return str(last)
    letter = "Q" if every == "quarter" else "H"
    return f"{last.year}-{letter}{last.number // length}"
