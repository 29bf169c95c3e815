"""The page of questions: what every form asks, in its own order and words."""

from collections.abc import Iterable
from pathlib import Path

from forms.workbook import Row, Workbook, read_workbook
from ishc.language import say
from ishc.reference.markdown import cell, code, table
from programme.problem import Language

_LABEL = {"vi": "label::Tiếng Việt (vi)", "en": "label::English (en)"}


def questions_page(workbooks: Iterable[Path], language: Language) -> str:
    """Write the page.

    Args:
        workbooks: the forms, ``xlsforms/*.xlsx``.
        language: of the page.
    """
    head = say(
        "# Các biểu mẫu hỏi gì\n\nTên câu hỏi cũng là tên cột trong các bảng. Loại dữ liệu: "
        "`plain` không nói về người nào, `personal` nhận ra được một người, `sensitive` nhạy "
        "cảm.\n\n",
        "# What the forms ask\n\nA question's name is the name of its column in the tables. "
        "Classes: `plain` says nothing about a person, `personal` tells who somebody is, "
        "`sensitive` needs special care.\n\n",
    )
    return head + "".join(_form(read_workbook(path), language) for path in sorted(workbooks))


def _form(workbook: Workbook, language: Language) -> str:
    head = say("câu hỏi|lời hỏi|trả lời bằng|loại", "question|words|answered by|class").split("|")
    title = f"## {cell(workbook.setting('form_title'))}\n\n{code(workbook.form_id)}\n\n"
    return title + table(head, _rows(workbook.rows("survey"), language))


def _rows(rows: Iterable[Row], language: Language) -> Iterable[tuple[str, ...]]:
    for row in rows:
        kind, label = row.get("type"), row.get(_LABEL[language]).replace("**", "")
        if kind.startswith("begin"):
            repeats = say(" (lặp lại)", " (repeats)") if "repeat" in kind else ""
            yield code(row.get("name")), f"**{cell(label)}**{repeats}", "", ""
        elif kind.startswith("end_") or kind.startswith("end "):
            continue
        else:
            yield code(row.get("name")), cell(label), code(kind), cell(row.get("class"))
