"""Checks as a person writes them in Excel, over a handful of rows; and cells that mean harm."""

from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.reconcile.check_sheet import COLUMNS, read_checks
from connectors.reconcile.checks import USUAL, Limits, run_checks
from programme.problem import ProblemError

CLUB = "06463-01"
VALUES = {"as_of": date(2026, 10, 31), "due_day": 10}
SIMPLE = {
    "code": "crowded", "active": "yes", "severity": "warning", "owner": "xã · commune",
    "title_vi": "Họp đông", "title_en": "Crowded", "table": "club_month",
    "condition": "attendance_women > attendance", "tolerance": None, "sql": None,
    "message_vi": "{club}: {attendance_women} nữ, {attendance} người",
    "message_en": "{club}: {attendance_women} women of {attendance} in {month}",
    "do_vi": "Sửa", "do_en": "Mend it",
}  # fmt: skip
SELECT = {
    **SIMPLE,
    "table": None,
    "condition": None,
    "message_vi": "{club}",
    "message_en": "{club}",
}
HOSTILE = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT club_code FROM club; DROP TABLE club",
    "COPY club TO 'stolen.csv'",
    "ATTACH 'x.db'",
    "PRAGMA database_list",
    "SELECT club_code FROM club WHERE name = (SELECT max(sql) FROM duckdb_tables())",
    "WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL SELECT n FROM a) SELECT n AS club_code FROM a",
    "SELECT club_code FROM 'club.parquet'",
    "SELECT getenv('HOME') AS club_code",
]
HOSTILE_CONDITIONS = [
    "attendance > (SELECT count(*) FROM read_text('/etc/passwd'))",
    "true; DROP TABLE club",
    "true) UNION SELECT * FROM information_schema.tables --",
    "EXISTS (SELECT 1 FROM club)",  # one table, and no other
    "true ORDER BY 1",
]


@pytest.fixture
def views(tmp_path):
    """Two clubs and three of their months, as the registers have them."""
    tables = {
        "club": [
            {"club_code": CLUB, "name": "CLB Nà Pàn", "commune_code": "06463",
             "province_code": "20", "status": "active"},
            {"club_code": "06463-02", "name": "CLB Bản Lải", "commune_code": "06463",
             "province_code": "20", "status": "active"},
        ],
        "club_month": [
            {"club_code": CLUB, "month": f"2026-0{month}", "_source": "kobo", "_id": month,
             "_root_uuid": f"m{month}", "attendance": 40, "attendance_women": women,
             "meeting_held": "yes", "areas_done": ["health"]}
            for month, women in ((7, 30), (8, 41), (9, None))
        ],
        "submission": [
            {"form": "monthly_activity_report", "_source": "kobo", "_id": month,
             "_root_uuid": f"m{month}", "club_code": CLUB, "commune_code": "06463",
             "province_code": "20", "event_date": datetime(2026, month, 1)}
            for month in (7, 8, 9)
        ],
        "choice_labels": [
            {"table_name": "monthly_activity_report", "column": column, "value": value}
            for column, values in {"meeting_held": ("yes", "no"), "areas_done": ("health",)}.items()
            for value in values
        ],
    }  # fmt: skip
    paths = {name: tmp_path / "tables" / f"{name}.parquet" for name in tables}
    (tmp_path / "tables").mkdir()
    for name, rows in tables.items():
        pq.write_table(pa.Table.from_pylist(rows), paths[name])
    return paths


@pytest.fixture
def run(tmp_path, views):
    """Write rows into a workbook of checks and run them."""
    folder = tmp_path / "connectors"
    (folder / "checks").mkdir(parents=True)

    def run(*rows, limits=USUAL, **files):
        book = openpyxl.Workbook()
        page = book.active
        page.title = "checks"
        page.append(COLUMNS)
        for number, row in enumerate(rows):
            page.append([{**row, "code": f"{row['code']}{number}"}.get(name) for name in COLUMNS])
        book.save(folder / "checks.xlsx")
        for name, text in files.items():
            (folder / "checks" / f"{name}.sql").write_text(text, encoding="utf-8")
        checks = read_checks(folder / "checks.xlsx")
        return run_checks(checks, views, {}, VALUES, limits=limits)

    return run


