"""Native charts: the reader edits figures and looks in Word itself, as with his own charts.

python-pptx writes the chart; its looks are ours, and so is the workbook behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml

from programme.word.chart_looks import style
from programme.word.chart_workbook import chart_workbook
from programme.word.xml import attribute, plain

Kind = Literal["bars", "columns", "stacked_bars", "stacked_columns", "line"]
_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked_bars": XL_CHART_TYPE.BAR_STACKED,
    "stacked_columns": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
# separators as literals: those of Windows may be another country's
WHOLE = {
    "vi": '[>=1000000]0"."000"."000;[>=1000]0"."000;0',
    "en": '[>=1000000]0","000","000;[>=1000]0","000;0',
}
WHOLE_PERCENT = '0"%"'
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMU_A_MM = 36_000
_DATES, _SQUARE = b'<c:date1904 val="0"/>', b'<c:roundedCorners val="0"/>'


@dataclass(frozen=True, slots=True)
class ChartContent:
    """A chart: caption, text for those who cannot see it, categories and named series.

    Args:
        kind: bars lie, columns stand; ``line`` is for months, with gaps where nothing is known.
        series: name and a value for each category; None is “no data”, never 0.
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


def chart_parts(content: ChartContent, relation: str = "rId1") -> tuple[bytes, bytes]:
    """Write the chart and its workbook.

    Args:
        relation: by which the chart knows its workbook.

    Returns:
        The chart's XML, and the bytes of the ``.xlsx``.
    """
    safe = replace(
        content,
        categories=[plain(each) for each in content.categories],
        series=[(plain(name), values) for name, values in content.series],
    )
    data = CategoryChartData(number_format=safe.number_format)
    data.categories = safe.categories
    for name, values in safe.series:
        data.add_series(name, values)
    # Word rounds the corners of a chart that does not say
    xml = data.xml_bytes(_KINDS[safe.kind]).replace(_DATES, _DATES + _SQUARE, 1)
    space = parse_xml(xml)
    style(Chart(space, None), safe.kind, safe.number_format, safe.series, safe.maximum)
    external = space._add_externalData()
    external.rId = relation
    external._add_autoUpdate().val = False
    return serialize_part_xml(space), chart_workbook(safe.categories, safe.series)


def drawing(content: ChartContent, relation: str, identity: int) -> str:
    """Write what hangs a chart into a run.

    Args:
        relation: by which the document knows the chart.
        identity: number of the drawing, once in a document.
    """
    width, height = round(content.width * _EMU_A_MM), round(content.height * _EMU_A_MM)
    return (
        '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{identity}" '
        f"name={attribute(content.caption)} descr={attribute(content.alt)}/>"
        '<wp:cNvGraphicFramePr/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/'
        '2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
