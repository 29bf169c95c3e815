"""Names of sheets and columns that nothing reads because they are misspelt."""

from collections.abc import Iterator

from forms.headers import TRANSLATED
from forms.rules.fault import Fault
from forms.rules.subject import Subject, near
from programme.problem import Problem, Text
from programme.text import nearest

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
            asked = near(name, tuple(set(known) - present))
            yield subject.tell(COLUMN_MISSPELT, None, header, key, name=header, **asked)
