import openpyxl
import pytest

from connectors.reconcile.check_sheet import COLUMNS, read_checks
from programme.folder import shipped
from programme.problem import ProblemError

GOOD = {
    "code": "big_meeting", "active": "yes", "severity": "note", "owner": "xã", "tolerance": 50,
    "title_vi": "Họp đông", "title_en": "Big meeting",
    "sql": "SELECT club_code, month, attendance AS found FROM club_month "
           "WHERE attendance > $tolerance",
    "message_vi": "{club_name} họp {found} người tháng {month}",
    "message_en": "{club_name} met with {found} in {month}",
    "do_vi": "Chúc mừng", "do_en": "Congratulations",
}  # fmt: skip
HOSTILE = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT club_code FROM club; DROP TABLE club",
    "COPY club TO '/tmp/club.csv'",
    "ATTACH 'x.db'",
    "PRAGMA database_list",
    "SELECT club_code FROM club WHERE name = (SELECT max(sql) FROM duckdb_tables())",
    "WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL SELECT n FROM a) SELECT n AS club_code FROM a",
    "SELECT club_code FROM 'data/store.sqlite'",
    "SELECT member_name AS club_code FROM member",  # names are not in these tables
]


@pytest.fixture
def sheet(programme):
    """Change rows of the shipped workbook of checks."""

    class Sheet:
        path = programme.folder.checks

        def write(self, *rows, keep=False):
            book = openpyxl.load_workbook(self.path)
            page = book["checks"]
            if not keep:
                page.delete_rows(2, 100)
            for row in rows:
                page.append([row.get(name) for name in COLUMNS])
            book.save(self.path)

    return Sheet()


def told(error):
    return [(problem.code, problem.place.row, problem.place.column)
            for problem in error.value.problems]  # fmt: skip


def test_a_check_added_in_excel_takes_effect(programme, sheet):
    programme.receive([programme.club("a")])
    programme.receive([programme.month("m", "06463-01", "2026-09", attendance=1051)])
    sheet.write({**GOOD}, {**GOOD, "code": "off", "active": "không"})
    assert programme.reconcile().findings == {"big_meeting": 1}
    (row,) = programme.rows("finding")
    assert row["message_vi"] == "CLB LTHTGN thôn Nà Pàn họp 1.051 người tháng 09/2026"
    assert row["message_en"] == "CLB LTHTGN thôn Nà Pàn met with 1,051 in 2026-09"
    assert (row["commune_code"], row["severity"], row["owner"]) == ("06463", "note", "xã")


def test_hostile_cells_are_refused_with_sheet_and_row_and_nothing_is_shown(programme, sheet):
    programme.receive([programme.club("a")])
    sheet.write(*({**GOOD, "code": f"c{n}", "sql": sql} for n, sql in enumerate(HOSTILE)))
    before = set(programme.folder.root.rglob("*"))
    with pytest.raises(ProblemError) as error:
        programme.reconcile()
    problems = error.value.problems
    assert {problem.place.row for problem in problems} == set(range(2, 2 + len(HOSTILE)))
    assert {problem.place.sheet for problem in problems} == {"checks"}
    assert {problem.place.file for problem in problems} == {"connectors/checks.xlsx"}
    assert all(problem.code.startswith("sql-") for problem in problems)
    made = {path.suffix for path in set(programme.folder.root.rglob("*")) - before}
    assert made <= {"", ".key", ".lock", ".sqlite-wal", ".sqlite-shm"}


def test_a_wrong_name_is_answered_with_the_nearest_right_one(programme, sheet):
    programme.receive([programme.club("a")])
    sheet.write(
        {**GOOD, "sql": "SELECT club_code, month, attendence AS found FROM club_month"},
        {**GOOD, "code": "b", "sql": "SELECT club_code FROM club_months"},
    )
    with pytest.raises(ProblemError) as error:
        programme.reconcile()
    first, second = error.value.problems
    assert "attendance" in first.what.en
    assert "club_month" in second.what.vi


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"message_vi": "{club_nam}"}, "check-placeholder-unknown"),
        ({"sql": "SELECT name AS found, 'x' AS month FROM club"}, "check-subject-missing"),
    ],
)  # fmt: skip
def test_what_only_shows_when_it_runs_is_told_too(programme, sheet, change, code):
    programme.receive([programme.club("a")])
    sheet.write({**GOOD, **change})
    with pytest.raises(ProblemError) as error:
        programme.reconcile()
    (problem,) = error.value.problems
    assert (problem.code, problem.place.row) == (code, 2)


