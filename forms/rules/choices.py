"""The sheet ``choices``: every list is there, every name is one word and stands once."""

import re
from collections.abc import Iterator

from forms.rules.fault import Fault
from forms.rules.subject import Subject, near
from forms.workbook import Row
from programme.problem import Problem, Text

_ELEMENT = re.compile(r"[^\W\d][\w.-]*$")
AT_MOST = 500  # choices inside a form; above that phones of 2 GB take seconds for every page

LIST_MISSING = Fault(
    "choice-list-missing",
    Text(
        vi="trang choices không có danh sách «{name}»{near_vi}",
        en="the sheet choices has no list “{name}”{near_en}",
    ),
    Text(
        vi="hãy sửa tên danh sách, hoặc thêm các lựa chọn của nó vào trang choices",
        en="mend the list's name, or add its choices to the sheet choices",
    ),
)
SHEET_MISSING = Fault(
    "choices-missing",
    Text(
        vi="không có trang «choices», nên mọi câu chọn đều không có lựa chọn{near_vi}",
        en="there is no sheet “choices”, so no select has any choices{near_en}",
    ),
    Text(
        vi="hãy đặt tên choices cho trang có các cột list_name, name, label",
        en="name the sheet with the columns list_name, name, label choices",
    ),
)
NO_LIST = Fault(
    "choice-without-list",
    Text(vi="lựa chọn «{name}» không thuộc danh sách nào", en="choice “{name}” has no list"),
    Text(vi="hãy ghi tên danh sách vào cột list_name", en="write its list under list_name"),
)
NAME_MISSING = Fault(
    "choice-name-missing",
    Text(vi="một lựa chọn của «{list}» chưa có tên", en="a choice of “{list}” has no name"),
    Text(vi="hãy ghi một tên ngắn không dấu vào cột name", en="write a short plain name"),
)
NAME_BLANK = Fault(
    "choice-name-blank",
    Text(
        vi="tên lựa chọn «{name}» có dấu cách; câu chọn nhiều sẽ tách thành {count} lựa chọn",
        en="the choice name “{name}” has blanks; a select_multiple reads it as {count} choices",
    ),
    Text(vi="hãy thay dấu cách bằng gạch dưới", en="write underscores instead of blanks"),
)
NAME_BLANK_IN_ONE = Fault(
    "choice-name-blank",
    Text(vi="tên lựa chọn «{name}» có dấu cách", en="the choice name “{name}” has blanks"),
    Text(vi="hãy thay dấu cách bằng gạch dưới", en="write underscores instead of blanks"),
    level="warning",
)
NAME_TWICE = Fault(
    "choice-name-twice",
    Text(
        vi="danh sách «{list}» đã có lựa chọn «{name}» ở dòng {before}",
        en="the list “{list}” already has “{name}”, in row {before}",
    ),
    Text(
        vi="hãy đổi tên một trong hai, vì trong số liệu không phân biệt được",
        en="rename one of them; in the data nobody could tell them apart",
    ),
)
NAME_CASE = Fault(
    "choice-name-case",
    Text(
        vi="«{name}» chỉ khác «{other}» (dòng {before}) ở chữ hoa, chữ thường",
        en="“{name}” differs from “{other}” (row {before}) in capitals only",
    ),
    Text(vi="hãy đặt tên khác hẳn nhau", en="choose names that differ in letters"),
    level="warning",
)
NAME_MARKS = Fault(
    "choice-name-not-plain",
    Text(
        vi="tên lựa chọn «{name}» có dấu hoặc ký tự đặc biệt",
        en="the choice name “{name}” has marks or special characters",
    ),
    Text(
        vi="hãy dùng chữ không dấu, số và gạch dưới; chữ có dấu ghi ở cột label",
        en="use plain letters, digits and underscores; marks belong in the label",
    ),
    level="house",
)
LABEL_MISSING = Fault(
    "choice-label-missing",
    Text(
        vi="lựa chọn «{name}» của «{list}» không có lời",
        en="choice “{name}” of “{list}” has no label",
    ),
    Text(vi="hãy ghi lời bằng mọi ngôn ngữ", en="write its label in every language"),
    level="strict",
)
COLUMN_NAME = Fault(
    "choices-column-name",
    Text(
        vi="tên cột «{name}» của trang choices có ký tự làm hỏng biểu mẫu",
        en="the column “{name}” of the sheet choices has a character that breaks the form",
    ),
    Text(
        vi="hãy đặt tên cột bằng chữ, số, gạch dưới, bắt đầu bằng chữ; hoặc xoá cột",
        en="name it with letters, digits and underscores, a letter first; or delete it",
    ),
)
TOO_MANY = Fault(
    "choices-too-many",
    Text(
        vi="biểu mẫu mang {count} lựa chọn bên trong ({most} trong «{list}»); máy yếu sẽ rất chậm",
        en="the form carries {count} choices ({most} in “{list}”); weak phones become slow",
    ),
    Text(
        vi="hãy chuyển danh sách dài sang tệp CSV và dùng select_one_from_file",
        en="put the long list into a CSV file and use select_one_from_file",
    ),
    level="warning",
)


