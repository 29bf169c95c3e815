"""Native charts: the reader edits figures and looks in Word itself, as with his own charts.

python-pptx writes the chart and its workbook; both are hung on the Word document here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml as parse_chart
from pptx.util import Pt

from programme.word.styles import CAPTION, FONT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

Kind = Literal["bars", "columns", "stacked_bars", "stacked_columns", "line"]
_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked_bars": XL_CHART_TYPE.BAR_STACKED,
    "stacked_columns": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
# reads well in black and white
_COLOURS = (RGBColor(0x1F, 0x4E, 0x79), RGBColor(0xA6, 0xA6, 0xA6), RGBColor(0x5B, 0x9B, 0xD5))
# separators as literals: those of Windows may be another country's
WHOLE = {
    "vi": '[>=1000000]0"."000"."000;[>=1000]0"."000;0',
    "en": '[>=1000000]0","000","000;[>=1000]0","000;0',
}
WHOLE_PERCENT = '0"%"'
POINTS = 10
HEADROOM = 1.15  # for the label above the longest bar


@dataclass(frozen=True, slots=True)
class ChartContent:
    """A chart: caption, text for those who cannot see it, categories and named series.

    Args:
        maximum: where the axis of values ends, if that is fixed (100 for percentages).
        width, height: millimetres.
    """

    kind: Kind
    caption: str
    alt: str
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    number_format: str
    maximum: float | None = None
    width: float = 155
    height: float = 75


def chart_paragraph(document: "Document", content: ChartContent) -> "Paragraph":
    """Add a paragraph with caption and chart at the end of the document; the caller moves it.

    Both stand in one paragraph that is never split: LibreOffice lets a caption of its own stay
    behind when the chart after it moves to the next page.
    """
    number = 1 + sum(
        str(part.partname).startswith("/word/charts/")
        for part in document.part.package.iter_parts()
    )
    relation = document.part.relate_to(
        _chart_part(document, content, number), RELATIONSHIP_TYPE.CHART
    )
    paragraph = document.add_paragraph(style=CAPTION)
    paragraph.paragraph_format.keep_together = True
    paragraph.paragraph_format.keep_with_next = False
    paragraph.add_run(content.caption).add_break()
    paragraph.add_run()._r.append(_drawing(content, relation, 1000 + number))
    return paragraph


def _chart_part(document: "Document", content: ChartContent, number: int) -> Part:
    data = CategoryChartData(number_format=content.number_format)
    data.categories = content.categories
    for name, values in content.series:
        data.add_series(name, values)
    kind = _KINDS[content.kind]
    space = parse_chart(data.xml_bytes(kind))
    _style(Chart(space, None), content)
    package = document.part.package
    workbook = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        data._workbook_writer.xlsx_blob,
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    external = space._add_externalData()
    external.rId = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    external._add_autoUpdate().val = False
    part._blob = serialize_part_xml(space)
    return part


def _style(chart: Any, content: ChartContent) -> None:
    chart.has_title = False
    chart.font.name, chart.font.size = FONT, Pt(POINTS)
    chart.has_legend = len(content.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    plot = chart.plots[0]
    if content.kind != "line":
        plot.gap_width = 60
        plot.vary_by_categories = False
    plot.has_data_labels = True
    plot.data_labels.number_format = content.number_format
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size = Pt(POINTS)
    _axes(chart, content)
    for series, colour in zip(plot.series, _COLOURS, strict=False):
        fill = series.format.line if content.kind == "line" else series.format
        fill.fill.solid()
        fill.fill.fore_color.rgb = colour


def _axes(chart: Any, content: ChartContent) -> None:
    values, categories = chart.value_axis, chart.category_axis
    values.minimum_scale = 0
    numbers = [value for _, series in content.series for value in series if value is not None]
    highest = content.maximum or max(numbers, default=0)
    if highest > 0:
        values.maximum_scale = highest * HEADROOM
    values.has_major_gridlines = False
    values.visible = False
    categories.format.line.color.rgb = RGBColor(0x80, 0x80, 0x80)
    categories.tick_labels.font.size = Pt(POINTS)
    if content.kind == "bars":
        categories.reverse_order = True  # first category on top, as in the table


def _drawing(content: ChartContent, relation: str, identity: int) -> Any:
    xml = f"""<w:drawing
      xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
      xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
      xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
      xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
      xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
      <wp:inline distT="0" distB="0" distL="0" distR="0">
        <wp:extent cx="{Mm(content.width)}" cy="{Mm(content.height)}"/>
        <wp:docPr id="{identity}" name=""/>
        <wp:cNvGraphicFramePr/>
        <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
          <c:chart r:id="{relation}"/>
        </a:graphicData></a:graphic>
      </wp:inline></w:drawing>"""
    drawing = parse_xml(xml)
    properties = drawing[0][1]
    properties.set("name", content.caption)  # set, not formatted in: texts may hold & and <
    properties.set("descr", content.alt)
    return drawing