def test_a_check_that_fails_when_it_runs_leaves_the_others_and_mends_nothing(programme, sheet):
    programme.receive([programme.club("a")])
    whole = {**GOOD, "sql": "SELECT club_code, 1 AS found, 'a' AS month FROM club"}
    sheet.write(whole)
    assert programme.reconcile().problems == []
    (open_,) = programme.rows("finding")
    cast = (
        "SELECT CAST('x' || club_code AS BIGINT) AS club_code, 1 AS found, 'a' AS month FROM club"
    )
    sheet.write({**GOOD, "sql": cast}, {**whole, "code": "other"})
    result = programme.reconcile()
    (problem,) = result.problems
    assert (problem.code, problem.severity, problem.place.row) == ("query-failed", "warning", 2)
    assert (result.findings, result.states["mended"]) == ({"other": 1}, 0)
    sheet.write(whole)
    programme.reconcile()
    (again,) = programme.rows("finding")
    assert (again["finding_id"], again["state"]) == (open_["finding_id"], "new")


def test_every_wrong_cell_is_told_at_once(sheet):
    sheet.write(
        GOOD,
        {**GOOD},
        {**GOOD, "code": "a b", "severity": "bad", "active": "maybe", "tolerance": "many"},
        {**GOOD, "code": "c", "sql": None, "message_vi": "{", "do_en": "{a.b}"},
        {},
    )
    with pytest.raises(ProblemError) as error:
        read_checks(sheet.path)
    assert told(error) == [
        ("check-code-twice", 3, "code"),
        ("check-code-wrong", 4, "code"),
        ("check-word-unknown", 4, "active"),
        ("check-word-unknown", 4, "severity"),
        ("check-number-wrong", 4, "tolerance"),
        ("check-cell-empty", 5, "condition"),
        ("check-braces-wrong", 5, "message_vi"),
        ("check-braces-wrong", 5, "do_en"),
    ]


def test_a_renamed_column_or_sheet_is_answered_with_what_is_there(sheet):
    book = openpyxl.load_workbook(sheet.path)
    book["checks"]["D1"] = "ownr"
    book.save(sheet.path)
    with pytest.raises(ProblemError) as error:
        read_checks(sheet.path)
    assert [problem.code for problem in error.value.problems] == ["check-column-missing"]
    assert "ownr" in error.value.problems[0].what.en
    book["checks"].title = "Checks 2"
    book.save(sheet.path)
    with pytest.raises(ProblemError) as error:
        read_checks(sheet.path)
    assert "Checks 2" in error.value.problems[0].do.en


@pytest.mark.parametrize("content", [b"", b"not excel", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook(sheet, content):
    sheet.path.write_bytes(content)
    with pytest.raises(ProblemError) as error:
        read_checks(sheet.path)
    assert [problem.code for problem in error.value.problems] == ["check-file-unreadable"]


def test_the_shipped_checks_are_complete_in_both_languages(sheet):
    checks = read_checks(sheet.path)
    assert len(checks) == 52
    for check in checks:
        assert check.message.vi != check.message.en
        assert check.owner
        assert bool(check.sql) != bool(check.condition)


def test_every_file_beside_the_workbook_is_named_in_it(sheet):
    named = {check.file for check in read_checks(sheet.path) if check.file}
    assert named == {path.name for path in (sheet.path.parent / "checks").iterdir()}


def test_every_check_is_told_in_the_documentation(sheet):
    told = (shipped() / "docs" / "checks.md").read_text(encoding="utf-8")
    assert [each.code for each in read_checks(sheet.path) if f"`{each.code}`" not in told] == []
