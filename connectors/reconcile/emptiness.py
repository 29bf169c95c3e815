"""Which SELECTs give no row because tables they read have none: told without running them.

A small programme has most of its tables empty, and planning a query over nothing takes as long as
one over something.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache
from typing import TypeAlias

import sqlglot
from sqlglot import exp

from programme.sql.allowed import DIALECT

_BOTH = frozenset({"FULL", "POSITIONAL"})  # kinds of join with rows where either side has some

Empty: TypeAlias = Mapping[str, bool]  # by name of a table: surely without a row
# what is asked of a part of a query whenever it runs; the part itself is looked at once
Asked: TypeAlias = Callable[[Empty], bool]


def gives_nothing(sql: str, empty: Set[str]) -> bool:
    """Tell whether a query surely has no row while some tables are empty.

    Args:
        sql: one SELECT; False for what is not understood.
        empty: names of tables without a row.
    """
    return _asked(sql)({name.lower(): True for name in empty})


@lru_cache(maxsize=512)
def _asked(sql: str) -> Asked:
    try:
        return _nothing(sqlglot.parse_one(sql, dialect=DIALECT))
    except (sqlglot.ParseError, RecursionError):
        return _never


def _never(_: Empty) -> bool:
    return False


def _always(_: Empty) -> bool:
    return True


def _nothing(node: exp.Expr) -> Asked:
    return _with_common(node, _body(node))


def _body(node: exp.Expr) -> Asked:
    if isinstance(node, exp.Subquery):
        return _source_is(node)
    if isinstance(node, exp.Except):
        return _nothing(node.this)
    if isinstance(node, exp.Union | exp.Intersect):
        sides = _nothing(node.this), _nothing(node.expression)
        return _both(*sides) if isinstance(node, exp.Union) else _either(*sides)
    return _select(node) if isinstance(node, exp.Select) else _never


def _both(left: Asked, right: Asked) -> Asked:
    return lambda empty: left(empty) and right(empty)


def _either(left: Asked, right: Asked) -> Asked:
    return lambda empty: left(empty) or right(empty)


def _with_common(node: exp.Expr, body: Asked) -> Asked:
    """Add what WITH names; of one that reads itself nothing is known, so it has rows."""
    clause = node.args.get("with_")
    if not isinstance(clause, exp.With):
        return body
    recursive = bool(clause.args.get("recursive"))
    named: Sequence[tuple[str, Asked]] = [
        (each.alias.lower(), _never if recursive else _nothing(each.this))
        for each in clause.expressions
    ]

    def asked(empty: Empty) -> bool:
        known = dict(empty)
        for name, nothing in named:
            known[name] = nothing(known)
        return body(known)

    return asked


def _select(node: exp.Select) -> Asked:
    if not _has_row_for_row(node):
        return _never
    where, start = node.args.get("where"), node.args.get("from_")
    if where is not None and isinstance(where.this, exp.Boolean) and not where.this.this:
        return _always
    return _joined(node, _source(start.this) if isinstance(start, exp.From) else _never)


def _has_row_for_row(node: exp.Select) -> bool:
    """Tell whether it has no row without input: a sum of nothing has one.

    A column by itself stands only where there are rows or groups of them.
    """
    group = node.args.get("group")
    if isinstance(group, exp.Group):
        if group.find(exp.Rollup, exp.Cube, exp.GroupingSets, exp.Tuple):
            return False
        if group.expressions:
            return True
    made = {each.alias for each in node.expressions if isinstance(each, exp.Alias)}
    shown = [each.unalias() for each in node.expressions]
    return not any(map(_may_sum, shown)) or any(
        isinstance(each, exp.Star) or (isinstance(each, exp.Column) and each.name not in made)
        for each in shown
    )


def _may_sum(node: exp.Expr) -> bool:
    functions = node.find_all(exp.Func)
    return any(not isinstance(each, exp.Cast | exp.TryCast) for each in functions)


def _joined(node: exp.Expr, asked: Asked) -> Asked:
    """Go on with what is joined to a source."""
    for join in node.args.get("joins") or ():
        asked = _join(join, asked, _source(join.this))
    return asked


def _join(join: exp.Expr, left: Asked, right: Asked) -> Asked:
    words = {str(join.args.get(each) or "").upper() for each in ("side", "kind", "method")}
    if words & _BOTH:
        return _both(left, right)
    if "RIGHT" in words:
        return right
    return left if words & {"LEFT", "ANTI"} else _either(left, right)


def _source(node: exp.Expr) -> Asked:
    if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
        name = node.name.lower()
        return _with_joins(node, _never if node.db else lambda empty: empty.get(name, False))
    return _source_is(node) if isinstance(node, exp.Subquery) else _never


def _source_is(node: exp.Expr) -> Asked:
    return _with_joins(node, _nothing(node.this))


def _with_joins(node: exp.Expr, asked: Asked) -> Asked:
    """Look at what hangs on a source itself: joins in its parentheses, PIVOT."""
    return _never if node.args.get("pivots") else _joined(node, asked)
