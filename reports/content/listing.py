"""Tables of reports that list rows: heads in both languages, figures as readers write them."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from programme.dates import short
from programme.numbers import number, percent
from programme.problem import Language, Text
from programme.word.tables import Align, Column, Row, TableContent
from reports.content import show

Head = tuple[Text, float, Align]
Heads = Sequence[Head]
Number = int | float | Decimal

NUMBER: Head = (Text(vi="TT", en="No."), 10, "centre")
COMMUNES = Text(vi="Xã, phường", en="Commune, ward")
PROVINCES = Text(vi="Tỉnh, thành phố", en="Province, city")
CLUBS = Text(vi="Số CLB", en="Clubs")
CLUB = Text(vi="Câu lạc bộ", en="Club")
TOTAL = Text(vi="Tổng cộng", en="Total")
SHARE = Text(vi="Tỷ lệ", en="Share")
YES, NO = Text(vi="Có", en="Yes"), Text(vi="Không", en="No")


def listing(
    language: Language,
    caption: Text,
    heads: Sequence[Head],
    rows: Iterable[Sequence[str] | Row],
    notes: Iterable[str] = (),
) -> TableContent:
    """Make a table from rows of printed cells.

    Args:
        heads: what each column is called, its width (mm) and how its cells align.
        notes: sentences below the table.
    """
    return TableContent(
        caption.in_(language),
        tuple(Column(head.in_(language), width, align) for head, width, align in heads),
        tuple(row if isinstance(row, Row) else Row(tuple(row)) for row in rows),
        tuple(notes),
    )


def count(value: Number | None, language: Language, decimals: int = 0) -> str:
    """Write a number; what is not known is a dash, never 0."""
    return show.DASH if value is None else number(value, language, decimals)


def share(part: Number | None, of: Number | None, language: Language) -> str:
    """Write a part of a whole in percent; a dash where there is no whole."""
    if part is None or not of:
        return show.DASH
    return percent(100 * Decimal(str(part)) / Decimal(str(of)), language)


def day(value: date | None, language: Language) -> str:
    """Write a day; a dash where there is none."""
    return show.DASH if value is None else short(value, language)


def sentence(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]
