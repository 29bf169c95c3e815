"""Tables of figures that only inform, and the charts beside them; one row a row of the workbook."""

from collections.abc import Iterator, Sequence

from programme.problem import Text
from programme.word.charts import WHOLE, WHOLE_PERCENT, ChartContent
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.indicators.definitions import PERCENT_UNITS
from reports.indicators.figures import Figure
from reports.render import Block

NUMBER = Text(vi="TT", en="No.")
WHAT = Text(vi="Nội dung", en="Item")
UNIT = Text(vi="ĐVT", en="Unit")
FIGURE = Text(vi="Số liệu", en="Figure")
OF = Text(vi="n/N", en="n/N")
BASELINE = Text(vi="Số nền", en="Baseline")
NOTHING_TO_DRAW = Text(
    vi="{caption}: thiếu số liệu để vẽ biểu đồ.", en="{caption}: no data to draw a chart from."
)


def figures_table(
    data: ReportData,
    caption: Text,
    figures: Sequence[Figure],
    *,
    with_baseline: bool = False,
    totals: frozenset[str] = frozenset(),
) -> list[Block]:
    """Make a table of figures with numbered notes below.

    Args:
        with_baseline: adds a column with the published figure before the period.
        totals: codes of rows printed bold.
    """
    heads = [NUMBER, WHAT, UNIT, *([BASELINE] if with_baseline else []), FIGURE, OF]
    widths = [9, 60, 19, 27, 25, 25] if with_baseline else [10, 75, 23, 30, 27]
    notes = Notes(data)
    rows = []
    for place, figure in enumerate(figures, start=1):
        cells = [str(place), notes.mark(figure), data.unit(figure.unit)]
        if with_baseline:
            cells.append(show.baseline(figure, data.language))
        cells += [
            show.value(figure.value, figure.unit, data.language),
            show.share_of(figure, data.language),
        ]
        rows.append(Row(tuple(cells), bold=figure.code in totals))
    aligns = ("centre", "left", *["centre"] * (len(heads) - 2))
    columns = tuple(
        Column(data.words(head), width, align)  # type: ignore[arg-type]
        for head, width, align in zip(heads, widths, aligns, strict=True)
    )
    return [TableContent(data.words(caption), columns, tuple(rows), tuple(notes.lines()))]


class Notes:
    """Numbers the notes of a table; equal notes share a number."""

    def __init__(self, data: ReportData) -> None:
        self._data = data
        self._texts: list[str] = []

    def mark(self, figure: Figure) -> str:
        """Give the label of a figure with the number of its note, if it has one."""
        label = self._data.words(figure.label)
        if figure.note is None:
            return label
        text = self._data.words(figure.note)
        if text not in self._texts:
            self._texts.append(text)
        return f"{label}^({self._texts.index(text) + 1})^"

    def lines(self) -> Iterator[str]:
        """Give the notes as they stand below the table."""
        for place, text in enumerate(self._texts, start=1):
            yield f"({place}) {text[0].upper()}{text[1:]}."


def bars(
    data: ReportData,
    caption: Text,
    figures: Sequence[Figure],
    series: Text,
    *,
    millions: bool = False,
) -> list[Block]:
    """Draw one bar a figure; figures that cannot be computed have none."""
    values = [figure.value for figure in figures]
    if millions:
        values = [None if each is None else each / show.MILLION for each in values]
    percents = bool(figures) and all(figure.unit in PERCENT_UNITS for figure in figures)
    return draw(
        data,
        ChartContent(
            kind="bars",
            caption=data.words(caption),
            alt=described(data, caption, figures),
            categories=[data.words(figure.label) for figure in figures],
            series=[(data.words(series), values)],
            number_format=WHOLE_PERCENT if percents else WHOLE[data.language],
            maximum=100 if percents else None,
            height=18 + 6 * len(figures),
        ),
    )


def draw(data: ReportData, chart: ChartContent) -> list[Block]:
    """Give the chart, or a sentence where there is nothing to draw."""
    if any(value for _, values in chart.series for value in values):
        return [chart]
    return [data.words(NOTHING_TO_DRAW).format(caption=chart.caption)]


def described(data: ReportData, caption: Text, figures: Sequence[Figure]) -> str:
    """Write the text for those who cannot see the chart: its caption and every figure."""
    parts = [
        f"{data.words(figure.label)} {show.value(figure.value, figure.unit, data.language)}"
        for figure in figures
    ]
    return f"{data.words(caption)}: {'; '.join(parts)}."
