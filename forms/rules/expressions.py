"""Formulas and conditions that a phone cannot compute, found without computing them.

ODK Validate evaluates calculations and conditions, but never the constraint of an empty answer:
a wrong function there stops the phone at the first answer.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from forms.rules.comparisons import DATE
from forms.rules.fault import Fault
from forms.rules.functions import ARGUMENTS, INSTEAD, counts_in_words
from forms.rules.subject import Expression, Subject
from forms.rules.xpath import Token, calls, tokens, unbalanced, with_depth
from programme.problem import Problem, Text
from programme.text import nearest

_CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_CURLY_ANY = re.compile("[\u2018-\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033´`]")
_PERCENT = re.compile(r"\d\s*%(?!\s*[\d(.$])")  # 100%, not 7 % 2
SHOWN = 80  # characters of a formula in a message
_WRITE = {  # what people write, and what XPath wants
    "&": "and",
    "&&": "and",
    "||": "or",
    "AND": "and",
    "OR": "or",
    "And": "and",
    "Or": "or",
    "==": "=",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "div",
    "!": "not(…)",
    "%": "mod",
    ";": ",",
    "và": "and",
    "Và": "and",
    "VÀ": "and",
    "hoặc": "or",
    "Hoặc": "or",
    "HOẶC": "or",
}
WORDS = frozenset(sign for sign in _WRITE if sign.isalpha())  # told here, so no names

FUNCTION_UNKNOWN = Fault(
    "function-unknown",
    Text(
        vi="điện thoại không có hàm «{name}» (trong: {cell})",
        en="phones have no function “{name}” (in: {cell})",
    ),
    Text(vi="hãy sửa tên hàm{do_vi}", en="mend the function's name{do_en}"),
)
ARGUMENTS_WRONG = Fault(
    "function-arguments",
    Text(
        vi="hàm {name} cần {wanted} tham số, ở đây có {given} (trong: {cell})",
        en="{name} takes {wanted} arguments, here it has {given} (in: {cell})",
    ),
    Text(
        vi="hãy thêm hoặc bớt tham số; các tham số cách nhau bằng dấu phẩy",
        en="add or remove arguments; commas stand between them",
    ),
)
UNBALANCED = Fault(
    "expression-unbalanced",
    Text(
        vi="dấu {sign} không có dấu đi cặp (trong: {cell})",
        en="{sign} has no partner (in: {cell})",
    ),
    Text(
        vi="hãy đóng đủ mọi ngoặc và mọi dấu nháy",
        en="close every bracket and every quote",
    ),
)
OPERATOR = Fault(
    "operator-unknown",
    Text(
        vi="điện thoại không hiểu «{sign}» (trong: {cell})",
        en="phones do not understand “{sign}” (in: {cell})",
    ),
    Text(vi="hãy viết {instead} thay cho {sign}", en="write {instead} instead of {sign}"),
)
CURLY = Fault(
    "quotes-curly",
    Text(
        vi="có dấu nháy cong {sign} trong công thức: {cell}",
        en="the formula has the curly quote {sign}: {cell}",
    ),
    Text(
        vi="hãy gõ lại bằng dấu nháy thẳng ' (trong Excel: tắt «Thay dấu nháy thẳng»)",
        en="type straight quotes ' instead (in Excel turn off AutoCorrect's smart quotes)",
    ),
    level="warning",
)
CURLY_BREAKS = Fault(
    "quotes-curly-break",
    Text(
        vi="dấu nháy cong {sign} làm gãy đoạn chữ trong công thức: {cell}",
        en="the curly quote {sign} cuts a text of the formula in two: {cell}",
    ),
    Text(
        vi="hãy bỏ dấu đó, hoặc dùng loại nháy thẳng còn lại quanh đoạn chữ",
        en="leave it out, or put the other kind of straight quote around the text",
    ),
)


def function_unknown(subject: Subject) -> Iterator[Problem]:
    """Functions exist on the phone."""
    for each in subject.expressions:
        for call in calls(each.text):
            if call.name not in ARGUMENTS:
                yield _tell(subject, FUNCTION_UNKNOWN, each, name=call.name, **_instead(call.name))


def arguments_wrong(subject: Subject) -> Iterator[Problem]:
    """Functions get as many arguments as they take."""
    for each in subject.expressions:
        for call in calls(each.text):
            given = len(call.arguments)
            if any(word.text == ";" for part in call.arguments for word in part):
                continue  # that sign is told
            if given not in ARGUMENTS.get(call.name, (given,)):
                wanted = counts_in_words(call.name)
                yield _tell(
                    subject, ARGUMENTS_WRONG, each, name=call.name, wanted=wanted, given=str(given)
                )


def expression_unbalanced(subject: Subject) -> Iterator[Problem]:
    """Brackets and quotes come in pairs."""
    for each in subject.expressions:
        sign = unbalanced(each.text.translate(_CURLY))
        if sign and not _breaks(each.text):
            yield _tell(subject, UNBALANCED, each, sign=sign)


def operator_unknown(subject: Subject) -> Iterator[Problem]:
    """Signs of other languages and of Excel: && || == <> ≥ % / và hoặc, and the decimal comma."""
    for each in subject.expressions:
        text = each.text.translate(_CURLY)
        instead = {sign: _WRITE[sign] for sign in _odd_signs(text)} | dict(
            _odd_numbers(DATE.sub("", text))
        )
        for sign, right in instead.items():
            yield _tell(subject, OPERATOR, each, sign=sign, instead=right)


def quotes_curly(subject: Subject) -> Iterator[Problem]:
    """Straight quotes in formulas: pyxform straightens curly ones, and breaks texts by it."""
    for each in subject.expressions:
        if found := _CURLY_ANY.search(each.text):
            sign = found.group()
            if _breaks(each.text) or _outside(each.text.translate(_CURLY)):
                yield _tell(subject, CURLY_BREAKS, each, sign=sign)
            elif _outside(each.text):
                yield _tell(subject, CURLY, each, sign=sign)


def _tell(subject: Subject, fault: Fault, each: Expression, **values: str) -> Problem:
    cell = each.text if len(each.text) <= SHOWN else f"{each.text[:SHOWN]}…"
    return subject.tell(fault, each.row, each.header, each.sheet, cell=cell, **values)


def _instead(name: str) -> dict[str, str]:
    if write := INSTEAD.get(name.lower()):
        return {"do_vi": f": viết {write}", "do_en": f": write {write}"}
    close = nearest(name, ARGUMENTS)
    if close is None:
        return {"do_vi": "", "do_en": ""}
    return {"do_vi": f"; có phải {close}(…)?", "do_en": f"; did you mean {close}(…)?"}


def _odd_signs(text: str) -> Iterator[str]:
    words = tokens(text)
    for first, second in pairwise(words):
        both = first.text + second.text
        if both in _WRITE and first.kind != "text" and second.start == first.start + 1:
            yield both
    for word in words:
        alone = word.kind == "odd" and word.text in _WRITE and f"{word.text}=" not in text
        alone = alone and not (word.text == "%" and _PERCENT.search(text))
        if (alone and "&&" not in text) or (word.kind == "name" and word.text in _WRITE):
            yield word.text


def _odd_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Give decimal commas, percentages and the stroke of a division, with what to write."""
    words = [*tokens(text), None, None]
    depth = [depth for _, depth in with_depth(tokens(text))]
    for at, (one, sign, two) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if one is None or sign is None:
            continue
        beside = two is not None and two.start == sign.start + 1 == one.start + len(one.text) + 1
        if sign.text == "," and sign.kind == "sign" and depth[at + 1] == 0:
            if one.kind == "number" and two is not None and two.kind == "number" and beside:
                yield f"{one.text},{two.text}", f"{one.text}.{two.text}"
            else:
                yield ",", "and"
        elif sign.text == "%" and one.kind == "number" and not _operand(two):
            part = float(one.text) / 100
            yield f"{one.text}%", one.text if part == 1 else f"{part:g}"
        elif sign.text == "/" and sign.kind == "sign" and _divides(one, two):
            yield "/", "div"


def _operand(word: Token | None) -> bool:
    return word is not None and (word.kind in ("number", "reference") or word.text == "(")


def _divides(one: Token, two: Token | None) -> bool:
    """Tell a stroke between numbers from one of a path: ``${a} / ${b}`` from ``${row}/name``."""
    ends = one.kind in ("number", "reference") or one.text == ")"
    number = two is not None and two.kind == "number"
    return (ends and _operand(two)) or (one.text == "." and number)


def _breaks(text: str) -> bool:
    """Tell whether straightening the quotes, as pyxform does, leaves one without a partner."""
    return unbalanced(text) is None and unbalanced(text.translate(_CURLY)) is not None


def _outside(text: str) -> bool:
    return any(word.kind == "odd" and _CURLY_ANY.match(word.text) for word in tokens(text))
