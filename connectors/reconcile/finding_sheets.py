"""What a workbook of findings looks like: readable on paper and on a small screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from connectors.reconcile.phrases import title_label
from connectors.store.cells import safe_cell
from programme.dates import short
from programme.problem import Language, Severity, Text

Row = Mapping[str, Any]

SEVERITY_WORDS: Mapping[Severity, Text] = {
    "error": Text("Lỗi", "Error"),
    "warning": Text("Cần xem lại", "Warning"),
    "note": Text("Lưu ý", "Note"),
}
SEVERITY_ORDER = list(SEVERITY_WORDS)
_FILLS = {"error": "F8D7DA", "warning": "FFF3CD", "note": "E2E3E5"}
_HEADER = PatternFill("solid", fgColor="1F4E79")
_LINE = Border(bottom=Side(style="thin", color="BFBFBF"))
FIRST_ROW = 4  # below title, cut-off date and an empty row
LINE_HEIGHT = 15  # points
PRINTED = 7  # columns that go on paper; the rest is for finding the submission


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: its header, its width in characters, its value."""

    header: Text
    width: int
    value: Callable[[Row, Language], Any]


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


def _owner(row: Row, language: Language) -> Any:
    return title_label(row["owner"] or "")[language]


FINDINGS = (
    SheetColumn(Text("Mức độ", "Severity"), 13,
                lambda row, language: SEVERITY_WORDS[row["severity"]].in_(language)),
    SheetColumn(Text("Mã câu lạc bộ", "Club code"), 12, _cell("club_code")),
    SheetColumn(Text("Câu lạc bộ", "Club"), 30, _cell("club_name")),
    SheetColumn(Text("Tháng", "Month"), 10, _month),
    SheetColumn(Text("Vấn đề", "What is wrong"), 62, _said("message")),
    SheetColumn(Text("Việc cần làm", "What to do"), 50, _said("do")),
    SheetColumn(Text("Người xử lý", "Who"), 14, _owner),
    SheetColumn(Text("Biểu mẫu", "Form"), 24, _form),
    SheetColumn(Text("Phiếu số", "Submission"), 12, _cell("_id")),
    SheetColumn(Text("Mã phiếu", "Submission uuid"), 38, _cell("_root_uuid")),
    SheetColumn(Text("Mã kiểm tra", "Check"), 24, _cell("check_code")),
)  # fmt: skip
SUMMARY = (
    SheetColumn(Text("Kiểm tra", "Check"), 52, _said("title")),
    SheetColumn(Text("Mã kiểm tra", "Code"), 26, _cell("check_code")),
    SheetColumn(Text("Mức độ", "Severity"), 14,
                lambda row, language: SEVERITY_WORDS[row["severity"]].in_(language)),
    SheetColumn(Text("Số phát hiện", "Findings"), 14, _cell("count")),
)  # fmt: skip
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
    """

    as_of: date
    language: Language
    synthetic: bool

    def head(self, name: str) -> tuple[str, str]:
        """Give the two lines above a table."""
        day = AS_OF.in_(self.language).format(short(self.as_of, self.language))
        mark = f" · {SYNTHETIC.in_(self.language)}" if self.synthetic else ""
        return TITLE.in_(self.language).format(name), day + mark


def commune_workbook(name: str, rows: Sequence[Row], issue: Issue) -> Workbook:
    """Make the workbook of one commune: its findings, worst first, and how many of each kind."""
    book = Workbook()
    head, language = issue.head(name), issue.language
    ordered = sorted(rows, key=_worst_first)
    _sheet(book, SHEETS["findings"], head, FINDINGS, ordered, language)
    _sheet(book, SHEETS["summary"], head, SUMMARY, _summary(rows), language)
    return book


def overview_workbook(
    by_commune: Mapping[str, Sequence[Row]],
    names: Mapping[str, str],
    issue: Issue,
) -> Workbook:
    """Make the overview: how many findings of each kind, and in which commune."""
    book = Workbook()
    language = issue.language
    head = issue.head(ALL_COMMUNES.in_(language))
    everything = [row for rows in by_commune.values() for row in rows]
    communes = [
        {"commune": code, "name": names[code], **_by_severity(rows)}
        for code, rows in by_commune.items()
    ]
    _sheet(book, SHEETS["summary"], head, SUMMARY, _summary(everything), language)
    _sheet(book, SHEETS["communes"], head, COMMUNES, communes, language)
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


def _sheet(
    book: Workbook,
    name: Text,
    head: tuple[str, str],
    columns: Sequence[SheetColumn],
    rows: Sequence[Row],
    language: Language,
) -> None:
    first = book.active if book.sheetnames == ["Sheet"] else None
    sheet: Worksheet = first if isinstance(first, Worksheet) else book.create_sheet()
    sheet.title = name.in_(language)
    sheet["A1"], sheet["A2"] = (safe_cell(text) for text in head)
    sheet["A1"].font = Font(bold=True, size=14)
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(FIRST_ROW, number, column.header.in_(language))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEADER
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for at, row in enumerate(rows, FIRST_ROW + 1):
        _fill_row(sheet, at, columns, row, language)
    last = f"{get_column_letter(len(columns))}{FIRST_ROW + len(rows)}"
    sheet.auto_filter.ref = f"A{FIRST_ROW}:{last}"
    sheet.freeze_panes = f"A{FIRST_ROW + 1}"
    sheet.row_dimensions[FIRST_ROW].height = 2 * LINE_HEIGHT + 4
    _paper(sheet, min(len(columns), PRINTED), FIRST_ROW + len(rows))


def _fill_row(
    sheet: Worksheet, at: int, columns: Sequence[SheetColumn], row: Row, language: Language
) -> None:
    lines = 1
    for number, column in enumerate(columns, 1):
        value = safe_cell(column.value(row, language))
        lines = max(lines, ceil(len(str(value or "")) / column.width))
        cell = sheet.cell(at, number, value)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.border = _LINE
        if number == 1 and "severity" in row:
            cell.fill = PatternFill("solid", fgColor=_FILLS[row["severity"]])
    # programs other than Excel do not make rows higher by themselves
    sheet.row_dimensions[at].height = LINE_HEIGHT * lines + 4


def _paper(sheet: Worksheet, columns: int, last_row: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = f"A1:{get_column_letter(columns)}{last_row}"
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = 0.4  # inches
    sheet.print_title_rows = f"{FIRST_ROW}:{FIRST_ROW}"
