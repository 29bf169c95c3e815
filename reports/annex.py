"""The figures of a report as an Excel workbook: a sheet a year, one a province if rows run out."""

from collections.abc import Iterator
from pathlib import Path

from connectors.export.workbook import EXCEL_ROWS
from programme.dates import short
from programme.problem import Text
from reports.annex_definitions import definition_sheets
from reports.annex_rows import figure_sheets, list_sheets
from reports.content.data import ReportData
from reports.privacy_words import EXPLAINED, FOR_EVERYBODY, FOR_WHOM
from reports.sheet_book import write_sheets

_SYNTHETIC = Text(
    vi="DỮ LIỆU GIẢ ĐỊNH, không phải số liệu thật.", en="MADE-UP DATA, not real figures."
)
_EMPTY = Text(
    vi="Ô trống là không có số liệu, không phải số 0.",
    en="An empty cell means no figure, not zero.",
)
_CUT_OFF = Text(vi="Số liệu chốt đến ngày {day}.", en="Data up to {day}.")


def annex_name(report_file: str) -> str:
    """Name the annex of a report's file: ``…-annex.vi.xlsx``."""
    stem, language, _ = report_file.rsplit(".", 2)
    return f"{stem}-annex.{language}.xlsx"


def write_annex(data: ReportData, out: Path, *, private: bool, most_rows: int = EXCEL_ROWS) -> None:
    """Write the workbook of a report's figures: of its area and of those inside it.

    Args:
        data: as the report has it; a public one hides the same figures.
        out: the ``.xlsx``.
        private: readable by its owner only.
        most_rows: of a sheet, its head included.
    """
    sheets = [
        *figure_sheets(data, most_rows),
        *list_sheets(data, most_rows),
        *definition_sheets(data, most_rows),
    ]
    write_sheets(out, list(_lines(data)), sheets, data.language, data.as_of, private=private)


def _lines(data: ReportData) -> Iterator[str]:
    title, label = data.words(data.report.title), data.words(data.place.label)
    yield f"{title[0].upper()}{title[1:]}: {label}, {data.words(data.period.label)}"
    yield data.words(data.settings.name)
    yield data.words(_CUT_OFF).format(day=short(data.cut_off, data.language))
    if data.settings.synthetic:
        yield data.words(_SYNTHETIC)
    yield data.words(_EMPTY)
    yield data.words(FOR_EVERYBODY if data.public else FOR_WHOM)
    if data.public:
        yield data.words(EXPLAINED) + "."
