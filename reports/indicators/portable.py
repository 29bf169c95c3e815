"""What an indicator's expression may be made of, so that every engine gives the same figure."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import sqlglot
from sqlglot import exp

from programme.problem import Place, Problem, Text
from programme.sql.allowed import DIALECT
from programme.text import did_you_mean, nearest

AGGREGATES = ("sum", "count", "count_if", "min", "max", "avg", "median", "bool_and", "bool_or")
FUNCTIONS = (
    *AGGREGATES,
    *("coalesce", "nullif", "if", "ifnull", "greatest", "least"),
    *("abs", "ceil", "floor", "round", "sqrt", "power", "exp", "ln", "sign"),
    *("lower", "upper", "trim", "length", "substring", "contains", "starts_with", "concat"),
    *("list_contains", "array_length", "year", "month", "day", "quarter", "date_diff"),
)
_KINDS = {
    exp.Sum: "sum", exp.Count: "count", exp.CountIf: "count_if", exp.Min: "min", exp.Max: "max",
    exp.Avg: "avg", exp.Median: "median", exp.LogicalAnd: "bool_and", exp.LogicalOr: "bool_or",
}  # fmt: skip
_SAME = {"length": "len", "array_length": "len"}


def aggregate_kinds() -> tuple[type[exp.AggFunc], ...]:
    """Give the nodes that are aggregates."""
    return tuple(_KINDS)


def refused(sql: str, place: Place) -> Iterator[Problem]:
    """Tell what an expression that passed the guard may not contain here.

    Args:
        sql: as it was written.
        place: sheet, row and column of the expression.
    """
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    told = set()
    for node in tree.walk():
        problem = _refusal(node, sql, place)
        if problem is not None and problem not in told:
            told.add(problem)
            yield problem


def not_aggregated(sql: str, place: Place) -> Problem | None:
    """Tell a column that stands outside of every aggregate."""
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    kinds = aggregate_kinds()
    for column in tree.find_all(exp.Column):
        if column.find_ancestor(*kinds, exp.Filter) is None:
            return _bare(column.sql(DIALECT), place)
    if tree.find(*kinds) is None:
        return _bare(tree.sql(DIALECT), place)
    return None


def aggregate_in(sql: str, place: Place) -> Problem | None:
    """Tell an aggregate in a condition on single rows."""
    found = sqlglot.parse_one(sql, dialect=DIALECT).find(*aggregate_kinds())
    if found is None:
        return None
    return Problem(
        "indicator-aggregate-here",
        Text(
            vi=f"«{found.sql(DIALECT)}» tính trên nhiều dòng; ở đây cần điều kiện cho từng dòng",
            en=f"“{found.sql(DIALECT)}” is computed over many rows; here a condition on each row "
            "is wanted",
        ),
        Text(
            vi="hãy chuyển phép tính này sang numerator hoặc denominator",
            en="move it to numerator or denominator",
        ),
        place,
    )


def _refusal(node: exp.Expr, sql: str, place: Place) -> Problem | None:
    if isinstance(node, exp.Window):
        return _not_here("OVER", place)
    if isinstance(node, exp.Subquery | exp.Select):
        return _not_here("SELECT", place)
    if isinstance(node, exp.AggFunc) and node.find_ancestor(*aggregate_kinds()):
        return _not_here(node.sql(DIALECT), place)
    if isinstance(node, exp.DateDiff) and str(node.args.get("unit") or "DAY").upper() != "DAY":
        return _unit(node.sql(DIALECT), place)
    name = _name_of(node)
    if name is None or name in FUNCTIONS:
        return None
    name = _as_written(node, sql) or name
    hint = did_you_mean(nearest(name, FUNCTIONS))
    return Problem(
        "indicator-function-not-portable",
        Text(
            vi=f"hàm «{name}» không dùng được trong chỉ tiêu: máy tính Spark không chạy được hoặc "
            f"cho kết quả khác{hint.vi}",
            en=f"the function “{name}” cannot be used in indicators: Spark has none, or another "
            f"one of that name{hint.en}",
        ),
        Text(
            vi="các hàm có thể dùng: " + ", ".join(FUNCTIONS),
            en="functions to use: " + ", ".join(FUNCTIONS),
        ),
        place,
    )


def _name_of(node: exp.Expr) -> str | None:
    if not isinstance(node, exp.Func) or isinstance(
        node, exp.Cast | exp.And | exp.Or | exp.Case | exp.Array | exp.Anonymous
    ):
        return node.name.lower() if isinstance(node, exp.Anonymous) else None
    for kind, name in _KINDS.items():
        if type(node) is kind:
            return name
    return _written(cast(Any, type(node))) or node.sql(DIALECT).partition("(")[0].lower()


def _as_written(node: exp.Expr, sql: str) -> str | None:
    """Give the name that a person wrote: the parser calls several by one."""
    for name in re.findall(r"(\w+)\s*\(", sql):
        try:
            if type(sqlglot.parse_one(f"{name}(a, b)", dialect=DIALECT)) is type(node):
                return str(name).lower()
        except sqlglot.ParseError:
            continue
    return None


@cache
def _written(kind: Any) -> str | None:
    """Give the listed name that is read as such a node."""
    for name in FUNCTIONS:
        for arguments in ("a", "a, b", "a, b, c", "'day', a, b"):
            try:
                if type(sqlglot.parse_one(f"{name}({arguments})", dialect=DIALECT)) is kind:
                    return name
            except sqlglot.ParseError:
                continue
    return None


def _bare(column: str, place: Place) -> Problem:
    return Problem(
        "indicator-not-aggregated",
        Text(
            vi=f"«{column}» là giá trị của từng dòng, chưa được cộng hay đếm",
            en=f"“{column}” is a value of each row, neither added nor counted",
        ),
        Text(vi=f"ví dụ: SUM({column})", en=f"for example: SUM({column})"),
        place,
    )


def _not_here(words: str, place: Place) -> Problem:
    return Problem(
        "indicator-not-portable",
        Text(
            vi=f"không dùng «{words}» trong biểu thức của chỉ tiêu",
            en=f"“{words}” is not for an indicator's expression",
        ),
        Text(
            vi="chỉ dùng phép tính trên các cột của bảng: SUM, COUNT, FILTER (WHERE …)",
            en="compute with the columns of the table only: SUM, COUNT, FILTER (WHERE …)",
        ),
        place,
    )


def _unit(words: str, place: Place) -> Problem:
    return Problem(
        "indicator-not-portable",
        Text(
            vi=f"«{words}»: các hệ thống đếm tháng, năm khác nhau",
            en=f"“{words}”: systems count months and years in different ways",
        ),
        Text(vi="hãy dùng DATE_DIFF('day', từ, đến)", en="use DATE_DIFF('day', from, to)"),
        place,
    )
