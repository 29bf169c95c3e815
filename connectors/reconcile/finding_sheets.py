"""What a workbook of findings says: what is wrong, where, who mends it and how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook

from connectors.reconcile.phrases import title_label
from connectors.reconcile.sheet_layout import Head, Row, SheetColumn, write_sheet
from programme.dates import short
from programme.problem import SEVERITY_WORDS, Language, Severity, Text

SEVERITY_ORDER = list(SEVERITY_WORDS)


def _cell(name: str) -> Callable[[Row, Language], Any]:
    return lambda row, _: row[name]


def _said(name: str) -> Callable[[Row, Language], Any]:
    return lambda row, language: row[f"{name}_{language}"]


def _month(row: Row, language: Language) -> str | None:
    month: str | None = row["month"]
    return f"{month[5:]}/{month[:4]}" if month and language == "vi" else month


def _form(row: Row, language: Language) -> Any:
    title = row["form_title"]
    return title[language] if title else row["form"]


def _severity(row: Row, language: Language) -> str:
    severity: Severity = row["severity"]
    return SEVERITY_WORDS[severity].in_(language)


def _owner(row: Row, language: Language) -> Any:
    return title_label(row["owner"] or "")[language]


FINDINGS = (
    SheetColumn(Text("Mức độ", "Severity"), 10, _severity),
    SheetColumn(Text("Mã câu lạc bộ", "Club code"), 11, _cell("club_code")),
    SheetColumn(Text("Câu lạc bộ", "Club"), 20, _cell("club_name")),
    SheetColumn(Text("Tháng", "Month"), 9, _month),
    SheetColumn(Text("Vấn đề", "What is wrong"), 42, _said("message")),
    SheetColumn(Text("Việc cần làm", "What to do"), 32, _said("do")),
    SheetColumn(Text("Người xử lý", "Who"), 11, _owner),
    SheetColumn(Text("Biểu mẫu", "Form"), 26, _form, printed=False),
    SheetColumn(Text("Phiếu số", "Submission"), 12, _cell("_id"), printed=False),
    SheetColumn(Text("Mã phiếu", "Submission uuid"), 40, _cell("_root_uuid"), printed=False),
    SheetColumn(Text("Mã kiểm tra", "Check"), 26, _cell("check_code"), printed=False),
)
SUMMARY = (
    SheetColumn(Text("Kiểm tra", "Check"), 60, _said("title")),
    SheetColumn(Text("Mức độ", "Severity"), 14, _severity),
    SheetColumn(Text("Số phát hiện", "Findings"), 15, _cell("count")),
    SheetColumn(Text("Mã kiểm tra", "Code"), 26, _cell("check_code"), printed=False),
)
COMMUNES = (
    SheetColumn(Text("Mã xã", "Commune code"), 16, _cell("commune")),
    SheetColumn(Text("Xã, phường", "Commune"), 40, _cell("name")),
    SheetColumn(Text("Lỗi", "Errors"), 12, _cell("error")),
    SheetColumn(Text("Cần xem lại", "Warnings"), 14, _cell("warning")),
    SheetColumn(Text("Lưu ý", "Notes"), 12, _cell("note")),
)
TITLE = Text("Phát hiện về số liệu: {}", "Findings about the data: {}")
ALL_COMMUNES = Text("các xã, phường", "all communes")
AS_OF = Text("Số liệu chốt đến ngày {}", "Data up to {}")
SYNTHETIC = Text("SỐ LIỆU GIẢ ĐỊNH để làm thử", "SYNTHETIC DATA, made up for trying")
GUIDE = Text(
    vi="Đây là những chỗ trong các phiếu đã gửi có vẻ chưa đúng hoặc còn thiếu. Mỗi dòng: đọc cột "
    "«Vấn đề», so với sổ sách của câu lạc bộ, rồi người ở cột «Người xử lý» làm theo cột «Việc cần "
    "làm». Sửa xong không phải gửi lại bảng này: lần đối chiếu sau dòng đó tự mất. Nếu chưa rõ, "
    "hoặc số liệu đã gửi là đúng, hãy báo {asked}.",
    en="These are places in the submissions that look wrong or are missing. For each row: read "
    "“What is wrong”, compare it with the club's books, then the person under “Who” does what "
    "“What to do” says. Nothing has to be sent back: the row is gone after the next reconciling. "
    "If it is unclear, or what was sent is right, tell {asked}.",
)
SENDER = Text("nơi gửi bảng này", "whoever sent you this table")
OVERVIEW_GUIDE = Text(
    vi="Bảng này để theo dõi chung. Mỗi xã, phường có một bảng riêng trong cùng thư mục, tên tệp "
    "là mã xã: hãy gửi bảng đó cho xã.",
    en="This table is for following the whole. Each commune has its own table in the same folder, "
    "named by the commune's code: send it to the commune.",
)
SHEETS = {
    "findings": Text("Phát hiện", "Findings"),
    "summary": Text("Tổng hợp", "Summary"),
    "communes": Text("Theo xã", "By commune"),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """What every workbook of a run says of itself.

    Args:
        as_of: cut-off date of the data.
        language: of the workbook.
        synthetic: the data are made up; every sheet says so.
        asked: who answers questions about it, empty when not known.
    """

    as_of: date
    language: Language
    synthetic: bool
    asked: str = ""

    def head(self, name: str, guide: Text = GUIDE) -> Head:
        """Give what stands above a table."""
        day = AS_OF.in_(self.language).format(short(self.as_of, self.language))
        mark = f" · {SYNTHETIC.in_(self.language)}" if self.synthetic else ""
        asked = self.asked or SENDER.in_(self.language)
        title = TITLE.in_(self.language).format(name)
        return Head(title, day + mark, guide.in_(self.language).replace("{asked}", asked))


def commune_workbook(name: str, rows: Sequence[Row], issue: Issue) -> Workbook:
    """Make the workbook of one commune: its findings, worst first, and how many of each kind."""
    book = Workbook()
    head, language = issue.head(name), issue.language
    ordered = sorted(rows, key=_worst_first)
    write_sheet(book, SHEETS["findings"], head, FINDINGS, ordered, language)
    write_sheet(book, SHEETS["summary"], head, SUMMARY, _summary(rows), language)
    return book


def overview_workbook(
    by_commune: Mapping[str, Sequence[Row]],
    names: Mapping[str, str],
    issue: Issue,
) -> Workbook:
    """Make the overview: how many findings of each kind, and in which commune."""
    book = Workbook()
    language = issue.language
    head = issue.head(ALL_COMMUNES.in_(language), OVERVIEW_GUIDE)
    everything = [row for rows in by_commune.values() for row in rows]
    communes = [
        {"commune": code, "name": names[code], **_by_severity(rows)}
        for code, rows in by_commune.items()
    ]
    write_sheet(book, SHEETS["summary"], head, SUMMARY, _summary(everything), language)
    write_sheet(book, SHEETS["communes"], head, COMMUNES, communes, language)
    return book


def _worst_first(row: Row) -> tuple[Any, ...]:
    return (SEVERITY_ORDER.index(row["severity"]), row["club_code"] or "", row["month"] or "",
            row["check_code"], row["_root_uuid"] or "")  # fmt: skip


def _summary(rows: Sequence[Row]) -> list[Row]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        counted = found.setdefault(row["check_code"], {**row, "count": 0})
        counted["count"] += 1
    return sorted(
        found.values(),
        key=lambda row: (SEVERITY_ORDER.index(row["severity"]), -row["count"], row["check_code"]),
    )


def _by_severity(rows: Sequence[Row]) -> dict[str, int]:
    return {
        severity: sum(row["severity"] == severity for row in rows) for severity in SEVERITY_ORDER
    }
