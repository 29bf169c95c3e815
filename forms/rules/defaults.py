"""Answers that a form fills in itself, and that no phone can read."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from forms.questions import Kind
from forms.rules.fault import Fault
from forms.rules.subject import Subject
from programme.problem import Problem, Text

DATE = Fault(
    "default-date",
    Text(
        vi="«{value}» không phải là một ngày, giờ có thật",
        en="“{value}” is no real date or time",
    ),
    Text(
        vi="hãy ghi theo dạng {form}, hoặc today(), now()",
        en="write it as {form}, or as today(), now()",
    ),
)
NUMBER = Fault(
    "default-number",
    Text(
        vi="giá trị có sẵn «{value}» không phải là số của loại {type}",
        en="the default “{value}” is no number of type {type}",
    ),
    Text(
        vi="hãy ghi số bằng chữ số; phần lẻ sau dấu chấm (0.5)",
        en="write it in digits, decimals after a point (0.5)",
    ),
)
CHOICE = Fault(
    "default-choice",
    Text(
        vi="giá trị có sẵn «{value}» không có trong danh sách «{list}»",
        en="the default “{value}” is not in the list “{list}”",
    ),
    Text(
        vi="hãy ghi tên (cột name) của một lựa chọn trong danh sách",
        en="write the name (column name) of a choice in the list",
    ),
    level="warning",
)
EXCEL_DATE = Fault(
    "default-date-cell",
    Text(
        vi="ô ngày của Excel được chuyển thành «{value}», điện thoại không đọc được",
        en="the date cell of Excel becomes “{value}”, which phones cannot read",
    ),
    Text(
        vi="hãy định dạng ô là Text rồi gõ {day}",
        en="format the cell as Text and type {day}",
    ),
)
_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_NUMBER: dict[Kind, re.Pattern[str]] = {
    "integer": re.compile(r"[+-]?\d+"),
    "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
}
_FORMS: dict[Kind, str] = {"date": "2026-10-31", "time": "08:30", "datetime": "2026-10-31T08:30"}
_COMPUTED = re.compile(r"\d\s*[+*]\s*\d|\d\s+-\s+\d| div | mod ")
_DYNAMIC = re.compile(r"[(${]|^/")


def default_date(subject: Subject) -> Iterator[Problem]:
    """A default date exists: not 30 February, not 31/10/2026."""
    for row, kind in subject.questions():
        value = row.get("default")
        if kind.kind in _FORMS and _literal(value) and not _readable(kind.kind, value):
            yield subject.tell(DATE, row, "default", value=value, form=_FORMS[kind.kind])


def default_number(subject: Subject) -> Iterator[Problem]:
    """A default number is one."""
    for row, kind in subject.questions():
        value = row.get("default")
        pattern = _NUMBER.get(kind.kind) if kind.kind else None
        if pattern is None or kind.role != "question" or _COMPUTED.search(value):
            continue
        if _literal(value) and not pattern.fullmatch(value):
            yield subject.tell(NUMBER, row, "default", value=value, type=kind.name)


def default_choice(subject: Subject) -> Iterator[Problem]:
    """A default answer can be chosen."""
    for row, kind in subject.questions():
        value, listed = row.get("default"), kind.list_name
        names = subject.schema.choices.get(listed or "")
        if not names or not _literal(value):
            continue
        for each in value.split() if kind.kind == "select_multiple" else [value]:
            if each not in names:
                yield subject.tell(CHOICE, row, "default", value=each, list=listed or "")


def excel_dates(subject: Subject, xml: str) -> Iterator[Problem]:
    """A default typed as a date of Excel: pyxform writes it with a blank before the time."""
    for row, kind in subject.questions():
        value = row.get("default")
        if kind.kind not in ("date", "datetime") or not _literal(value):
            continue
        cell = value.replace("T", " ") if "T" in value else f"{value} 00:00:00"
        if f"<{row.get('name')}>{cell}<" in xml:
            yield subject.tell(EXCEL_DATE, row, "default", value=cell, day=value)


def _literal(value: str) -> bool:
    return bool(value) and not _DYNAMIC.search(value)


def _readable(kind: Kind, value: str) -> bool:
    try:
        if kind == "date":
            found = _DAY.fullmatch(value)
            return found is not None and bool(date(*map(int, found.groups())))
        if kind == "time":
            time.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
            return " " not in value
    except ValueError:
        return False
    return True
