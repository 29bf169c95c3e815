"""Files that are broken, dangerous or odd: a clear problem or a form, in time and memory."""

import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from forms.check import check_forms
from forms.workbook import read_workbook

DATA = Path(__file__).parent / "data"
SECONDS = 5  # of this process: a bound that keeps a bomb from going off, not a benchmark
MEGABYTES = 500
SMALL = "| survey | | | |\n| | type | name | label |\n| | text | said | What? |\n"
MakeWorkbook = Callable[..., Path]
SHEET = "xl/worksheets/sheet1.xml"


def codes(path: Path) -> list[str]:
    started = time.process_time()
    problems = check_forms([path], None, own=False, java=False)
    assert time.process_time() - started < SECONDS
    return [each.code for each in problems if each.severity != "note"]


def notes(path: Path) -> set[str]:
    problems = check_forms([path], None, own=False, java=False)
    return {each.code for each in problems if each.severity == "note"}


def repacked(path: Path, change: Callable[[str, bytes], bytes], name: str = "changed.xlsx") -> Path:
    """Write a workbook again with changed parts."""
    target = path.with_name(name)
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return target


def test_a_zip_cut_off(make_workbook: MakeWorkbook) -> None:
    path = make_workbook(SMALL)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert codes(path) == ["workbook-unreadable"]


def test_a_zip_with_a_damaged_part(make_workbook: MakeWorkbook) -> None:
    path = make_workbook(SMALL)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo(SHEET).header_offset + 80
    content[at : at + 20] = b"\xff" * 20
    path.write_bytes(bytes(content))
    assert codes(path) == ["workbook-unreadable"]


def test_a_bomb_of_one_sheet(make_workbook: MakeWorkbook) -> None:
    def burst(part: str, content: bytes) -> bytes:
        return content.replace(b"<sheetData>", b" " * 200_000_000 + b"<sheetData>")

    path = repacked(
        make_workbook(SMALL), lambda part, old: burst(part, old) if part == SHEET else old
    )
    assert path.stat().st_size < 1_000_000
    assert codes(path) == ["workbook-too-big"]


def test_a_bomb_of_many_cells(make_workbook: MakeWorkbook) -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 200 + b"</row>"
    rows = b"".join(row + b"<!-- %d -->" % number for number in range(2000))
    path = repacked(
        make_workbook(SMALL),
        lambda part, old: (
            old.replace(b"</sheetData>", rows + b"</sheetData>") if part == SHEET else old
        ),
    )
    assert codes(path) == ["workbook-too-big"]


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        b'<!-- a comment <x --><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_external_entities(make_workbook: MakeWorkbook, head: bytes, part: str) -> None:
    def add(name: str, content: bytes) -> bytes:
        return b'<?xml version="1.0"?>' + head + content if name == part else content

    assert codes(repacked(make_workbook(SMALL), add)) == ["workbook-unsafe"]


def test_a_password() -> None:
    assert codes(DATA / "password.xlsx") == ["workbook-encrypted"]


def test_a_formula_without_its_result(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label"], ["text", "said", '="Wh" & "at?"']):
        book.active.append(row)
    book.save(tmp_path / "formula.xlsx")
    (problem,) = check_forms([tmp_path / "formula.xlsx"], None, java=False)
    assert problem.code == "workbook-formula-no-value"
    assert (problem.place.sheet, problem.place.row, problem.place.column) == ("survey", 2, "label")


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        (b'<c r="C2" t="str"><f>A1&amp;B1</f><v>What?</v></c>', "What?"),
        (b'<c r="C2"><f>6*7</f><v>42</v></c>', "42"),
    ],
)
def test_a_formula_with_its_result_is_read(tmp_path: Path, cell: bytes, label: str) -> None:
    book = Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label"], ["text", "said", 7]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    plain = b'<c r="C2" t="n"><v>7</v></c>'
    path = repacked(tmp_path / "book.xlsx", lambda _, content: content.replace(plain, cell))
    assert read_workbook(path).rows("survey")[0].get("label") == label
    assert codes(path) == []


def test_an_error_of_excel_in_a_cell(make_workbook: MakeWorkbook) -> None:
    path = make_workbook(SMALL.replace("What?", "#REF!"))
    assert codes(path) == ["cell-excel-error"]


