"""Writes the documentation of the checks from the rules: ``python -m forms.rules.document DIR``.

A test fails when ``docs/form-checks.md`` and the rules differ.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from forms.rules.catalogue import codes, faults
from forms.rules.features import CLIENTS, features

FILE = "form-checks.md"
_GUESS = re.compile(r"\{near_\w+\}")  # “did you mean …”
_VALUE = re.compile(r"\{\w+\}")
_LEVELS = {
    "error": "lỗi · error",
    "warning": "lưu ý · warning",
    "note": "ghi chú · note",
    "house": "lưu ý · warning ²",
    "strict": "lỗi · error ²",
}
_HEAD = """\
# Kiểm tra biểu mẫu · What `ishc forms check` looks for

Lỗi chặn việc đưa biểu mẫu lên máy chủ, lưu ý thì không. Chấp nhận một lưu ý ở một dòng: thêm cột
`waive` vào trang `survey`, ghi `mã: lý do`, nhiều mã cách nhau bằng dấu chấm phẩy. Phần không còn
cần sẽ được báo.

Errors stop a deploy, warnings do not. To accept a warning in a row, add a column `waive` to the
sheet `survey` and write `code: reason`, several separated by semicolons. A waiver that is no
longer needed is told.

| mã · code | mức · level | là gì · what |
|---|---|---|
"""
_NOTES = """
¹ lỗi này cũng bỏ qua được bằng `waive` · this error can be waived too

² chỉ là ghi chú với biểu mẫu ngoài chương trình · only a note for a workbook from elsewhere

## Ứng dụng nào làm được gì · Which client can do what

`yes` được · works; `part` làm cách khác, không mất gì · works otherwise, nothing is lost; `no`
không được · does not work. Enketo: đọc tài liệu, chưa chạy · read, not run. Bảng gốc · the table
that the check reads: `forms/features.csv`.

"""


def document() -> str:
    """Give the page: every code with what it says, and the features by client."""
    return "".join((_HEAD, *_codes(), _NOTES, *_features()))


def _codes() -> Iterator[str]:
    waivable = codes()
    for code, fault in sorted(faults().items()):
        mark = " ¹" if waivable[code] else ""
        what = f"{_cell(fault.what.vi)}<br>{_cell(fault.what.en)}"
        yield f"| `{code}` | {_LEVELS[fault.level]}{mark} | {what} |\n"


def _features() -> Iterator[str]:
    yield f"| | {' | '.join(CLIENTS.values())} | nguồn · source |\n"
    yield f"|---|{'---|' * len(CLIENTS)}---|\n"
    for each in features().values():
        support = " | ".join(each.support.values())
        yield f"| {each.name} (`{each.written}`) | {support} | {each.source} |\n"


def _cell(text: str) -> str:
    plain = _VALUE.sub("…", _GUESS.sub("", text))
    return plain.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    Path(sys.argv[1], FILE).write_text(document(), encoding="utf-8")
