"""Which SELECTs give no row because tables they read have none: told without running them.

A small programme has most of its tables empty, and planning a query over nothing takes as long as
one over something.
"""

from collections.abc import Mapping, Set
from functools import lru_cache

import sqlglot
from sqlglot import exp

from programme.sql.allowed import DIALECT

_BOTH = frozenset({"FULL", "POSITIONAL"})  # kinds of join with rows where either side has some


def gives_nothing(sql: str, empty: Set[str]) -> bool:
    """Tell whether a query surely has no row while some tables are empty.

    Args:
        sql: one SELECT; False for what is not understood.
        empty: names of tables without a row.
    """
    tree = _tree(sql)
    return tree is not None and _nothing(tree, {name.lower(): True for name in empty})


@lru_cache(maxsize=512)
def _tree(sql: str) -> exp.Expr | None:
    try:
        return sqlglot.parse_one(sql, dialect=DIALECT)
    except (sqlglot.ParseError, RecursionError):
        return None


def _nothing(node: exp.Expr, empty: Mapping[str, bool]) -> bool:
    empty = _with_common(node, empty)
    if isinstance(node, exp.Subquery):
        return _source_is(node, empty)
    if isinstance(node, exp.Except):
        return _nothing(node.this, empty)
    if isinstance(node, exp.Union | exp.Intersect):
        sides = [_nothing(each, empty) for each in (node.this, node.expression)]
        return all(sides) if isinstance(node, exp.Union) else any(sides)
    return isinstance(node, exp.Select) and _select(node, empty)


def _with_common(node: exp.Expr, empty: Mapping[str, bool]) -> Mapping[str, bool]:
    """Add what WITH names; of one that reads itself nothing is known, so it has rows."""
    clause = node.args.get("with_")
    if not isinstance(clause, exp.With):
        return empty
    for each in clause.expressions:
        known = not clause.args.get("recursive") and _nothing(each.this, empty)
        empty = {**empty, each.alias.lower(): known}
    return empty


def _select(node: exp.Select, empty: Mapping[str, bool]) -> bool:
    if not _has_row_for_row(node):
        return False
    where, start = node.args.get("where"), node.args.get("from_")
    if where is not None and isinstance(where.this, exp.Boolean) and not where.this.this:
        return True
    nothing = isinstance(start, exp.From) and _source(start.this, empty)
    for join in node.args.get("joins") or ():
        nothing = _joined(join, nothing, empty)
    return nothing


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


def _joined(join: exp.Expr, left: bool, empty: Mapping[str, bool]) -> bool:
    words = {str(join.args.get(each) or "").upper() for each in ("side", "kind", "method")}
    right = _source(join.this, empty)
    if words & _BOTH:
        return left and right
    if "RIGHT" in words:
        return right
    return left if words & {"LEFT", "ANTI"} else left or right


def _source(node: exp.Expr, empty: Mapping[str, bool]) -> bool:
    if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
        own = empty.get(node.name.lower(), False) and not node.db
        return _with_joins(node, own, empty)
    return isinstance(node, exp.Subquery) and _source_is(node, empty)


def _source_is(node: exp.Expr, empty: Mapping[str, bool]) -> bool:
    return _with_joins(node, _nothing(node.this, empty), empty)


def _with_joins(node: exp.Expr, nothing: bool, empty: Mapping[str, bool]) -> bool:
    """Look at what hangs on a source itself: joins in its parentheses, PIVOT."""
    if node.args.get("pivots"):
        return False
    for join in node.args.get("joins") or ():
        nothing = _joined(join, nothing, empty)
    return nothing
