"""Takes an expression apart: what can be added up over areas, and what is done with the sums.

``100 * SUM(a) / COUNT(*)`` becomes the parts ``SUM(a)`` and ``COUNT(*)``, computed once for the
smallest areas, and ``100 * p0 / p1`` over their sums in every area around them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import sqlglot
from sqlglot import exp

from programme.sql.allowed import DIALECT

Over = Literal["sum", "average", "last"]
_ADDED: Mapping[type[exp.Expr], str] = {exp.Min: "MIN", exp.Max: "MAX"}
_PLACE = re.compile(r"part_([0-9]+)_of_it")


@dataclass(frozen=True, slots=True)
class Part:
    """One aggregate of an expression.

    Args:
        sql: how it is computed for the smallest areas.
        kind: what it does.
        value: of each row.
        where: which rows count.
    """

    sql: str
    kind: type[exp.Expr]
    value: str
    where: str


@dataclass(slots=True)
class Parts:
    """The parts of all expressions over one table, each once.

    Args:
        of: SQL of a part → its column.
        added: column → the SQL that adds it up over areas.
    """

    of: dict[str, str] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    _made: dict[str, tuple[type[exp.Expr], str, str]] = field(default_factory=dict)

    def column(self, part: Part) -> str:
        """Give the SQL that adds a part up over areas; the part is noted."""
        if part.sql not in self.of:
            name = f"p{len(self.of)}"
            self.of[part.sql] = name
            self._made[name] = (part.kind, part.value, part.where)
            if part.kind is exp.Count:  # of nothing there are 0
                self.added[name] = f"COALESCE(SUM({name}), 0)"
            else:
                self.added[name] = f"{_ADDED.get(part.kind, 'SUM')}({name})"
        return self.added[self.of[part.sql]]

    @property
    def count_and_add(self) -> bool:
        """Tell whether all parts count and add, so that changes of them can be added up too."""
        return all(kind in (exp.Sum, exp.Count) for kind, _, _ in self._made.values())

    def of_changes(self) -> Iterator[tuple[str, str]]:
        """Give column → SQL over rows with a ``weight`` of 1 or -1, two for a sum.

        Beside each sum stands how many rows it has: the sum of none is nothing, not 0.
        """
        for name, (kind, value, where) in self._made.items():
            known = where if value == "*" else f"({where}) AND ({value}) IS NOT NULL"
            yield f"n_{name}", f"SUM(weight) FILTER (WHERE {known})"
            if kind is exp.Sum:
                yield f"s_{name}", f"SUM(({value}) * weight) FILTER (WHERE {known})"

    def of_areas(self) -> Iterator[tuple[str, str]]:
        """Give what ``of_changes`` gave, added up over areas."""
        for name, _ in self.of_changes():
            yield name, f"SUM({name})"

    def of_sums(self) -> Iterator[tuple[str, str]]:
        """Give the parts from what ``of_changes`` gave, added up over time."""
        for name, (kind, _, _) in self._made.items():
            rows = f"COALESCE(SUM(n_{name}), 0)"
            yield name, f"CASE WHEN {rows} > 0 THEN SUM(s_{name}) END" if kind is exp.Sum else rows


def read(sql: str, values: Mapping[str, str], condition: str) -> exp.Expr:
    """Read an expression that passed the guard and make it fit for every engine.

    Args:
        sql: the expression.
        values: columns that stand for a value of the target → its SQL.
        condition: on the rows that count, empty for all; it goes into every aggregate.
    """
    return _read(sql, tuple(values.items()), condition)


@lru_cache(maxsize=8192)  # the same workbook serves many batches and reports; nothing changes trees
def _read(sql: str, known: tuple[tuple[str, str], ...], condition: str) -> exp.Expr:
    values = dict(known)
    tree = sqlglot.parse_one(sql, dialect=DIALECT)
    tree = tree.transform(_valued(values)).transform(_divided)
    if condition:
        where = sqlglot.parse_one(condition, dialect=DIALECT).transform(_valued(values))
        tree = tree.transform(_conditioned(where))
    return tree.transform(_average)


@lru_cache(maxsize=8192)  # as of what was read
def adds_up(tree: exp.Expr) -> bool:
    """Tell whether an expression is made of what can be added up over areas."""
    return all(
        isinstance(node, exp.Sum | exp.Count | exp.Min | exp.Max)
        and not isinstance(node.this, exp.Distinct)
        for node in tree.find_all(exp.AggFunc)
    )


@lru_cache(maxsize=8192)
def distinct_of(tree: exp.Expr) -> str | None:
    """Give what an expression counts once each, where it does nothing else; else None."""
    counted = set()
    for node in tree.find_all(exp.AggFunc):
        found = node.this.expressions if isinstance(node.this, exp.Distinct) else []
        if not isinstance(node, exp.Count) or len(found) != 1:
            return None
        counted.add(found[0].sql(DIALECT))
    return counted.pop() if len(counted) == 1 else None


def marked(tree: exp.Expr, marks: dict[str, str]) -> str:
    """Note the conditions of an expression that counts once each; give what is done with the sums.

    Args:
        tree: one of which ``distinct_of`` knows what it counts.
        marks: condition → column that is 1 where somebody or something meets it.
    """

    def replaced(node: exp.Expr) -> exp.Expr:
        whole, inner = _aggregate(node)
        if whole is None or inner is None:
            return node
        where = whole.args["expression"].this.sql(DIALECT) if whole is not inner else "TRUE"
        name = marks.setdefault(where, f"m{len(marks)}")
        return sqlglot.parse_one(f"COALESCE(SUM({name}), 0)", dialect=DIALECT)

    return tree.transform(replaced).sql(DIALECT)


def apart(tree: exp.Expr, parts: Parts, over: Over = "sum") -> str:
    """Note the parts of an expression and give what is done with their sums.

    Args:
        tree: of ``read``, one that adds up.
        parts: of the table.
        over: how the months of one club become one number before clubs are added up.
    """

    outer, found = _taken_apart(tree, over)
    columns = [parts.column(each) for each in found]
    return _PLACE.sub(lambda place: columns[int(place[1])], outer)


@lru_cache(maxsize=8192)
def _taken_apart(tree: exp.Expr, over: Over) -> tuple[str, tuple[Part, ...]]:
    """Give what is done with the sums, a place for each part, and the parts."""
    found: list[Part] = []

    def replaced(node: exp.Expr) -> exp.Expr:
        whole, inner = _aggregate(node)
        if whole is None or inner is None:
            return node
        sql = _of_a_club(whole, inner, over) if over != "sum" else whole.sql(DIALECT)
        where = whole.args["expression"].this.sql(DIALECT) if whole is not inner else "TRUE"
        found.append(Part(sql, type(inner), inner.this.sql(DIALECT), where))
        return exp.column(f"part_{len(found) - 1}_of_it")

    return tree.transform(replaced).sql(DIALECT), tuple(found)


@lru_cache(maxsize=8192)
def of_one_row(outer: str) -> str:
    """Give what ``apart`` gave for an area whose parts are added up already."""
    tree = sqlglot.parse_one(outer, dialect=DIALECT)
    bare = tree.transform(lambda node: node.this if isinstance(node, exp.AggFunc) else node)
    return str(bare.sql(DIALECT))


def _aggregate(
    node: exp.Expr,
) -> tuple[exp.Expr | None, exp.Expr | None]:
    if isinstance(node, exp.Filter) and isinstance(node.this, exp.AggFunc):
        return node, node.this
    if isinstance(node, exp.AggFunc) and not isinstance(node.parent, exp.Filter):
        return node, node
    return None, None


def _of_a_club(whole: exp.Expr, inner: exp.Expr, over: Over) -> str:
    """Give one number of a club from those of its months: their mean, or the last one."""
    where = whole.args["expression"].this.sql(DIALECT) if isinstance(whole, exp.Filter) else "TRUE"
    value = inner.this.sql(DIALECT)
    if isinstance(inner, exp.Count):
        known = "TRUE" if isinstance(inner.this, exp.Star) else f"({value}) IS NOT NULL"
        # of every month that was reported, whether it counts
        value, where = f"CASE WHEN ({where}) AND {known} THEN 1 ELSE 0 END", "reported"
    if over == "last":
        return f"MAX_BY({value}, month_no) FILTER (WHERE ({where}) AND ({value}) IS NOT NULL)"
    mean = f"CAST(SUM({value}) FILTER (WHERE {where}) AS DOUBLE)"
    count = f"NULLIF(COUNT({value}) FILTER (WHERE {where}), 0)"
    # a decimal, so that the order in which clubs are added changes nothing
    return f"CAST({mean} / {count} AS DECIMAL(18, 6))"


def _valued(values: Mapping[str, str]) -> Callable[[exp.Expr], exp.Expr]:
    def replaced(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.name.lower() in values:
            return sqlglot.parse_one(f"({values[node.name.lower()]})", dialect=DIALECT)
        return node

    return replaced


def _divided(node: exp.Expr) -> exp.Expr:
    """Let no division cut off its fraction, and none fail."""
    if not isinstance(node, exp.Div) or isinstance(node.args["expression"], exp.Nullif):
        return node
    below = exp.Nullif(
        this=exp.cast(node.args["expression"], "DOUBLE"), expression=exp.Literal.number(0)
    )
    return exp.Div(this=exp.cast(node.this, "DOUBLE"), expression=below)


def _conditioned(where: exp.Expr) -> Callable[[exp.Expr], exp.Expr]:
    def replaced(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Filter) and isinstance(node.this, exp.AggFunc):
            both = exp.and_(node.args["expression"].this.copy(), where.copy())
            return exp.Filter(this=node.this.copy(), expression=exp.Where(this=both))
        if isinstance(node, exp.AggFunc) and not isinstance(node.parent, exp.Filter):
            return exp.Filter(this=node.copy(), expression=exp.Where(this=where.copy()))
        return node

    # bottom-up would wrap what was just wrapped; the tree is small
    def whole(node: exp.Expr) -> exp.Expr:
        return replaced(node)

    return whole


def _average(node: exp.Expr) -> exp.Expr:
    """Write a mean as sum over count, so that it adds up."""
    whole, inner = _aggregate(node)
    if inner is None or whole is None:
        return node
    where = (
        f" FILTER ({whole.args['expression'].sql(DIALECT).strip()})" if whole is not inner else ""
    )
    value = inner.this.sql(DIALECT) if inner.this is not None else ""
    if isinstance(inner, exp.Avg):
        sql = f"CAST(SUM({value}){where} AS DOUBLE) / NULLIF(COUNT({value}){where}, 0)"
        return sqlglot.parse_one(sql, dialect=DIALECT)
    if isinstance(inner, exp.CountIf):
        old = whole.args["expression"].this.sql(DIALECT) if whole is not inner else "TRUE"
        return sqlglot.parse_one(f"COUNT(*) FILTER (WHERE ({value}) AND ({old}))", dialect=DIALECT)
    return node
