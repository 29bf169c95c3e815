"""The page on one's own figure: followed step by step, with Excel, Word and a phone between."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph

from connectors.reconcile.lists import write_lists
from connectors.reconcile.run import reconcile
from forms.compile import compile_form
from forms.engine import jvm
from forms.engine.fill import fill
from forms.engine.phone import Phone
from ishc.cli import main
from ishc.demo.site import prepare
from ishc.demo.station import Station, station
from ishc.demo.submissions import Submission
from programme.problem import Language
from programme.progress import silent
from tests.connectors.importing.office import CLUB, Office

REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"
PAGES: dict[Language, Path] = {
    "en": DOCS / "office_reports.md",
    "vi": DOCS / "office_reports.vi.md",
}
FORM = "monthly_activity_report"
UP_TO = ("--as-of", "2026-10-31")
NOON = datetime(2026, 10, 31, 12)
QUESTION = {
    "type": "integer", "name": "bicycles_lent", "class": "plain", "required": "yes",
    "label::Tiếng Việt (vi)": "Số xe đạp cho mượn trong tháng",
    "label::English (en)": "Bicycles lent this month",
    "required_message::Tiếng Việt (vi)": "Cần trả lời câu này.",
    "required_message::English (en)": "Please answer this question.",
    "constraint": ". >= 0 and . <= 999",
    "constraint_message::Tiếng Việt (vi)": "Ghi số từ 0 đến 999.",
    "constraint_message::English (en)": "Write a number from 0 to 999.",
}  # fmt: skip
GROUP = {"group": "green", "label_vi": "Giao thông xanh", "label_en": "Green transport"}
UNIT = {"unit": "bicycles", "label_vi": "xe", "label_en": "bicycles"}
INDICATOR = {
    "code": "bicycles", "group": "green", "label_vi": "Số lượt xe đạp cho mượn",
    "label_en": "Bicycles lent", "unit": "bicycles", "table": "club_months",
    "numerator": "SUM(bicycles_lent)", "known": "COUNT(bicycles_lent)",
    "expected": "COUNT(*) FILTER (WHERE expected AND month >= '2026-10')",
    "over_months": "sum", "class": "plain",
    "definition_vi": "Tổng số xe đạp cho mượn ghi trong báo cáo tháng",
    "definition_en": "Bicycles lent by the monthly reports, added up",
    "source_vi": "Báo cáo tháng", "source_en": "Monthly reports",
}  # fmt: skip
TARGET = {
    "code": "LS_XD", "decision": "Kế hoạch 15/KH-UBND", "period": "2026", "area_code": "20",
    "level": "province", "population": "all clubs", "unit": "bicycles", "target_min": 10,
    "indicator_vi": "Số lượt xe đạp cho mượn trong năm 2026", "wording_vi": "published",
    "indicator_en": "Bicycles lent in 2026", "met_when": "value>=min",
    "measured_by": "bicycles", "source": "Kế hoạch của tỉnh",
}  # fmt: skip


def blocks(page: Path, kind: str) -> list[str]:
    """Give the blocks of a kind, those in lists too, without what indents them."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(rf"^ *```{kind}\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)
    return ["\n".join(line.strip() for line in each.strip().splitlines()) for each in found]


def commands(page: Path) -> list[str]:
    return [line for block in blocks(page, "console") for line in block.splitlines()]


def told(page: Path) -> list[str]:
    """Give the messages of the page without their row, which moves as the workbook grows."""
    return [_without_row(message) for message in blocks(page, "text")]


def _without_row(text: str) -> str:
    return re.sub(r"(row|dòng) \d+", r"\1 …", text)


def test_both_languages_show_the_same_commands_columns_and_cells() -> None:
    en, vi = (page.read_text(encoding="utf-8") for page in PAGES.values())
    assert commands(PAGES["en"]) == commands(PAGES["vi"])
    for columns in (r"^\| (`[^|]+`) \|", r"^\| `[^|]+ \| (`[^`]+`)"):
        assert re.findall(columns, en, re.MULTILINE) == re.findall(columns, vi, re.MULTILINE)
    for cells in (QUESTION, INDICATOR):
        for column in ("name", "class", "constraint", "code", "numerator", "known", "expected"):
            if column in cells:
                assert f"| `{column}` | `{cells[column]}`" in en


@dataclass
class Official:
    """Somebody with Excel and Word in the programme's folder, and who types the commands."""

    here: Station
    left: list[str]
    capsys: pytest.CaptureFixture[str]

    def types(self, line: str, *more: str) -> str:
        """Run the next command of the page, which has to be this one."""
        assert self.left.pop(0) == line
        return self.runs(line, *more)

    def runs(self, line: str, *more: str, status: int = 0, language: Language = "en") -> str:
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["--lang", language, *line.split()[1:], *more])
        said = "".join(self.capsys.readouterr())
        assert ended.value.code == status, line + said
        return said

    def asks(self, **question: Any) -> None:
        """Write the question below ``green_lesson``, in the row that is there already or new."""
        path = self.here.folder.xlsforms / f"{FORM}.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["survey"]
        heads = {cell.value: cell.column for cell in sheet[1]}
        at = next(cell.row for cell in sheet["B"] if cell.value == "green_lesson") + 1
        if sheet.cell(at, heads["name"]).value != question["name"]:
            sheet.insert_rows(at)
        for column, value in question.items():
            sheet.cell(at, heads[column]).value = value
        book["settings"]["C2"].value = "2026112401"
        book.save(path)

    def defines(self, **sheets: dict[str, Any]) -> None:
        """Write a row into sheets of ``indicators.xlsx``: the first empty one, or its own."""
        path = self.here.folder.indicators
        book = openpyxl.load_workbook(path)
        for name, cells in sheets.items():
            sheet = book[name]
            heads = {str(cell.value).split("\n")[0]: cell.column for cell in sheet[1]}
            key = next(iter(cells.values()))
            at = next(n for n in range(2, 999) if sheet.cell(n, 1).value in (None, key))
            for column, value in cells.items():
                sheet.cell(at, heads[column]).value = value
        book.save(path)

    def writes(self, language: Language, wrong: str = "", right: str = "") -> None:
        """Put the page's paragraphs below the table of results, or mend a word of them."""
        path = (
            self.here.folder.root / "reports" / "templates" / f"province_periodic.{language}.docx"
        )
        document = docx.Document(str(path))
        if wrong:
            for paragraph in document.paragraphs:
                for run in paragraph.runs:
                    run.text = run.text.replace(wrong, right)
        else:
            table = _paragraph(document, "{{ outputs_table }}")
            below = Paragraph(table._p.getnext(), table._parent)
            for line in blocks(PAGES[language], "jinja")[0].splitlines():
                below.insert_paragraph_before(line)
        document.save(str(path))

    def phones_send(self, **bicycles: int) -> None:
        """Fill the month's report of clubs, by code with ``_`` in front, and send it."""
        folder = self.here.folder
        scenarios = REPOSITORY / "tests" / "forms" / "shipped" / "scenarios" / f"{FORM}.toml"
        quiet = tomllib.loads(scenarios.read_text("utf-8"))["start"]["quiet"]
        form = compile_form(folder.xlsforms / f"{FORM}.xlsx")
        sent = []
        for name, count in bicycles.items():
            club = name.strip("_").replace("_", "-")
            answers = quiet | {"commune": club[:5], "club": club, "bicycles_lent": count}
            phone = Phone(started=NOON, username="official", deviceid=f"collect:{club}")
            done = fill(form, folder.media, answers, phone=phone)
            assert done.refused == ()
            sent.append(Submission("sent", FORM, club, done.xml))
        self.here.send(sent, self.here.deploy())


def _paragraph(document: Document, text: str) -> Paragraph:
    return next(each for each in document.paragraphs if each.text == text)


@pytest.fixture
def official(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Official]:
    """Two clubs of two communes, taken over from paper, at a server of their own."""
    if problem := jvm.missing():
        pytest.skip(problem.in_("en"))
    folder, settings = prepare(tmp_path / "programme")
    monkeypatch.chdir(folder.root)
    with station(folder, settings, silent) as here:
        text = folder.settings.read_text(encoding="utf-8")
        url = settings.servers["sandbox"].url
        folder.settings.write_text(text.replace(url, here.server.url), encoding="utf-8")
        official = Official(here, commands(PAGES["en"]), capsys)
        official.runs("ishc import --template clubs.xlsx --area 20")
        other = {**CLUB, "club_no": 2, "commune": "Xã Bắc Sơn", "club_name": "CLB thôn Nà Lay"}
        Office(folder, folder.root / "clubs.xlsx").give(as_of="30/09/2026", clubs=[CLUB, other])
        reconcile(here.settings, folder, date(2026, 9, 30))
        write_lists(folder)
        yield official


def test_the_path_of_an_official(official: Official) -> None:
    no_class, no_column, no_placeholder = told(PAGES["en"])
    vi = told(PAGES["vi"])
    # 1. a question
    official.asks(**{**QUESTION, "class": None})
    for language, message in (("en", no_class), ("vi", vi[0])):
        said = official.runs(f"ishc forms check {FORM}", status=1, language=language)
        assert message in _without_row(said)
    official.asks(**QUESTION)
    assert "0 errors" in official.types("ishc forms check")
    assert "monthly_activity_report (sandbox): a new form" in official.types("ishc deploy")
    official.phones_send(_06325_01=4, _06463_01=7)
    assert "2 new" in official.types("ishc pull")
    official.types("ishc reconcile", *UP_TO)
    # 2. an indicator and a target; the column's name is wrong at first
    wrong = {**INDICATOR, "numerator": "SUM(bicycle_lent)"}
    official.defines(groups=GROUP, units=UNIT, indicators=wrong, targets=TARGET)
    report = "ishc report province_periodic --area 20 --period 2026"
    assert no_column in _without_row(official.runs(report, *UP_TO, status=1))
    assert vi[1] in _without_row(official.runs(report, *UP_TO, status=1, language="vi"))
    official.defines(indicators=INDICATOR)
    # 3. a sentence and a chart; a placeholder is wrong at first
    official.types("ishc report province_periodic --placeholders names.xlsx")
    names = openpyxl.load_workbook("names.xlsx").worksheets[0]
    assert {"{{ bicycles }}", "{{ LS_XD }}"} <= {cell.value for cell in names["A"]}
    for language, page in (("en", no_placeholder), ("vi", vi[2])):
        official.writes(language)
        official.writes(language, "bicycles_places", "bicycle_places")
        said = official.runs(report, *UP_TO, "--lang", language, status=1, language=language)
        assert page in said
        official.writes(language, "bicycle_places", "bicycles_places")
    # 4. the report
    both = ("--lang", "vi", "--lang", "en")
    official.types("ishc report province_periodic --area 20 --period 2026", *UP_TO, *both)
    assert official.left == []
    sentences = {
        "vi": "Về giao thông xanh: các câu lạc bộ đã cho mượn 11 lượt xe đạp, vượt mục tiêu 10",
        "en": "On green transport: the clubs lent 11 bicycles, which exceeds the target of 10",
    }
    for language, sentence in sentences.items():
        [path] = official.here.folder.reports.glob(f"province_periodic*.{language}.docx")
        document = docx.Document(str(path))
        assert any(each.text.startswith(sentence) for each in document.paragraphs)
        rows = [
            [cell.text for cell in row.cells] for table in document.tables for row in table.rows
        ]
        assert any(INDICATOR[f"label_{language}"] in row and "11" in row for row in rows)
        assert any(TARGET[f"indicator_{language}"] in row and "10" in row for row in rows)
        parts = {str(part.partname): part.blob for part in document.part.package.iter_parts()}
        charts = [blob.decode() for name, blob in parts.items() if "/charts/" in name]
        label = INDICATOR[f"label_{language}"]
        assert any(label in chart and "Chi Lăng" in chart for chart in charts)
