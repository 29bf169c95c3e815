"""The rows of an annex: figures by period and area, and the lists behind them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from programme.dates import short
from programme.problem import Text
from reports import registers
from reports.content.data import ReportData
from reports.indicators.definitions import PERCENT_UNITS
from reports.indicators.figures import COUNTRY, Figure
from reports.indicators.precision import decimals_of
from reports.periods import Period
from reports.place import country, place_of, place_of_club
from reports.privacy_words import hidden_words
from reports.sheet_book import Kind, Sheet, SheetRow, columns_in, numbered, plain_rows

_VALUE = 5  # place of the column that has the figure itself
_FIGURES = Text(vi="số liệu", en="figures")
_CLUBS = Text(vi="Câu lạc bộ", en="Clubs")
_FINDINGS = Text(vi="Vấn đề về số liệu", en="Data problems")
_COLUMNS: Sequence[tuple[Text, Kind]] = (
    (Text(vi="Mã địa bàn", en="Area code"), "number"),
    (Text(vi="Địa bàn", en="Area"), "text"),
    (Text(vi="Mã số liệu", en="Figure"), "text"),
    (Text(vi="Tên số liệu", en="Name of the figure"), "long"),
    (Text(vi="Đơn vị tính", en="Unit"), "text"),
    (Text(vi="Giá trị", en="Value"), "number"),
    (Text(vi="Tử số", en="Numerator"), "number"),
    (Text(vi="Mẫu số", en="Denominator"), "number"),
    (Text(vi="Mục tiêu từ", en="Target from"), "number"),
    (Text(vi="Mục tiêu đến", en="Target to"), "number"),
    (Text(vi="Đánh giá", en="Rating"), "text"),
    (Text(vi="Mức đầy đủ (%)", en="Coverage (%)"), "number"),
    (Text(vi="Số CLB phải báo cáo", en="Clubs expected"), "number"),
    (Text(vi="Số CLB đã báo cáo", en="Clubs that reported"), "number"),
    (Text(vi="Ghi chú", en="Note"), "long"),
)
_CLUB_COLUMNS: Sequence[tuple[Text, Kind]] = (
    (Text(vi="Mã CLB", en="Club code"), "number"),
    (Text(vi="Tên CLB", en="Club"), "text"),
    (Text(vi="Mã xã", en="Commune code"), "number"),
    (Text(vi="Xã, phường", en="Commune"), "text"),
    (Text(vi="Ngày thành lập", en="Founded"), "number"),
)
_FINDING_COLUMNS: Sequence[tuple[Text, Kind]] = (
    (Text(vi="Mã kiểm tra", en="Check"), "text"),
    (Text(vi="Nội dung", en="What"), "long"),
    (Text(vi="Mã CLB", en="Club code"), "number"),
    (Text(vi="Mã xã", en="Commune code"), "number"),
    (Text(vi="Tháng", en="Month"), "number"),
)


def figure_sheets(data: ReportData, most_rows: int) -> Iterator[Sheet]:
    """Give a sheet for each year of the period; one for each province where rows run out."""
    codes = _areas(data)
    for period in (data.period, *data.years()):
        rows = [row for code in codes for row in _figure_rows(data, code, period)]
        title = f"{data.words(period.label)}: {data.words(_FIGURES)}"
        for name, part in _parts(data, period.name, rows, most_rows):
            yield Sheet(name, title, columns_in(_COLUMNS, data.language), part)


def list_sheets(data: ReportData, most_rows: int) -> Iterator[Sheet]:
    """Give the clubs of the area; for named recipients also what looks wrong in the data."""
    clubs = [
        (
            club.code,
            club.name,
            club.commune,
            data.areas.label(club.commune, data.language) if club.commune else "",
            short(club.founded_on, data.language) if club.founded_on else None,
        )
        for club in sorted(registers.clubs(data.sources.tables).values(), key=lambda c: c.code)
        if data.place.code in (COUNTRY, club.province, club.commune, club.code)
    ]
    yield from _listed(data, _CLUBS, _CLUB_COLUMNS, plain_rows(clubs), most_rows)
    if not data.public:
        first, last = data.month_names
        found = registers.findings_in(data.sources.tables, data.place.code, first, last)
        rows = sorted(
            (each.check, data.words(Text(each.title_vi, each.title_en)), each.club or "",
             each.commune or "", each.month or "")
            for each in found
        )  # fmt: skip
        yield from _listed(data, _FINDINGS, _FINDING_COLUMNS, plain_rows(rows), most_rows)


def _listed(
    data: ReportData,
    title: Text,
    columns: Sequence[tuple[Text, Kind]],
    rows: Sequence[SheetRow],
    most_rows: int,
) -> Iterator[Sheet]:
    for name, part in numbered(data.words(title), rows, most_rows):
        yield Sheet(name, data.words(title), columns_in(columns, data.language), part)


def _areas(data: ReportData) -> list[str]:
    """Give the report's area and those inside it whose figures it prints."""
    levels = (data.report.below or {}).get(data.place.level, ())
    inside = [code for level in levels for code in data.figures.areas(level)]  # type: ignore[arg-type]
    return [
        data.place.code,
        *(code for code in inside if _lies_in(data, code)),
    ]


def _lies_in(data: ReportData, code: str) -> bool:
    if ":" in code:
        return code.partition(":")[0] == data.place.code
    return data.place.code in data.figures.around(code)[:-1]


def _figure_rows(data: ReportData, code: str, period: Period) -> Iterator[SheetRow]:
    if not data.figures.knows(code):  # a report that needs no figures of it
        return
    label = _label(data, code)
    for figure in data.figures.of(code, period):
        yield SheetRow(_figure_row(data, code, label, figure), {_VALUE: _format(figure)})


def _figure_row(data: ReportData, code: str, label: str, figure: Figure) -> tuple[Any, ...]:
    target = figure.target
    value: Any = figure.value
    if figure.hidden is not None:
        value = data.words(hidden_words(figure.hidden))
    return (
        code,
        label,
        figure.code,
        data.words(figure.label),
        data.unit(figure.unit),
        value,
        figure.numerator,
        figure.denominator,
        target.minimum if target else None,
        target.maximum if target else None,
        data.words(figure.rating.value),
        figure.coverage,
        figure.clubs_expected,
        figure.clubs_reported,
        data.words(figure.note) if figure.note else None,
    )


def _label(data: ReportData, code: str) -> str:
    if code == COUNTRY:
        return data.words(country().label)
    if ":" in code:
        area, _, kind = code.partition(":")
        return f"{_label(data, area)}: {kind}"
    clubs = registers.clubs(data.sources.tables)
    if code in clubs:
        return data.words(place_of_club(clubs[code]).label)
    return data.words(place_of(data.areas.find(code), data.areas).label)


def _format(figure: Figure) -> str:
    if figure.unit in PERCENT_UNITS:
        return "0.0"
    return "#,##0.0" if decimals_of(figure.unit) and figure.denominator else "#,##0"


def _parts(
    data: ReportData, name: str, rows: Sequence[SheetRow], most_rows: int
) -> Iterator[tuple[str, Sequence[SheetRow]]]:
    """Give the rows of a year whole if they fit on a sheet, else by province."""
    if len(rows) < most_rows:
        yield name, rows
        return
    for province, part in groupby(rows, key=lambda row: _province(data, row.values[0])):
        yield from numbered(f"{name} {province}", list(part), most_rows)


def _province(data: ReportData, code: str) -> str:
    commune = data.areas.communes.get(code.partition("-")[0])
    return commune.province if commune else code.partition(":")[0]
