"""Numbers that a careful reader compares: they agree, or a note says why they do not."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from programme.folder import Folder
from programme.problem import SEVERITY_WORDS
from programme.settings import load
from reports.write import write_report
from tests.reports.checklist import texts

OVERPAID = 7_500_000


def overpay(link: Any) -> None:
    """Record of one loan: all of it was repaid, and 7.5 million more."""
    code, principal = link.execute(
        "SELECT loan_code, principal FROM loan WHERE loan_code NOT IN (SELECT loan_code FROM "
        "loan_event WHERE event = 'repaid') ORDER BY loan_code LIMIT 1"
    ).fetchone()
    link.execute(
        "INSERT INTO loan_event SELECT loan_code, club_code, 'repaid', DATE '2026-07-08', "
        f"{principal + OVERPAID}, 0, NULL, 'root-over', 2 FROM loan WHERE loan_code = '{code}'"
    )


@pytest.fixture(scope="module")
def documents(
    tmp_path_factory: pytest.TempPathFactory, registers_in: Any, request: pytest.FixtureRequest
) -> Mapping[str, Any]:
    folder: Folder = request.getfixturevalue("programme_at")(tmp_path_factory.mktemp("overpaid"))
    registers_in(folder, overpay)
    found = {}
    for language in ("vi", "en"):
        path = write_report(
            folder,
            load(folder),
            "evaluation",
            "20",
            "2025-11..2026-10",
            language,  # type: ignore[arg-type]
            date(2026, 10, 31),
            tmp_path_factory.mktemp("out"),
        )
        found[language] = docx.Document(str(path))
    return found


def row(document: Any, start: str) -> list[str]:
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return next(cells for cells in rows if len(cells) > 1 and cells[1].startswith(start))


def note(document: Any, cells: list[str]) -> str:
    """Give the note that a row of a table points to, below that table."""
    mark = re.search(r"\((\d+)\)", cells[1])
    assert mark, f"no mark on {cells[1]}"
    table = next(t for t in document.tables if any(r.cells[1].text == cells[1] for r in t.rows))
    element = table._tbl.getnext()
    while (text := "".join(element.itertext())) and not text.startswith(mark[0]):
        element = element.getnext()
    return text


def money(cells: list[str]) -> int:
    return int(cells[3].replace(".", "").replace(",", ""))


def amount(document: Any, start: str) -> int:
    """Give an amount from its row, or 0 where it is named as zero below the table."""
    try:
        return money(row(document, start))
    except StopIteration:
        named = f"{start[0].lower()}{start[1:]}"
        assert any(
            named in line for line in texts(document) if line.startswith(("Bằng 0", "Zero in"))
        )
        return 0


def test_an_overpaid_loan_explains_why_the_loans_do_not_add_up(
    documents: Mapping[str, Any],
) -> None:
    vi = documents["vi"]
    moved = amount(vi, "Dư nợ đầu kỳ") + amount(vi, "Số tiền cho vay trong kỳ")
    moved -= amount(vi, "Gốc đã thu") + amount(vi, "Gốc đã xóa nợ")
    outstanding = next(
        [cell.text for cell in each.cells]
        for table in vi.tables
        for each in table.rows
        if re.fullmatch(r"Dư nợ\(\d\)", each.cells[1].text)
    )
    assert money(outstanding) - moved == OVERPAID
    assert "7.500.000 đồng" in note(vi, outstanding)
    assert "Trả nợ nhiều hơn số còn nợ" in note(vi, outstanding)
    assert "7,500,000 VND" in note(documents["en"], row(documents["en"], "Outstanding portfolio"))


def test_loans_that_add_up_need_no_note(world: Folder, tmp_path: Path) -> None:
    path = write_report(
        world,
        load(world),
        "evaluation",
        "20",
        "2026-06..2026-10",
        "en",
        date(2026, 10, 31),
        tmp_path,
    )
    document = docx.Document(str(path))
    portfolio = row(document, "Outstanding portfolio")
    assert portfolio[1] == "Outstanding portfolio"
    opening = amount(document, "Outstanding at the start")
    assert opening > 0, "loans of before the period are still open when it starts"
    moved = amount(document, "Amount lent") - amount(document, "Principal repaid")
    assert opening + moved - amount(document, "Written off") == money(portfolio)


def test_interest_of_three_sources_is_told_apart(documents: Mapping[str, Any]) -> None:
    for language, starts, told in (
        ("vi", ("Lãi đã thu trong kỳ theo sổ vay", "Lãi đã thu trong kỳ theo sổ quỹ"), "ba nơi"),
        ("en", ("Interest received in the period by loan", "Interest received"), "three places"),
    ):
        document = documents[language]
        found = [row(document, start) for start in starts]
        found.append(row(document, {"vi": "Lãi cho vay", "en": "Loan interest"}[language]))
        assert all(told in note(document, each) for each in found)


def test_members_without_a_list_are_explained_where_they_count(
    documents: Mapping[str, Any],
) -> None:
    vi = documents["vi"]
    share = row(vi, "Thành viên từ 60 tuổi")
    listed = re.search(r"gồm cả (\d+) thành viên chỉ có số tổng", note(vi, share), re.I)
    assert listed
    chart = next(p.text for p in vi.paragraphs if p.text.startswith("Biểu đồ không gồm"))
    assert f"không gồm {listed[1]} thành viên chỉ có số tổng, không có danh sách" in chart


def test_severities_are_named_as_in_the_workbooks_of_findings(
    documents: Mapping[str, Any],
) -> None:
    words = {text.vi for text in SEVERITY_WORDS.values()}
    table = next(
        t
        for t in documents["vi"].tables
        if len(t.columns) == 5 and t.rows[0].cells[2].text == "Mức độ"
    )
    assert {each.cells[2].text for each in table.rows[1:]} <= words
    assert "Cảnh báo" not in "\n".join(each.text for each in table._cells)


def test_the_chart_of_grades_does_not_repeat_its_caption(documents: Mapping[str, Any]) -> None:
    for language, names in (
        ("vi", ["Rất mạnh", "Mạnh", "Trung bình", "Yếu", "CLB chưa được kiểm tra"]),
        ("en", ["Very strong", "Strong", "Average", "Weak", "Clubs not inspected"]),
    ):
        parts = documents[language].part.package.iter_parts()
        charts = [each.blob.decode() for each in parts if "/charts/" in str(each.partname)]
        assert any(all(f"<c:v>{name}</c:v>" in xml for name in names) for xml in charts)
