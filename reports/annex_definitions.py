"""How every figure of an annex is computed, in words: a sheet of its own."""

from collections.abc import Iterator, Sequence

from programme.problem import Text
from reports.content.computed import definition_of
from reports.content.data import ReportData
from reports.sheet_book import Kind, Sheet, columns_in, numbered, plain_rows

_TITLE = Text(vi="Cách tính", en="How it is computed")
_COLUMNS: Sequence[tuple[Text, Kind]] = (
    (Text(vi="Mã số liệu", en="Figure"), "text"),
    (Text(vi="Tên số liệu", en="Name of the figure"), "long"),
    (Text(vi="Cách tính", en="How it is computed"), "long"),
    (Text(vi="Nguồn", en="Source"), "text"),
)


def definition_sheets(data: ReportData, most_rows: int) -> Iterator[Sheet]:
    """Give one row a figure of the report's area, in the order of the workbook."""
    if not data.figures.knows(data.place.code):  # a report that needs no figures
        return
    indicators = {each.code: each for each in data.definitions.indicators}
    rows = plain_rows(
        (
            figure.code,
            data.words(figure.label),
            definition_of(data, indicators[figure.indicator]),
            data.words(figure.source),
        )
        for figure in data.here
        if figure.indicator in indicators
    )
    title = data.words(_TITLE)
    for name, part in numbered(title, rows, most_rows):
        yield Sheet(name, title, columns_in(_COLUMNS, data.language), part)
