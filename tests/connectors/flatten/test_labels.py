"""Labels beside the tables: in the language that is wanted, and nothing that names people."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from connectors.store.deployed import keep_workbook, kept_workbooks
from connectors.store.labels import CHOICES, COLUMNS, Labels, read_labels, write_labels
from connectors.store.runs import begin_run, show_run
from connectors.store.tables import open_tables
from forms.schema import FormSchema, Table
from programme.folder import Folder


@pytest.fixture
def schema(build: Any) -> FormSchema:
    columns = (
        build.column("job", "select_one", list_name="work", labels={"vi": "Việc", "en": "Job"}),
        build.column("who", data_class="personal", labels={"vi": "Ai", "en": "Who"}),
        build.column("cash", "integer", unit="thousand_vnd", labels={"vi": "Tiền"}),
        build.column("spot", "geopoint", labels={"vi": "Nơi"}),
        build.column("club", "select_one", list_file="clubs.csv", labels={"vi": "CLB"}),
        build.column("member", "select_one", list_file="members.csv", person_key=True,
                     labels={"vi": "Thành viên"}),
    )  # fmt: skip
    choices = {"work": {"shop": {"vi": "Bán hàng", "en": "Trade"}, "farm": {"vi": "Làm ruộng"}}}
    return FormSchema("visit", "1", "d", (Table("visit", "", None, columns),), choices)


@pytest.fixture
def folder(tmp_path: Path, schema: FormSchema) -> Folder:
    folder = Folder(tmp_path)
    (tmp_path / "xlsforms").mkdir()
    lists = {"clubs.csv": "name,label,label::English (en)\n01,CLB Nà Pàn,Na Pan\n",
             "members.csv": "name,label\nM1,M1 N.V.A.\n"}  # fmt: skip
    for name, text in lists.items():
        (tmp_path / "xlsforms" / name).write_text(text, encoding="utf-8")
    pair = begin_run(folder)
    write_labels(pair, [schema], folder.media)
    show_run(folder, pair, date(2026, 10, 31))
    return folder


def labels(folder: Folder, language: str, identified: bool = False) -> Labels:
    return read_labels(open_tables(folder, identified), language)


def test_columns_and_choices_in_the_wanted_language(folder: Folder) -> None:
    english = labels(folder, "en")
    assert english.column("visit", "job") == "Job"
    assert english.column("visit", "_submitted_month") == "Month in which it was received"
    assert english.choices("visit", "job") == ("shop", "farm")
    assert english.choice("visit", "job", "shop") == "Trade"
    assert english.choice("visit", "club", "01") == "Na Pan"
    assert labels(folder, "vi").choice("visit", "club", "01") == "CLB Nà Pàn"


def test_another_language_or_the_name_stands_in(folder: Folder) -> None:
    english = labels(folder, "en")
    assert english.column("visit", "club") == "CLB"
    assert english.choice("visit", "job", "farm") == "Làm ruộng"
    assert english.choice("visit", "job", "unheard_of") == "unheard_of"
    assert english.column("visit", "unheard_of") == "unheard_of"
    assert english.choices("visit", "unheard_of") == ()


def test_the_parts_of_a_point_are_told_apart(folder: Folder) -> None:
    assert labels(folder, "vi").column("visit", "spot_latitude") == "Nơi (vĩ độ)"


def test_labels_that_tell_who_somebody_is_are_for_the_owner_only(folder: Folder) -> None:
    assert labels(folder, "vi").choices("visit", "member") == ()
    assert labels(folder, "vi").column("visit", "who") == "who"
    assert labels(folder, "vi", identified=True).choice("visit", "member", "M1") == "M1 N.V.A."
    assert labels(folder, "vi", identified=True).column("visit", "who") == "Ai"
    assert {COLUMNS, CHOICES} <= set(open_tables(folder).names)


def test_each_workbook_that_was_in_use_is_kept_once_the_last_one_first(tmp_path: Path) -> None:
    workbook = tmp_path / "form.xlsx"
    for content in (b"one", b"two", b"two", b"one"):
        workbook.write_bytes(content)
        keep_workbook(tmp_path, "visit", workbook)
    assert [path.read_bytes() for path in kept_workbooks(tmp_path, "visit")] == [b"one", b"two"]
    assert kept_workbooks(tmp_path, "other") == []


def test_amounts_are_told_in_the_unit_that_tables_have(folder: Folder) -> None:
    rows = pq.read_table(open_tables(folder).path(COLUMNS)).to_pylist()
    assert {row["unit"] for row in rows if row["column"] == "cash"} == {"vnd"}
