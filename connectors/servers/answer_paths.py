"""Answers of a record by their path, as edits name them on every server: ``visits[2]/photo``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programme.problem import Place, Problem, ProblemError, Text

_STEP = re.compile(r"([^\W\d][\w.-]*)(?:\[([1-9]\d{0,5})\])?")
_PROTECTED = frozenset({"meta", "formhub", "__version__"})  # dropped in silence by KoBo
_NOT_IN_XML = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Found:
    """An answer in a record.

    Args:
        there: the row of the repeat that the path names exists.
        value: the answer, empty when there is none.
        rows: how many rows each repeat on the way has.
    """

    there: bool
    value: str
    rows: tuple[int, ...]


def find(record: Mapping[str, Any], path: str) -> Found:
    """Find an answer; without a number the first row of a repeat is meant, as KoBo does."""
    within, flat, rows = record, "", []
    for name, number in _STEP.findall(path):
        flat = f"{flat}/{name}" if flat else name
        listed = within.get(flat)
        if not number and not isinstance(listed, list):
            continue
        count = len(listed) if isinstance(listed, list) else 0
        rows.append(count)
        if int(number or 1) > count or not isinstance(listed, list):
            return Found(there=False, value="", rows=tuple(rows))
        within = listed[int(number or 1) - 1]
    value = within.get(flat)
    return Found(True, "" if value is None else plain(str(value)), tuple(rows))


def plain(value: str | None) -> str:
    """Write an answer as KoBo keeps it: one kind of line end; of blanks alone nothing is left."""
    text = (value or "").replace("\r\n", "\n").replace("\r", "\n")
    return "" if text.isspace() else text


def checked(answers: Mapping[str, str | None], place: Place) -> dict[str, str]:
    """Give answers as they are sent, all texts; None and an empty text clear the answer.

    Raises:
        ProblemError: ``edit-path`` for what is no path or not to be edited, ``edit-value`` for
            signs that no submission can hold.
        TypeError: a value that is no text; KoBo breaks on it.
    """
    for path, value in answers.items():
        if not isinstance(value, str | None):
            raise TypeError("every answer is a text")
        steps = path.split("/")
        first = steps[0].partition("[")[0]
        if not all(map(_STEP.fullmatch, steps)) or first in _PROTECTED or first.startswith("_"):
            raise ProblemError(_bad_path(path, place))
        if _NOT_IN_XML.search(plain(value)):
            raise ProblemError(_bad_value(path, place))
    return {path: plain(value) for path, value in answers.items()}


def _bad_path(path: str, place: Place) -> Problem:
    return Problem(
        "edit-path",
        Text(
            vi=f"không sửa được câu trả lời ở «{path[:80]}»",
            en=f"the answer at “{path[:80]}” cannot be edited",
        ),
        Text(
            vi="hãy ghi đường dẫn của câu hỏi, ví dụ nhom/cau hoặc lap[2]/cau; thông tin nhận dạng "
            "phiếu (meta, formhub, _…) không sửa được",
            en="write the path of a question, such as group/question or repeat[2]/question; what "
            "identifies a submission (meta, formhub, _…) cannot be edited",
        ),
        place,
    )


def _bad_value(path: str, place: Place) -> Problem:
    return Problem(
        "edit-value",
        Text(
            vi=f"câu trả lời mới ở «{path[:80]}» có ký tự không dùng được",
            en=f"the new answer at “{path[:80]}” has signs that cannot be used",
        ),
        Text(
            vi="hãy gõ lại câu trả lời đó, không dán từ chương trình khác",
            en="type that answer anew instead of pasting it from another program",
        ),
        place,
    )
