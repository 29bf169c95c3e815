"""Turns the SQL of analysis tables and indicators into Spark's."""

from functools import lru_cache

import sqlglot

from programme.sql.allowed import DIALECT


@lru_cache(maxsize=4096)
def in_spark(select: str) -> str:
    """Write a SELECT in Spark's dialect; what it may hold is in ``portable`` and ``views``.

    Args:
        select: in DuckDB's dialect.
    """
    return sqlglot.transpile(select, read=DIALECT, write="spark", comments=False)[0]
