"""Comparisons that a phone computes, and that say something else than their author meant."""

import re
from collections.abc import Iterator, Sequence

from forms.rules.fault import Fault
from forms.rules.subject import Subject
from forms.rules.xpath import Token, tokens, without_texts
from programme.problem import Problem, Text

MULTIPLE = Fault(
    "multiple-compared",
    Text(
        vi="«{question}» là câu chọn nhiều: {sign} '{choice}' chỉ đúng khi đó là lựa chọn duy nhất",
        en="“{question}” takes several choices: {sign} '{choice}' holds only where it is the only "
        "one",
    ),
    Text(
        vi="hãy viết {instead}",
        en="write {instead}",
    ),
    level="house",
)
NUMBER_ON_TEXT = Fault(
    "constraint-number-on-text",
    Text(
        vi="câu «{name}» là câu chữ, mà điều kiện so với số {number}",
        en="“{name}” is a text, but its constraint compares it with the number {number}",
    ),
    Text(
        vi="hãy đổi loại thành integer hoặc decimal, để điện thoại hiện bàn phím số",
        en="make its type integer or decimal, so that the phone shows digits to type",
    ),
    level="house",
)
DATE_BARE = Fault(
    "date-bare",
    Text(
        vi="«{text}» trong công thức không phải một ngày, mà là phép tính",
        en="“{text}” is no date in a formula: it is read as a calculation",
    ),
    Text(vi="hãy viết date('{day}')", en="write date('{day}')"),
)
THOUSANDS = Fault(
    "number-thousands",
    Text(
        vi="«{text}» có dấu chấm hàng nghìn, điện thoại không hiểu",
        en="“{text}” has thousands separators, which phones do not understand",
    ),
    Text(vi="hãy viết {number}", en="write {number}"),
)
THOUSAND = Fault(
    "number-thousands",
    Text(
        vi="điện thoại đọc «{text}» là {small}, không phải {number}",
        en="phones read “{text}” as {small}, not as {number}",
    ),
    Text(vi="hãy viết {number} hoặc {small}", en="write {number} or {small}"),
    level="house",
)
DATE = re.compile(
    r"(?<![\w.])(?:(\d{1,2})([/.-])(\d{1,2})\2(\d{4})|(\d{4})([/-])(\d{1,2})\6(\d{1,2}))(?![\w.])"
)
_GROUPED = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{3}){2,}(?![\w.])")
_ONE_GROUP = re.compile(r"(?<![\w.])[1-9]\d{0,2}\.000(?![\w.])")
_ORDER = ("<", "<=", ">", ">=")


def multiple_compared(subject: Subject) -> Iterator[Problem]:
    """Whether one of several choices was taken is asked by ``selected``."""
    several = {
        row.get("name") for row, kind in subject.questions() if kind.kind == "select_multiple"
    }
    for each in subject.expressions:
        for question, sign, choice in dict.fromkeys(_compared(tokens(each.text))):
            if question in several and choice:
                wanted = f"selected(${{{question}}}, '{choice}')"
                values = {"question": question, "sign": sign, "choice": choice}
                values["instead"] = f"not({wanted})" if sign == "!=" else wanted
                yield subject.tell(MULTIPLE, each.row, each.header, each.sheet, **values)


def constraint_number_on_text(subject: Subject) -> Iterator[Problem]:
    """What is compared with a number is asked as a number."""
    for row, kind in subject.questions():
        if kind.name not in ("text", "string") or kind.role != "question":
            continue
        words = tokens(row.get("constraint"))
        for dot, sign, number in zip(words, words[1:], words[2:], strict=False):
            if dot.text == "." and sign.text in _ORDER and number.kind == "number":
                values = {"name": row.get("name"), "number": number.text}
                yield subject.tell(NUMBER_ON_TEXT, row, "constraint", **values)
                break


def date_bare(subject: Subject) -> Iterator[Problem]:
    """A day in a formula is ``date('2026-11-22')``."""
    for each in subject.expressions:
        for found in DATE.finditer(without_texts(each.text)):
            day, _, month, year, *turned = found.groups()
            if turned[0]:
                year, month, day = turned[0], turned[2], turned[3]
            values = {"text": found.group(), "day": f"{year}-{month:0>2}-{day:0>2}"}
            yield subject.tell(DATE_BARE, each.row, each.header, each.sheet, **values)


def number_thousands(subject: Subject) -> Iterator[Problem]:
    """Numbers in formulas have no thousands separators."""
    for each in subject.expressions:
        text = without_texts(each.text)
        for fault, pattern in ((THOUSANDS, _GROUPED), (THOUSAND, _ONE_GROUP)):
            for found in pattern.finditer(text):
                written = found.group()
                values = {"text": written, "number": written.replace(".", "")}
                values["small"] = written.partition(".")[0]
                yield subject.tell(fault, each.row, each.header, each.sheet, **values)


def _compared(words: Sequence[Token]) -> Iterator[tuple[str, str, str]]:
    """Give question, sign and text of ``${question} = 'text'``, in either order."""
    for one, sign, two in zip(words, words[1:], words[2:], strict=False):
        if sign.text not in ("=", "!=") or sign.kind != "sign":
            continue
        if one.kind == "text" and two.kind == "reference":
            one, two = two, one  # noqa: PLW2901 - the same comparison, turned round
        if one.kind == "reference" and two.kind == "text":
            yield one.text, sign.text, two.text[1:-1]
