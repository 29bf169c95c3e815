"""Faults that an author accepts for a row, with a reason, in the column ``waive``.

``label-long: text of the law; feature-unsupported: phones only``
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.rules.fault import Fault
from forms.rules.subject import Subject, near
from forms.workbook import Row
from programme.problem import Problem, Text

COLUMN = "waive"
UNKNOWN = Fault(
    "waiver-unknown",
    Text(vi="không có quy tắc nào tên «{code}»{near_vi}", en="no rule is named “{code}”{near_en}"),
    Text(
        vi="hãy chép đúng mã trong ngoặc vuông của lời báo, rồi dấu hai chấm và lý do",
        en="copy the code in square brackets from the message, then a colon and the reason",
    ),
)
NO_REASON = Fault(
    "waiver-no-reason",
    Text(vi="bỏ qua «{code}» mà không nêu lý do", en="“{code}” is waived without a reason"),
    Text(vi="hãy ghi «{code}: lý do»", en="write “{code}: the reason”"),
)
REFUSED = Fault(
    "waiver-refused",
    Text(vi="lỗi «{code}» không bỏ qua được", en="the error “{code}” cannot be waived"),
    Text(vi="hãy sửa lỗi đó và xoá dòng bỏ qua", en="mend it and delete the waiver"),
)
UNUSED = Fault(
    "waiver-unused",
    Text(
        vi="dòng này không còn gì để bỏ qua về «{code}»",
        en="nothing in this row needs the waiver “{code}” any more",
    ),
    Text(vi="hãy xoá phần đó trong ô waive", en="delete it from the cell waive"),
    level="warning",
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """One accepted fault of one row."""

    row: Row
    code: str
    reason: str


def waive(
    subject: Subject, problems: Sequence[Problem], codes: Mapping[str, bool]
) -> Iterator[Problem]:
    """Leave out what is waived; tell of waivers that are wrong or not needed.

    Args:
        problems: everything found.
        codes: every code of a rule, and whether its errors may be waived.
    """
    kept = list(problems)
    for waiver in _waivers(subject):
        same = [each for each in kept if _meant(subject, waiver, each)]
        silent = [each for each in same if each.severity != "error" or codes.get(waiver.code)]
        values = {"code": waiver.code}
        if waiver.code not in codes:
            asked = near(waiver.code, tuple(codes))
            yield subject.tell(UNKNOWN, waiver.row, COLUMN, **values, **asked)
        elif not waiver.reason:
            yield subject.tell(NO_REASON, waiver.row, COLUMN, **values)
        elif not same:
            yield subject.tell(UNUSED, waiver.row, COLUMN, **values)
        elif not silent:
            yield subject.tell(REFUSED, waiver.row, COLUMN, **values)
        else:
            kept = [each for each in kept if each not in silent]
    yield from kept


def _waivers(subject: Subject) -> Iterator[Waiver]:
    for row in subject.workbook.rows("survey"):
        for part in row.get(COLUMN).split(";"):
            code, _, reason = part.partition(":")
            if part.strip():
                yield Waiver(row, code.strip(), reason.strip())


def _meant(subject: Subject, waiver: Waiver, problem: Problem) -> bool:
    place = subject.workbook.place("survey", waiver.row.number)
    same_row = (problem.place.sheet, problem.place.row) == (place.sheet, place.row)
    return same_row and problem.code == waiver.code
