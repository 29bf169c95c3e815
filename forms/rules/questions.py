"""Questions that stop a person: notes to answer, answers refused, labels that fill the screen."""

import re
from collections.abc import Iterator, Sequence

from forms.rules.fault import Fault
from forms.rules.subject import Subject
from forms.rules.xpath import Token, conjuncts
from programme.problem import Problem, Text

LABEL_AT_MOST = 160  # characters; more does not fit a small phone beside the keyboard
_YES = ("yes", "true", "true()")

NOTE_REQUIRED = Fault(
    "note-required",
    Text(
        vi="ghi chú «{name}» bắt buộc trả lời, mà ghi chú thì không trả lời được",
        en="the note “{name}” is required, and a note cannot be answered",
    ),
    Text(
        vi="hãy xoá ô required; muốn người điền xác nhận thì dùng loại acknowledge",
        en="clear the cell required; to have it confirmed use the type acknowledge",
    ),
    level="strict",
    waivable=True,
)
REFUSES_EMPTY = Fault(
    "constraint-refuses-empty",
    Text(
        vi="điều kiện «{text}» từ chối câu trả lời trống, nhưng điện thoại không kiểm tra ô trống",
        en="“{text}” refuses the empty answer, but phones do not test an empty answer",
    ),
    Text(
        vi="hãy ghi yes vào ô required và bỏ đoạn đó khỏi constraint",
        en="write yes under required and take this part out of the constraint",
    ),
    level="warning",
)
MESSAGE_MISSING = Fault(
    "constraint-message-missing",
    Text(
        vi="câu «{name}» có điều kiện nhưng không có lời báo khi nhập sai",
        en="“{name}” has a constraint but no message for a wrong answer",
    ),
    Text(
        vi="hãy ghi constraint_message: số nào, chữ nào thì được",
        en="write constraint_message: which answers are right",
    ),
    level="house",
)
LABEL_LONG = Fault(
    "label-long",
    Text(
        vi="lời dài {count} ký tự (nhiều nhất nên là 160): «{text}…»",
        en="the label has {count} characters (160 at most): “{text}…”",
    ),
    Text(
        vi="hãy rút gọn, hoặc chuyển phần giải thích sang cột hint",
        en="shorten it, or move the explanation to the column hint",
    ),
    level="house",
)
# how people write “not empty”: . != '', string-length(.) > 0, count-selected(.) >= 1
_NOT_EMPTY = re.compile(
    r"""^\(?(?:
    \.!=(?:''|"")|(?:''|"")!=\.
    |not\(\.=(?:''|"")\)
    |(?:string-length|count-selected)\(\.\)(?:>0|>=1|!=0)
    |boolean\(\.\)
    )\)?$""",
    re.X,
)
_MARKUP = re.compile(r"<[^>]+>|\*\*|__|\$\{[^}]*\}|\]\([^)]*\)|^#+ ", re.M)


def note_required(subject: Subject) -> Iterator[Problem]:
    """Nobody can answer a note, so it must not be required."""
    for row, kind in subject.questions():
        if kind.name == "note" and row.get("required").lower() in _YES:
            yield subject.tell(NOTE_REQUIRED, row, "required", name=row.get("name"))


def constraint_refuses_empty(subject: Subject) -> Iterator[Problem]:
    """Whether a question may stay empty is said by ``required``, not by its constraint."""
    for row, _ in subject.questions():
        for part in conjuncts(row.get("constraint")):
            if _NOT_EMPTY.match(_written(part)):
                text = " ".join(word.text for word in part)
                yield subject.tell(REFUSES_EMPTY, row, "constraint", text=text)


def constraint_message_missing(subject: Subject) -> Iterator[Problem]:
    """Who typed a wrong answer is told what is right."""
    for row, kind in subject.questions():
        said = any(True for _ in subject.words(row, "constraint_message"))
        if row.get("constraint") and kind.role == "question" and not said:
            yield subject.tell(MESSAGE_MISSING, row, "constraint_message", name=row.get("name"))


def label_long(subject: Subject) -> Iterator[Problem]:
    """Labels fit a small screen; marks of style and inserted answers are not counted."""
    for row, _ in subject.questions():
        for header, text in subject.words(row, "label"):
            seen = " ".join(_MARKUP.sub("", text).split())
            if len(seen) > LABEL_AT_MOST:
                values = {"count": str(len(seen)), "text": seen[:40]}
                yield subject.tell(LABEL_LONG, row, header, **values)


def _written(words: Sequence[Token]) -> str:
    return "".join(word.text for word in words)
