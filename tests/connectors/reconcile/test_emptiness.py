"""What is told of empty tables without a query is what DuckDB says of them."""

from datetime import date

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.reconcile import checks, step
from connectors.reconcile.emptiness import gives_nothing
from connectors.reconcile.step import steps

AS_OF = date(2026, 10, 31)
# a and b have no row, c and d one
NOTHING = [
    "SELECT x FROM a",
    "SELECT * FROM a WHERE x > 1",
    "SELECT c.x FROM c JOIN a USING (x)",
    "SELECT c.x FROM c, a",
    "SELECT a.x FROM a LEFT JOIN c USING (x)",
    "SELECT c.x FROM a RIGHT JOIN b USING (x) JOIN c USING (x)",
    "SELECT c.x FROM c SEMI JOIN a USING (x)",
    "SELECT x, count(*) AS n FROM a GROUP BY x",
    "SELECT x, count(*) AS n FROM a GROUP BY ALL",
    "SELECT x FROM a UNION ALL SELECT x FROM b",
    "SELECT x FROM a EXCEPT SELECT x FROM c",
    "SELECT x FROM c INTERSECT SELECT x FROM a",
    "WITH e AS (SELECT x FROM a) SELECT e.x FROM c JOIN e USING (x)",
    "SELECT x FROM (SELECT x FROM a) CROSS JOIN (SELECT count(*) AS n FROM b)",
    "SELECT 1 AS x WHERE false",
    "SELECT x, row_number() OVER (ORDER BY x) AS n FROM A",
]
SOMETHING = [
    "SELECT count(*) AS n FROM a",
    "SELECT count(*) AS n, n + 1 AS more, n FROM a",
    "SELECT max(x) AS x FROM a GROUP BY ALL",
    "SELECT count(*) AS n FROM a GROUP BY ROLLUP (x)",
    "SELECT count(*) AS n FROM a GROUP BY GROUPING SETS ((), (x))",
    "SELECT count(*) AS n FROM a GROUP BY ()",
    "SELECT c.x FROM c LEFT JOIN a USING (x)",
    "SELECT c.x FROM a FULL JOIN c USING (x)",
    "SELECT c.x FROM a RIGHT JOIN c USING (x)",
    "SELECT c.x FROM c ANTI JOIN a USING (x)",
    "SELECT * FROM a POSITIONAL JOIN c",
    "SELECT x FROM a UNION ALL SELECT x FROM c",
    "WITH a AS (SELECT x FROM c) SELECT x FROM a",
    "WITH RECURSIVE a AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM a WHERE x < 3) SELECT x FROM a",
    "SELECT x FROM c WHERE x NOT IN (SELECT x FROM a)",
    "SELECT x FROM unnest([1, 2]) AS u(x)",
    "SELECT (SELECT count(*) FROM a) AS x",
    "SELECT x FROM (a FULL JOIN c USING (x))",
]


@pytest.fixture(scope="module")
def tables():
    with duckdb.connect(":memory:") as connection:
        for name, rows in (("a", "WHERE false"), ("b", "WHERE false"), ("c", ""), ("d", "")):
            connection.execute(f"CREATE TABLE {name} AS SELECT 1 AS x {rows}")
        yield connection


@pytest.mark.parametrize("sql", NOTHING)
def test_a_query_without_a_row_is_known(tables, sql):
    assert not tables.execute(sql).fetchall()
    assert gives_nothing(sql, {"a", "b"})


@pytest.mark.parametrize("sql", SOMETHING)
def test_a_query_with_a_row_is_never_left_out(tables, sql):
    assert tables.execute(sql).fetchall()
    assert not gives_nothing(sql, {"a", "b"})


SOURCE = st.sampled_from(["a", "b", "c", "d"])
JOIN = st.sampled_from(["JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "SEMI JOIN", "ANTI JOIN"])
SHOWN = st.sampled_from(["x", "count(*) AS n", "x, count(*) AS n", "max(x) AS x, count(*) AS n"])
GROUP = st.sampled_from(["", "GROUP BY x", "GROUP BY ALL", "GROUP BY ROLLUP (x)"])


@given(left=SOURCE, join=JOIN, right=SOURCE, shown=SHOWN, group=GROUP)
def test_any_join_and_grouping_is_judged_as_duckdb_carries_it_out(
    tables, left, join, right, shown, group
):
    sql = f"SELECT {shown} FROM {left} AS l {join} {right} AS r USING (x) {group}"
    try:
        rows = tables.execute(sql).fetchall()
    except duckdb.BinderException:  # a column beside a sum, and no group
        return
    assert not (rows and gives_nothing(sql, {"a", "b"}))


def test_which_register_files_have_rows_of_nothing():
    known = {each.name for each in steps() if gives_nothing(each.sql, each.words)}
    assert {each.name for each in steps()} - known == {"club_holder"}  # it reads itself


def test_what_is_left_out_makes_no_difference(whole):
    club = "06463-01"
    whole.receive([whole.club("c"), whole.month("m", club, "2026-10")])
    step._SHAPES.clear(), checks._COLUMNS.clear()
    whole.reconcile(AS_OF)  # codes are issued once
    first = tables_of(whole, whole.reconcile(AS_OF))
    assert len(step._SHAPES) > 20
    assert len(checks._COLUMNS) > 20
    assert tables_of(whole, whole.reconcile(AS_OF)) == first
    step._SHAPES.clear(), checks._COLUMNS.clear()
    assert tables_of(whole, whole.reconcile(AS_OF)) == first


def tables_of(programme, result):
    assert result.rows["club_month"] == 1
    folders = (programme.folder.tables / result.run, programme.folder.identified / result.run)
    return {
        f"{path.parent}/{path.name}".replace(result.run, ""): pq.read_table(path)
        for folder in folders
        for path in folder.glob("*.parquet")
        if path.stem != "finding_run"
    }
