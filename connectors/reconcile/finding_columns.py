"""The columns of the workbooks of findings."""

from collections.abc import Callable
from typing import Any

from connectors.reconcile.finding import value_mark
from connectors.reconcile.finding_words import DECISION_WORDS, STATE_WORDS
from connectors.reconcile.phrases import title_label
from connectors.reconcile.sheet_layout import Row, SheetColumn
from programme.dates import short
from programme.problem import SEVERITY_WORDS, Language, Severity, Text


def _cell(name: str) -> Callable[[Row, Language], Any]:
    return lambda row, _: row[name]


def _said(name: str) -> Callable[[Row, Language], Any]:
    return lambda row, language: row[f"{name}_{language}"]


def _day(name: str) -> Callable[[Row, Language], Any]:
    return lambda row, language: short(row[name], language) if row[name] else None


def _month(row: Row, language: Language) -> str | None:
    month: str | None = row["month"]
    return f"{month[5:]}/{month[:4]}" if month and language == "vi" else month


def _form(row: Row, language: Language) -> Any:
    title = row["form_title"]
    return title[language] if title else row["form"]


def _severity(row: Row, language: Language) -> str:
    severity: Severity = row["severity"]
    return SEVERITY_WORDS[severity].in_(language)


def _state(row: Row, language: Language) -> str:
    return next(word for state, word in STATE_WORDS.items() if state == row["state"]).in_(language)


def _owner(row: Row, language: Language) -> Any:
    return title_label(row["owner"] or "")[language]


def _club(row: Row, _: Language) -> str | None:
    code, name = row["club_code"], row["club_name"]
    return f"{name} ({code})" if name and code else name or code or row["about"]


def _nothing(_: Row, __: Language) -> None:
    return None  # for people to write in


def last_answer(row: Row, language: Language) -> str | None:
    """Write what was answered last: the decision, the words, by whom and when."""
    words = next((word for key, word in DECISION_WORDS.items() if key == row["decision"]), None)
    if words is None:
        return None
    day = short(row["answered_on"], language) if row["answered_on"] else ""
    by = ", ".join(part for part in (row["answered_by"], day) if part)
    said = f": {row['answer']}" if row["answer"] else ""
    return f"{words.in_(language)}{said}" + (f" ({by})" if by else "")


def finding_key(row: Row, _: Language = "vi") -> str:
    """Give the finding's id with the mark of the value that the reader sees."""
    return f"{row['finding_id']}.{value_mark(row)}"


KEY = SheetColumn(Text("Mã phát hiện", "Finding"), 22, finding_key, printed=False)
DECISION = SheetColumn(Text("Quyết định", "Decision"), 24, _nothing, printed=False, asks="choice")
ANSWER = SheetColumn(
    Text("Lý do, trả lời", "Reason or answer"), 40, _nothing, printed=False, asks="text"
)
BY = SheetColumn(Text("Người trả lời", "Answered by"), 20, _nothing, printed=False, asks="text")
ON = SheetColumn(Text("Ngày trả lời", "Answered on"), 13, _nothing, printed=False, asks="day")
_SEVERITY = SheetColumn(Text("Mức độ", "Severity"), 10, _severity)
_STATE = SheetColumn(Text("Trạng thái", "State"), 10, _state)
_MONTH = SheetColumn(Text("Tháng", "Month"), 9, _month)
_WHO = SheetColumn(Text("Người xử lý", "Who"), 11, _owner)
_CHECK = SheetColumn(Text("Mã kiểm tra", "Check"), 26, _cell("check_code"), printed=False)
_LAST = SheetColumn(Text("Trả lời gần nhất", "Last answer"), 36, last_answer, printed=False)
_BEHIND = (
    DECISION,
    ANSWER,
    BY,
    ON,
    _LAST,
    SheetColumn(Text("Phiếu trên máy chủ", "On the server"), 14, _cell("link"), printed=False,
                is_link=True),
    SheetColumn(Text("Phiếu số", "Submission"), 12, _cell("_id"), printed=False),
    SheetColumn(Text("Biểu mẫu", "Form"), 26, _form, printed=False),
    SheetColumn(Text("Mã câu lạc bộ", "Club code"), 12, _cell("club_code"), printed=False),
    SheetColumn(Text("Thấy từ", "First seen"), 12, _day("first_seen"), printed=False),
    _CHECK,
    SheetColumn(Text("Mã phiếu", "Submission uuid"), 40, _cell("_root_uuid"), printed=False),
    KEY,
)  # fmt: skip
FINDINGS = (
    _SEVERITY,
    _STATE,
    SheetColumn(Text("Câu lạc bộ", "Club"), 22, _club),
    _MONTH,
    SheetColumn(Text("Vấn đề", "What is wrong"), 42, _said("message")),
    SheetColumn(Text("Việc cần làm", "What to do"), 31, _said("do")),
    _WHO,
    *_BEHIND,
)
PROVINCE_FINDINGS = (
    _SEVERITY,
    _STATE,
    SheetColumn(Text("Câu lạc bộ", "Club"), 20, _club),
    SheetColumn(Text("Xã, phường", "Commune"), 14, _cell("commune_name")),
    _MONTH,
    SheetColumn(Text("Vấn đề", "What is wrong"), 36, _said("message")),
    SheetColumn(Text("Việc cần làm", "What to do"), 25, _said("do")),
    _WHO,
    *_BEHIND,
)
SUMMARY = (
    SheetColumn(Text("Kiểm tra", "Check"), 60, _said("title")),
    SheetColumn(Text("Mức độ", "Severity"), 14, _severity),
    SheetColumn(Text("Số phát hiện", "Findings"), 15, _cell("count")),
    SheetColumn(Text("Trong đó mới", "Of them new"), 12, _cell("new")),
    SheetColumn(Text("Bỏ qua", "Waived"), 10, _cell("waived")),
    SheetColumn(Text("Mã kiểm tra", "Code"), 26, _cell("check_code"), printed=False),
)
COMMUNES = (
    SheetColumn(Text("Mã xã", "Commune code"), 16, _cell("commune")),
    SheetColumn(Text("Xã, phường", "Commune"), 40, _cell("name")),
    SheetColumn(Text("Lỗi", "Errors"), 12, _cell("error")),
    SheetColumn(Text("Cần xem lại", "Warnings"), 14, _cell("warning")),
    SheetColumn(Text("Lưu ý", "Notes"), 12, _cell("note")),
)
CODES = (
    SheetColumn(Text("Từ, mã", "Word, code"), 28, _cell("word")),
    SheetColumn(Text("Loại", "Kind"), 14, _said("kind")),
    SheetColumn(Text("Nghĩa", "Meaning"), 48, _said("means")),
    SheetColumn(Text("Việc cần làm", "What to do"), 45, _said("do")),
)
_PAST = (
    SheetColumn(Text("Câu lạc bộ", "Club"), 24, _club),
    SheetColumn(Text("Xã, phường", "Commune"), 16, _cell("commune_name")),
    _MONTH,
    SheetColumn(Text("Vấn đề", "What was wrong"), 48, _said("message")),
)
MENDED = (
    *_PAST,
    SheetColumn(Text("Thấy từ", "First seen"), 12, _day("first_seen")),
    SheetColumn(Text("Hết từ", "Gone since"), 12, _day("mended_on")),
    _CHECK,
    KEY,
)
WAIVED = (
    *_PAST,
    SheetColumn(Text("Lý do, ai, ngày nào", "Reason, by whom, when"), 38, last_answer),
    _CHECK,
    KEY,
)
