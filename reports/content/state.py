"""What a report can speak of: whether there are clubs, reports, loans; and what has to be said."""

from collections.abc import Iterator
from dataclasses import dataclass

from programme.dates import Month
from programme.problem import Problem, Text
from reports.content.data import ReportData


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
    """

    begun: Month | None
    collected: bool
    clubs: int
    due: int
    received: int
    new_loans: int
    findings: int


def state_of(data: ReportData) -> State:
    """Count what the analysis tables hold."""
    counts = (
        _count(data, "FROM club_state WHERE active"),
        _count(data, "FROM club_months WHERE expected"),
        _count(data, "FROM club_months WHERE expected AND reported"),
        _count(data, "FROM loans WHERE lent_in_period"),
        _count(data, "FROM findings"),
    )
    collected = data.frames.collected()
    # the registers know of clubs founded before that, and nothing of what they did
    return State(data.frames.begun(), collected, *(counts if collected else [0] * len(counts)))


def _count(data: ReportData, what: str) -> int:
    found: int = data.frames.rows(f"SELECT COUNT(*) AS found {what}")[0]["found"]
    return found


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
    area = data.area
    return Problem(
        "report-area-empty",
        Text(
            vi=f"số liệu thu thập chưa có câu lạc bộ nào đang hoạt động trên địa bàn "
            f"{area.label[0].lower()}{area.label[1:]}; báo cáo không có số liệu để đánh giá",
            en=f"the data collected hold no club in operation in {area.in_('en')}; the report has "
            "no figures to judge by",
        ),
        Text(
            vi=f"kiểm tra mã --area {area.code} và phiếu đăng ký câu lạc bộ của địa bàn",
            en=f"check --area {area.code} and the registrations of its clubs",
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
