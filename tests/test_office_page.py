"""The page for the office: its commands are run in order, with somebody at Excel between."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from connectors.importing.sheets import TITLES
from connectors.reconcile.finding_words import DECISION_WORDS
from connectors.reconcile.matching.labels import JUDGEMENT_WORDS
from ishc.cli import main
from programme.copying import copy_programme
from programme.folder import Folder
from programme.problem import Language
from tests.connectors.importing.office import CLUB, Office

REPOSITORY = Path(__file__).parents[1]
PAGES = {"en": REPOSITORY / "docs" / "office.md", "vi": REPOSITORY / "docs" / "office.vi.md"}
CHECK = {
    "code": "cash_high", "active": "yes", "severity": "note", "owner": "câu lạc bộ · club",
    "title_vi": "Giữ nhiều tiền mặt", "title_en": "Much cash in hand", "table": "club_month",
    "tolerance": 20_000_000, "message_vi": "{club}: còn {income_closing_cash} đồng.",
    "message_en": "{club}: {income_closing_cash} VND.", "do_vi": "Gửi bớt vào ngân hàng.",
    "do_en": "Put some of it into the bank.",
}  # fmt: skip


def blocks(page: Path, kind: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[str]:
    return [line for block in blocks(page, "console") for line in block.strip().splitlines()]


def test_both_languages_show_the_same_commands_and_sheets() -> None:
    assert commands(PAGES["en"]) == commands(PAGES["vi"])
    for page in PAGES.values():
        rows = re.findall(r"^\| (`.*?) \|", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(TITLES)


@pytest.mark.parametrize("language", PAGES)
def test_words_to_choose_are_those_of_the_workbooks(language: Language) -> None:
    page = PAGES[language].read_text(encoding="utf-8")
    for word in DECISION_WORDS.values():
        assert f"| {word.in_(language)} |" in page
    for judgement in JUDGEMENT_WORDS.values():
        assert f"*{judgement.in_(language)}*" in page


class Person:
    """Types the page's commands one after the other, and works in Excel between them."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        copy_programme(root)
        self.folder = Folder(root)
        self.left = commands(PAGES["en"])
        self._capsys = capsys

    def types(self, line: str, status: int = 0) -> str:
        """Run the next command of the page, which has to be this one."""
        assert self.left.pop(0) == line
        return self.runs(line, status)

    def runs(self, line: str, status: int = 0) -> str:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["--lang", "en", *line.split()[1:]])
        said = "".join(self._capsys.readouterr())
        assert ended.value.code == status, line + said
        return said

    def edits(self, path: Path, wanted: Callable[[Mapping[str, Any]], Any], **cells: Any) -> None:
        """Write into the first row of the first sheet that has it, columns by their header."""
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        key = next(row for row in sheet.iter_rows() if sum(bool(c.value) for c in row) > 5)
        heads = {str(cell.value).split("\n")[0]: cell.column for cell in key if cell.value}
        for number in range(key[0].row + 1, sheet.max_row + 2):
            if wanted({name: sheet.cell(number, at).value for name, at in heads.items()}):
                for name, value in cells.items():
                    sheet.cell(number, heads[name]).value = value
                break
        book.save(path)


def test_the_path_of_an_official(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(tmp_path / "programme", capsys)
    root, data = person.folder.root, person.folder.data
    monkeypatch.chdir(root)
    # 1. what is on paper: one club stands there twice
    person.types("ishc import --template clubs.xlsx --area 20")
    paper = Office(person.folder, root / "clubs.xlsx")
    clubs = [CLUB, {**CLUB, "club_no": 2, "club_name": "Câu lạc bộ LTHTGN thôn Nà Pàn"}]
    money = {"club_no": 1, "month": "12/2024", "income_closing_cash": 54_000_000,
             "loans_outstanding": 0, "operating_closing_cash": 0}  # fmt: skip
    wrong = [{**CLUB, "commune": "Xã Chi Lăn"}]
    paper.fill(as_of="31/12/2024", clubs=wrong).replace(root / "wrong.xlsx")
    said = person.runs("ishc import wrong.xlsx --check", status=1)
    assert "sheet clubs, row 2, column commune" in said
    paper.fill(as_of="31/12/2024", clubs=clubs, balances=[money]).replace(root / "clubs.xlsx")
    assert "no mistakes" in person.types("ishc import clubs.xlsx --check")
    assert "Records new: 3" in person.types("ishc import clubs.xlsx")
    first = person.types("ishc reconcile")
    assert "clubs 2" in first
    assert "Pairs to decide, same or different: 1" in first
    # 2. a finding is waived
    findings = data / "findings" / "06463.xlsx"
    person.edits(
        findings, lambda row: row["Mã kiểm tra"] == "club_never_inspected",
        **{"Quyết định": "Số liệu đúng – bỏ qua", "Lý do, trả lời": "biên bản giấy",
           "Người trả lời": "Hội NCT xã", "Ngày trả lời": "15/01/2026"},
    )  # fmt: skip
    findings.rename(data / "findings" / "returned" / findings.name)
    assert "waived 1" in person.types("ishc reconcile")
    # 3. the two clubs are one
    person.edits(
        data / "decisions.xlsx", lambda row: row["Mã dòng"],
        **{"Quyết định": "giống", "Người quyết định": "Hội NCT xã", "Ngày": "15/01/2026"},
    )  # fmt: skip
    assert "clubs 1" in person.types("ishc reconcile")
    assert "06463-01" in person.types("ishc explain club 06463-02")
    # 4. a check, with the mistake that the page shows
    for condition in ("income_closing_cahs > $tolerance", "income_closing_cash > $tolerance"):
        checks = person.folder.checks
        person.edits(checks, lambda row: row["code"] in (None, "cash_high"),
                     **CHECK, condition=condition)  # fmt: skip
        if "cahs" in condition:
            [told] = blocks(PAGES["en"], "text")
            assert told.strip() in person.runs("ishc checks try cash_high", status=1)
    assert "1  cash_high" in person.types("ishc checks try cash_high")
    assert "1  Much cash in hand" in person.types("ishc reconcile")
    assert person.left == []