def list_missing(subject: Subject) -> Iterator[Problem]:
    """Every list that a question names stands on the sheet choices."""
    lists = frozenset(_lists(subject))
    for row, kind in subject.questions():
        name = kind.list_name
        if name and name not in lists and not name.startswith("${") and not _searched(row):
            if "choices" not in subject.workbook.sheets:
                asked = near("choices", tuple(subject.workbook.sheets))
                yield subject.tell(SHEET_MISSING, None, None, "choices", **asked)
                return
            yield subject.tell(LIST_MISSING, row, "type", name=name, **near(name, lists))


def choice_incomplete(subject: Subject) -> Iterator[Problem]:
    """Every choice has a list, a name and words."""
    for row in subject.workbook.rows("choices"):
        name, listed = row.get("name"), row.get("list_name")
        if not listed:
            if name:
                yield _tell(subject, NO_LIST, row, "list_name", name=name)
        elif not name:
            yield _tell(subject, NAME_MISSING, row, "name", list=listed)
        elif not any(True for kind in ("label", *_MEDIA) for _ in subject.words(row, kind)):
            yield _tell(subject, LABEL_MISSING, row, "label", name=name, list=listed)


def column_name(subject: Subject) -> Iterator[Problem]:
    """Extra columns of the sheet choices become elements of the form's XML."""
    sheet = subject.workbook.sheets.get("choices")
    for header in sheet.headers if sheet else ():
        if "::" not in header and not _ELEMENT.match(header):
            yield subject.tell(COLUMN_NAME, None, header, "choices", name=header)


def choice_name_blank(subject: Subject) -> Iterator[Problem]:
    """Choice names are one word: blanks stand between the answers of a select_multiple."""
    several = {k.list_name for _, k in subject.questions() if k.kind == "select_multiple"}
    for row in subject.workbook.rows("choices"):
        name = row.get("name")
        if (count := len(name.split())) > 1:
            fault = NAME_BLANK if row.get("list_name") in several else NAME_BLANK_IN_ONE
            yield _tell(subject, fault, row, "name", name=name, count=str(count))


def choice_name_twice(subject: Subject) -> Iterator[Problem]:
    """A choice stands once in its list; capitals alone do not make another one."""
    allowed = subject.workbook.setting("allow_choice_duplicates").lower() in ("yes", "true")
    seen: dict[tuple[str, str], Row] = {}
    for row in subject.workbook.rows("choices"):
        name, listed = row.get("name"), row.get("list_name")
        if not name or not listed:
            continue
        before = seen.setdefault((listed, name.lower()), row)
        values = {"name": name, "list": listed, "before": str(before.number)}
        if before is not row and before.get("name") == name:
            if not allowed:
                yield _tell(subject, NAME_TWICE, row, "name", **values)
        elif before is not row:
            other = before.get("name")
            yield _tell(subject, NAME_CASE, row, "name", other=other, **values)


def choice_name_not_plain(subject: Subject) -> Iterator[Problem]:
    """Choice names in plain letters, for every program that reads the data."""
    for row in subject.workbook.rows("choices"):
        name = row.get("name")
        if not name.isascii():
            yield _tell(subject, NAME_MARKS, row, "name", name=name)


def choices_too_many(subject: Subject) -> Iterator[Problem]:
    """Long lists lie beside the form; told at the question that uses the longest one."""
    lists = _lists(subject)
    used = [(row, k.list_name) for row, k in subject.questions() if k.list_name in lists]
    count = sum(lists[name] for name in {name for _, name in used if name})
    if count > AT_MOST:
        row, longest = max(used, key=lambda each: lists[each[1] or ""])
        values = {"count": str(count), "most": str(lists[longest or ""]), "list": longest or ""}
        yield subject.tell(TOO_MANY, row, "type", **values)


_MEDIA = ("media::image", "media::audio", "media::video")


def _lists(subject: Subject) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in subject.workbook.rows("choices"):
        counts[row.get("list_name")] = counts.get(row.get("list_name"), 0) + 1
    counts.pop("", None)
    return counts


def _searched(row: Row) -> bool:
    return "search(" in row.get("appearance")


def _tell(subject: Subject, fault: Fault, row: Row, column: str, **values: str) -> Problem:
    return subject.tell(fault, row, column, "choices", **values)