def refused(run, *rows, **files):
    with pytest.raises(ProblemError) as error:
        run(*rows, **files)
    return list(error.value.problems)


def test_a_condition_over_a_table_finds_its_rows_and_names_the_question(run):
    (row,) = run(SIMPLE).rows
    assert row["message_en"] == "CLB Nà Pàn (06463-01): 41 women of 40 in 2026-08"
    assert (row["_root_uuid"], row["_source"], row["_id"]) == ("m8", "kobo", 8)
    assert (row["form"], row["month"]) == ("monthly_activity_report", "2026-08")
    assert (row["question"], row["found"]) == ("attendance_women", "41")
    assert (row["commune_code"], row["province_code"]) == ("06463", "20")


def test_a_condition_may_use_the_tolerance_and_the_days(run):
    condition = "attendance > $tolerance AND $as_of > DATE '2026-10-30' AND $due_day = 10"
    found = run({**SIMPLE, "condition": condition, "tolerance": 39})
    assert [row["_root_uuid"] for row in found.rows] == ["m7", "m8", "m9"]


@pytest.mark.parametrize(
    ("change", "code", "column", "hint"),
    [
        ({"table": "club_months"}, "sql-table-unknown", "table", "club_month"),
        ({"condition": "attendence > 3"}, "sql-column-unknown", "condition", "attendance"),
        ({"condition": "rond(attendance) > 3"}, "sql-function-unknown", "condition", "round"),
        ({"condition": "attendance +"}, "sql-unreadable", "condition", ""),
        ({"condition": "attendance"}, "check-condition-wrong", "condition", ""),
        ({"condition": "sum(attendance) > 3"}, "sql-does-not-fit", "condition", ""),
        ({"message_en": "{attendence}"}, "check-placeholder-unknown", "message_en", "attendance"),
        ({"condition": None}, "check-cell-empty", "condition", ""),
        ({"table": None}, "check-cell-empty", "table", ""),
        ({"sql": "SELECT 1"}, "check-two-ways", "table", ""),
    ],
)
def test_a_wrong_cell_is_told_with_its_place_and_the_nearest_name(run, change, code, column, hint):
    (problem,) = refused(run, {**SIMPLE, **change})
    assert (problem.code, problem.place.sheet, problem.place.row) == (code, "checks", 2)
    assert problem.place.column == column
    assert hint in problem.what.vi


def test_what_needs_more_is_a_file_beside_the_workbook(run):
    sql = "-- chưa báo cáo\nSELECT club_code FROM club\nEXCEPT SELECT club_code FROM club_month"
    (row,) = run({**SELECT, "sql": "silent.sql"}, silent=sql).rows
    assert row["club_code"] == "06463-02"


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("slient.sql", "check-sql-file-missing"),
        ("../checks/silent.sql", "check-sql-file-name"),
        ("/etc/silent.sql", "check-sql-file-name"),
        ("elsewhere.sql", "check-sql-file-unreadable"),
    ],
)
def test_a_file_is_looked_for_in_its_folder_only(run, tmp_path, named, code):
    (tmp_path / "outside.sql").write_text("SELECT 'secret' FROM club")
    (tmp_path / "connectors" / "checks" / "elsewhere.sql").symlink_to(tmp_path / "outside.sql")
    (problem,) = refused(run, {**SELECT, "sql": named}, silent="SELECT club_code FROM club")
    assert (problem.code, problem.place.row, problem.place.column) == (code, 2, "sql")
    assert "secret" not in problem.what.en
    if code.endswith("missing"):
        assert "silent.sql" in problem.what.en


