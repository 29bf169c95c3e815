"""Headers and answers in words: labels of the form, and our own for registers."""

from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from connectors.export.columns import MOST_CHOICES, Codes, out_columns
from connectors.export.frame import read_frame
from connectors.export.write import export
from connectors.store.labels import CHOICES, COLUMNS
from programme.folder import Folder
from programme.problem import ProblemError
from programme.settings import Settings

from .conftest import VISITS, make_run

AREAS = {
    "income": ("Thu nhập", "Income"),
    "health": ("Sức khỏe", "Health"),
    "rights": ("Quyền", ""),
}


def labels() -> dict[str, Any]:
    headers = [
        ("areas_done", "Lĩnh vực", "Areas"),
        ("month", "Tháng", "Month"),
        ("income_closing_cash", "Tiền mặt", "Cash"),
        ("visited", "Ngày", "Day"),
        ("sent", "Ngày", "Day"),
    ]
    columns = [
        {"table_name": "visit", "column": column, "language": language, "label": label,
         "unit": "vnd" if column == "income_closing_cash" else None}
        for column, vi, en in headers
        for language, label in (("vi", vi), ("en", en))
    ]  # fmt: skip
    choices = [
        {"table_name": "visit", "column": "areas_done", "place": place, "value": value,
         "language": language, "label": label}
        for place, (value, words) in enumerate(AREAS.items())
        for language, label in zip(("vi", "en"), words, strict=True)
        if label
    ]  # fmt: skip
    return {COLUMNS: pa.Table.from_pylist(columns), CHOICES: pa.Table.from_pylist(choices)}


@pytest.fixture
def labelled(tmp_path: Path) -> Folder:
    member = {"member_code": pa.array(["a1"]), "sex": pa.array(["female"]), "age_band": ["60_69"]}
    folder = Folder(tmp_path)
    tables = {"visit": pa.table(VISITS), "member": pa.table(member), **labels()}
    make_run(folder, tables)
    return folder


def test_headers_and_answers_in_the_language_asked_for(labelled: Folder) -> None:
    vietnamese = read_frame(labelled, "visit", "vi")
    assert vietnamese["Lĩnh vực"].tolist()[0] == "Thu nhập; Sức khỏe"
    assert vietnamese["Lĩnh vực: Sức khỏe"].tolist()[:2] == [True, False]
    english = read_frame(labelled, "visit", "en")
    assert english["Areas"].tolist()[0] == "Income; Health"


def test_a_choice_without_a_translation_keeps_the_words_it_has(labelled: Folder) -> None:
    assert "Areas: Quyền" in read_frame(labelled, "visit", "en").columns


def test_two_columns_of_one_label_are_told_apart(labelled: Folder) -> None:
    assert {"Ngày (visited)", "Ngày (sent)"} <= set(read_frame(labelled, "visit", "vi").columns)


def test_money_says_so_and_is_easy_to_read(
    labelled: Folder, settings: Settings, tmp_path: Path
) -> None:
    export(labelled, settings, "xlsx", out=tmp_path / "out", language="vi", labels="vi")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "ishc.xlsx")["visit"]
    (column,) = (cell.column for cell in sheet[1] if cell.value == "Tiền mặt (đồng)")
    assert (sheet.cell(4, column).value, sheet.cell(4, column).number_format) == (
        1_234_567_890,
        "#,##0",
    )


def test_days_are_dates_and_rates_are_numbers_in_a_frame(labelled: Folder) -> None:
    frame = read_frame(labelled, "visit")
    assert frame["visited"].dt.year.tolist()[0] == 2026
    assert frame["rate"].sum() == 1.65


def test_a_language_that_no_form_has_is_named_with_those_there_are(labelled: Folder) -> None:
    with pytest.raises(ProblemError) as error:
        read_frame(labelled, "visit", "fr")
    assert error.value.problems[0].code == "language-unknown"
    assert "en, vi" in error.value.problems[0].do.en


def test_registers_have_words_too(labelled: Folder) -> None:
    member = read_frame(labelled, "member", "vi")
    assert member.to_dict("list") == {
        "Mã thành viên": ["a1"],
        "Giới tính": ["Nữ"],
        "Nhóm tuổi": ["60 đến 69"],
    }


def test_without_labels_a_table_is_as_it_is(labelled: Folder) -> None:
    assert list(read_frame(labelled, "visit")["areas_done"][0]) == ["income", "health"]


def test_a_workbook_speaks_the_language_of_its_reader(
    labelled: Folder, settings: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export(labelled, settings, "xlsx", out=out, language="en", labels="en")
    book = openpyxl.load_workbook(out / "ishc.xlsx")
    assert book.sheetnames == ["Read first", "member", "visit", "Columns"]
    assert [cell.value for cell in book["visit"][1]][2:4] == ["Areas", "Areas: Income"]


def test_a_long_list_of_choices_becomes_columns_only_where_chosen() -> None:
    class Villages(Codes):
        def choices(self, table: str, column: str) -> list[str]:
            return [f"v{number}" for number in range(MOST_CHOICES + 1)]

    schema = pa.schema([("villages", pa.list_(pa.string()))])
    made = out_columns("club", schema, lambda column: ["v7", "v2", "other"], Villages())
    assert [each.name for each in made] == [
        "villages",
        "villages__v2",
        "villages__v7",
        "villages__other",
    ]
