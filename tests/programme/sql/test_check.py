import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.problem import Place, ProblemError
from programme.sql import check

TABLES = {
    "club": {"club_code": "VARCHAR", "commune_code": "VARCHAR", "founded_on": "DATE"},
    "club_month": {
        "club_code": "VARCHAR",
        "month": "VARCHAR",
        "income_in_grants": "BIGINT",
        "attendance": "BIGINT",
        "areas_done": "VARCHAR[]",
        "meeting_held": "BOOLEAN",
    },
}
HERE = Place(file="checks.xlsx", sheet="checks", row=4, column="sql")


def guard(sql, kind="select"):
    return check(sql, TABLES, HERE, kind=kind, parameters={"as_of": "DATE"})


def refused(sql, kind="select"):
    with pytest.raises(ProblemError) as caught:
        guard(sql, kind)
    for problem in caught.value.problems:
        assert problem.place == HERE
        assert problem.what.vi and problem.do.vi and problem.what.en and problem.do.en
    return list(caught.value.problems)


def test_a_plain_select_comes_back_in_one_form_without_comments():
    written = (
        "select month, -- the month\n sum(income_in_grants)  as grants from club_month group by 1"
    )
    assert guard(written) == (
        "SELECT month, SUM(income_in_grants) AS grants FROM club_month GROUP BY 1"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "select c.club_code, m.month from club c left join club_month m using (club_code)",
        "with n as (select club_code, row_number() over (partition by commune_code order by "
        "founded_on) as k from club) select club_code from n where k = 1",
        "select club_code from club union all select club_code from club_month",
        "select club_code from club where club_code not in (select club_code from club_month)",
        "select club_code from club c where exists "
        "(select 1 from club_month m where m.club_code = c.club_code)",
        "select * from club_month qualify row_number() over (partition by club_code) = 1",
        "select m.month, area from club_month m, unnest(m.areas_done) as u(area)",
        "select strftime(d, '%Y-%m') from (select unnest(generate_series(date '2025-08-01', "
        "$as_of, interval 1 month)) as d)",
        "select count(*) filter (where meeting_held) / nullif(count(*), 0) from club_month",
        "select date_diff('month', founded_on, $as_of), founded_on + interval 1 month from club",
        "select string_agg(club_code, ', ' order by club_code), max_by(month, attendance) "
        "from club_month",
        "select case when attendance > 5 then 'many' else 'few' end, attendance::decimal(18,6), "
        "cast(month as varchar), try_cast(month as integer) from club_month",
        "select lag(attendance) over (partition by club_code order by month) from club_month",
        "select coalesce(attendance, 0), round(attendance / 3, 1), lower(trim(month)), "
        "month like '2026-%', attendance between 1 and 3, not meeting_held from club_month",
        "select timestamp '2026-01-01 00:00:00', len(areas_done), list_contains(areas_done, 'x') "
        "from club_month",
        "select 1;",
    ],
)
def test_what_checks_and_indicators_need_is_allowed(sql):
    assert guard(guard(sql)) == guard(sql)


def test_an_expression_sees_the_columns_of_the_given_table():
    one = {"club_month": TABLES["club_month"]}
    written = "sum(income_in_grants) / nullif(count(distinct club_code), 0)"
    assert check(written, one, HERE, kind="expression") == (
        "SUM(income_in_grants) / NULLIF(COUNT(DISTINCT club_code), 0)"
    )


