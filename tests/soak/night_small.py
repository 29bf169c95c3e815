"""A programme with few checks and indicators, so that a night takes seconds: nights are tested
here, and what is computed in them elsewhere."""

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from programme.folder import Folder

CHECKS = {
    "month_missing", "report_late", "income_closing_differs", "loan_overdue", "attendance_parts",
    "club_never_inspected", "report_loans_differ",
}  # fmt: skip
INDICATORS = {"new_clubs", "older_members_new"}
TARGETS = {"D1", "D3", "D4", "D13", "D14"}  # those that these two measure


def shorten(folder: Folder) -> None:
    """Keep some checks and indicators, as an author may."""
    book = load_workbook(folder.checks)
    for row in book["checks"].iter_rows(min_row=2):
        if row[0].value not in CHECKS:
            row[1].value = "no"
    book.save(folder.checks)
    book = load_workbook(folder.indicators)
    _keep(book["indicators"], INDICATORS)
    _keep(book["targets"], TARGETS)
    _keep(book["baselines"], set())
    _keep(book["breakdowns"], set())
    for row in book["indicators"].iter_rows(min_row=2):
        row[20].value = None
    book.save(folder.indicators)


def _keep(sheet: Worksheet, codes: set[str]) -> None:
    for number in range(sheet.max_row, 1, -1):
        if sheet.cell(number, 1).value not in codes:
            sheet.delete_rows(number)