def test_hostile_cells_and_files_are_refused_and_nothing_is_written(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [{**SELECT, "sql": sql} for sql in HOSTILE]
    rows += [{**SIMPLE, "condition": each} for each in HOSTILE_CONDITIONS]
    files = {f"hostile{number}": sql for number, sql in enumerate(HOSTILE)}
    rows += [{**SELECT, "sql": f"{name}.sql"} for name in files]
    before = {path for path in tmp_path.rglob("*") if path.parent.name != "checks"}
    problems = refused(run, *rows, **files)
    assert {problem.place.row for problem in problems} == set(range(2, 2 + len(rows)))
    assert {problem.place.file for problem in problems} == {"connectors/checks.xlsx"}
    assert all(problem.code.startswith("sql-") for problem in problems)
    assert "sql (checks/hostile0.sql)" in {problem.place.column for problem in problems}
    after = {path for path in tmp_path.rglob("*") if path.parent.name != "checks"}
    assert after - before == {tmp_path / "connectors" / "checks.xlsx"}


@pytest.mark.parametrize(
    ("sql", "limits", "code"),
    [
        # everything with everything: it would never end
        ("SELECT max(a.club_code || b.range || c.range) AS club_code "
         "FROM club a, range(10000000) b, range(10000000) c", Limits(seconds=0.5),
         "query-too-long"),
        ("SELECT list(a.club_code || b.range) AS club_code FROM club a, range(20000000) b",
         Limits(memory="50MB"), "query-too-large"),
    ],
)  # fmt: skip
def test_what_does_not_end_or_grows_too_large_is_stopped_and_the_others_go_on(
    run, sql, limits, code
):
    found = run({**SELECT, "sql": "endless.sql"}, SIMPLE, limits=limits, endless=sql)
    (problem,) = found.problems
    assert (problem.code, problem.severity, problem.place.row) == (code, "warning", 2)
    assert problem.place.column == "sql (checks/endless.sql)"
    assert "the others went on" in problem.what.en
    assert (found.cut, found.counts) == ({"crowded0"}, {"crowded1": 1})


def test_a_condition_that_fails_on_some_row_is_told_with_its_place(run):
    found = run({**SIMPLE, "condition": "attendance > 'x'"})
    (problem,) = found.problems
    assert (problem.code, problem.place.row) == ("query-failed", 2)
    assert problem.place.column == "condition"


def test_what_finds_too_much_is_kept_in_part_and_says_so(run):
    sql = "SELECT club.club_code, CAST(range AS VARCHAR) AS about FROM club, range(30)"
    found = run({**SELECT, "sql": sql}, limits=Limits(findings=20))
    (problem,) = found.problems
    assert (problem.code, problem.severity, problem.place.row) == ("check-too-many", "warning", 2)
    assert "60" in problem.what.en
    assert found.cut == {"crowded0"}
    assert len(found.rows) == 20
    assert {row["club_code"] for row in found.rows} == {CLUB}  # the first ones, in order


def test_a_finding_keeps_its_id_when_its_words_or_its_value_change(run):
    (first,) = run(SIMPLE).rows
    (second,) = run({**SIMPLE, "message_en": "{month}", "severity": "error"}).rows
    assert first["finding_id"] == second["finding_id"]
    (other,) = run({**SIMPLE, "condition": "attendance_women = 30"}).rows
    assert other["finding_id"] != first["finding_id"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("meeting_held = 'yess'", "“yess” is none of the choices of the column “meeting_held”"),
        ("'Yes' <> Meeting_held", "“Yes”"),
        ("meeting_held IN ('yes', 'nope') AND attendance > 3", "“nope”"),
        ("list_contains(areas_done, 'helth')", "“helth”"),
        ("status = 'activ'", "“activ”"),
    ],
)
def test_a_word_that_is_no_choice_is_told_with_the_nearest_one(run, condition, said):
    table = "club" if "status" in condition else "club_month"
    words = {"message_vi": "{club}", "message_en": "{club}"}
    found = run({**SIMPLE, **words, "table": table, "condition": condition})
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("check-choice-unknown", "warning")
    assert (problem.place.row, problem.place.column) == (2, "condition")
    assert said in problem.what.en


@pytest.mark.parametrize(
    "condition",
    [
        "meeting_held <> 'no' AND list_contains(areas_done, 'health')",
        "month = '2026-99'",  # no question with choices
        "meeting_held || 'x' = 'yesx'",
    ],
)
def test_other_comparisons_are_nobody_s_mistake(run, condition):
    assert run({**SIMPLE, "condition": condition}).problems == []
