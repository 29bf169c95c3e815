"""What is wrong with the writing of a TOML file, said in the reader's language."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from programme.problem import Place, Problem, Text

_CLOSE = Text(
    vi='mỗi chuỗi mở và đóng bằng ", trên một dòng', en='begin and end texts with " on one line'
)
# how the library begins what it says (one way or several) → what that means for who wrote the file
_FAULTS: Sequence[tuple[str | tuple[str, ...], Text, Text]] = (
    (
        "Expected '=' after a key",
        Text(vi="sau tên mục thiếu dấu =", en="there is no = after the name of the setting"),
        Text(
            vi='hãy viết: tên = "giá trị"; tên có dấu tiếng Việt đặt trong ngoặc kép',
            en='write: name = "value"; put names with marks in quotation marks',
        ),
    ),
    (
        "Unterminated string",
        Text(vi="thiếu dấu ngoặc kép đóng", en="a closing quotation mark is missing"),
        _CLOSE,
    ),
    (
        "Illegal character",
        Text(
            vi="có ký tự không được viết ở đây, hoặc thiếu dấu ngoặc kép đóng ở cuối chuỗi",
            en="a character may not stand here, or a closing quotation mark is missing",
        ),
        _CLOSE,
    ),
    (
        ("Unescaped '\\'", "Invalid hex value", "Escaped character"),
        Text(
            vi="dấu \\ không viết được trong ngoặc kép", en="a \\ may not stand in quotation marks"
        ),
        Text(
            vi="hãy viết đường dẫn với dấu / hoặc trong ngoặc đơn '…'",
            en="write paths with / or in single quotation marks '…'",
        ),
    ),
    (
        "Invalid value",
        Text(vi="sau dấu = không phải một giá trị", en="what stands after = is no value"),
        Text(
            vi='chuỗi viết trong ngoặc kép "…"; số viết liền, không dấu chấm nghìn; đúng, sai viết '
            "true, false",
            en='write texts in quotation marks "…", numbers without marks of thousands, yes and no '
            "as true and false",
        ),
    ),
    (
        "Cannot overwrite a value",
        Text(vi="mục này đã có giá trị ở trên", en="this setting has a value already, further up"),
        Text(vi="hãy giữ một dòng, xóa dòng kia", en="keep one of the lines"),
    ),
    (
        "Cannot declare",
        Text(vi="phần [ ] này đã có ở trên", en="this section [ ] stands further up already"),
        Text(vi="hãy gộp hai phần làm một", en="put the two into one"),
    ),
    (
        "Duplicate inline table key",
        Text(vi="trong { } có một tên hai lần", en="a name stands twice inside { }"),
        Text(vi="hãy giữ một lần", en="keep one of them"),
    ),
    (
        "Unclosed array",
        Text(
            vi="danh sách [ … ] chưa đóng, hoặc thiếu dấu phẩy giữa hai phần tử",
            en="a list [ … ] is not closed, or a comma is missing in it",
        ),
        Text(vi="hãy viết: [giá trị, giá trị]", en="write: [value, value]"),
    ),
    (
        "Unclosed inline table",
        Text(
            vi="nhóm { … } chưa đóng, hoặc thiếu dấu phẩy giữa hai mục",
            en="a group { … } is not closed, or a comma is missing in it",
        ),
        Text(
            vi='hãy viết trên một dòng: { vi = "…", en = "…" }',
            en='write on one line: { vi = "…", en = "…" }',
        ),
    ),
    (
        "Expected newline or end of document",
        Text(vi="sau giá trị còn chữ thừa trên cùng dòng", en="something stands after the value"),
        Text(
            vi="mỗi dòng một mục; lời ghi chú bắt đầu bằng #",
            en="write one setting a line; remarks begin with #",
        ),
    ),
    (
        "Expected ']",
        Text(vi="tên phần thiếu dấu ] đóng", en="the name of a section has no closing ]"),
        Text(vi="hãy viết: [tên]", en="write: [name]"),
    ),
    (
        ("Invalid initial character for a key", "Invalid statement"),
        Text(
            vi="dòng này không bắt đầu bằng tên một mục", en="the line does not begin with a name"
        ),
        Text(
            vi='hãy viết: tên = "giá trị"; lời ghi chú bắt đầu bằng #',
            en='write: name = "value"; remarks begin with #',
        ),
    ),
    (
        "Invalid date",
        Text(vi="ngày viết sai", en="a date is written wrong"),
        Text(vi="hãy viết như 2026-10-31", en="write it as 2026-10-31"),
    ),
)
_OTHER = (
    Text(vi="dòng này viết không đúng cú pháp TOML", en="the line is not written as TOML has it"),
    Text(vi='hãy viết: tên = "giá trị", hoặc [tên phần]', en='write: name = "value", or [section]'),
)
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def syntax_problem(path: Path, error: tomllib.TOMLDecodeError) -> Problem:
    """Say what is wrong, with line and column and what is expected; the library's words last.

    Args:
        path: the file.
        error: of reading it.
    """
    words = str(error)
    at = _AT.search(words)
    detail = _AT.sub("", words)
    what, do = next(
        ((what, do) for begins, what, do in _FAULTS if detail.startswith(begins)), _OTHER
    )
    # otherwise the parser got to the end and still missed something
    line = int(at[1]) if at and at[1] else max(1, len(path.read_bytes().splitlines()))
    column = Text(f", ký tự thứ {at[2]}", f", character {at[2]}") if at and at[2] else Text("", "")
    return Problem(
        "settings-unreadable",
        Text(
            vi=f"{what.vi}{column.vi} (TOML: {detail})", en=f"{what.en}{column.en} (TOML: {detail})"
        ),
        do,
        Place(file=path.name, row=line),
    )
