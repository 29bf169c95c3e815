"""Expressions that ODK Collect and ODK Web Forms compute differently.

Measured on JavaRosa 5.1.0 and @getodk/xforms-engine 0.22.0: the same form, the same answers, two
results. Enketo was not run.
"""

from collections.abc import Iterator, Sequence

from forms.rules.fault import Fault
from forms.rules.subject import Subject
from forms.rules.xpath import Call, Token, calls, closing, tokens
from forms.workbook import Row
from programme.problem import Problem, Text

COUNT_CONTEXT = Fault(
    "count-engines-differ",
    Text(
        vi="${{name}} trong ngoặc vuông: ODK Collect và biểu mẫu trên web đếm khác nhau",
        en="${{name}} inside the brackets: ODK Collect and web forms count differently",
    ),
    Text(
        vi="trong ngoặc vuông hãy viết ./{name} thay cho ${{name}}",
        en="inside the brackets write ./{name} instead of ${{name}}",
    ),
    level="warning",
)
SUM_OF_BLANKS = Fault(
    "sum-engines-differ",
    Text(
        vi="{function}(${{name}}): khi có dòng trống, ODK Collect và biểu mẫu trên web cho kết quả "
        "khác nhau",
        en="{function}(${{name}}): where a row is blank, ODK Collect and web forms differ",
    ),
    Text(
        vi="hãy viết {function}(${{name}}[. != ''])",
        en="write {function}(${{name}}[. != ''])",
    ),
    level="warning",
)
POSITION = Fault(
    "position-engines-differ",
    Text(
        vi="position(${{name}}) báo lỗi trên biểu mẫu web",
        en="position(${{name}}) is an error in web forms",
    ),
    Text(
        vi="hãy viết position(..) trong một câu của nhóm lặp",
        en="write position(..) in a question of the repeat",
    ),
    level="warning",
)
REGEX_CLASS = Fault(
    "regex-engines-differ",
    Text(
        vi="\\p{L} trong regex: ODK Collect hiểu, biểu mẫu trên web thì không",
        en="\\p{L} in a regex: ODK Collect knows it, web forms do not",
    ),
    Text(
        vi="hãy liệt kê chữ cần dùng, ví dụ [A-Za-zÀ-ỹ ]",
        en="list the letters, for example [A-Za-zÀ-ỹ ]",
    ),
    level="warning",
)
TRUTH_VALUE = Fault(
    "truth-engines-differ",
    Text(
        vi="kết quả đúng/sai được ghi là «1» hay «true» tuỳ ứng dụng",
        en="true or false is written “1” or “true”, depending on the application",
    ),
    Text(
        vi="hãy viết if(…, 'yes', 'no') quanh công thức",
        en="write if(…, 'yes', 'no') around the formula",
    ),
    level="warning",
)
_SUMS = ("sum", "max", "min")
_COMPARE = frozenset({"=", "!=", "<", "<=", ">", ">="})
_TRUE_OR_FALSE = ("true", "false", "not", "selected", "regex", "contains", "starts-with")


def count_in_context(subject: Subject) -> Iterator[Problem]:
    """Inside ``${repeat}[…]`` a question of that repeat is written ``./question``."""
    for each in subject.expressions:
        for name in dict.fromkeys(_inside_own_repeat(subject, tokens(each.text))):
            yield subject.tell(COUNT_CONTEXT, each.row, each.header, each.sheet, name=name)


def sum_of_blanks(subject: Subject) -> Iterator[Problem]:
    """Sums over a repeat leave the blank rows out, in words."""
    for each in subject.expressions:
        for call in calls(each.text):
            name = _summed(call) if call.name in _SUMS else None
            if name and _may_be_blank(subject, name, each.row):
                values = {"name": name, "function": call.name}
                yield subject.tell(SUM_OF_BLANKS, each.row, each.header, each.sheet, **values)


def position_of_repeat(subject: Subject) -> Iterator[Problem]:
    """The number of a row of a repeat is ``position(..)``."""
    for each in subject.expressions:
        for call in calls(each.text):
            words = call.arguments[0] if call.arguments else ()
            if call.name == "position" and words and words[0].kind == "reference":
                name = words[0].text
                yield subject.tell(POSITION, each.row, each.header, each.sheet, name=name)


def regex_class(subject: Subject) -> Iterator[Problem]:
    """Classes of Unicode in regular expressions are not for browsers."""
    for each in subject.expressions:
        for call in calls(each.text):
            pattern = call.arguments[-1] if call.arguments else ()
            if call.name == "regex" and any(r"\p{" in word.text for word in pattern):
                yield subject.tell(REGEX_CLASS, each.row, each.header, each.sheet)


def truth_value(subject: Subject) -> Iterator[Problem]:
    """What a calculate keeps is no bare true or false."""
    for row, kind in subject.questions():
        formula = row.get("calculation")
        if kind.role == "computed" and formula and _is_truth(tokens(formula)):
            yield subject.tell(TRUTH_VALUE, row, "calculation")


def _summed(call: Call) -> str | None:
    """Give the question that is summed without a condition: ``${age}``, ``${person}/age``."""
    words = call.arguments[0] if len(call.arguments) == 1 else ()
    kinds = [word.kind for word in words]
    path = kinds == ["reference", "sign", "name"] and words[1].text == "/"
    return words[-1].text if path or kinds == ["reference"] else None


def _inside_own_repeat(subject: Subject, words: Sequence[Token]) -> Iterator[str]:
    for at, word in enumerate(words[:-1]):
        if word.kind != "reference" or words[at + 1].text != "[":
            continue
        end = closing(words, at + 1) or len(words)
        table = subject.tables.get(word.text)
        if table is None or not table.path:
            continue
        for inner in words[at + 2 : end]:
            if inner.kind == "reference" and subject.tables.get(inner.text) == table:
                yield inner.text


def _may_be_blank(subject: Subject, name: str, row: Row) -> bool:
    """Tell whether a question of a repeat, seen from elsewhere, can lack an answer."""
    table = subject.tables.get(name)
    if table is None or not table.path or subject.tables.get(row.get("name")) == table:
        return False
    asked = next((each for each, _ in subject.questions() if each.get("name") == name), None)
    if asked is None:
        return False
    if asked.get("calculation"):
        return "''" in asked.get("calculation") or bool(asked.get("relevant"))
    return asked.get("required").lower() not in ("yes", "true", "true()") or bool(
        asked.get("relevant")
    )


def _is_truth(words: Sequence[Token]) -> bool:
    depth = 0
    for word in words:
        if word.kind == "sign" and word.text in "([":
            depth += 1
        elif word.kind == "sign" and word.text in ")]":
            depth -= 1
        elif depth == 0 and (
            (word.kind == "sign" and word.text in _COMPARE)
            or (word.kind == "name" and word.text in ("and", "or"))
        ):
            return True
    return (
        len(words) > 1
        and words[0].kind == "name"
        and words[0].text in _TRUE_OR_FALSE
        and closing(words, 1) == len(words) - 1
    )
