"""Read SQL as a tree, refuse what is not listed, and bind it to the tables that exist."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import sqlglot
from sqlglot import exp

from programme.problem import Place, Problem, ProblemError
from programme.sql import messages
from programme.sql.allowed import (
    CLOCK,
    DIALECT,
    FUNCTIONS,
    PLAIN_TYPES,
    SHOWN_TYPES,
    function_nodes,
)
from programme.sql.bind import bind

Kind = Literal["select", "expression"]
LONGEST = 100_000

# the parser would print remarks of its own; what it cannot read is refused here, with a place
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class _Given:
    tables: Mapping[str, Mapping[str, str]]
    parameters: Mapping[str, str]
    place: Place


def check(
    sql: str,
    tables: Mapping[str, Mapping[str, str]],
    place: Place,
    *,
    kind: Kind = "select",
    parameters: Mapping[str, str] | None = None,
) -> str:
    """Let SQL written by a person through, in one normal form, or say what to change.

    Args:
        sql: one SELECT, or one expression over the columns of all the given tables.
        tables: table → column → DuckDB type; nothing else can be read.
        place: where the SQL stands, for the problems.
        kind: ``select`` or ``expression``.
        parameters: name → DuckDB type of values given when it runs, written ``$name``.

    Returns:
        The SQL as DuckDB shall run it: what was checked is what runs, comments are gone.

    Raises:
        ProblemError: with every refusal found; codes ``sql-…``.
    """
    given = _Given(tables, parameters or {}, place)
    tree = _parse(sql, place, kind)
    problems = list(_refusals(tree, given))
    if problems:
        raise ProblemError(problems)
    normal = _write(tree, place)
    bind(tree, tables, given.parameters, place, is_expression=kind == "expression")
    return normal


def _parse(sql: str, place: Place, kind: Kind) -> exp.Expr:
    if not sql.strip():
        raise ProblemError(messages.empty(place))
    if len(sql) > LONGEST:
        raise ProblemError(messages.too_long(place, LONGEST))
    text = f"SELECT (\n{sql}\n)" if kind == "expression" else sql
    try:
        trees = [tree for tree in sqlglot.parse(text, dialect=DIALECT) if tree is not None]
    except RecursionError as error:
        raise ProblemError(messages.too_deep(place)) from error
    except Exception as error:  # half-written SQL breaks the parser in ways of its own
        raise ProblemError(messages.unreadable(place, error, sql)) from error
    if len(trees) != 1:
        raise ProblemError(messages.several(place))
    if kind == "expression":
        return _expression(trees[0], place)
    if not isinstance(trees[0], exp.Query):
        raise ProblemError(messages.not_a_select(place, sql.split(maxsplit=1)[0]))
    return trees[0]


def _expression(tree: exp.Expr, place: Place) -> exp.Expr:
    filled = {key for key, value in tree.args.items() if value}
    parts = tree.expressions
    if filled != {"expressions"} or len(parts) != 1:
        raise ProblemError(messages.not_an_expression(place))
    only = parts[0]
    if not isinstance(only, exp.Paren | exp.Subquery):
        raise ProblemError(messages.not_an_expression(place))
    inner = only.this
    if isinstance(only, exp.Paren) and isinstance(inner, exp.Alias | exp.Star):
        raise ProblemError(messages.not_an_expression(place))
    # a bare SELECT needs the parentheses
    bare = isinstance(only, exp.Subquery) and not isinstance(inner, exp.Subquery)
    return only if bare else inner


def _write(tree: exp.Expr, place: Place) -> str:
    try:
        return tree.sql(DIALECT, comments=False, unsupported_level=sqlglot.ErrorLevel.RAISE)
    except RecursionError as error:
        raise ProblemError(messages.too_deep(place)) from error
    except Exception as error:
        raise ProblemError(messages.unreadable(place, error, tree.key)) from error


def _refusals(tree: exp.Expr, given: _Given) -> Iterator[Problem]:
    seen: set[Problem] = set()
    for node in tree.walk():
        problem = _refusal(node, given)
        if problem is not None and problem not in seen:
            seen.add(problem)
            yield problem


def _refusal(node: exp.Expr, given: _Given) -> Problem | None:
    if isinstance(node, exp.Anonymous) or type(node) not in function_nodes():
        return _unlisted(node, given)
    rule = _RULES.get(type(node))
    return rule(node, given) if rule else None


def _unlisted(node: exp.Expr, given: _Given) -> Problem | None:
    text = node.sql(DIALECT) or node.key.upper()
    if isinstance(node, exp.IntDiv):
        return messages.whole_division(given.place, text)
    if not isinstance(node, exp.Func):
        return messages.not_allowed(given.place, text)
    name = (node.name if isinstance(node, exp.Anonymous) else text.split("(", 1)[0]).lower()
    if name in CLOCK:
        return messages.clock(given.place, name, given.parameters)
    if isinstance(node, exp.Anonymous) and name in FUNCTIONS:
        return None
    if not name.isidentifier():  # written with signs of its own, such as {…}
        return messages.not_allowed(given.place, text)
    return messages.function_unknown(given.place, name, FUNCTIONS)


def _table(node: exp.Expr, given: _Given) -> Problem | None:
    if isinstance(node.this, exp.Func):
        return None  # a table function; what it calls is looked at as a node of its own
    known = {name.lower() for name in given.tables} | set(_common_tables(node))
    if node.args.get("db") or node.args.get("catalog") or node.name.lower() not in known:
        return messages.table_unknown(given.place, _bare(node), known)
    return None


def _bare(node: exp.Expr) -> str:
    return ".".join(part.name for part in node.parts) if isinstance(node, exp.Table) else node.name


def _common_tables(node: exp.Expr) -> Iterator[str]:
    """Give the names that WITH defines for this spot; one defined later would be a system table."""
    child, parent = node, node.parent
    while parent is not None:
        if isinstance(parent, exp.With):
            names = [common.alias.lower() for common in parent.expressions]
            yield from names[: child.index]
        elif isinstance(parent, exp.Query) and not isinstance(child, exp.With):
            yield from (common.alias.lower() for common in parent.ctes)
        child, parent = parent, parent.parent


def _column(node: exp.Expr, given: _Given) -> Problem | None:
    if node.args.get("db") or node.args.get("catalog"):
        return messages.not_allowed(given.place, node.sql(DIALECT))
    return None


def _type(node: exp.Expr, given: _Given) -> Problem | None:
    kind = str(getattr(node.this, "value", node.this)).upper()
    if kind in PLAIN_TYPES:
        return None
    return messages.type_unknown(given.place, node.sql(DIALECT), SHOWN_TYPES)


def _parameter(node: exp.Expr, given: _Given) -> Problem | None:
    name = str(node.this or "")
    if name in given.parameters:
        return None
    return messages.parameter_unknown(given.place, name, given.parameters)


def _with(node: exp.Expr, given: _Given) -> Problem | None:
    return messages.recursive(given.place) if node.args.get("recursive") else None


def _join(node: exp.Expr, given: _Given) -> Problem | None:
    if node.args.get("method") == "POSITIONAL":  # would depend on the order of rows
        return messages.not_allowed(given.place, "POSITIONAL JOIN")
    return None


_RULES: dict[type, Callable[[exp.Expr, _Given], Problem | None]] = {
    exp.Table: _table,
    exp.Column: _column,
    exp.DataType: _type,
    exp.Placeholder: _parameter,
    exp.With: _with,
    exp.Join: _join,
}
