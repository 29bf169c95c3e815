"""Which rows a table of figures prints, and the sentences for those that it leaves out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from programme.problem import Text
from programme.text import first_lower
from reports.content import show
from reports.content.data import ReportData
from reports.indicators.figures import Figure

MISSING = Text(vi="Chưa có số liệu: {labels}.", en="No data: {labels}.")
ZERO = Text(vi="Bằng 0 trong kỳ: {labels}.", en="Zero in the period: {labels}.")
MORE = Text(
    vi="{count} số liệu khác của nhóm này có trong phụ lục Excel.",
    en="The Excel annex has {count} more figures of this group.",
)
_PART = Text(vi="Trong đó", en="Of which")  # how a row begins that is a part of the row above


@dataclass(frozen=True, slots=True)
class Selected:
    """What a table prints, and what is said below it of the other rows."""

    rows: tuple[Figure, ...]
    said: tuple[str, ...]


def select(data: ReportData, figures: Sequence[Figure], totals: frozenset[str]) -> Selected:
    """Choose the rows that have something to say; name the others in a sentence.

    A report that is to be short prints the first rows of a group only, as many as its catalogue
    says and in the order of the workbook; all others are in the Excel annex.

    Args:
        totals: codes of rows that are printed wherever they stand.
    """
    most = data.report.most_rows or len(figures)
    first = [f for place, f in enumerate(figures) if place < most or f.code in totals]
    rows: list[Figure] = []
    missing: list[Figure] = []
    zero: list[Figure] = []
    into = rows
    for figure in first:
        if _is_part(figure) and into is not rows:
            continue  # the row it is a part of is named already
        into = rows if _is_part(figure) else _place(data, figure, rows, missing, zero)
        into.append(figure)
    return Selected(tuple(rows), tuple(_said(data, missing, zero, len(figures) - len(first))))


def _place(
    data: ReportData,
    figure: Figure,
    rows: list[Figure],
    missing: list[Figure],
    zero: list[Figure],
) -> list[Figure]:
    if figure.hidden is not None or figure.baseline is not None or figure.value:
        return rows
    if figure.value is None:
        # part of it is known: “12/?”
        return rows if figure.numerator else missing
    same = show.change(figure, data.before(figure.code), data.language) in (show.DASH, "0")
    return zero if same else rows


def _is_part(figure: Figure) -> bool:
    return figure.label.vi.startswith(_PART.vi)


def _said(
    data: ReportData, missing: Sequence[Figure], zero: Sequence[Figure], more: int
) -> Iterator[str]:
    for text, left_out in ((MISSING, missing), (ZERO, zero)):
        if left_out:
            labels = "; ".join(first_lower(data.words(figure.label)) for figure in left_out)
            yield data.words(text).format(labels=labels)
    if more:
        yield data.words(MORE).format(count=more)
