"""Names of sheets and columns that nothing reads because they are misspelt."""

import re
from collections.abc import Iterator
from dataclasses import replace

from forms.headers import TRANSLATED
from forms.rules.fault import Fault
from forms.rules.subject import Subject, near
from programme.problem import Problem, Text
from programme.text import fold, nearest

ALIKE = 85  # of 100; people keep columns of their own, and most are not meant for the form
SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
COLUMNS = {
    "survey": (
        *(each for each in TRANSLATED if "::" not in each),
        *"type name required relevant constraint calculation choice_filter appearance".split(),
        *"parameters default trigger readonly repeat_count disabled class unit".split(),
        *"value_type waive former_name save_to".split(),
    ),
    "choices": ("list_name", "name", "label", "former_name"),
    "settings": (
        *"form_title form_id version default_language instance_name style".split(),
        *"public_key submission_url allow_choice_duplicates".split(),
    ),
}
SHEET_NAME = Fault(
    "sheet-name",
    Text(
        vi="tên trang tính «{name}» có dấu cách thừa, nên trang này không được đọc",
        en="the sheet's name “{name}” has a blank too many, so the sheet is not read",
    ),
    Text(vi="hãy đổi tên trang thành {right}", en="rename the sheet to {right}"),
)
COLUMN_MISSPELT = Fault(
    "column-misspelt",
    Text(
        vi="cột «{name}» không được đọc{near_vi}",
        en="the column “{name}” is not read{near_en}",
    ),
    Text(
        vi="hãy sửa tên cột ở dòng 1; cột ghi chú riêng thì đặt tên khác hẳn",
        en="mend the column's name in row 1; give a column of your own a different name",
    ),
    level="house",
)
COLUMN_LOST = replace(COLUMN_MISSPELT, level="strict")
COLUMN_UNKNOWN = Fault(
    "column-unknown",
    Text(
        vi="cột «{name}» không được đọc: {count} ô trong đó không có tác dụng",
        en="the column “{name}” is not read: its {count} cells do nothing",
    ),
    Text(
        vi="nếu là cột của biểu mẫu, hãy trả lại tên XLSForm (relevant, constraint, required…); "
        "cột ghi chú thì bắt đầu bằng «ghi chú»",
        en="if it belongs to the form, write its XLSForm name again (relevant, constraint, "
        "required…); begin the name of a column of notes with “note”",
    ),
    level="house",
)
# what a phone then would not ask, refuse or compute
_VITAL = tuple("relevant constraint required calculation choice_filter label name".split())
_ALSO_READ = frozenset(
    "autoplay bind body compact_tag control hxl instance intent jr media query rows "
    "no_app_error_string noapperrorstring big-image".split()
)
_NOTES = re.compile(
    r"^[$_#]|^(kobo|sms)|note|comment|remark|todo|source|status|ghi.?chu|nhan.?xet|nguon|huong.?dan"
    r"|^(stt|tt|so_tt|ma_so|y_kien|id|no\.?)$"
)


def sheet_name(subject: Subject) -> Iterator[Problem]:
    """Blanks around a sheet's name hide it from pyxform."""
    for key, sheet in subject.workbook.sheets.items():
        if key in SHEETS and sheet.name.lower() != key:
            yield subject.tell(SHEET_NAME, None, None, key, name=sheet.name, right=key)


def column_misspelt(subject: Subject) -> Iterator[Problem]:
    """A column that nearly has the name of one that is read: what stands in it would be lost."""
    for key, known in COLUMNS.items():
        sheet = subject.workbook.sheets.get(key)
        present = {header.partition("::")[0] for header in sheet.headers} if sheet else set()
        for header in sheet.headers if sheet else ():
            name = header.partition("::")[0]
            if name in known or nearest(name, set(known) - present, cutoff=ALIKE) is None:
                continue
            meant = nearest(name, set(known) - present, cutoff=ALIKE)
            fault = COLUMN_LOST if meant in _VITAL else COLUMN_MISSPELT
            asked = near(name, tuple(set(known) - present))
            yield subject.tell(fault, None, header, key, name=header, **asked)


def column_unknown(subject: Subject) -> Iterator[Problem]:
    """A column of the survey that nothing reads, and that does not look like one of notes."""
    known = COLUMNS["survey"]
    sheet = subject.workbook.sheets["survey"]
    for header in sheet.headers:
        name = header.partition("::")[0]
        if name in known or name in _ALSO_READ or _NOTES.search(fold(name)):
            continue
        cells = sum(header in row.cells for row in sheet.rows)
        if cells and nearest(name, known, cutoff=ALIKE) is None:
            yield subject.tell(COLUMN_UNKNOWN, None, header, name=header, count=str(cells))
