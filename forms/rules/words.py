"""Words in formulas that phones take for something else: «có», money without quotes, no choice."""

from collections.abc import Iterator, Sequence

from forms.rules.expressions import WORDS
from forms.rules.fault import Fault
from forms.rules.subject import Expression, Subject, near
from forms.rules.xpath import OPERATORS, Token, tokens
from programme.problem import Problem, Text

_YES_OR_NO = {
    written
    for word in ("yes", "no", "true", "false")
    for written in (word, word.capitalize(), word.upper())
} | {"true()", "false()"}
_COMPARED = ("=", "!=")

YES_MISREAD = Fault(
    "yes-misread",
    Text(
        vi="«{text}» trong cột {header} không được hiểu là có hay không",
        en="“{text}” under {header} is read as neither yes nor no",
    ),
    Text(
        vi="hãy ghi yes hoặc no, hoặc một điều kiện như ${action} = 'register'",
        en="write yes or no, or a condition such as ${action} = 'register'",
    ),
)
NAME_BARE = Fault(
    "name-bare",
    Text(
        vi="«{name}» không có dấu nháy và không nằm trong ${…}, nên luôn là trống",
        en="“{name}” has no quotes and stands in no ${…}, so it is always empty",
    ),
    Text(
        vi="hãy viết '{name}' nếu là chữ hay tên lựa chọn, ${{name}} nếu là tên câu hỏi",
        en="write '{name}' for a text or a choice, ${{name}} for a question",
    ),
)
CHOICE_UNKNOWN = Fault(
    "choice-unknown",
    Text(
        vi="danh sách «{list}» của câu «{question}» không có lựa chọn «{name}»{near_vi}",
        en="the list “{list}” of “{question}” has no choice “{name}”{near_en}",
    ),
    Text(
        vi="hãy ghi đúng tên ở cột name của trang choices",
        en="write it as it stands under name on the sheet choices",
    ),
    level="strict",
    waivable=True,
)


def yes_misread(subject: Subject) -> Iterator[Problem]:
    """``required`` and ``readonly`` hold yes, no or a condition."""
    for row, _ in subject.questions():
        for column in ("required", "readonly"):
            text = row.get(column)
            if text and text not in _YES_OR_NO and _only_words(text):
                yield subject.tell(YES_MISREAD, row, column, text=text, header=column)


def name_bare(subject: Subject) -> Iterator[Problem]:
    """A bare word in a condition is a path that leads nowhere."""
    for each in subject.expressions:
        told = _yes_column(each) and _only_words(each.text)
        if told or each.header == "choice_filter":
            continue
        words = tokens(each.text)
        if any(word.kind == "odd" and word.text != "$" for word in words):
            continue  # that sign is told, and what stands around it may be no name
        for name in dict.fromkeys(_bare(words)):
            yield subject.tell(NAME_BARE, each.row, each.header, each.sheet, name=name)


def choice_unknown(subject: Subject) -> Iterator[Problem]:
    """What an answer is compared with is one of its choices."""
    for each in subject.expressions:
        for question, choice in dict.fromkeys(_compared(each)):
            column = subject.column(question)
            listed = column.list_name if column else None
            choices = subject.schema.choices.get(listed or "")
            if not choices or not choice or choice in choices:
                continue
            if choice == "other" and subject.column(f"{question}_other"):
                continue
            values = {"list": listed or "", "question": question, "name": choice}
            asked = near(choice, tuple(choices))
            yield subject.tell(CHOICE_UNKNOWN, each.row, each.header, each.sheet, **values, **asked)


def _only_words(text: str) -> bool:
    return all(word.kind in ("name", "odd") for word in tokens(text))


def _yes_column(each: Expression) -> bool:
    return each.header in ("required", "readonly")


def _bare(words: Sequence[Token]) -> Iterator[str]:
    within = 0
    for at, word in enumerate(words):
        if word.kind == "sign" and word.text in "[]":
            within += 1 if word.text == "[" else -1
        before = words[at - 1].text if at else ""
        after = words[at + 1].text if at + 1 < len(words) else ""
        path = before in ("/", "//", "::", "@") or after in ("(", "::", "/", "//")
        known = word.text.lower() in OPERATORS or word.text in WORDS
        if word.kind == "name" and not within and not path and not known:
            yield word.text


def _compared(each: Expression) -> Iterator[tuple[str, str]]:
    """Give what is compared with a text: the question, and the text without its quotes."""
    words = tokens(each.text)
    for at, word in enumerate(words):
        if word.kind != "text":
            continue
        left = words[at - 1].text if at else ""
        if at > 1 and left in (*_COMPARED, ",") and words[at - 1].kind == "sign":
            question = _question(each, words, at - 2)
            called = left != "," or _selects(words, at - 2)
            if question and called:
                yield question, word.text[1:-1]
        elif [w.kind for w in words[at + 1 : at + 3]] == ["sign", "reference"] and (
            words[at + 1].text in _COMPARED
        ):
            yield words[at + 2].text, word.text[1:-1]


def _question(each: Expression, words: Sequence[Token], at: int) -> str | None:
    word, before = words[at], words[at - 1].text if at else ""
    if word.kind == "reference":
        return word.text
    if word.kind == "sign" and word.text == "." and before not in ("/", "["):
        within = sum((w.text == "[") - (w.text == "]") for w in words[:at] if w.kind == "sign")
        return None if within else each.row.get("name")
    if word.kind == "name" and before == "/" and at > 1 and words[at - 2].text == ".":
        return word.text
    return None


def _selects(words: Sequence[Token], at: int) -> bool:
    """Tell whether the word at ``at`` is the first argument of ``selected``."""
    start = at - 2 if at > 1 and words[at - 1].text == "/" else at
    return start > 1 and words[start - 1].text == "(" and words[start - 2].text == "selected"
