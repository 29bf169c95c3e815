"""What a report can speak of: whether there are clubs, reports, loans; and what has to be said."""

from collections.abc import Iterator
from dataclasses import dataclass

from programme.dates import Month
from programme.problem import Problem, Text
from reports import registers
from reports.content.data import ReportData
from reports.content.months import reports_of


@dataclass(frozen=True, slots=True)
class State:
    """Whether there is something to speak of.

    Args:
        begun: first month that any club had to report, None when there was none yet.
        collected: whether data were being collected at the cut-off.
        clubs: clubs of the area in operation at the cut-off.
        due: monthly reports that the area's clubs had to send in the period.
        received: those that were received.
        new_loans: loans made in the period.
        findings: data problems of the period.
        findings_clubs: clubs that they are about.
    """

    begun: Month | None
    collected: bool
    clubs: int = 0
    due: int = 0
    received: int = 0
    new_loans: int = 0
    findings: int = 0
    findings_clubs: int = 0


def state_of(data: ReportData) -> State:
    """Count what there is to speak of."""
    return data.kept("state", lambda: _count_all(data))


def _count_all(data: ReportData) -> State:
    begun = registers.begun(data.tables)
    if begun is not None and begun > Month.of(data.cut_off):
        # the registers know of clubs founded before that, and nothing of what they did
        return State(begun, collected=False)
    reports = reports_of(data)
    findings = registers.findings_in(data.tables, data.place.code, *data.month_names)
    return State(
        begun,
        collected=True,
        clubs=_count(data, "clubs"),
        due=sum(due for _, due, _ in reports),
        received=sum(received for *_, received in reports),
        new_loans=_count(data, "loans_made"),
        findings=len(findings),
        findings_clubs=len({each.club for each in findings if each.club}),
    )


def _count(data: ReportData, code: str) -> int:
    figure = data.one(code)
    if figure is not None and figure.hidden is not None:
        return 1  # of which the public version does not say how many
    return int(figure.value) if figure is not None and figure.value is not None else 0


def notices(data: ReportData) -> Iterator[Problem]:
    """Warn of a report that can say little; the same sentences stand on its first page."""
    state = state_of(data)
    if not state.collected:
        assert state.begun is not None
        yield _before_collection(data, state.begun)
    elif not state.clubs:
        yield _no_clubs(data)
    elif state.due and not state.received:
        yield _no_reports(data, state)


def _before_collection(data: ReportData, begun: Month) -> Problem:
    return Problem(
        "report-before-collection",
        Text(
            vi=f"kỳ này kết thúc trước khi bắt đầu thu thập số liệu ({begun.in_('vi')}); báo cáo "
            "chỉ nêu các số liệu đã công bố, có ghi nguồn, các số liệu khác là “thiếu số liệu”",
            en=f"the period ended before data were collected ({begun.in_('en')}); the report gives "
            "published figures with their sources only, all others read “no data”",
        ),
        Text(
            vi=f"muốn có số liệu thu thập: chọn kỳ từ {begun.in_('vi')} trở đi",
            en=f"for collected figures choose a period from {begun.in_('en')} on",
        ),
        severity="warning",
    )


def _no_clubs(data: ReportData) -> Problem:
    area, code = data.place.inside, data.place.code
    if data.place.level == "club":
        return Problem(
            "report-area-empty",
            Text(
                vi=f"{area.vi} không hoạt động vào ngày chốt số liệu; phiếu không có số liệu để "
                "đánh giá",
                en=f"{area.en} was not in operation at the cut-off; the sheet has no figures to "
                "judge by",
            ),
            Text(
                vi=f"kiểm tra mã --area {code}, kỳ báo cáo và tình trạng của câu lạc bộ "
                f"(«ishc explain club {code}»)",
                en=f"check --area {code}, the period and the club's state (“ishc explain club "
                f"{code}”)",
            ),
            severity="warning",
        )
    return Problem(
        "report-area-empty",
        Text(
            vi=f"số liệu thu thập chưa có câu lạc bộ nào đang hoạt động trên địa bàn {area.vi}; "
            "báo cáo không có số liệu để đánh giá",
            en=f"the data collected hold no club in operation in {area.en}; the report has no "
            "figures to judge by",
        ),
        Text(
            vi=f"kiểm tra mã --area {code} và phiếu đăng ký câu lạc bộ của địa bàn",
            en=f"check --area {code} and the registrations of its clubs",
        ),
        severity="warning",
    )


def _no_reports(data: ReportData, state: State) -> Problem:
    return Problem(
        "report-without-reports",
        Text(
            vi=f"chưa nhận báo cáo tháng nào trong {state.due} báo cáo phải có của kỳ; các số liệu "
            "theo báo cáo tháng là “thiếu số liệu”",
            en=f"none of the {state.due} monthly reports due in the period was received; figures "
            "from monthly reports read “no data”",
        ),
        Text(
            vi="chạy «ishc pull» và «ishc reconcile», hoặc nhắc các câu lạc bộ gửi báo cáo",
            en="run “ishc pull” and “ishc reconcile”, or remind the clubs to report",
        ),
        severity="warning",
    )
