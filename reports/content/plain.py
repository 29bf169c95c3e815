"""Tables of figures that only inform, and the charts beside them; one row a row of the workbook."""

from collections.abc import Iterator, Sequence

from programme.problem import Text
from programme.word.charts import WHOLE, WHOLE_PERCENT, ChartContent
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.selection import Selected, select
from reports.indicators.definitions import PERCENT_UNITS
from reports.indicators.figures import Figure
from reports.render import Block

TEXT_WIDTH = 165.0  # millimetres between the margins
NUMBER = Text(vi="TT", en="No.")
WHAT = Text(vi="Nội dung", en="Item")
UNIT = Text(vi="ĐVT", en="Unit")
FIGURE = Text(vi="Số liệu", en="Figure")
OF = Text(vi="n/N", en="n/N")
BASELINE = Text(vi="Số nền", en="Baseline")
CHANGE = Text(vi="So với kỳ trước", en="Since the period before")
MILLIONS = Text(vi="triệu đồng", en="million VND")
THOUSANDS = Text(vi="nghìn đồng", en="thousand VND")
_THOUSAND, _MANY = 1_000, 100 * show.MILLION
NOTHING_KNOWN = Text(
    vi="{caption}: thiếu số liệu trong kỳ.", en="{caption}: no data in the period."
)
NOTHING_RECORDED = Text(
    vi="{caption}: không ghi nhận số liệu nào khác 0 trong kỳ.",
    en="{caption}: nothing but zeros was recorded in the period.",
)
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
    """Make a table of the figures that have something to say, or a sentence where none has.

    Args:
        with_baseline: adds a column with the published figure before the period, and names what
            is missing also where every figure is.
        totals: codes of rows printed bold.
    """
    if not any(figure.numerator for figure in figures) and not with_baseline:
        recorded = any(figure.numerator is not None for figure in figures)
        said = NOTHING_RECORDED if recorded else NOTHING_KNOWN
        return [data.words(said).format(caption=_without_table(data.words(caption)))]
    chosen = select(data, figures, totals)
    if not chosen.rows:
        return list(chosen.said)
    return [_table(data, caption, chosen, with_baseline=with_baseline, totals=totals)]


def _table(
    data: ReportData,
    caption: Text,
    chosen: Selected,
    *,
    with_baseline: bool,
    totals: frozenset[str],
) -> TableContent:
    notes, language, figures = Notes(data), data.language, chosen.rows
    changes = [show.change(each, data.before(each.code), language) for each in figures]
    columns = [
        (NUMBER, [str(place + 1) for place in range(len(figures))]),
        (WHAT, [notes.mark(each) for each in figures]),
        (UNIT, [data.unit(each.unit) for each in figures]),
        (BASELINE, [show.baseline(each, language) for each in figures] if with_baseline else []),
        (FIGURE, [show.shown(each, language) for each in figures]),
        (OF, [show.share_of(each, language) for each in figures]),
        (CHANGE, changes),
    ]
    # a column that says nothing makes room for the others
    told = [(head, cells) for head, cells in columns if set(cells) - {show.DASH}]
    rows = zip(*(cells for _, cells in told), strict=True)
    return TableContent(
        data.words(caption),
        tuple(_columns(data, [head for head, _ in told])),
        tuple(
            Row(cells, bold=figure.code in totals)
            for figure, cells in zip(figures, rows, strict=True)
        ),
        (*notes.lines(), *chosen.said),
    )


def _columns(data: ReportData, heads: Sequence[Text]) -> Iterator[Column]:
    """Give the columns, the one with the names as wide as the others leave it."""
    widths = {NUMBER: 9.0, UNIT: 22.0, BASELINE: 24.0, FIGURE: 26.0, OF: 26.0, CHANGE: 26.0}
    if data.language == "en":  # “recommendations”
        widths[UNIT] = 31.0
    if BASELINE in heads:  # counts and shares, no amounts
        widths |= {UNIT: 22.0, FIGURE: 22.0, OF: 23.0, CHANGE: 20.0}
    taken = sum(widths[head] for head in heads if head != WHAT)
    for head in heads:
        left = head == WHAT
        width = TEXT_WIDTH - taken if left else widths[head]
        yield Column(data.words(head), width, "left" if left else "centre")


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
    money: bool = False,
) -> list[Block]:
    """Draw one bar a figure; figures that cannot be computed have none.

    Args:
        money: amounts; the caption has their ``{unit}``.
    """
    values = [figure.value for figure in figures]
    if money:
        caption, values = of_money(caption, values)
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


def of_money(caption: Text, amounts: Sequence[float | None]) -> tuple[Text, list[float | None]]:
    """Write a unit into a caption and give the amounts in it.

    Millions of đồng, or thousands where small amounts would read as 0 million.
    """
    largest = max((each for each in amounts if each is not None), default=0)
    size, unit = (show.MILLION, MILLIONS) if largest >= _MANY else (_THOUSAND, THOUSANDS)
    written = Text(caption.vi.format(unit=unit.vi), caption.en.format(unit=unit.en))
    return written, [None if each is None else each / size for each in amounts]


def draw(data: ReportData, chart: ChartContent) -> list[Block]:
    """Give the chart, or a sentence where there is nothing to draw."""
    if any(value for _, values in chart.series for value in values):
        return [chart]
    return [data.words(NOTHING_TO_DRAW).format(caption=chart.caption)]


def described(data: ReportData, caption: Text, figures: Sequence[Figure]) -> str:
    """Write the text for those who cannot see the chart: its caption and every figure."""
    parts = [
        f"{data.words(figure.label)} {show.shown(figure, data.language)}" for figure in figures
    ]
    return f"{data.words(caption)}: {'; '.join(parts)}."


def _without_table(caption: str) -> str:
    """Leave the word for “table” out: none is printed."""
    short = caption.removeprefix("Bảng ")
    return short[0].upper() + short[1:]
