"""Tables as Excel, CSV and Parquet: what an analyst opens is what the run holds."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.export.columns import Codes
from connectors.export.place import put_in_place
from connectors.export.plain_files import write_csv
from connectors.export.sources import open_source
from connectors.export.workbook import Front, sheet_names, write_workbook
from connectors.export.write import Exported, export
from connectors.store.cells import safe_text
from connectors.store.tables import open_tables
from programme.folder import Folder
from programme.problem import ProblemError
from programme.progress import silent
from programme.settings import Settings

from .conftest import VISITS, make_run


@pytest.fixture
def write(folder: Folder, settings: Settings, tmp_path: Path) -> Any:
    def write(kind: Any, **options: Any) -> Exported:
        return export(folder, settings, kind, out=tmp_path / "out", language="vi", **options)

    return write


def rows_of(path: Path, separator: str = ",") -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


def test_a_csv_opens_in_excel_with_vietnamese_letters_and_runs_no_formula(write: Any) -> None:
    done = write("csv")
    visit = next(path for path in done.files if path.name == "visit.csv")
    assert visit.read_bytes().startswith(b"\xef\xbb\xbf")
    first, second, third = rows_of(visit)
    assert first["remark"] == "'=1+1"
    assert second["remark"] == "Họp ở nhà văn hoá"
    assert first["areas_done"] == "income; health"
    assert (first["areas_done__income"], second["areas_done__income"]) == ("true", "false")
    assert third["areas_done__income"] == ""  # not asked is not a no
    assert first["sent"] == "2026-09-30 23:30:00"
    assert (first["rate"], third["rate"], second["income_closing_cash"]) == ("0.65", "1", "")


def test_a_csv_for_an_excel_that_separates_by_semicolons(write: Any) -> None:
    done = write("csv", separator=";", names=["visit"])
    assert [path.name for path in done.files] == ["visit.csv"]
    first = rows_of(done.files[0], ";")[0]
    assert (first["month"], first["rate"]) == ("2026-09", "0,65")


def test_parquet_keeps_types_and_values(write: Any) -> None:
    done = write("parquet", names=["visit"])
    table = pq.read_table(done.files[0])
    for name in ("club_code", "income_closing_cash", "rate", "visited", "sent", "good"):
        assert table[name].to_pylist() == pa.table(VISITS)[name].to_pylist()
    assert table["areas_done__health"].to_pylist() == [True, False, None]


def test_a_workbook_has_a_first_sheet_that_says_what_it_is_and_a_sheet_a_table(write: Any) -> None:
    (path,) = write("xlsx").files
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Đọc trước", "empty", "visit", "Các cột"]
    told = " ".join(str(cell.value) for row in book["Đọc trước"] for cell in row if cell.value)
    assert "DỮ LIỆU GIẢ ĐỊNH" in told
    assert "31/10/2026" in told
    sheet = book["visit"]
    head = [cell.value for cell in sheet[1]]
    first = dict(zip(head, [cell.value for cell in sheet[2]], strict=True))
    assert first["remark"] == "=1+1"
    assert (sheet["F2"].data_type, sheet["F2"].quotePrefix) == ("s", True)  # text, not a formula
    assert first["income_closing_cash"] == 5_000_000
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in book["empty"][1]][:2] == ["club_code", "month"]


def test_names_of_people_only_when_asked_for(write: Any) -> None:
    (plain,) = write("csv", names=["visit"]).files
    assert "chair_name" not in rows_of(plain)[0]
    (named,) = write("csv", names=["visit"], identified=True).files
    assert rows_of(named)[0]["chair_name"] == "Nguyễn Văn A"


def test_an_unknown_table_is_named_with_the_nearest_right_one(write: Any, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as error:
        write("csv", names=["vist"])
    assert "visit" in str(error.value.problems[0].what.en)
    assert not (tmp_path / "out").exists()


def test_more_rows_than_excel_has_go_on_in_another_sheet(folder: Folder, tmp_path: Path) -> None:
    source = open_source(open_tables(folder), "visit", Codes())
    front = Front("Read first", ["a"], ("", "", ""), "Columns", ("", "", ""))
    write_workbook([source], tmp_path / "b.xlsx", front, silent, most_rows=3)
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert book.sheetnames == ["Read first", "visit (1)", "visit (2)", "Columns"]
    months = [
        book[name].cell(row, 2).value
        for name, row in (("visit (1)", 2), ("visit (1)", 3), ("visit (2)", 2))
    ]
    assert months == ["2026-09", "2026-10", "2026-10"]
    assert book["visit (2)"].cell(1, 2).value == "month"


def test_an_export_replaces_its_own_files_and_leaves_others(
    write: Any, folder: Folder, tmp_path: Path
) -> None:
    write("csv")
    (tmp_path / "out" / "mine.txt").write_text("a note of the analyst")
    make_run(folder, {"visit": pa.table(VISITS).slice(0, 1)})
    write("csv")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "export.json",
        "mine.txt",
        "visit.csv",
    ]
    assert len(rows_of(tmp_path / "out" / "visit.csv")) == 1


def test_some_tables_leave_the_rest_of_an_earlier_export(write: Any, tmp_path: Path) -> None:
    write("csv")
    write("xlsx")
    write("csv", names=["visit"])
    write("xlsx", names=["visit"])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "empty.csv",
        "export.json",
        "ishc-visit.xlsx",
        "ishc.xlsx",
        "visit.csv",
    ]


def test_a_file_of_somebody_else_is_not_overwritten(write: Any, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "visit.csv").write_text("mine")
    with pytest.raises(ProblemError) as error:
        write("csv")
    assert error.value.problems[0].code == "export-not-ours"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["visit.csv"]
    assert (tmp_path / "out" / "visit.csv").read_text() == "mine"


def test_a_file_that_cannot_be_replaced_is_named_and_the_others_are_new(tmp_path: Path) -> None:
    scratch, target = tmp_path / "scratch", tmp_path / "target"
    for each in (scratch, target / "a.csv"):
        each.mkdir(parents=True)  # a folder stands where the file should go: it cannot be replaced
    (target / "a.csv" / "held").touch()
    for name in ("a.csv", "b.csv"):
        (scratch / name).write_text("new")
    with pytest.raises(ProblemError) as error:
        put_in_place(scratch, target, "000001", whole=True, pause=0)
    assert error.value.problems[0].code == "export-file-open"
    assert "a.csv" in error.value.problems[0].what.en
    assert (target / "b.csv").read_text() == "new"
    assert json.loads((target / "export.json").read_text())["files"] == ["a.csv", "b.csv"]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=8))
def test_any_text_comes_back_from_a_csv_marked_as_text_where_excel_would_run_it(
    texts: list[str],
) -> None:
    import tempfile  # noqa: PLC0415 - hypothesis may not share a fixture's folder between examples

    with tempfile.TemporaryDirectory() as name:
        programme = Folder(Path(name))
        make_run(programme, {"t": pa.table({"text": pa.array(texts, pa.string())})})
        source = open_source(open_tables(programme), "t", Codes())
        write_csv(source, Path(name), ",")
        back = rows_of(Path(name) / "t.csv")
    assert [row["text"] for row in back] == [safe_text(text) for text in texts]
    assert not any(row["text"].startswith(("=", "+", "-", "@", "\t")) for row in back)


def test_sheet_names_fit_excel_and_stay_apart(folder: Folder) -> None:
    long = "monthly_activity_report__changed_member"
    make_run(folder, {long: pa.table(VISITS), f"{long}_2": pa.table(VISITS)})
    tables = open_tables(folder)
    sources = [open_source(tables, name, Codes()) for name in tables.names]
    (first,), (second,) = sheet_names(sources, 1_048_576)
    assert first != second
    assert max(len(first), len(second)) <= 31
