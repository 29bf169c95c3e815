"""What a report may be asked for: days that have passed, a time that has data, an area with clubs.

A report that cannot mean anything is refused; one that can only say little is made, and says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from programme.areas import Areas
from programme.dates import short
from programme.folder import SETTINGS
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.settings import Settings
from programme.text import fold
from reports.periods import Period
from reports.phases import Phase
from reports.place import Place as Subject


@dataclass(frozen=True, slots=True)
class Days:
    """The days a report depends on.

    Args:
        as_of: what was asked for with ``--as-of``, else today.
        today: the person's day; ``as_of`` where nobody knows it.
        reconciled: last day in the registers.
    """

    as_of: date
    today: date
    reconciled: date

    @property
    def counted(self) -> date:
        """The last day whose events can count."""
        return min(self.as_of, self.reconciled)


def check_days(period: Period, days: Days, phases: Iterable[Phase]) -> None:
    """Refuse days that have not come, and periods that nothing is known of.

    Raises:
        ProblemError: ``report-as-of-future``, ``report-period-future``, ``report-period-after``,
            ``report-period-not-reconciled``, ``report-period-too-early``.
    """
    if days.as_of > days.today:
        raise ProblemError(_as_of_in_future(days), Exit.USAGE)
    if period.start > days.today:
        raise ProblemError(_period_in_future(period, days), Exit.USAGE)
    if period.start > days.as_of:
        raise ProblemError(_period_after(period, days), Exit.USAGE)
    if period.start > days.reconciled:
        raise ProblemError(_not_reconciled(period, days))
    first = min((phase.start for phase in phases), default=period.end)
    if period.end < first:
        raise ProblemError(_too_early(period, first), Exit.USAGE)


def earlier_than_asked(period: Period, days: Days) -> Iterable[Problem]:
    """Note that the registers end before the day that was asked for."""
    if min(period.end, days.as_of) > days.reconciled:
        vi, en = short(days.reconciled, "vi"), short(days.reconciled, "en")
        yield Problem(
            "report-cut-off-earlier",
            Text(
                vi=f"số liệu mới đối soát đến ngày {vi}; báo cáo chốt số liệu đến ngày đó",
                en=f"the data are reconciled up to {en}; the report counts events up to that day",
            ),
            Text(
                vi="muốn số liệu mới hơn: chạy «ishc pull» và «ishc reconcile» trước",
                en="for later figures run “ishc pull” and “ishc reconcile” first",
            ),
            severity="note",
        )


def other_issuer(place: Subject, areas: Areas, settings: Settings) -> Iterable[Problem]:
    """Warn where the head block names another province than the one reported on."""
    issuer = f" {fold(settings.report.issuer.vi)} "
    if f" {fold(place.name)} " in issuer or "{" in settings.report.issuer.vi:
        return
    named = next(
        (each for each in areas.provinces.values() if f" {fold(each.name)} " in issuer), None
    )
    if named is not None:
        yield Problem(
            "report-issuer-elsewhere",
            Text(
                vi=f"báo cáo về {place.label.vi} nhưng phần đầu văn bản ghi cơ quan ban hành là "
                f"«{settings.report.issuer.vi}»",
                en=f"the report is on {place.label.en}, and its head block names "
                f"“{settings.report.issuer.en}” as the issuer",
            ),
            Text(
                vi="kiểm tra --area; nếu đúng, sửa [report] trong ishc.toml; để dùng cho mọi tỉnh, "
                'ghi issuer = "Hội Người cao tuổi {area}"',
                en="check --area; if it is right, mend [report] in ishc.toml; for every province "
                'write issuer = "Association of the Elderly of {area}"',
            ),
            Place(file=SETTINGS),
            "warning",
        )


def _as_of_in_future(days: Days) -> Problem:
    return Problem(
        "report-as-of-future",
        Text(
            vi=f"ngày chốt số liệu {short(days.as_of, 'vi')} chưa đến",
            en=f"the cut-off day {short(days.as_of, 'en')} has not come yet",
        ),
        Text(
            vi=f"hãy ghi --as-of đến hôm nay ({short(days.today, 'vi')}) trở về trước, hoặc bỏ "
            "--as-of",
            en=f"give a day up to today ({short(days.today, 'en')}) with --as-of, or leave it out",
        ),
    )


def _period_in_future(period: Period, days: Days) -> Problem:
    return Problem(
        "report-period-future",
        Text(
            vi=f"kỳ «{period.name}» bắt đầu ngày {short(period.start, 'vi')}, chưa đến",
            en=f"the period “{period.name}” begins on {short(period.start, 'en')}, which has not "
            "come yet",
        ),
        Text(
            vi=f"hãy ghi một kỳ đã bắt đầu (hôm nay {short(days.today, 'vi')}), ví dụ --period "
            f"{days.today.year}",
            en=f"give a period that has begun (today is {short(days.today, 'en')}), such as "
            f"--period {days.today.year}",
        ),
    )


def _period_after(period: Period, days: Days) -> Problem:
    return Problem(
        "report-period-after",
        Text(
            vi=f"kỳ «{period.name}» bắt đầu ngày {short(period.start, 'vi')}, sau ngày chốt số "
            f"liệu {short(days.as_of, 'vi')}",
            en=f"the period “{period.name}” begins on {short(period.start, 'en')}, after the "
            f"cut-off day {short(days.as_of, 'en')}",
        ),
        Text(
            vi="hãy ghi --as-of muộn hơn, hoặc một kỳ sớm hơn",
            en="give a later --as-of, or an earlier period",
        ),
    )


def _not_reconciled(period: Period, days: Days) -> Problem:
    return Problem(
        "report-period-not-reconciled",
        Text(
            vi=f"kỳ «{period.name}» bắt đầu ngày {short(period.start, 'vi')}, nhưng số liệu mới "
            f"đối soát đến ngày {short(days.reconciled, 'vi')}",
            en=f"the period “{period.name}” begins on {short(period.start, 'en')}, but the data "
            f"are reconciled only up to {short(days.reconciled, 'en')}",
        ),
        Text(
            vi="hãy chạy «ishc pull» và «ishc reconcile», rồi làm lại báo cáo",
            en="run “ishc pull” and “ishc reconcile”, then make the report again",
        ),
    )


def _too_early(period: Period, first: date) -> Problem:
    return Problem(
        "report-period-too-early",
        Text(
            vi=f"kỳ «{period.name}» kết thúc trước khi chương trình bắt đầu "
            f"({short(first, 'vi')}): không có số liệu nào",
            en=f"the period “{period.name}” ends before the programme began "
            f"({short(first, 'en')}): there are no figures",
        ),
        Text(
            vi="hãy ghi một kỳ muộn hơn; các giai đoạn nằm ở trang phases của indicators.xlsx",
            en="give a later period; the phases are in the sheet phases of indicators.xlsx",
        ),
    )
