"""The workbook to fill in: a sheet a kind of thing, choices to pick from, an explanation."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from connectors.importing.sheets import ABOUT, STATUSES, TITLES, Field, fields
from connectors.importing.values import Choices
from connectors.reconcile.sheet_layout import FILLED, FONT, LINE_HEIGHT
from programme.area import Area
from programme.problem import Language, Text
from programme.writing import write_saved

GUIDE = Text(vi="Hướng dẫn", en="Guide")
CHOICES = "lists"
LAST_ROW = 5000  # the choices reach so far down; more rows are read all the same
_HEADER, _NEEDED = PatternFill("solid", fgColor="1F4E79"), PatternFill("solid", fgColor="8A2A0B")
_SIDE = Side(style="thin", color="BFBFBF")
_GUIDE_WIDTHS = (24, 32, 70)
_EDGE = Border(left=_SIDE, right=_SIDE, bottom=_SIDE, top=_SIDE)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_WIDTHS: Mapping[str, int] = {"text": 22, "whole": 12, "decimal": 12, "money": 16, "day": 14,
                              "month": 12, "choice": 20}  # fmt: skip
_FORMATS: Mapping[str, str] = {"day": "dd/mm/yyyy", "money": "#,##0", "text": "@", "month": "@"}

STEPS = (
    Text(
        vi="Tệp này dùng để đưa vào máy những gì đã có sẵn trên sổ sách: câu lạc bộ, Ban Chủ "
        "nhiệm, thành viên, khoản vay còn nợ, số dư, thôn, loại địa bàn của xã.",
        en="This workbook takes over what exists on paper already: clubs, boards, members, open "
        "loans, balances, villages, kinds of area.",
    ),
    Text(
        vi="1. Trang «about»: ghi ai cung cấp số liệu và số liệu đến ngày nào.",
        en="1. Sheet “about”: who gave the data, and of what day they are.",
    ),
    Text(
        vi="2. Điền các trang cần nhập; trang không cần thì để trống. Cột nền nâu phải điền ở mọi "
        "dòng; cột nền xanh có thể để trống. Không biết thì để trống, không ghi 0.",
        en="2. Fill in the sheets that you need and leave the others. Columns with a brown header "
        "are needed in every row, blue ones may stay empty. Leave empty what is not known; 0 "
        "means none.",
    ),
    Text(
        vi="3. Tiền ghi bằng đồng (5000000). Ngày ghi 05/02/2024.",
        en="3. Sums are in đồng (5000000), days as 05/02/2024 or 2024-02-05.",
    ),
    Text(
        vi="4. Chỉ người đã đồng ý mới được ghi tên vào máy: ai để trống cột «Đồng ý cho ghi tên» "
        "chỉ được đếm.",
        en="4. Only people who consented are named: who has no entry under “Consent to be named” "
        "is counted and not named.",
    ),
    Text(
        vi="5. Kiểm tra: ishc import TỆP.xlsx --check. Nhập: ishc import TỆP.xlsx. Nhập lại cùng "
        "một tệp không làm thay đổi gì; sửa một dòng rồi nhập lại thì dòng đó được thay.",
        en="5. Look for mistakes: ishc import FILE.xlsx --check. Import: ishc import FILE.xlsx. "
        "Importing the same again changes nothing; a mended row takes the place of the old one.",
    ),
)


def write_template(
    path: Path, language: Language, choices: Mapping[str, Choices], communes: Sequence[Area]
) -> None:
    """Write an empty workbook to fill in.

    Args:
        path: the file; the caller has made sure that nothing is overwritten unasked.
        language: of titles, choices and explanation; names of sheets and columns stay.
        choices: by question.
        communes: to pick from, those of one province for instance.
    """
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    _write_guide(guide, language)
    lists = book.create_sheet(CHOICES)
    ranges = _write_choices(book, lists, language, choices, communes)
    for name in TITLES:
        _write_sheet(book.create_sheet(name), fields()[name], language, ranges)
    lists.sheet_state = "hidden"
    book.move_sheet(lists, len(book.sheetnames))
    write_saved(path, book.save)


def _write_guide(sheet: Worksheet, language: Language) -> None:
    sheet.title = GUIDE.in_(language)
    for letter, width in zip("ABC", _GUIDE_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for at, step in enumerate(STEPS, 1):
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=3)
        cell = sheet.cell(at, 1, step.in_(language))
        cell.font, cell.alignment = Font(name=FONT, bold=at == 1), _WRAPPED
        sheet.row_dimensions[at].height = _height(step.in_(language), sum(_GUIDE_WIDTHS))
    at = len(STEPS) + 2
    for name, title in TITLES.items():
        sheet.cell(at, 1, name).font = Font(name=FONT, bold=True)
        sheet.cell(at, 2, title.in_(language)).font = Font(name=FONT, bold=True)
        at += 1
        for each in fields()[name]:
            if note := each.note.in_(language):
                sheet.cell(at, 1, each.name).alignment = _WRAPPED
                sheet.cell(at, 2, each.title.in_(language)).alignment = _WRAPPED
                sheet.cell(at, 3, note).alignment = _WRAPPED
                sheet.row_dimensions[at].height = _height(note, _GUIDE_WIDTHS[2])
                at += 1
    _set_paper(sheet)


def _height(text: str, width: int) -> int:
    """Give the height of a row in points; programs other than Excel do not find it themselves."""
    return LINE_HEIGHT * len(wrap(text, int(width * FILLED))) + 3


def _write_choices(
    book: Workbook,
    sheet: Worksheet,
    language: Language,
    choices: Mapping[str, Choices],
    communes: Sequence[Area],
) -> dict[str, str]:
    """Write what can be picked, a column each, and give the name of each range."""
    columns = {
        question: [
            labels.get(language, code)
            for code, labels in codes.items()
            if question != "action" or code in STATUSES
        ]
        for question, codes in choices.items()
    }
    columns["commune"] = [area.label for area in communes]
    named = {}
    for number, (question, labels) in enumerate(columns.items(), 1):
        letter = get_column_letter(number)
        for at, label in enumerate(labels, 1):
            sheet.cell(at, number, label)
        name = f"choices_{question}"
        area = f"'{CHOICES}'!${letter}$1:${letter}${max(1, len(labels))}"
        book.defined_names[name] = DefinedName(name, attr_text=area)
        named[question] = name
    return named


def _write_sheet(
    sheet: Worksheet, columns: Sequence[Field], language: Language, ranges: Mapping[str, str]
) -> None:
    for number, each in enumerate(columns, 1):
        cell = sheet.cell(1, number, f"{each.title.in_(language)}\n{each.name}")
        cell.font = Font(name=FONT, bold=True, color="FFFFFF")
        cell.fill = _NEEDED if each.required else _HEADER
        cell.alignment, cell.border = Alignment(vertical="center", wrap_text=True), _EDGE
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(_WIDTHS[each.kind], len(each.name) + 2)
        if written := _FORMATS.get(each.kind):
            # a whole column at once: a new row is of the right kind without copying
            sheet.column_dimensions[letter].number_format = written
        if picked := ranges.get(each.choices or each.name):
            _pick(sheet, letter, picked, strict=bool(each.choices))
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "A2" if sheet.title == ABOUT else "B2"
    _set_paper(sheet)


def _pick(sheet: Worksheet, letter: str, name: str, *, strict: bool) -> None:
    rule = DataValidation("list", formula1=f"={name}", allow_blank=True, showErrorMessage=strict)
    rule.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _set_paper(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
