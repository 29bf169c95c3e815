"""The problems of the guard, in both languages."""

import re
from collections.abc import Iterable
from dataclasses import replace

from programme.problem import Place, Problem, Text
from programme.text import did_you_mean, nearest

MANY = 30  # names; a longer list hides the one that was meant
SHOWN = 80  # characters of the offending text


def _problem(code: str, place: Place, what: tuple[str, str], do: tuple[str, str]) -> Problem:
    return Problem(f"sql-{code}", Text(*what), Text(*do), place)


def _unknown(
    code: str, place: Place, name: str, names: Iterable[str], thing: tuple[str, str]
) -> Problem:
    listed = sorted(names)
    near = nearest(name, listed)
    vi, en = thing
    hint = did_you_mean(near)
    if len(listed) > MANY:
        listed = [near] if near else [*listed[:MANY], "…"]
    shown = _list(listed)
    return _problem(
        code,
        place,
        (f"không có {vi} «{_short(name)}»{hint.vi}", f"there is no {en} “{_short(name)}”{hint.en}"),
        (f"{vi} có thể dùng: {shown}", f"{en}s to use: {shown}"),
    )


def table_unknown(place: Place, name: str, names: Iterable[str]) -> Problem:
    """Say that a table is not one of the given ones."""
    return _unknown("table-unknown", place, name, names, ("bảng", "table"))


def column_unknown(place: Place, name: str, names: Iterable[str]) -> Problem:
    """Say that no given table has such a column."""
    columns = set(names)
    told = _unknown("column-unknown", place, name, columns, ("cột", "column"))
    if nearest(name, sorted(columns)):
        return told
    quoted = f"'{_short(name)}'"
    vi, en = f"nếu là chữ, viết trong dấu nháy: {quoted}", f"if it is text, write {quoted}"
    return replace(told, do=Text(f"{told.do.vi}; {vi}", f"{told.do.en}; {en}"))


def column_elsewhere(place: Place, name: str, holders: list[str]) -> Problem:
    """Say that a column belongs to a table that is not read at this point."""
    return _problem(
        "column-unknown",
        place,
        (
            f"bảng đang đọc không có cột «{name}»; cột này ở bảng {_list(holders)}",
            f"the tables read here have no column “{name}”; it is in {_list(holders)}",
        ),
        ("hãy nối thêm bảng đó bằng JOIN", "join that table"),
    )


def function_unknown(place: Place, name: str, names: Iterable[str]) -> Problem:
    """Say that a function does not exist here."""
    return _unknown("function-unknown", place, name, names, ("hàm", "function"))


def type_unknown(place: Place, name: str, names: Iterable[str]) -> Problem:
    """Say that a value cannot be turned into such a type here."""
    return _unknown("type-unknown", place, name, names, ("kiểu", "type"))


def parameter_unknown(place: Place, name: str, names: Iterable[str]) -> Problem:
    """Say that no value of that name is given when the SQL runs."""
    known = [f"${each}" for each in names]
    return _unknown("parameter-unknown", place, f"${name}", known, ("tham số", "parameter"))


def empty(place: Place) -> Problem:
    """Say that there is no SQL."""
    return _problem(
        "empty",
        place,
        ("ô này chưa có câu lệnh", "there is nothing to compute here"),
        ("hãy viết một câu SELECT hoặc một biểu thức", "write one SELECT or one expression"),
    )


def too_long(place: Place, longest: int) -> Problem:
    """Say that the text is longer than anything a person writes."""
    return _problem(
        "too-long",
        place,
        (f"câu lệnh dài hơn {longest} ký tự", f"the text is longer than {longest} characters"),
        ("hãy chia thành nhiều câu ngắn", "split it into several shorter ones"),
    )


def too_deep(place: Place) -> Problem:
    """Say that brackets or subqueries are nested too deeply to be read."""
    return _problem(
        "too-deep",
        place,
        ("câu lệnh lồng quá nhiều tầng", "it is nested too deeply"),
        ("hãy tách ra bằng WITH … AS (…)", "take it apart with WITH … AS (…)"),
    )


