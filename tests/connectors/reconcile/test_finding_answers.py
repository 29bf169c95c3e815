"""Workbooks go out to communes, come back with answers, and take effect."""

import shutil
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from connectors.reconcile.finding_words import DECISION_WORDS
from connectors.reconcile.returned import take_answers
from connectors.store.raw import RawStore
from programme.folder import Folder

CLUB = "06463-01"
HEADER = 4
WAIVE, QUESTION = DECISION_WORDS["waive"].vi, DECISION_WORDS["question"].vi
BOOK = {"income_opening_cash": 100, "income_closing_cash": 150}
ANSWER = {"Quyết định": WAIVE, "Lý do, trả lời": "tiền gửi nhầm quỹ, đã chuyển lại",
          "Người trả lời": "Lý Thị Hoa", "Ngày trả lời": datetime(2026, 11, 2)}  # fmt: skip


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, schemas, fresh):
    """A reconciled programme with a cash book that does not close and a report that is missing."""
    programme = fresh(tmp_path_factory.mktemp("answers") / "programme", schemas)
    months = [programme.month(f"m{n}", CLUB, f"2026-0{n}", attendance=40 + n) for n in (6, 7)]
    programme.receive([programme.club("a"), *months])
    programme.receive([programme.month("m8", CLUB, "2026-08", **BOOK)])
    programme.reconcile()
    return programme


@pytest.fixture
def office(tmp_path, prepared):
    """The same, for a test to write in."""
    root = shutil.copytree(prepared.folder.root, tmp_path / "programme")
    return Office(replace(prepared, folder=Folder(root)))


class Office:
    """Who sends workbooks out and gets them back."""

    def __init__(self, programme):
        self.programme, self.folder = programme, programme.folder.findings
        self.returned = self.folder / "returned"

    def fill(self, check, path=None, name="06463.xlsx", month=None, **cells):
        """Write into the row of a finding, in the folder or in a copy that comes back."""
        path = path or self.folder / name
        book = openpyxl.load_workbook(path)
        page = book.worksheets[0]
        columns = {cell.value: cell.column for cell in page[HEADER]}
        for row in range(HEADER + 1, page.max_row + 1):
            here = page.cell(row, columns["Mã kiểm tra"]).value
            if here == check and month in (None, page.cell(row, columns["Tháng"]).value):
                for header, value in cells.items():
                    page.cell(row, columns[header]).value = value
                book.save(path)
                return row
        raise AssertionError(check)

    def send_back(self, check, as_name="tra-loi.xlsx", **cells):
        self.returned.mkdir(exist_ok=True)
        copy = shutil.copy(self.folder / "06463.xlsx", self.returned / as_name)
        return self.fill(check, copy, **cells)

    def run(self, day=date(2026, 11, 3)):
        return self.programme.reconcile(day)

    def take(self):
        with RawStore.open(self.programme.folder.store) as store:
            return take_answers(self.programme.folder, store)

    def state(self, check):
        return [row["state"] for row in self.programme.found(check)]

    def shown(self, header, check, name="06463.xlsx"):
        page = openpyxl.load_workbook(self.folder / name).worksheets[0]
        columns = {cell.value: cell.column - 1 for cell in page[HEADER]}
        rows = page.iter_rows(min_row=HEADER + 1, values_only=True)
        return [row[columns[header]] for row in rows if row[columns["Mã kiểm tra"]] == check]


def test_a_waiver_that_comes_back_takes_effect_and_ends_with_the_value(office):
    office.send_back("income_closing_differs", **ANSWER)
    result = office.run()
    assert result.answers == 1
    assert result.findings["income_closing_differs"] == 0
    assert office.state("income_closing_differs") == ["waived"]
    (last,) = office.shown("Trả lời gần nhất", "income_closing_differs")
    assert last == f"{WAIVE}: {ANSWER['Lý do, trả lời']} (Lý Thị Hoa, 02/11/2026)"
    # read, and out of the way
    assert [path.name for path in office.returned.glob("*.xlsx")] == []
    assert (office.returned / "read" / "tra-loi.xlsx").is_file()
    # what people wrote stays where names may stand
    assert "answered_by" not in office.programme.rows("finding", identified=False)[0]
    office.programme.receive([office.programme.month(
        "m8b", CLUB, "2026-08", report_kind="replaces", **{**BOOK, "income_closing_cash": 170}
    )])  # fmt: skip
    assert office.run().findings["income_closing_differs"] == 1


