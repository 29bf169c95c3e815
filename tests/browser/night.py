"""A page of the night with everything that may stand on it, made up and long."""

from datetime import date, datetime, timedelta

from ishc.nightly.ledger import Night
from ishc.nightly.page import page
from ishc.nightly.picture import Findings, Picture, Reporting
from ishc.nightly.progress import PhaseProgress, Progress
from ishc.nightly.step import Outcome, Step
from ishc.nightly.summary import Summary
from programme.dates import Month
from programme.problem import Place, Problem, Text

BEGAN = datetime(2026, 11, 21, 21, 30)


def both(text: str) -> Text:
    return Text(vi=text, en=text)


def problem(number: int) -> Problem:
    return Problem(
        "token-refused" if number == 0 else "report-not-made",
        Text(
            vi=f"máy chủ số {number} không nhận mã truy cập",
            en=f"server {number} refuses the token",
        ),
        both("hãy lấy mã mới, ghi vào data/token, rồi chạy: ishc nightly"),
        Place(file="reports/templates/province_periodic.vi.docx", row=number),
        severity="error" if number == 0 else "warning",
    )


def nights() -> list[Night]:
    """Thirty nights, some of them bad."""
    days = [BEGAN - timedelta(days=back) for back in reversed(range(30))]
    ends = [(each + timedelta(minutes=12)).isoformat() for each in days]
    states = [3 if number % 7 == 0 else 0 for number in range(30)]
    return [
        Night(day.isoformat(), {}, ended, status)
        for day, ended, status in zip(days, ends, states, strict=True)
    ]


def night_page() -> str:
    """Give the page in Vietnamese, of a night in which a server was not to be reached."""
    steps = [
        (Step("pull", both("lấy phiếu từ máy chủ"), ("pull",)), "failed"),
        (Step("reconcile", both("đối chiếu"), ("reconcile",)), "done"),
        (Step("export xlsx", both("xuất bảng ra Excel"), ("export", "--to", "xlsx")), "skipped"),
    ]
    outcomes = {step.name: Outcome(step.name, state) for step, state in steps}
    night = Night(BEGAN.isoformat(), outcomes, (BEGAN + timedelta(minutes=9)).isoformat(), 3)
    picture = Picture(
        as_of=date(2026, 11, 21),
        month=Month(2026, 10),
        reporting=[Reporting(f"Xã có tên khá dài số {n}", 12, 12 - n % 5) for n in range(14)],
        findings=[Findings("error", 8, 2), Findings("warning", 62, 0, 9), Findings("note", 3, 3)],
        kinds=[
            (both("Quỹ tăng thu nhập: đầu kỳ khác cuối kỳ trước"), 21),
            (both("Thiếu báo cáo"), 9),
        ],
        clubs=160,
    )
    target = Progress(
        label=both("Tỷ lệ thôn, bản, buôn, ấp, khóm, khu phố, tổ dân phố có câu lạc bộ"),
        value=both("12,4%"),
        target=both("30%"),
        rating=both("chưa đạt"),
        percent=41.0,
    )
    progress = PhaseProgress(both("Tỉnh Lạng Sơn"), both("giai đoạn 2025–2030"), [target] * 9)
    summary = Summary(
        name=both("Câu lạc bộ liên thế hệ tự giúp nhau"),
        synthetic=True,
        night=night,
        steps=[(step, outcomes[step.name]) for step, _ in steps],
        picture=picture,
        nights=[*nights()[:-1], night],
        problems=[problem(number) for number in range(8)],
    )
    return page(summary, progress, "vi")
