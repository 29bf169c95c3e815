"""Another programme, of water points, from its own workbooks and SQL files alone."""

import csv
from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest

from connectors.reconcile.check_sheet import COLUMNS
from connectors.reconcile.lists import write_lists
from programme.problem import ProblemError

SURVEY = ("type", "name", "label::Tiếng Việt (vi)", "label::English (en)", "class")
FORMS = {
    "water_point": [
        ("text", "point_code", "Mã điểm nước", "Code of the point", "plain"),
        ("text", "commune", "Mã xã", "Code of the commune", "plain"),
        ("text", "point_name", "Tên", "Name", "plain"),
        ("text", "keeper", "Người trông coi", "Keeper", "personal"),
        ("date", "built_on", "Ngày xây", "Built on", "plain"),
    ],
    "monthly_visit": [
        ("text", "point", "Điểm nước", "Water point", "plain"),
        ("date", "visited_on", "Ngày thăm", "Visited on", "plain"),
        ("select_one works", "works", "Có nước không", "Does it work", "plain"),
        ("integer", "litres", "Lít mỗi phút", "Litres a minute", "plain"),
    ],
    "repair": [
        ("text", "point", "Điểm nước", "Water point", "plain"),
        ("date", "repaired_on", "Ngày sửa", "Repaired on", "plain"),
        ("integer", "cost", "Chi phí", "Cost", "plain"),
    ],
}
REGISTERS = {
    "10_point": """
        SELECT point_code, point_name, commune AS commune_code, '20' AS province_code,
            built_on, _source, _id, _root_uuid
        FROM water_point
        QUALIFY row_number() OVER (PARTITION BY point_code ORDER BY "end" DESC, _root_uuid) = 1
    """,
    "20_visit": """
        SELECT p.commune_code, p.province_code, v.point AS about, v.visited_on, v.works, v.litres,
            strftime(v.visited_on, '%Y-%m') AS month, 'monthly_visit' AS form,
            v._source, v._id, v._root_uuid
        FROM monthly_visit v LEFT JOIN point p ON p.point_code = v.point
        WHERE v.visited_on <= $as_of
    """,
    "30_keeper": """
        -- personal: keeper
        SELECT point_code, keeper, built_on FROM water_point
    """,
}
OWN_CHECKS = [
    {"code": "no_flow", "severity": "error", "table": "visit",
     "condition": "works = 'yes' AND litres = 0",
     "message_vi": "{about}: có nước mà 0 lít", "message_en": "{about} works with {litres} litres"},
    {"code": "broken", "severity": "warning", "sql": "broken.sql", "tolerance": 30,
     "message_vi": "{about} hỏng từ {since}", "message_en": "{about} is broken since {since}"},
]  # fmt: skip
BROKEN = """
SELECT v.about, v.commune_code, v.province_code, max(v.visited_on) AS since
FROM visit v LEFT JOIN repair r ON r.point = v.about AND r.repaired_on >= v.visited_on
WHERE v.works = 'no' AND r.point IS NULL
    AND v.visited_on < $as_of - to_days(CAST($tolerance AS INTEGER))
GROUP BY v.about, v.commune_code, v.province_code
"""


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    del book["Sheet"]
    book.save(path)


@pytest.fixture
def points(tmp_path, fresh):
    """A folder with three forms, three registers, two checks, and what was sent."""
    programme = fresh(tmp_path / "water", dict.fromkeys(FORMS))
    folder = programme.folder
    for path in (*folder.xlsforms.glob("*.xlsx"), *folder.checks.parent.glob("checks/*")):
        path.unlink()
    for name, questions in FORMS.items():
        choices = [("list_name", "name", *SURVEY[2:4]), ("works", "yes", "Có", "Yes"),
                   ("works", "no", "Không", "No")]  # fmt: skip
        meta = [("start", "start", None, None, "plain"), ("end", "end", None, None, "plain")]
        settings = [("form_title", "form_id", "version", "default_language"),
                    (f"{name} · {name}", name, "1", "Tiếng Việt (vi)")]  # fmt: skip
        path = folder.xlsforms / f"{name}.xlsx"
        workbook(path, survey=[SURVEY, *meta, *questions], choices=choices, settings=settings)
    write_checks(folder, OWN_CHECKS, broken=BROKEN)
    registers = folder.checks.parent / "registers"
    registers.mkdir()
    for name, sql in REGISTERS.items():
        (registers / f"{name}.sql").write_text(sql, encoding="utf-8")
    send(programme)
    return programme


