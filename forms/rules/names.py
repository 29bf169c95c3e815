"""Names that tables, servers and other programs can carry."""

import re
from collections.abc import Iterator

from forms.rules.fault import Fault
from forms.rules.subject import Subject
from programme.problem import Problem, Text
from programme.text import fold

ELEMENT = re.compile(r"^[^\W\d][\w.-]*$")  # what pyxform takes
_PLAIN = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")
NOT_PLAIN = Fault(
    "name-not-plain",
    Text(
        vi="tên «{name}» có dấu hoặc ký tự đặc biệt",
        en="the name “{name}” has marks or special characters",
    ),
    Text(
        vi="hãy chỉ dùng chữ không dấu, số và gạch dưới",
        en="use plain letters, digits and underscores only",
    ),
    level="warning",
)
IMPOSSIBLE = Fault(
    "name-not-plain",
    Text(
        vi="«{name}» không thể là tên câu hỏi: có dấu cách, hoặc bắt đầu bằng số",
        en="“{name}” cannot be a name: it has a blank, a sign, or a digit first",
    ),
    Text(
        vi="hãy dùng chữ không dấu, số và gạch dưới, bắt đầu bằng chữ, ví dụ {plain}",
        en="use plain letters, digits and underscores, a letter first, for example {plain}",
    ),
)
IN_TWO_TABLES = Fault(
    "name-in-two-tables",
    Text(
        vi="tên «{name}» đã dùng cho {before}",
        en="the name “{name}” is already taken by {before}",
    ),
    Text(
        vi="hãy đặt tên khác để biết rõ đang nói tới câu nào",
        en="choose another name, so that it is clear which question is meant",
    ),
    level="warning",
)


def name_not_plain(subject: Subject) -> Iterator[Problem]:
    """Names in plain letters: servers rename others, and two may become one."""
    for row, kind in subject.questions():
        name = row.get("name")
        if not name or kind.role == "end" or _PLAIN.match(name):
            continue
        fault = NOT_PLAIN if ELEMENT.match(name) else IMPOSSIBLE
        yield subject.tell(fault, row, "name", name=name, plain=_plain(name))


def name_in_two_tables(subject: Subject) -> Iterator[Problem]:
    """A question's name tells which question is meant, in checks and in what is sent back."""
    rows = {row.get("name"): row for row, _ in subject.questions()}  # the last of each name
    seen: dict[str, tuple[str, str]] = {}
    for table in subject.schema.tables:
        for column in table.columns:
            before, other = seen.setdefault(column.question.lower(), (column.path, table.name))
            if other != table.name:  # twice in one table is told by the reader of the survey
                row, name = rows.get(column.question), column.question
                yield subject.tell(IN_TWO_TABLES, row, "name", name=name, before=before)


def _plain(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    return plain if plain[:1].isalpha() else f"q_{plain}".rstrip("_")
