"""What Excel leaves in a workbook that is no part of a form."""

import re
from collections.abc import Iterator

from forms.package import has_macros
from forms.rules.fault import Fault
from forms.rules.subject import Subject
from programme.problem import Problem, Text

MACROS = Fault(
    "workbook-macros",
    Text(
        vi="tệp có macro; chúng không được chạy và không tới điện thoại",
        en="the workbook has macros; they are not run and do not reach phones",
    ),
    Text(vi="nên lưu lại dạng .xlsx", en="better save it as .xlsx"),
    level="note",
)
CELL_ERROR = Fault(
    "cell-excel-error",
    Text(vi="công thức của Excel báo lỗi {value}", en="a formula of Excel gives {value}"),
    Text(
        vi="hãy sửa công thức trong Excel, hoặc gõ thẳng giá trị vào ô",
        en="mend the formula in Excel, or type the value itself",
    ),
)
_ERROR = re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NUM!|NULL!|SPILL!)")


def macros(subject: Subject) -> Iterator[Problem]:
    """Macros are ignored, and that is said."""
    if has_macros(subject.workbook.path):
        yield subject.tell(MACROS, None, None)


def cell_error(subject: Subject) -> Iterator[Problem]:
    """No cell holds an error of Excel."""
    for sheet in ("survey", "choices", "settings"):
        for row in subject.workbook.rows(sheet):
            for header, text in row.cells.items():
                if _ERROR.fullmatch(text):
                    yield subject.tell(CELL_ERROR, row, header, sheet, value=text)