def test_a_title_above_the_headers(make_workbook: MakeWorkbook) -> None:
    path = make_workbook("| survey | | |\n| | BIỂU MẪU SỐ 1 | |\n| | type | name |\n")
    assert codes(path) == ["workbook-no-header"]


def test_an_old_excel_file() -> None:
    path = DATA / "old_excel.xls"
    assert codes(path) == []
    workbook = read_workbook(path)
    assert workbook.form_id == "old_excel"
    assert workbook.rows("survey")[0].get("required") == "TRUE"


def test_an_old_excel_file_named_as_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes((DATA / "old_excel.xls").read_bytes())
    assert codes(path) == []


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_csv_file_tells_its_own_rows(tmp_path: Path, mark: str, separator: str) -> None:
    path = tmp_path / "form.csv"
    lines = [
        "survey,type,name,label",
        ",text,said,Có gì mới?",
        ",,,",
        ",integer,people,How many?",
        ",select_one yn,held,Held?",
        "choices,list_name,name,label",
        ",yn,yes,Yes",
        "settings,form_id,,",
        ",small,,",
    ]
    path.write_text(mark + "\n".join(lines).replace(",", separator), encoding="utf-8")
    assert codes(path) == []
    assert read_workbook(path).form_id == "small"
    wrong = path.read_text(encoding="utf-8").replace("select_one yn", "select_one yyn")
    path.write_text(wrong, encoding="utf-8")
    told = check_forms([path], None, own=False, java=False)
    assert [(p.code, p.place.row) for p in told if p.severity == "error"] == [
        ("choice-list-missing", 5)
    ]


def test_a_csv_file_that_is_no_form(tmp_path: Path) -> None:
    path = tmp_path / "clubs.csv"
    path.write_text("name,label\n06463-01,Hoa Đào\n", encoding="utf-8")
    assert codes(path) == ["workbook-no-survey"]
    path.write_bytes("survey,type\n,Câu lạc bộ\n".encode("cp1258", errors="replace"))
    assert codes(path) in (["workbook-unreadable"], ["survey-type-unknown"])


def test_hidden_sheets_and_merged_cells(make_workbook: MakeWorkbook) -> None:
    path = make_workbook(SMALL.replace("text |", "select_one yn |"))
    book = load_workbook(path)
    choices = book.create_sheet("choices")
    for row in (["list_name", "name", "label"], ["yn", "yes", "Yes"]):
        choices.append(row)
    choices.sheet_state = "hidden"
    title = book.create_sheet("Hướng dẫn", 0)
    title["A1"] = "BIỂU MẪU ĐĂNG KÝ"
    title.merge_cells("A1:F1")
    book["survey"].merge_cells("D1:E1")
    book.save(path)
    assert codes(path) == []


def test_macros_are_noted(make_workbook: MakeWorkbook) -> None:
    path = make_workbook(SMALL)
    target = path.with_suffix(".xlsm")
    target.write_bytes(path.read_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert codes(target) == []
    assert "workbook-macros" in notes(target)


def test_a_million_empty_rows(make_workbook: MakeWorkbook) -> None:
    blank = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % row for row in range(3, 1_000_003))
    path = repacked(
        make_workbook(SMALL),
        lambda part, old: (
            old.replace(b"</sheetData>", blank + b"</sheetData>") if part == SHEET else old
        ),
    )
    assert codes(path) == []


def test_a_large_picture(make_workbook: MakeWorkbook) -> None:
    path = make_workbook(SMALL)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.jpeg", bytes(20_000_000))
    assert codes(path) == []


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="memory is read from /proc")
def test_a_bomb_stays_within_memory(make_workbook: MakeWorkbook) -> None:
    texts = b"".join(b"<si><t>%d</t></si>" % number for number in range(6_000_000))
    path = make_workbook(SMALL)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst>" + texts + b"</sst>")
    script = (
        "import sys; from pathlib import Path; from forms.check import check_forms; "
        "print(check_forms([Path(sys.argv[1])], None, java=False)[0].code, "
        "Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True, timeout=60
    )
    code, kilobytes = done.stdout.split()
    assert code == "workbook-too-big"
    assert int(kilobytes) < MEGABYTES * 1000


def test_an_old_excel_file_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "form.xls"
    path.write_bytes((DATA / "old_excel.xls").read_bytes()[:2000])
    assert codes(path) == ["workbook-unreadable"]
