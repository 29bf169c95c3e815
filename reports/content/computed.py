"""The annex that tells how each figure is computed, in words."""

from collections.abc import Iterator

from programme.numbers import percent
from programme.problem import Text
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import NUMBER
from reports.indicators.definitions import Indicator
from reports.indicators.figures import Figure
from reports.render import Block

CAPTION = Text(vi="Bảng cách tính các số liệu", en="How each figure is computed")
HEADS = (
    (NUMBER, 10, "centre"),
    (Text(vi="Số liệu", en="Figure"), 72, "left"),
    (Text(vi="Cách tính", en="How it is computed"), 118, "left"),
    (Text(vi="Nguồn", en="Source"), 32, "left"),
    (Text(vi="Mức đầy đủ", en="Coverage"), 20, "centre"),
)
COVERAGE = Text(
    vi="Mức đầy đủ là tỷ lệ đơn vị có số liệu trên số đơn vị phải có; “–”: không áp dụng. Dưới "
    "{threshold} thì ghi “chưa đủ số liệu” và không đánh giá.",
    en="Coverage is the share of units with data among those that should have them; “–”: does not "
    "apply. Below {threshold} a figure reads “too little data” and is not rated.",
)
NONE = Text(
    vi="Không có số liệu nào được tính cho kỳ này.", en="No figure was computed for this period."
)


def computed_table(data: ReportData) -> list[Block]:
    """Make one row an indicator that the report prints: its definition, source and coverage."""
    rows = tuple(Row((str(place), *cells)) for place, cells in enumerate(_cells(data), start=1))
    if not rows:
        return [data.words(NONE)]
    columns = tuple(
        Column(data.words(head), width, align)  # type: ignore[arg-type]
        for head, width, align in HEADS
    )
    threshold = percent(data.definitions.coverage_threshold, data.language, 0)
    note = data.words(COVERAGE).format(threshold=threshold)
    return [TableContent(data.words(CAPTION), columns, rows, (note,))]


def _cells(data: ReportData) -> Iterator[tuple[str, ...]]:
    indicators = {each.code: each for each in data.definitions.indicators}
    seen: set[str] = set()
    for figure in data.here:
        indicator = indicators.get(figure.indicator)
        if indicator is None or indicator.code in seen or not _is_printed(figure):
            continue
        seen.add(indicator.code)
        yield (
            data.words(figure.label),
            _definition(data, indicator),
            data.words(figure.source),
            _coverage(data, figure),
        )


def _is_printed(figure: Figure) -> bool:
    """Tell whether a report prints a figure also where nothing is known of it."""
    return figure.value is not None or figure.group in ("targets", "overview")


def _definition(data: ReportData, indicator: Indicator) -> str:
    """Give the definition; the notes stand below the tables already."""
    words = data.words(indicator.definition) or data.words(indicator.note)
    return f"{words[0].upper()}{words[1:]}" if words else show.DASH


def _coverage(data: ReportData, figure: Figure) -> str:
    return show.DASH if figure.coverage is None else percent(figure.coverage, data.language)