def write_checks(folder, checks, **files):
    usual = dict.fromkeys(("title_vi", "title_en", "do_vi", "do_en"), "…")
    rows = [[{**usual, **each}.get(name) for name in COLUMNS] for each in checks]
    workbook(folder.checks, checks=[COLUMNS, *rows])
    for name, sql in files.items():
        (folder.checks.parent / "checks" / f"{name}.sql").write_text(sql, encoding="utf-8")


def send(programme):
    sent = [
        ("water_point", {"point_code": "W1", "commune": "06463", "keeper": "Vi Thị Dung"}),
        ("water_point", {"point_code": "W2", "commune": "06463", "keeper": "Hoàng Văn Páo"}),
        ("monthly_visit", {"point": "W1", "visited_on": "2026-08-05", "works": "yes",
                           "litres": "0"}),
        ("monthly_visit", {"point": "W1", "visited_on": "2026-09-05", "works": "no"}),
        ("monthly_visit", {"point": "W2", "visited_on": "2026-08-05", "works": "no"}),
        ("repair", {"point": "W2", "repaired_on": "2026-08-20", "cost": "300"}),
    ]  # fmt: skip
    end = {"end": "2026-09-06T08:00:00.000+07:00", "_submission_time": "2026-09-06T02:00:00"}
    programme.receive(
        SimpleNamespace(form=form, root=f"r{number}", record={**end, **answers})
        for number, (form, answers) in enumerate(sent)
    )


def test_a_programme_of_its_own_reconciles_without_python(points):
    result = points.reconcile(date(2026, 10, 31))
    assert write_lists(points.folder) == []
    assert {name: result.rows[name] for name in ("point", "visit", "keeper")} == {
        "point": 2, "visit": 3, "keeper": 2
    }  # fmt: skip
    assert result.findings == {"no_flow": 1, "broken": 1}
    (flow,) = points.found("no_flow")
    assert (flow["about"], flow["month"], flow["found"]) == ("W1", "2026-08", "yes")
    assert (flow["form"], flow["_root_uuid"], flow["_id"]) == ("monthly_visit", "r2", 3)
    (broken,) = points.found("broken")
    assert broken["message_en"] == "W1 is broken since 5 Sep 2026"
    assert [path.name for path in result.files] == [
        "overview.xlsx", "province-20.xlsx", "06463.xlsx"
    ]  # fmt: skip
    page = openpyxl.load_workbook(points.folder.findings / "06463.xlsx").worksheets[0]
    assert [page.cell(row, 3).value for row in (5, 6)] == ["W1", "W1"]


def test_people_are_named_where_they_may_be_and_nowhere_else(points):
    points.reconcile(date(2026, 10, 31))
    assert {row["keeper"] for row in points.rows("keeper")} == {"Vi Thị Dung", "Hoàng Văn Páo"}
    assert set(points.rows("keeper", identified=False)[0]) == {"point_code", "built_on"}
    for path in points.folder.tables.rglob("*.parquet"):
        assert b"Dung" not in path.read_bytes()


@pytest.mark.parametrize(
    ("name", "sql", "code"),
    [
        ("15_more", "SELECT keeper FROM water_point", "sql-column-unknown"),  # does not say so
        ("15_more", "SELECT * FROM read_csv('/etc/passwd')", "sql-function-unknown"),
        ("15_more", "SELECT point_cod FROM point", "sql-column-unknown"),
        ("15_repair", "SELECT point FROM repair", "register-name-taken"),
        ("15 Điểm", "SELECT 1 AS a", "register-file-wrong"),
    ],
)
def test_a_wrong_register_is_told_with_its_file(points, name, sql, code):
    path = points.folder.checks.parent / "registers" / f"{name}.sql"
    path.write_text(sql, encoding="utf-8")
    with pytest.raises(ProblemError) as error:
        points.reconcile(date(2026, 10, 31))
    (problem,) = error.value.problems
    assert (problem.code, problem.place.file) == (code, f"connectors/registers/{name}.sql")


def test_the_lists_of_areas_are_the_only_thing_it_takes_from_us(points):
    lists = sorted(path.name for path in points.folder.xlsforms.glob("*.csv"))
    for name in set(lists) - {"provinces.csv", "communes.csv"}:
        (points.folder.xlsforms / name).unlink()
    assert points.reconcile(date(2026, 10, 31)).findings.total() == 2
    with (points.folder.xlsforms / "communes.csv").open(encoding="utf-8") as file:
        assert "06463" in {row["name"] for row in csv.DictReader(file)}
