"""How charts look: series are told apart by pattern and marker, so a photocopy keeps them."""

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.util import Pt

from programme.word.styles import FONT

POINTS = 10
HEADROOM = 1.15  # for the label above the longest bar
SMALLEST_PART = 0.07  # of the highest stack, that a label still fits into
LABELLED = 15  # values beyond which labels would lie on each other
_DARK, _GREY = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x80, 0x80, 0x80)
_BLACK, _WHITE = RGBColor(0, 0, 0), RGBColor(0xFF, 0xFF, 0xFF)
# no two the same in grey; patterns last, which the legend of LibreOffice leaves out
_FILLS: tuple[RGBColor | MSO_PATTERN, ...] = (
    _DARK,
    RGBColor(0xBF, 0xBF, 0xBF),
    _WHITE,
    _GREY,
    MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    MSO_PATTERN.LARGE_CONFETTI,
)
_LINES = (
    (_DARK, XL_MARKER_STYLE.CIRCLE, MSO_LINE.SOLID),
    (_BLACK, XL_MARKER_STYLE.SQUARE, MSO_LINE.DASH),
    (_GREY, XL_MARKER_STYLE.TRIANGLE, MSO_LINE.SOLID),
    (_BLACK, XL_MARKER_STYLE.DIAMOND, MSO_LINE.ROUND_DOT),
    (_DARK, XL_MARKER_STYLE.X, MSO_LINE.LONG_DASH),
    (_GREY, XL_MARKER_STYLE.PLUS, MSO_LINE.DASH_DOT),
)
MOST_SERIES = len(_FILLS)
Series = Sequence[tuple[str, Sequence[float | None]]]


def style(chart: Any, kind: str, number_format: str, series: Series, maximum: float | None) -> None:
    """Give a chart of python-pptx its looks."""
    chart.has_title = False
    chart.font.name, chart.font.size = FONT, Pt(POINTS)
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    plot = chart.plots[0]
    plot.vary_by_categories = False
    line, stacked = kind == "line", kind.startswith("stacked")
    if not line:
        plot.gap_width = 60
    labelled = _labelled(series, line=line, stacked=stacked)
    if labelled:
        _labels(plot, number_format, series, line=line, stacked=stacked)
    _axes(chart, number_format, kind, labelled=labelled)
    _scale(chart.value_axis, series, maximum, stacked=stacked)
    for number, each in enumerate(plot.series):
        (_line if line else _fill)(each, number % MOST_SERIES)


def _labelled(series: Series, *, line: bool, stacked: bool) -> bool:
    """Tell whether every value is written beside its bar or point."""
    values = max((len(values) for _, values in series), default=0)
    if line:
        return len(series) == 1 and values <= LABELLED
    if stacked:
        parts = [value for _, each in series for value in each if value]
        return bool(parts) and min(parts) >= SMALLEST_PART * max(_heights(series, stacked=True))
    return values * len(series) <= LABELLED * 3


def _heights(series: Series, *, stacked: bool) -> list[float]:
    columns = zip(*(values for _, values in series), strict=True)
    known = [[value for value in values if value is not None] for values in columns]
    return [sum(values) if stacked else max(values) for values in known if values]


def _labels(plot: Any, number_format: str, series: Series, *, line: bool, stacked: bool) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format = number_format
    labels.number_format_is_linked = False
    labels.font.size = Pt(POINTS)
    if line:
        labels.position = XL_LABEL_POSITION.ABOVE
    if stacked:
        for number, each in enumerate(plot.series):
            own = each.data_labels
            own.show_value, own.position = True, XL_LABEL_POSITION.CENTER
            own.number_format, own.number_format_is_linked = number_format, False
            own.font.size = Pt(POINTS)
            own.font.color.rgb = _WHITE if number % MOST_SERIES == 0 else _BLACK


def _axes(chart: Any, number_format: str, kind: str, *, labelled: bool) -> None:
    values, categories = chart.value_axis, chart.category_axis
    values.has_major_gridlines = not labelled
    values.visible = not labelled
    if not labelled:
        values.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xD9, 0xD9)
        values.tick_labels.font.size = Pt(POINTS)
        values.tick_labels.number_format = number_format
        values.tick_labels.number_format_is_linked = False
        values.format.line.fill.background()
    categories.format.line.color.rgb = _GREY
    categories.tick_labels.font.size = Pt(POINTS)
    if kind.endswith("bars"):
        categories.reverse_order = True  # first category on top, as in the table


def _scale(axis: Any, series: Series, maximum: float | None, *, stacked: bool) -> None:
    if any(value < 0 for _, values in series for value in values if value is not None):
        return  # figures that may fall below zero find their own scale
    axis.minimum_scale = 0
    highest = maximum or max(_heights(series, stacked=stacked), default=0)
    if highest > 0:
        axis.maximum_scale = highest * (1 if stacked else HEADROOM)


def _fill(series: Any, number: int) -> None:
    looks, fill = series.format, _FILLS[number]
    if isinstance(fill, RGBColor):
        looks.fill.solid()
        looks.fill.fore_color.rgb = fill
    else:
        looks.fill.patterned()
        looks.fill.pattern = fill
        looks.fill.fore_color.rgb, looks.fill.back_color.rgb = _BLACK, _WHITE
    if number:
        looks.line.color.rgb, looks.line.width = _BLACK, Pt(0.5)


def _line(series: Any, number: int) -> None:
    colour, marker, dash = _LINES[number]
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour, Pt(1.75)
    series.format.line.dash_style = dash
    series.marker.style, series.marker.size = marker, 6
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour
