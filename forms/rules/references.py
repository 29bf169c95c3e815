"""Questions that formulas and labels name: ``${name}``."""

import re
from collections import Counter
from collections.abc import Iterator

from forms.headers import TRANSLATED, split_language
from forms.rules.fault import Fault
from forms.rules.names import ELEMENT
from forms.rules.subject import Subject, near
from forms.rules.xpath import without_texts
from forms.workbook import Row
from programme.problem import Problem, Text
from programme.text import nearest

_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
_BROKEN = re.compile(r"\$\s+\{\s*([^}]*?)\s*\}|(?<!\$)(?<!\$\s)\{\s*([^}]*?)\s*\}")
_MADE_BY_PYXFORM = ("instanceID", "instanceName")
_CLOSE = 82  # of 100: score_after is no guess for score_max
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
BROKEN = Fault(
    "reference-broken",
    Text(
        vi="«{text}» không phải cách gọi câu hỏi: $ và { phải đứng liền nhau quanh tên",
        en="“{text}” names no question: $ and { stand together before the name",
    ),
    Text(vi="hãy viết ${{name}}", en="write ${{name}}"),
)


def reference_unknown(subject: Subject) -> Iterator[Problem]:
    """``${name}`` names a row of the survey."""
    rows = subject.workbook.rows("survey")
    if any("loop" in row.get("type") for row in rows):
        return  # loops make names of their own
    names = {row.get("name") for row in rows} - {""}  # those of an unknown type too
    names |= {f"{row.get('name')}_other" for row, kind in subject.questions() if kind.or_other}
    found = [
        (name, (row, header, sheet))
        for row, header, sheet, text in _with_references(subject)
        for name in dict.fromkeys(_REFERENCE.findall(text))
        if name not in names and name not in _MADE_BY_PYXFORM
    ]
    lost = {name for name, _ in found if nearest(name, names, cutoff=_CLOSE) is None}
    if len(lost) <= _nameless(subject):
        found = [each for each in found if each[0] not in lost]
    for name, (row, header, sheet) in found:
        asked = near(name, frozenset(names), cutoff=_CLOSE)
        yield subject.tell(REFERENCE, row, header, sheet, name=name, **asked)


def reference_broken(subject: Subject) -> Iterator[Problem]:
    """``$ {name}`` and ``{name}`` are no references."""
    for each in subject.expressions:
        for broken in _BROKEN.finditer(without_texts(each.text)):
            values = {"text": broken.group(), "name": next(filter(None, broken.groups()), "name")}
            yield subject.tell(BROKEN, each.row, each.header, each.sheet, **values)


def _nameless(subject: Subject) -> int:
    """Count the rows whose name is missing, impossible or taken; that is told of the row."""
    rows = [row for row, kind in subject.questions() if kind.role not in ("end", "begin")]
    rows = [row for row in rows if row.get("type") != "note" or row.get("name")]
    names = [row.get("name") for row in rows]
    twice = sum(count - 1 for name, count in Counter(names).items() if name)
    return twice + sum(not ELEMENT.match(name) for name in names)


def _with_references(subject: Subject) -> Iterator[tuple[Row, str, str, str]]:
    """Give row, header, sheet and text."""
    for each in subject.expressions:
        if "${" in each.text:
            yield each.row, each.header, each.sheet, each.text
    for row, _ in subject.questions():
        for header, text in row.cells.items():
            if "${" in text and split_language(header)[0] in TRANSLATED:
                yield row, header, "survey", text
