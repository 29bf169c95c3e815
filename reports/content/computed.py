"""The annex that tells how each figure is computed, in words."""

from collections.abc import Iterator

from programme.numbers import percent
from programme.problem import Text
from programme.word.tables import Column, Row, TableContent
from reports.content import show
from reports.content.data import ReportData
from reports.content.plain import NUMBER
from reports.indicators.definitions import Indicator
from reports.indicators.figures import TARGETS, Figure
from reports.render import Block

CAPTION = Text(vi="Bảng cách tính các số liệu", en="How each figure is computed")
HEADS = (
    (NUMBER, 8, "centre"),
    (Text(vi="Số liệu", en="Figure"), 82, "left"),
    (Text(vi="Cách tính", en="How it is computed"), 106, "left"),
    (Text(vi="Nguồn", en="Source"), 38, "left"),
    (Text(vi="Mức đầy đủ", en="Coverage"), 18, "centre"),
)
COVERAGE = Text(
    vi="Mức đầy đủ là tỷ lệ đơn vị có số liệu trên số đơn vị phải có; “–”: không áp dụng. Dưới "
    "{threshold} thì ghi “chưa đủ số liệu” và không đánh giá.",
    en="Coverage is the share of units with data among those that should have them; “–”: does not "
    "apply. Below {threshold} a figure reads “too little data” and is not rated.",
)
OTHERS = Text(
    vi="Bảng gồm các chỉ tiêu và các tỷ lệ nêu trong lời văn. Cách tính mọi số liệu có trong phụ "
    "lục Excel (lập báo cáo với “--annex”); từng số liệu: “ishc explain” và mã số liệu.",
    en="The table has the targets and the shares of the text. The Excel annex (“--annex”) tells "
    "how each figure is computed; for a single one: “ishc explain” and its code.",
)
NONE = Text(
    vi="Không có số liệu nào được tính cho kỳ này.", en="No figure was computed for this period."
)


def computed_table(data: ReportData) -> list[Block]:
    """Make one row a target or figure of the text: its definition, source and coverage."""
    rows = tuple(Row((str(place), *cells)) for place, cells in enumerate(_cells(data), start=1))
    if not rows:
        return [data.words(NONE)]
    columns = tuple(
        Column(data.words(head), width, align)  # type: ignore[arg-type]
        for head, width, align in HEADS
    )
    threshold = percent(data.definitions.coverage_threshold, data.language, 0)
    note = data.words(COVERAGE).format(threshold=threshold)
    return [TableContent(data.words(CAPTION), columns, rows, (note, data.words(OTHERS)))]


def _cells(data: ReportData) -> Iterator[tuple[str, ...]]:
    indicators = {each.code: each for each in data.definitions.indicators}
    seen: set[str] = set()
    for figure in data.here:
        indicator = indicators.get(figure.indicator)
        if indicator is None or indicator.code in seen or not _is_told(data, figure):
            continue
        seen.add(indicator.code)
        yield (
            data.words(figure.label),
            definition_of(data, indicator),
            data.words(figure.source),
            _coverage(data, figure),
        )


def _is_told(data: ReportData, figure: Figure) -> bool:
    """Tell whether a figure is known, and a target's or a share that the sentences name.

    What a count counts is said by its name.
    """
    if figure.value is None:
        return False
    return figure.group == TARGETS or (figure.code in data.named and bool(figure.denominator))


def definition_of(data: ReportData, indicator: Indicator) -> str:
    """Say how an indicator is computed; the notes stand below the tables already."""
    words = data.words(indicator.definition) or data.words(indicator.note)
    return f"{words[0].upper()}{words[1:]}" if words else show.DASH


def _coverage(data: ReportData, figure: Figure) -> str:
    return show.DASH if figure.coverage is None else percent(figure.coverage, data.language)
