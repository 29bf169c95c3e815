"""Values that a formula takes from a list by a fixed key: ``pulldata('norms', …, 'name', 'x')``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.rules.fault import Fault, at_list
from forms.rules.subject import Expression, Subject, near
from forms.rules.xpath import Call, Token, calls
from programme.problem import Problem, Text

KEY_MISSING = Fault(
    "list-key-missing",
    Text(
        vi="tệp {file} không có dòng nào có {key} là «{name}»{near_vi}",
        en="{file} has no row whose {key} is “{name}”{near_en}",
    ),
    Text(
        vi="hãy sửa tên trong công thức, hoặc thêm dòng đó vào tệp",
        en="mend the name in the formula, or add that row to the file",
    ),
)
KEY_TWICE = Fault(
    "list-key-twice",
    Text(
        vi="«{name}» có ở dòng {before} rồi; điện thoại chỉ đọc dòng đầu",
        en="“{name}” stands in row {before} already; phones read the first only",
    ),
    Text(vi="hãy xoá một trong hai dòng", en="delete one of the two rows"),
)
NOT_NUMBER = Fault(
    "list-value-not-number",
    Text(
        vi="«{name}» phải là một số, ở đây là «{value}»",
        en="“{name}” has to be a number, here it is “{value}”",
    ),
    Text(
        vi="hãy chỉ ghi chữ số, không có dấu chấm hàng nghìn và đơn vị: 10000 hoặc 0.5",
        en="write digits only, no thousands separator and no unit: 10000 or 0.5",
    ),
)
_ARGUMENTS = 4
_CLOSE = 90  # of 100: board_size_min is no guess for board_size_max
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+")  # 10.000 would be read as ten


@dataclass(frozen=True)
class _Pulled:
    """A call of pulldata whose file, columns and key are all written out."""

    each: Expression
    file: str
    column: str
    key_column: str
    key: str
    as_number: bool


def _rows(subject: Subject, pulled: _Pulled) -> Sequence[tuple[int, Mapping[str, str]]] | None:
    """Give the rows with their numbers; None where another rule tells what is wrong."""
    columns = subject.list_columns(pulled.file) or ()
    known = pulled.column in columns and pulled.key_column in columns
    return subject.list_rows(pulled.file) if known else None


def list_key_missing(subject: Subject) -> Iterator[Problem]:
    """A value taken by a fixed key is there, stands once, and is a number where one is needed."""
    for pulled in _pulled(subject):
        rows = _rows(subject, pulled)
        if rows is None:
            continue
        found = [each for each in rows if each[1].get(pulled.key_column) == pulled.key]
        if not found:
            yield _missing(subject, pulled, [each[1].get(pulled.key_column, "") for each in rows])
            continue
        first, value = found[0][0], found[0][1].get(pulled.column, "")
        for number, _ in found[1:]:
            values = {"name": pulled.key, "before": str(first)}
            yield at_list(KEY_TWICE, pulled.file, number, pulled.key_column, values)
        if pulled.as_number and not _is_number(value):
            values = {"name": pulled.key, "value": value}
            yield at_list(NOT_NUMBER, pulled.file, first, pulled.column, values)


def _pulled(subject: Subject) -> Iterator[_Pulled]:
    for each in subject.expressions:
        if "pulldata" not in each.text:
            continue
        called = calls(each.text)
        numbers = {call.at + 2 for call in called if call.name == "number"}
        typed = each.row.get("value_type") in ("integer", "decimal") or bool(each.row.get("unit"))
        for call in called:
            texts = [_text(argument) for argument in call.arguments]
            if call.name == "pulldata" and len(texts) == _ARGUMENTS and all(texts):
                file, column, key_column, key = (text or "" for text in texts)
                as_number = call.at in numbers or (typed and _whole(each, call))
                file = f"{file.removesuffix('.csv')}.csv"
                yield _Pulled(each, file, column, key_column, key, as_number)


def _text(argument: tuple[Token, ...]) -> str | None:
    return argument[0].text[1:-1] if len(argument) == 1 and argument[0].kind == "text" else None


def _whole(each: Expression, call: Call) -> bool:
    return each.header == "calculation" and call.at == 0 and len(calls(each.text)) == 1


def _missing(subject: Subject, pulled: _Pulled, keys: list[str]) -> Problem:
    each = pulled.each
    return subject.tell(
        KEY_MISSING,
        each.row,
        each.header,
        each.sheet,
        file=pulled.file,
        key=pulled.key_column,
        name=pulled.key,
        **near(pulled.key, tuple(filter(None, keys)), cutoff=_CLOSE),
    )


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and not _THOUSANDS.fullmatch(text)
