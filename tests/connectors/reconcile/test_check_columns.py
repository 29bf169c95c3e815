"""What a newcomer with only Excel finds: the columns by name, in words; a check tried at once."""

import openpyxl
import pytest

from connectors.reconcile.check_columns import write_columns
from connectors.reconcile.check_sheet import COLUMNS, read_checks
from connectors.reconcile.check_try import try_checks
from connectors.store.tables import open_tables
from programme.problem import ProblemError

CLUB = "06463-01"
OWN = {
    "code": "small_meeting", "severity": "note", "table": "club_month",
    "condition": "attendance < $tolerance", "tolerance": 10, "title_vi": "Họp vắng",
    "title_en": "Small meeting", "message_vi": "{club}: {attendance} người",
    "message_en": "{club}: {attendance} people", "do_vi": "Hỏi", "do_en": "Ask",
}  # fmt: skip


@pytest.fixture(scope="module")
def programme(tmp_path_factory, schemas, fresh):
    programme = fresh(tmp_path_factory.mktemp("columns") / "programme", schemas)
    programme.receive([programme.club("a"), programme.month("m", CLUB, "2026-09", attendance=7)])
    programme.reconcile()
    write_columns(programme.folder.checks, open_tables(programme.folder))
    return programme


def test_every_column_stands_there_with_words_kind_and_values(programme):
    page = openpyxl.load_workbook(programme.folder.checks)["columns"]
    assert (page.freeze_panes, page.auto_filter.ref[:3]) == ("C2", "A1:")
    rows = {row[:2]: row[2:] for row in page.iter_rows(min_row=2, values_only=True)}
    vi, en, kind, _ = rows["club_month", "income_closing_cash"]
    assert (vi, en) == (
        "Tiền mặt đếm được cuối tháng (đồng)",
        "Cash counted at the end of the month (đồng)",
    )
    assert kind == "đồng · VND"
    assert rows["club_month", "meeting_held"][3] == "'yes' Có, 'no' Không"
    assert rows["club", "founded_on"][2] == "ngày · day"
    assert ("member", "member_name") not in rows  # checks see nobody's name
    assert {table for table, _ in rows} >= {"loan", "filling", "monthly_activity_report__joined"}


def test_the_shipped_sheet_lists_what_a_run_has(programme):
    here = openpyxl.load_workbook(programme.folder.checks)
    tables = {row[0] for row in here["columns"].iter_rows(min_row=2, values_only=True)}
    offered = {cell.value for cell in here["lists"]["B"] if cell.value}
    assert offered == tables


def test_writing_the_columns_changes_no_check(programme, another):
    assert read_checks(programme.folder.checks) == read_checks(another().folder.checks)


def test_a_check_of_her_own_is_tried_before_it_counts(programme):
    book = openpyxl.load_workbook(programme.folder.checks)
    book["checks"].append([OWN.get(name) for name in COLUMNS])
    book.save(programme.folder.checks)
    found = try_checks(programme.settings, programme.folder, ["small_meeting"])
    assert [row["message_vi"] for row in found.rows] == [
        "CLB LTHTGN thôn Nà Pàn (06463-01): 7 người"
    ]
    assert programme.found("small_meeting") == []  # nothing was written
    with pytest.raises(ProblemError) as error:
        try_checks(programme.settings, programme.folder, ["smal_meeting"])
    assert "small_meeting" in error.value.problems[0].what.en