@pytest.mark.parametrize(
    "text", ["month as m", "month, attendance", "*", "1) from club --", "1), (2", "--"]
)
def test_an_expression_is_exactly_one_expression(text):
    assert refused(text, kind="expression")[0].code in {"sql-not-an-expression", "sql-unreadable"}


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("", "sql-empty"),
        ("  \n ", "sql-empty"),
        ("select (", "sql-unreadable"),
        ("select 'open from club", "sql-unreadable"),
        ("select { ' a ' { : 1 }", "sql-unreadable"),
        ("select 1; select 2", "sql-several"),
        ("select 1; drop table club", "sql-several"),
        ("select " + "(" * 4000 + "1" + ")" * 4000, "sql-too-deep"),
        ("select '" + "x" * 200_000 + "'", "sql-too-long"),
        ("copy club to 'x.csv'", "sql-not-a-select"),
        ("attach 'x.db'", "sql-not-a-select"),
        ("pragma database_list", "sql-not-a-select"),
        ("set threads = 1", "sql-not-a-select"),
        ("install httpfs", "sql-not-a-select"),
        ("load 'x'", "sql-not-a-select"),
        ("call pragma_version()", "sql-not-a-select"),
        ("explain select 1", "sql-not-a-select"),
        ("create table x as select 1", "sql-not-a-select"),
        ("insert into club values (1)", "sql-not-a-select"),
        ("delete from club", "sql-not-a-select"),
        ("drop view club", "sql-not-a-select"),
        ("select * into x from club", "sql-not-allowed"),
        ("select * from club for update", "sql-not-allowed"),
        ("select * from club tablesample 10%", "sql-not-allowed"),
        ("select * from club at (version => 1)", "sql-not-allowed"),
        ("select * from club positional join club_month", "sql-not-allowed"),
        ("select {'a': 1}", "sql-not-allowed"),
        ("select [x for x in [1, 2]]", "sql-not-allowed"),
        ("select pg_catalog.version()", "sql-not-allowed"),
        ("with recursive r as (select 1 union all select 1 from r) select * from r",
         "sql-recursive"),
        ("select attendance // 2 from club_month", "sql-whole-division"),
        ("select * from read_csv('/etc/passwd')", "sql-function-unknown"),
        ("select * from read_parquet('https://example.org/a.parquet')", "sql-function-unknown"),
        ("select read_text('/etc/passwd')", "sql-function-unknown"),
        ("select * from glob('*')", "sql-function-unknown"),
        ("select * from query('select 1')", "sql-function-unknown"),
        ("select * from duckdb_settings()", "sql-function-unknown"),
        ("select getenv('HOME')", "sql-function-unknown"),
        ("select current_setting('threads')", "sql-function-unknown"),
        ("select getvariable('x')", "sql-function-unknown"),
        ("select random()", "sql-function-unknown"),
        ("select list_transform(areas_done, lambda x: x) from club_month", "sql-function-unknown"),
        ("select columns('c.*') from club", "sql-function-unknown"),
        ("select now()", "sql-clock"),
        ("select current_date", "sql-clock"),
        ("select today()", "sql-clock"),
        ("select age(founded_on) from club", "sql-clock"),
        ("select * from 'x.csv'", "sql-table-unknown"),
        ('select * from "x.parquet"', "sql-table-unknown"),
        ("select * from information_schema.tables", "sql-table-unknown"),
        ("select * from sqlite_master", "sql-table-unknown"),
        ("select * from memory.club", "sql-table-unknown"),
        ("with a as (select * from sqlite_master), sqlite_master as (select 1) select * from a",
         "sql-table-unknown"),
        ("select * from sqlite_master where exists "
         "(with sqlite_master as (select 1) select 1)", "sql-table-unknown"),
        ("select rowid from club", "sql-column-unknown"),
        ("select month from club", "sql-column-unknown"),
        ("select cast(founded_on as json) from club", "sql-type-unknown"),
        ("select $other", "sql-parameter-unknown"),
        ("select ?", "sql-parameter-unknown"),
        ("select sum(month) from club_month", "sql-does-not-fit"),
        ("select month, sum(attendance) from club_month", "sql-does-not-fit"),
    ],
)  # fmt: skip
def test_everything_else_is_refused(sql, code):
    assert code in {problem.code for problem in refused(sql)}


@pytest.mark.parametrize(
    ("sql", "near"),
    [
        ("select summ(attendance) from club_month", "sum"),
        ("select * from clubs", "club"),
        ("select atendance from club_month", "attendance"),
        ("select fonded_on from club", "founded_on"),
        ("select $asof", "$as_of"),
    ],
)
def test_the_nearest_right_name_is_offered_in_both_languages(sql, near):
    (problem,) = refused(sql)
    assert f"«{near}»" in problem.what.vi
    assert f"“{near}”" in problem.what.en


def test_a_column_of_another_table_is_said_to_be_there():
    (problem,) = refused("select month from club")
    assert "club_month" in problem.what.en


def test_a_word_without_quotes_is_told_how_to_be_text():
    (problem,) = refused("select club_code from club where commune_code = zzyzx")
    assert "'zzyzx'" in problem.do.vi
    assert "'zzyzx'" in problem.do.en


def test_of_very_many_columns_only_some_are_listed():
    many = {"wide": {f"column_{number:03}": "BIGINT" for number in range(200)}}
    with pytest.raises(ProblemError) as caught:
        check("select zzyzx from wide", many, HERE)
    (problem,) = caught.value.problems
    assert "column_029, …" in problem.do.en


def test_every_refusal_is_told_at_once():
    found = refused("select summ(attendance), now(), attendance // 2 from clubs")
    assert {problem.code for problem in found} == {
        "sql-function-unknown", "sql-clock", "sql-whole-division", "sql-table-unknown",
    }  # fmt: skip


def test_the_place_and_the_offending_text_are_in_what_is_printed():
    (problem,) = refused("select summ(attendance) from club_month")
    assert problem.in_("vi").startswith("checks.xlsx, trang tính checks, dòng 4, cột sql: ")
    assert "summ" in problem.in_("vi")


def test_without_parameters_none_may_be_used():
    with pytest.raises(ProblemError, match="sql-parameter-unknown"):
        check("select $as_of", TABLES, HERE)


WORDS = (
    "select from where group by order with as ( ) , . * = // / :: $as_of ? ; -- /* */ ' \" [ ] { } "
    "club club_month month sum count unnest range cast try_cast interval date case when then end "
    "union all join on using lateral pivot not in null 1 'x' over partition filter values limit "
    "exists recursive lambda x -> columns exclude replace tablesample within distinct is like"
).split()


def test_parentheses_do_not_grow():
    assert guard("( select ' ' )", "expression") == "(SELECT ' ')"
    assert guard("select ' '", "expression") == "(SELECT ' ')"


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from(["select", "expression"]))
def test_whatever_is_typed_gives_sql_or_a_problem(words, kind):
    try:
        normal = guard(" ".join(words), kind)
    except ProblemError as error:
        assert error.problems
    else:
        assert guard(normal, kind) == normal


@given(st.text(max_size=40))
def test_any_text_gives_sql_or_a_problem(text):
    try:
        guard(f"select {text}")
    except ProblemError as error:
        assert error.problems
