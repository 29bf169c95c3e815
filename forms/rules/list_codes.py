"""Codes in lists, and what Excel does to them: 01 becomes 1, and a filter finds nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.rules.fault import Fault, at_list
from forms.rules.subject import Subject
from forms.rules.xpath import Token, conjuncts
from programme.problem import Problem, Text

_AS_TEXT = Text(
    vi="Excel làm mất số 0 đứng đầu: hãy lấy lại tệp cũ, mở bằng Data → From Text/CSV, định dạng "
    "các cột mã là Text rồi mới sửa và lưu CSV UTF-8",
    en="Excel drops leading zeros: take the earlier file, open it by Data → From Text/CSV, format "
    "the columns of codes as Text, then edit and save it as CSV UTF-8",
)
ZEROS_LOST = Fault(
    "list-code-unmatched",
    Text(
        vi="«{value}» không khớp cột {key} của {other}, ở đó là «{right}» ({count} dòng không "
        "khớp): trên điện thoại danh sách sẽ trống",
        en="“{value}” has no match under {key} in {other}, where it is “{right}” ({count} rows "
        "without a match): the phone would show no choices",
    ),
    _AS_TEXT,
)
NONE_MATCHES = Fault(
    "list-code-unmatched",
    Text(
        vi="không giá trị nào của cột này có ở cột {key} của {other} (ví dụ «{value}»): trên điện "
        "thoại danh sách sẽ trống",
        en="no value of this column stands under {key} in {other} (for example “{value}”): the "
        "phone would show no choices",
    ),
    Text(
        vi="hãy ghi cùng một mã ở hai tệp; mã có số 0 đứng đầu thì định dạng cột là Text",
        en="write the same codes in both files; format codes with leading zeros as Text",
    ),
)
SOME_UNMATCHED = Fault(
    "list-code-unmatched",
    Text(
        vi="«{value}» không có ở cột {key} của {other} ({count} dòng như vậy): những dòng đó không "
        "bao giờ hiện ra",
        en="“{value}” is not under {key} in {other} ({count} such rows): those rows never show",
    ),
    Text(
        vi="hãy sửa mã, hoặc thêm dòng còn thiếu vào {other}",
        en="mend the code, or add the row that {other} lacks",
    ),
    level="house",
)
LENGTHS = Fault(
    "list-code-length",
    Text(
        vi="mã «{value}» ngắn hơn các mã khác («{right}»), như thể số 0 đứng đầu đã mất ({count} "
        "dòng như vậy)",
        en="the code “{value}” is shorter than the others (“{right}”), as if leading zeros were "
        "lost ({count} such rows)",
    ),
    _AS_TEXT,
    level="house",
)
ROW_TWICE = Fault(
    "list-row-twice",
    Text(vi="dòng này lặp lại y nguyên dòng {before}", en="the row is the same as row {before}"),
    Text(vi="hãy xoá một trong hai dòng", en="delete one of the two rows"),
    level="strict",
)
Rows = Sequence[tuple[int, Mapping[str, str]]]


@dataclass(frozen=True)
class _Filter:
    """``column = ${question}`` of a select from ``file``; the question takes codes elsewhere."""

    file: str
    column: str
    other: str
    key: str


def list_code_unmatched(subject: Subject) -> Iterator[Problem]:
    """What a list is filtered by is written as in the list that the filter comes from."""
    for each in dict.fromkeys(_filters(subject)):
        known = {row[each.key]: n for n, row in subject.list_rows(each.other) if row.get(each.key)}
        rows = [
            (n, row[each.column]) for n, row in subject.list_rows(each.file) if each.column in row
        ]
        rows = [(number, value) for number, value in rows if value]
        odd = [(number, value) for number, value in rows if value not in known]
        if known and odd:
            yield _unmatched(subject, each, known, odd, nothing=len(odd) == len(rows))


def _unmatched(
    subject: Subject,
    each: _Filter,
    known: Mapping[str, int],
    odd: Sequence[tuple[int, str]],
    *,
    nothing: bool,
) -> Problem:
    bare = {code.lstrip("0"): code for code in sorted(known) if code.isdecimal()}
    lost = [(number, value) for number, value in odd if value.lstrip("0") in bare]
    fault = ZEROS_LOST if lost else NONE_MATCHES if nothing else SOME_UNMATCHED
    number, value = (lost or odd)[0]
    right = bare.get(value.lstrip("0"), "")
    values = {"value": value, "right": right, "count": str(len(lost or odd))}
    file, column, other, key = each.file, each.column, each.other, each.key
    if lost and len(right) < len(value):  # the zeros are gone from the other list
        file, column, other, key, number = other, key, file, column, known[right]
        values |= {"value": right, "right": value}
    values |= {"other": other, "key": key}
    return at_list(fault, file, number, column, values, subject.severity(fault.level))


def list_code_length(subject: Subject) -> Iterator[Problem]:
    """Codes of digits are as long as one another, or Excel has taken zeros from some."""
    for file, key in dict.fromkeys(_keys(subject)):
        rows = [(number, row.get(key, "")) for number, row in subject.list_rows(file)]
        codes = [code for _, code in rows if code]
        longest = max(codes, key=len, default="")
        short = [(number, code) for number, code in rows if code and len(code) < len(longest)]
        if not short or not all(code.isdecimal() for code in codes) or _counted(codes):
            continue
        if len(short) * 2 < len(codes) and not any(code.startswith("0") for code in codes):
            values = {"value": short[0][1], "right": longest, "count": str(len(short))}
            severity = subject.severity(LENGTHS.level)
            yield at_list(LENGTHS, file, short[0][0], key, values, severity)


def list_row_twice(subject: Subject) -> Iterator[Problem]:
    """A list says each thing once."""
    for file, _ in dict.fromkeys(_keys(subject)):
        seen: dict[tuple[str, ...], int] = {}
        for number, row in subject.list_rows(file):
            before = seen.setdefault(tuple(row.values()), number)
            if before != number:
                severity = subject.severity(ROW_TWICE.level)
                yield at_list(ROW_TWICE, file, number, None, {"before": str(before)}, severity)


def _keys(subject: Subject) -> Iterator[tuple[str, str]]:
    """Give each list that choices come from, and the column of their codes."""
    for row, kind in subject.questions():
        if kind.list_file and kind.list_file.endswith(".csv"):
            yield kind.list_file, _key(row.get("parameters"))


def _key(parameters: str) -> str:
    parts = (each.partition("=") for each in parameters.replace(",", " ").split())
    return {name: value for name, _, value in parts}.get("value", "name")


def _filters(subject: Subject) -> Iterator[_Filter]:
    asked = {
        row.get("name"): (kind.list_file, _key(row.get("parameters")))
        for row, kind in subject.questions()
        if kind.kind == "select_one" and kind.list_file and kind.list_file.endswith(".csv")
    }
    for row, kind in subject.questions():
        if not kind.list_file or not kind.list_file.endswith(".csv"):
            continue
        for part in conjuncts(row.get("choice_filter")):
            column, question = _equal(part)
            if question in asked:
                other, key = asked[question]
                yield _Filter(kind.list_file, column, str(other), key)


def _equal(words: Sequence[Token]) -> tuple[str, str]:
    """Give column and question of ``column = ${question}``, in either order; else blanks."""
    kinds = [word.kind for word in words]
    if sorted(kinds) == ["name", "reference", "sign"] and words[1].text == "=":
        column, question = words[0], words[2]
        if kinds[0] == "reference":
            column, question = question, column
        return column.text, question.text
    return "", ""


def _counted(codes: Sequence[str]) -> bool:
    """Tell whether codes are only numbers in a row: 1, 2, … 34."""
    numbers = {int(code) for code in codes}
    return max(numbers) - min(numbers) == len(numbers) - 1
