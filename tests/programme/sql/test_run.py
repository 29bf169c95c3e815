import datetime

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.problem import Exit, Place, ProblemError
from programme.sql import check, copied, open_guarded, run_limited


@pytest.fixture
def club_month(tmp_path):
    path = tmp_path / "club_month.parquet"
    rows = [
        {"club_code": "06463-01", "month": "2026-09", "attendance": 5, "areas_done": ["income"]},
        {"club_code": "06463-01", "month": "2026-10", "attendance": None, "areas_done": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.fixture
def connection(club_month):
    with open_guarded({"club_month": club_month}, threads=1, memory_limit="200MB") as opened:
        yield opened


def test_the_files_are_readable_as_views(connection):
    sql = "select month from club_month where attendance is null"
    assert run_limited(connection, sql, 10).to_pylist() == [{"month": "2026-10"}]


def test_several_files_make_one_view(club_month):
    with open_guarded({"twice": [club_month, club_month]}) as both:
        assert both.execute("select count(*) from twice").fetchone() == (4,)


def test_values_are_given_by_name(connection):
    answer = run_limited(
        connection, "SELECT $as_of AS day", 10, {"as_of": datetime.date(2026, 10, 31)}
    )
    assert answer.to_pylist() == [{"day": datetime.date(2026, 10, 31)}]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('{other}')",
        "select * from read_text('{other}')",
        "select * from '{other}'",
        "select * from glob('/*')",
        "copy club_month to '{folder}/out.csv'",
        "copy (select 1 as a) to '{file}' (format parquet, use_tmp_file false)",
        "export database '{folder}/out'",
        "attach '{folder}/x.db'",
        "install httpfs",
        "load httpfs",
        "select * from read_parquet('https://example.org/a.parquet')",
        "set threads = 2",
        "reset threads",
        "set enable_external_access = true",
        "set allowed_paths = ['{other}']",
        "pragma threads = 2",
        "select * from python_variable",
    ],
)
def test_the_connection_itself_opens_nothing_else(connection, club_month, tmp_path, sql):
    python_variable = pa.table({"secret": [1]})
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(duckdb.Error):
        connection.execute(sql.format(other=other, folder=tmp_path, file=club_month)).fetchall()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert python_variable.num_rows == 1


@pytest.fixture
def many(tmp_path):
    """Give a table of a file that is too large to be held."""
    path = tmp_path / "register" / "club_month.parquet"
    path.parent.mkdir()
    pq.write_table(pa.table({"value": range(300_000)}), path)
    return path


