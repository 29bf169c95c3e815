"""Fill reports with docxtpl and PNG charts of matplotlib; prints the seconds of the median run.

Runs in an environment of its own: CONTENT.json FOLDER.
"""

import json
import statistics
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import docx
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from matplotlib.figure import Figure

RUNS = 3
HEADS = ["TT", "Chỉ tiêu", "ĐVT", *(f"Cột {number}" for number in range(5))]


def template(folder: Path, tables: int, charts: int) -> Path:
    """Write the template: a loop over rows for each table, a placeholder for each chart."""
    document = docx.Document()
    document.add_paragraph("Báo cáo của {{ area }}")
    for text in ("{%p for text in texts %}", "{{ text }}", "{%p endfor %}"):
        document.add_paragraph(text)
    for number in range(tables):
        document.add_paragraph(f"Bảng {number}")
        table = document.add_table(rows=4, cols=len(HEADS), style="Table Grid")
        for column, head in enumerate(HEADS):
            table.cell(0, column).text = head
            table.cell(2, column).text = f"{{{{ row[{column}] }}}}"
        table.cell(1, 0).text = f"{{%tr for row in tables[{number}] %}}"
        table.cell(3, 0).text = "{%tr endfor %}"
        if number < charts:
            document.add_paragraph(f"{{{{ chart{number} }}}}")
            document.add_paragraph(f"Biểu đồ {number}")
    path = folder / "docxtpl.template.docx"
    document.save(str(path))
    return path


def chart(series: list[list[float]]) -> BytesIO:
    """Draw one chart at 150 dots to the inch."""
    figure = Figure(figsize=(6.1, 2.95), dpi=150)
    axes = figure.subplots()
    for values in series:
        bars = axes.bar([f"{month + 1:02d}/2026" for month in range(len(values))], values)
        axes.bar_label(bars)
    axes.tick_params(axis="x", rotation=45)
    figure.tight_layout()
    drawn = BytesIO()
    figure.savefig(drawn, format="png")
    drawn.seek(0)
    return drawn


def fill(path: Path, one: dict[str, Any], out: Path) -> None:
    """Fill one report."""
    document = DocxTemplate(path)
    charts = {
        f"chart{number}": InlineImage(document, chart(series), width=Mm(155))
        for number, series in enumerate(one["charts"])
    }
    document.render({**one, **charts}, autoescape=True)
    document.save(out)


def main(contents: Path, folder: Path) -> None:
    """Fill them all, several times."""
    reports = json.loads(contents.read_text())
    path = template(folder, len(reports[0]["tables"]), len(reports[0]["charts"]))
    fill(path, reports[0], folder / "docxtpl0.docx")
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        for number, one in enumerate(reports):
            fill(path, one, folder / f"docxtpl{number}.docx")
        taken.append(time.perf_counter() - started)
    print(statistics.median(taken))


main(Path(sys.argv[1]), Path(sys.argv[2]))