def unreadable(place: Place, error: Exception, sql: str) -> Problem:
    """Say where the text stops being SQL."""
    found = getattr(error, "errors", None) or [{}]
    near = str(found[0].get("highlight") or "") or sql.strip()
    return _problem(
        "unreadable",
        place,
        (f"không hiểu câu lệnh ở gần «{_short(near)}»", f"cannot be read near “{_short(near)}”"),
        (
            "hãy kiểm tra dấu ngoặc, dấu phẩy và dấu nháy",
            "check brackets, commas and quotation marks",
        ),
    )


def several(place: Place) -> Problem:
    """Say that there is more than one statement."""
    return _problem(
        "several",
        place,
        ("có nhiều hơn một câu lệnh", "there is more than one statement"),
        ("chỉ viết một câu, không dùng dấu chấm phẩy", "write one only, without a semicolon"),
    )


def not_a_select(place: Place, word: str) -> Problem:
    """Say that the statement does something else than read."""
    return _problem(
        "not-a-select",
        place,
        (f"không được dùng lệnh «{word}» ở đây", f"“{word}” is not allowed here"),
        ("chỉ viết một câu SELECT", "write one SELECT and nothing else"),
    )


def not_an_expression(place: Place) -> Problem:
    """Say that one expression was wanted."""
    return _problem(
        "not-an-expression",
        place,
        ("ở đây cần đúng một biểu thức", "exactly one expression is wanted here"),
        (
            "hãy bỏ tên cột (AS), dấu phẩy và FROM; ví dụ: sum(income_in_grants)",
            "leave out AS, commas and FROM; for example: sum(income_in_grants)",
        ),
    )


def not_allowed(place: Place, text: str) -> Problem:
    """Say that a part of the SQL is not on the list."""
    return _problem(
        "not-allowed",
        place,
        (f"không được dùng «{_short(text)}»", f"“{_short(text)}” is not allowed"),
        (
            "chỉ dùng SELECT, JOIN, WITH, UNION và các hàm trong danh sách",
            "use only SELECT, JOIN, WITH, UNION and the functions of the list",
        ),
    )


def recursive(place: Place) -> Problem:
    """Say that a query may not call itself."""
    return _problem(
        "recursive",
        place,
        ("không được dùng WITH RECURSIVE", "WITH RECURSIVE is not allowed"),
        (
            "cần một dòng cho mỗi tháng thì dùng generate_series(…)",
            "for a row a month use generate_series(…)",
        ),
    )


def whole_division(place: Place, text: str) -> Problem:
    """Say that a division would cut off the fraction."""
    return _problem(
        "whole-division",
        place,
        (
            f"phép chia «{_short(text)}» bỏ mất phần lẻ",
            f"the division “{_short(text)}” drops the fraction",
        ),
        ("hãy dùng /; muốn bỏ phần lẻ thì dùng floor(…)", "use /; to drop it use floor(…)"),
    )


def clock(place: Place, name: str, parameters: Iterable[str]) -> Problem:
    """Say that a figure may not depend on the day it is computed."""
    as_of = "$as_of" if "as_of" in set(parameters) else "as_of"
    return _problem(
        "clock",
        place,
        (
            f"«{name}» làm kết quả thay đổi theo ngày chạy",
            f"“{name}” would change the result with the day it runs",
        ),
        (f"hãy dùng ngày chốt số liệu {as_of}", f"use the cut-off date {as_of}"),
    )


def does_not_fit(place: Place, detail: str) -> Problem:
    """Say that DuckDB cannot run it over these tables, in DuckDB's words."""
    words = _short(detail.strip().split("\n", 1)[0], 200)
    return _problem(
        "does-not-fit",
        place,
        (f"không chạy được với các bảng này: {words}", f"does not run over these tables: {words}"),
        (
            "hãy kiểm tra kiểu của cột, GROUP BY và tên cột trùng nhau",
            "check the types of the columns, GROUP BY and columns of the same name",
        ),
    )


def without_values(detail: str) -> str:
    """Give the first line of DuckDB's message without quoted values, which may be data."""
    first = detail.strip().split("\n", 1)[0]
    return _short(re.sub(r"'[^']*'?", "'…'", first), 200)


def _short(text: str, longest: int = SHOWN) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def _list(names: list[str]) -> str:
    return ", ".join(names) if names else "–"
