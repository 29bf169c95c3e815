"""Word reports: ours beside docxtpl with PNG charts of matplotlib, on the same content."""

import json
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from docx.oxml.ns import qn

from programme.word.charts import WHOLE, ChartContent
from programme.word.page import official_document
from programme.word.tables import Column, Row, TableContent
from reports.render import About, Block, render
from tests.bench.environments import SCRIPTS, peer, versions
from tests.bench.section import Section, median_seconds

REPORTS = 60  # a run; one is as large as a province's, ten pages
ROWS, TABLES, CHARTS, PARAGRAPHS = 22, 10, 5, 60
SENTENCE = (
    "Đến cuối kỳ, trên địa bàn có {} câu lạc bộ đang hoạt động với {} thành viên, bình quân {} "
    "người mỗi câu lạc bộ; số liệu chốt theo báo cáo của các câu lạc bộ."
)


def content(number: int) -> dict[str, object]:
    """Give the content of one report, plain enough for any library."""
    tables = [
        [
            [f"{row + 1}", f"Chỉ tiêu {table}.{row} & <b>", "%"]
            + [f"{(number * 7 + table * 31 + row * column) % 1000},{column}" for column in range(5)]
            for row in range(ROWS)
        ]
        for table in range(TABLES)
    ]
    charts = [
        [[(number + chart * 13 + series * 29 + month * 7) % 90 for month in range(12)]]
        for chart in range(CHARTS)
        for series in range(1)
    ]
    texts = [SENTENCE.format(number + each, each * 57, each) for each in range(PARAGRAPHS)]
    return {"area": f"tỉnh số {number}", "tables": tables, "charts": charts, "texts": texts}


def run() -> Section:
    """Measure both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = _template(folder)
        values = [_ours(content(number)) for number in range(REPORTS)]

        def ours() -> None:
            for number, (texts, blocks) in enumerate(values):
                about = About("Báo cáo", "Hội", date(2026, 10, 31))
                out = folder / f"ours{number}.docx"
                render(template, texts, blocks, "vi", out, about=about)

        ours()  # the template is read once in a process
        own = median_seconds(ours)
        size = (folder / "ours0.docx").stat().st_size
        contents = folder / "content.json"
        contents.write_text(json.dumps([content(number) for number in range(REPORTS)]))
        told = subprocess.run(
            [peer("docxtpl"), SCRIPTS / "docxtpl_reports.py", contents, folder],
            check=True,
            capture_output=True,
            text=True,
        )
        theirs = float(told.stdout.split()[-1])
        their_size = (folder / "docxtpl0.docx").stat().st_size
    rows = (
        ("", "reports a minute, one process", "ms a report", "kB a report"),
        _row("ours: native, editable charts", own, size),
        _row("docxtpl, charts as PNG by matplotlib", theirs, their_size),
    )
    prose = (
        f"The same content in Word: {PARAGRAPHS} paragraphs, {TABLES} tables of {ROWS} rows and 8 "
        f"columns, {CHARTS} charts of 12 months; {REPORTS} reports a run, the figures given. Each "
        f"by a template with placeholders. Peer: {versions('docxtpl')}."
    )
    return Section("Word reports", prose, rows)


def _row(name: str, seconds: float, size: int) -> tuple[str, ...]:
    each = seconds / REPORTS
    return name, f"{60 / each:,.0f}", f"{1000 * each:.0f}", f"{size / 1000:.0f}"


def _ours(one: dict[str, object]) -> tuple[dict[str, object], dict[str, list[Block]]]:
    columns = (Column("TT", 10, "centre"), Column("Chỉ tiêu", 50), Column("ĐVT", 15))
    columns += tuple(Column(f"Cột {number}", 18, "right") for number in range(5))
    tables, charts = one["tables"], one["charts"]
    assert isinstance(tables, list)
    assert isinstance(charts, list)
    blocks: dict[str, list[Block]] = {
        f"table{number}": [
            TableContent(f"Bảng {number}", columns, tuple(Row(tuple(row)) for row in rows))
        ]
        for number, rows in enumerate(tables)
    }
    months = [f"{month + 1:02d}/2026" for month in range(12)]
    for number, series in enumerate(charts):
        named = [(f"Loại {place}", values) for place, values in enumerate(series)]
        blocks[f"chart{number}"] = [
            ChartContent("columns", f"Biểu đồ {number}", "alt", months, named, WHOLE["vi"])
        ]
    return {"area": one["area"], "texts": one["texts"]}, blocks


def _template(folder: Path) -> Path:
    document = official_document("vi")
    document.add_paragraph("Báo cáo của {{ area }}")
    for text in ("{%p for text in texts %}", "{{ text }}", "{%p endfor %}"):
        document.add_paragraph(text)
    for number in range(TABLES):
        document.add_paragraph(f"{{{{ table{number} }}}}")
        if number < CHARTS:
            document.add_paragraph(f"{{{{ chart{number} }}}}")
    assert document.element.body.find(qn("w:p")) is not None
    path = folder / "ours.template.docx"
    document.save(str(path))
    return path