def test_a_connection_reads_and_writes_its_own_copies_and_nothing_else(many, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    copy = copied(many, own)
    before = many.read_bytes()
    with open_guarded({"club_month": copy}, own=[own]) as opened:
        assert opened.execute("select count(*) from club_month").fetchone() == (300_000,)
        for sql in (
            "select * from read_parquet('{file}')",
            "select * from read_parquet('{own}/../register/club_month.parquet')",
            "copy (select 1 as a) to '{file}'",
            "copy (select 1 as a) to '{folder}/out.csv'",
            "attach '{folder}/x.db'",
            "set allowed_directories = ['{folder}']",
            "set enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                opened.execute(sql.format(file=many, own=own, folder=tmp_path)).fetchall()
        opened.execute(f"copy (select 1 as a) to '{copy[0]}'")
    assert many.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"own", "register"}


def test_small_tables_are_not_copied(club_month, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    assert copied(club_month, own) == club_month
    assert list(own.iterdir()) == []


def test_a_damaged_copy_is_a_problem_of_the_store(tmp_path):
    (tmp_path / "club.parquet").write_bytes(b"PAR1 cut off" * 100_000)
    with pytest.raises(ProblemError, match="table-unreadable"):
        open_guarded({"club": tmp_path / "club.parquet"}, own=[tmp_path])


def test_a_runaway_query_is_stopped_and_the_connection_still_works(connection):
    sql = "select sum(a.range * b.range) from range(1000000) a, range(1000000) b"
    with pytest.raises(ProblemError) as caught:
        run_limited(connection, sql, 0.2, place=Place(row=7))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row) == ("query-too-long", 7)
    assert run_limited(connection, "select 1 as one", 10).to_pylist() == [{"one": 1}]


def test_a_query_that_needs_too_much_memory_is_told(connection):
    sql = "select array_agg(range) from range(100000000)"
    with pytest.raises(ProblemError, match="query-too-large"):
        run_limited(connection, sql, 60)


def test_no_more_rows_are_made_than_are_wanted(connection):
    everything = "select a.range + b.range as value from range(1000000) a, range(1000000) b"
    assert run_limited(connection, everything, 60, most=30_001).num_rows == 30_001
    assert run_limited(connection, "select 1 as one where false", 60, most=5).num_rows == 0
    assert run_limited(connection, "select range from range(7)", 60, most=7).num_rows == 7


@pytest.mark.parametrize(
    ("late", "code"),
    [
        ("select cast('06463x' as integer) from range(1)", "query-failed"),
        ("select len(array_agg(range)) from range(100000000)", "query-too-large"),
    ],
)
def test_what_goes_wrong_after_the_first_rows_is_told_all_the_same(connection, late, code):
    sql = f"select 1 from range(50000) union all ({late})"
    with pytest.raises(ProblemError, match=code) as caught:
        run_limited(connection, sql, 60, most=1_000_000)
    assert "06463" not in caught.value.problems[0].in_("vi")


def test_a_query_that_duckdb_does_not_finish_with_a_limit_around_it_ends(connection):
    sql = (
        "with latest as materialized (select range as id from range(200000)), listed as "
        "(select id, count(*) as people from latest join (select range as id from range(1000000)) "
        "using (id) group by id) select latest.*, people from latest left join listed using (id) "
        "where people > 1"
    )
    assert run_limited(connection, sql, 60, most=100).num_rows == 0


def test_a_failing_value_is_told_without_the_value(connection):
    with pytest.raises(ProblemError) as caught:
        run_limited(connection, "select cast(club_code as integer) from club_month", 10)
    (problem,) = caught.value.problems
    assert problem.code == "query-failed"
    assert "06463" not in problem.in_("vi") + problem.in_("en")


def test_a_missing_table_is_a_problem_of_the_store(tmp_path):
    with pytest.raises(ProblemError, match="table-missing") as caught:
        open_guarded({"club": tmp_path / "club.parquet"})
    assert caught.value.exit_status is Exit.STORE


def test_a_damaged_table_is_a_problem_of_the_store(tmp_path):
    path = tmp_path / "club.parquet"
    path.write_bytes(b"PAR1 cut off")
    with pytest.raises(ProblemError, match="table-unreadable"):
        open_guarded({"club": path})


NUMBERS = st.integers(min_value=0, max_value=10**12)


@given(over=NUMBERS, under=st.integers(min_value=1, max_value=10**12))
def test_a_share_of_whole_numbers_keeps_its_fraction(over, under):
    sql = check("select $a / $b as share", {}, Place(), parameters={"a": "BIGINT", "b": "BIGINT"})
    with duckdb.connect(":memory:") as plain:
        (share,) = plain.execute(sql, {"a": over, "b": under}).fetchone()
    assert share == pytest.approx(over / under)


@pytest.mark.parametrize(
    "sql",
    [
        "select date_diff('month', date '2026-01-31', date '2026-03-01')",
        "select date_trunc('month', date '2026-03-31') + interval 1 month",
        "select list_contains(['a', 'b'], 'b'), len(['a']), ['a', 'b'] && ['b']",
        "select round(2.5), floor(-0.5), 7 % 3, 7 / 2, power(2, 10)",
        "select if(null, 1, 2), coalesce(null, 3), 'a' || 'b', concat('a', null)",
        "select strftime(date '2026-03-01', '%Y-%m'), last_day(date '2026-02-01')",
        "select regexp_extract('06463-01', '^[0-9]+'), split_part('a-b', '-', 2), left('abc', 2)",
        "select string_agg(x, ',' order by x desc) from (values ('a'), ('b')) v(x)",
        "select count(*) filter (where x > 1), bool_or(x > 2), max_by(x, -x) "
        "from (values (1), (2), (3)) v(x)",
        "select quantile_cont(x, 0.5), median(x), stddev(x) from (values (1), (2), (4)) v(x)",
        "select sum(x) over (order by x rows between 1 preceding and current row) "
        "from (values (1), (2), (4)) v(x)",
        "select * from generate_series(date '2026-01-01', date '2026-03-01', interval 1 month) "
        "as g(m)",
    ],
)
def test_the_normal_form_means_what_was_written(sql):
    with duckdb.connect(":memory:") as plain:
        written = plain.execute(sql).fetchall()
        assert plain.execute(check(sql, {}, Place())).fetchall() == written
