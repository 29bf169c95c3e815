"""Formulas and conditions that a phone cannot compute, found without computing them.

ODK Validate evaluates calculations and conditions, but never the constraint of an empty answer:
a wrong function there stops the phone at the first answer.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from forms.headers import TRANSLATED, split_language
from forms.rules.fault import Fault
from forms.rules.functions import ARGUMENTS, INSTEAD, counts_in_words
from forms.rules.subject import Expression, Subject, near
from forms.rules.xpath import calls, tokens, unbalanced, with_depth
from forms.workbook import Row
from programme.problem import Problem, Text
from programme.text import nearest

_CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_CURLY_ANY = re.compile("[\u2018-\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033´`]")
_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
SHOWN = 80  # characters of a formula in a message
_MADE_BY_PYXFORM = ("instanceID", "instanceName")
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
    ",": "0.5",  # a decimal comma: 0,5
    ";": ",",
}

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
REFERENCE = Fault(
    "reference-unknown",
    Text(
        vi="không có câu hỏi nào tên «{name}»{near_vi}",
        en="there is no question named “{name}”{near_en}",
    ),
    Text(
        vi="hãy sửa tên trong ${…}, đúng cả chữ hoa, chữ thường",
        en="mend the name in ${…}; capitals count",
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
    """Signs of other languages and of Excel: && || == <> ≥, and the decimal comma."""
    for each in subject.expressions:
        for sign in dict.fromkeys(_odd_signs(each.text.translate(_CURLY))):
            yield _tell(subject, OPERATOR, each, sign=sign, instead=_WRITE[sign])


def quotes_curly(subject: Subject) -> Iterator[Problem]:
    """Straight quotes in formulas: pyxform straightens curly ones, and breaks texts by it."""
    for each in subject.expressions:
        if found := _CURLY_ANY.search(each.text):
            sign = found.group()
            if _breaks(each.text) or _outside(each.text.translate(_CURLY)):
                yield _tell(subject, CURLY_BREAKS, each, sign=sign)
            elif _outside(each.text):
                yield _tell(subject, CURLY, each, sign=sign)


def reference_unknown(subject: Subject) -> Iterator[Problem]:
    """``${name}`` names a row of the survey."""
    rows = [row for row, _ in subject.questions()]
    if any("loop" in row.get("type") for row in rows):
        return  # loops make names of their own
    names = {row.get("name") for row in rows} - {""}
    names |= {f"{row.get('name')}_other" for row, kind in subject.questions() if kind.or_other}
    for row, header, text, sheet in _with_references(subject):
        for name in dict.fromkeys(_REFERENCE.findall(text)):
            if name not in names and name not in _MADE_BY_PYXFORM:
                asked = near(name, frozenset(names))
                yield subject.tell(REFERENCE, row, header, sheet, name=name, **asked)


def _with_references(subject: Subject) -> Iterator[tuple[Row, str, str, str]]:
    for each in subject.expressions:
        if "${" in each.text:
            yield each.row, each.header, each.text, each.sheet
    for row, _ in subject.questions():
        for header, text in row.cells.items():
            if "${" in text and split_language(header)[0] in TRANSLATED:
                yield row, header, text, "survey"


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
    for word, depth in with_depth(words):
        alone = word.kind == "odd" and word.text in _WRITE and f"{word.text}=" not in text
        comma = word.kind == "sign" and word.text == "," and depth == 0
        if (alone and "&&" not in text) or comma or (word.kind == "name" and word.text in _WRITE):
            yield word.text


def _breaks(text: str) -> bool:
    """Tell whether straightening the quotes, as pyxform does, leaves one without a partner."""
    return unbalanced(text) is None and unbalanced(text.translate(_CURLY)) is not None


def _outside(text: str) -> bool:
    return any(word.kind == "odd" and _CURLY_ANY.match(word.text) for word in tokens(text))