def test_a_waiver_survives_a_rebuild_and_can_be_undone(office):
    office.send_back("month_missing", **ANSWER)
    office.run()
    data = office.programme.folder.data
    for name in ("tables", "identified"):
        shutil.rmtree(data / name)
    (data / "current.json").unlink()
    office.run()
    assert office.state("month_missing") == ["waived"]
    office.fill("month_missing", **{**ANSWER, "Quyết định": DECISION_WORDS["reopen"].en})
    office.run()
    assert office.state("month_missing") == ["open"]


def test_an_answer_written_where_the_workbook_lies_is_read_before_it_is_replaced(office):
    office.fill("income_closing_differs", **{"Quyết định": QUESTION, "Lý do, trả lời": "quỹ nào?"})
    assert office.run().answers == 1
    (row,) = office.programme.found("income_closing_differs")
    assert (row["decision"], row["answer"]) == ("question", "quỹ nào?")
    assert row["state"] == "open"


@pytest.mark.parametrize(
    ("cells", "code", "words"),
    [
        ({"Quyết định": "bỏ wa"}, "answer-decision-unknown", WAIVE),
        ({"Quyết định": WAIVE}, "answer-incomplete", "lý do, người trả lời, ngày trả lời"),
        ({"Lý do, trả lời": "đã sửa"}, "answer-decision-missing", "quyết định"),
        ({**ANSWER, "Ngày trả lời": "hôm qua"}, "answer-day-wrong", "hôm qua"),
        ({**ANSWER, "Mã phát hiện": "abc"}, "answer-finding-unknown", "abc"),
    ],
)
def test_a_wrong_row_is_told_and_its_workbook_kept_until_it_is_mended(office, cells, code, words):
    row = office.fill("income_closing_differs", **cells)
    first, kept = office.take().problems
    assert (first.code, first.severity, first.place.row) == (code, "warning", row)
    assert (first.place.file, first.place.sheet) == ("06463.xlsx", "Phát hiện")
    assert words in f"{first.what.vi} {first.do.vi}"
    assert "returned/06463.xlsx" in kept.what.vi
    assert not (office.folder / "06463.xlsx").exists()
    [again] = office.take().problems  # told until it is mended, and where the workbook is now
    assert (again.code, again.place.file) == (code, "returned/06463.xlsx")
    office.fill("month_missing", office.returned / "06463.xlsx", **ANSWER)
    assert office.take().taken == 1  # the right rows of it count already


def test_answers_of_an_older_workbook_find_their_findings(office):
    office.send_back("income_closing_differs", "old.xlsx", **ANSWER)
    old = shutil.move(office.returned / "old.xlsx", office.programme.folder.root / "old.xlsx")
    office.programme.receive([office.programme.month("m9", CLUB, "2026-09")])
    office.run(date(2026, 10, 31))
    shutil.copy(old, office.returned)
    office.run()
    assert office.state("income_closing_differs") == ["waived"]


def test_what_somebody_put_beside_our_workbooks_is_read_and_never_removed(office):
    shutil.copy(office.folder / "06463.xlsx", office.folder / "06463 (1).xlsx")
    office.fill("income_closing_differs", name="06463 (1).xlsx", **ANSWER)
    (office.folder / "ghi chú.xlsx").write_bytes(b"not a workbook")
    result = office.run()
    assert office.state("income_closing_differs") == ["waived"]
    assert (office.returned / "read" / "06463 (1).xlsx").is_file()
    assert "answer-file-unreadable" in {problem.code for problem in result.problems}
    assert (office.returned / "ghi chú.xlsx").read_bytes() == b"not a workbook"


def test_a_workbook_that_says_the_same_is_left_alone(office):
    path = office.folder / "06463.xlsx"
    office.run()  # new findings have become open ones
    before = path.stat().st_mtime_ns
    office.run()
    assert path.stat().st_mtime_ns == before


def test_what_was_mended_shows_in_the_overview_for_a_while(office):
    office.programme.receive([office.programme.month("m9", CLUB, "2026-09")])
    result = office.run(date(2026, 10, 31))
    assert result.states["mended"] == 1
    page = openpyxl.load_workbook(office.folder / "overview.xlsx")["Đã sửa"]
    rows = list(page.iter_rows(min_row=HEADER + 1, values_only=True))
    assert [row[3] for row in rows] == [
        "CLB LTHTGN thôn Nà Pàn (06463-01) chưa gửi báo cáo tháng 09/2026."
    ]


def test_a_workbook_offers_decisions_and_explains_codes(office):
    book = openpyxl.load_workbook(office.folder / "06463.xlsx")
    rules = book.worksheets[0].data_validations.dataValidation
    assert [rule.type for rule in rules] == ["list", "date"]
    assert WAIVE in rules[0].formula1
    words = [row[0] for row in book["Giải thích"].iter_rows(min_row=5, values_only=True)]
    assert {"Mới", WAIVE, "month_missing", "income_closing_differs"} <= set(words)
