"""Whole numbers that are too big for the keyboard of the phone."""

import re
from collections.abc import Iterator

from forms.rules.fault import Fault
from forms.rules.subject import Subject
from forms.rules.xpath import tokens
from forms.workbook import Row
from programme.problem import Problem, Text
from programme.text import fold

DIGITS = 9  # the phone takes no more into an integer question
TOO_BIG = Fault(
    "integer-too-big",
    Text(
        vi="loại integer chỉ gõ được 9 chữ số, ở đây có số {value}",
        en="an integer takes nine digits on the phone, here stands {value}",
    ),
    Text(
        vi="hãy hỏi theo nghìn đồng, hoặc dùng loại decimal",
        en="ask in thousands, or use the type decimal",
    ),
    level="warning",
)
MONEY = Fault(
    "integer-money",
    Text(
        vi="hỏi tiền theo đồng bằng loại integer: chỉ gõ được 9 chữ số, dưới 1 tỷ đồng",
        en="money in đồng as an integer: nine digits at most, less than a billion",
    ),
    Text(
        vi="hãy hỏi theo nghìn đồng và ghi unit là thousand_vnd",
        en="ask in thousand đồng and write thousand_vnd under unit",
    ),
    level="warning",
)
MOST = 10**DIGITS
_REPEATED = re.compile(r"\{[1-9]\d+(?:,\d*)?\}")  # {10}, {10,11}
_LENGTH = re.compile(r"string-length\(\s*\.\s*\)\s*(?:=|>=|>)\s*(\d+)")
_LIMIT = re.compile(r"(?<![\w}])\.\s*<=?\s*\d|\d\s*>=?\s*\.(?!\d)")
_DONG = ("dong", "vnd")
_BIGGER = ("nghin", "ngan", "trieu", "ty dong", "thousand", "million", "billion", "1.000", "1,000")


def integer_too_big(subject: Subject) -> Iterator[Problem]:
    """An integer's limits and default fit its nine digits."""
    for row, kind in subject.questions():
        if kind.name not in ("integer", "int") or kind.role != "question":
            continue
        for header in ("constraint", "default"):
            found = _too_big(row.get(header))
            if found:
                yield subject.tell(TOO_BIG, row, header, value=found)


def integer_money(subject: Subject) -> Iterator[Problem]:
    """Money in đồng does not fit an integer; in thousand đồng it does."""
    for row, kind in subject.questions():
        if kind.name not in ("integer", "int") or row.get("unit") or _limited(row):
            continue
        if _in_dong(subject, row):
            yield subject.tell(MONEY, row, "type")


def _too_big(text: str) -> str | None:
    """Find a number of ten digits or more, or a pattern that wants so many."""
    for word in tokens(text):
        if word.kind == "number" and float(word.text) > MOST:
            return word.text
        if word.kind == "text" and (wanted := _REPEATED.search(word.text)):
            return wanted.group()
    if (wanted := _LENGTH.search(text)) and int(wanted.group(1)) > DIGITS:
        return wanted.group()
    return None


def _limited(row: Row) -> bool:
    """Tell whether the constraint keeps the sum small."""
    return bool(_LIMIT.search(row.get("constraint")))


def _in_dong(subject: Subject, row: Row) -> bool:
    words = [fold(text) for _, text in (*subject.words(row, "label"), *subject.words(row, "hint"))]
    said = " ".join(words)
    if any(each in said for each in _BIGGER):
        return False
    marked = (f"({each})" in said or f"bao nhieu {each}" in said for each in _DONG)
    return any(marked) or bool(re.search(r"\bvnd\b", said))
