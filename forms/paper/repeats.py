"""Tables for what is asked of each of several: members, loans, recommendations."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm

from forms.paper.answers import Room, beside, draw_answer, how_many
from forms.paper.draw import INVISIBLE, NBSP, tick, write
from forms.paper.outline import Question, Repeat
from forms.paper.styles import HINT
from forms.paper.texts import plain
from programme.problem import Language
from programme.word.styles import CELL
from programme.word.tables import Column, Row, TableContent, build_table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

PORTRAIT, LANDSCAPE = 165.0, 252.0  # millimetres between the margins
ROWS, ROWS_LANDSCAPE, ROWS_AT_MOST = 6, 7, 30
ROW_HEIGHT = 10.0  # millimetres: room for a pen
_NUMBER, _INSIDE = 10.0, 20.0
_HEAD_LINES = 4  # a head is no higher than this
_WIDE, _MIDDLE, _SMALL = 32.0, 27.0, 21.0
_DIGIT, _LETTER = 5.0, 2.4  # millimetres of a digit by hand, of a printed letter in a head


def is_wide(repeat: Repeat) -> bool:
    """Tell whether a table needs a page turned on its side."""
    return _total(repeat, repeat.columns) > PORTRAIT


def draw_repeat(document: "Document", repeat: Repeat, language: Language) -> None:
    """Draw the table of a repeat, with how to fill its columns above it.

    A table too wide even for a page on its side is drawn in parts, each with its row numbers.
    """
    space = LANDSCAPE if is_wide(repeat) else PORTRAIT
    for columns in _parts(repeat, space):
        for column in columns:
            _explain(document, column, language)
        _table(document, repeat, columns, space, language)


def _table(
    document: "Document",
    repeat: Repeat,
    columns: Sequence[Question],
    space: float,
    language: Language,
) -> None:
    heads = [
        Column(_say(language, "TT", "No."), _NUMBER, "centre"),
        *([Column(_inside(repeat, language), _INSIDE)] if repeat.inside else []),
    ]
    widths = _stretched(repeat, columns, space)
    heads += [Column(_head(column), width) for column, width in zip(columns, widths, strict=True)]
    count = min(repeat.rows or (ROWS if space == PORTRAIT else ROWS_LANDSCAPE), ROWS_AT_MOST)
    blanks = ("",) * (len(heads) - 1)
    rows = tuple(Row((str(number), *blanks)) for number in range(1, count + 1))
    table = build_table(document, TableContent(plain(repeat.label), tuple(heads), rows))
    for row in table.rows[1:]:
        row.height, row.height_rule = Mm(ROW_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
        cells = row.cells
        for cell in cells if space == LANDSCAPE else ():
            cell.paragraphs[0].paragraph_format.keep_with_next = None  # it may go on overleaf
        for cell, column in zip(cells[len(heads) - len(columns) :], columns, strict=True):
            _answer(cell, column, language)


def _answer(cell: "_Cell", column: Question, language: Language) -> None:
    """Prepare a cell: boxes for a short choice, the slashes of a day; else it is blank."""
    paragraph = cell.paragraphs[0]
    if column.choices and beside(column):
        for position, label in enumerate(column.choices.values()):
            line = cell.add_paragraph(style=CELL) if position else paragraph
            tick(line, plain(label))
    elif column.type.kind == "date":
        month_only = "month-year" in column.appearance
        parts = (6, 9) if month_only else (5, 5, 8)
        paragraph.add_run("/".join(NBSP * blanks for blanks in parts) + INVISIBLE)
    elif column.type.name in ("acknowledge", "trigger") or column.type.kind in ("image", "audio"):
        paragraph.style = CELL
        draw_answer(column, Room(cell, _SMALL, language))
    elif column.unit == "thousand_vnd":
        paragraph.alignment = 2  # right: the thousands are printed already
        paragraph.add_run(_say(language, ".000 đ", ",000 VND"))


def _explain(document: "Document", column: Question, language: Language) -> None:
    """Say above the table what does not fit into a column's head."""
    said = [column.only_if, *column.hints]
    if column.choices and not beside(column):
        codes = "; ".join(
            f"{number} = {plain(label)}"
            for number, label in enumerate(column.choices.values(), start=1)
        )
        few = column.type.kind == "select_one"
        write_number = _say(language, "Ghi số", "Write the number")
        said.append(f"{write_number if few else how_many(column, language)}: **{codes}**.")
    elif column.from_list:
        said.append(_say(language, "Ghi mã (nếu biết) và tên.", "Code (if known) and name."))
    said = [each for each in said if each]
    if not said:
        return
    line = document.add_paragraph(style=HINT)
    line.paragraph_format.keep_with_next = True
    label = plain(column.label)
    write(line, f"{_letter(column)}) {label}{' ' if label[-1:] in '?:.' else ': '}", bold=True)
    write(line, " ".join(said))


def _parts(repeat: Repeat, space: float) -> list[list[Question]]:
    parts: list[list[Question]] = [[]]
    for column in repeat.columns:
        if parts[-1] and _total(repeat, [*parts[-1], column]) > space:
            parts.append([])
        parts[-1].append(column)
    return parts


def _total(repeat: Repeat, columns: Sequence[Question]) -> float:
    inside = _INSIDE if repeat.inside else 0
    return _NUMBER + inside + sum(_width(column) for column in columns)


def _stretched(repeat: Repeat, columns: Sequence[Question], space: float) -> list[float]:
    """Give what is left of the page to the columns that are written in words."""
    widths = [_width(column) for column in columns]
    words = [at for at, width in enumerate(widths) if width >= _WIDE] or list(range(len(widths)))
    left = space - _total(repeat, columns)
    return [width + (left / len(words) if at in words else 0) for at, width in enumerate(widths)]


def _width(column: Question) -> float:
    """Give the least width of a column in millimetres, from its kind and its longest word."""
    kind = column.type.kind
    head = _head(column)
    word = max(len(head) / _HEAD_LINES, *(len(each) + 1 for each in head.split())) * _LETTER
    if column.choices and beside(column):
        longest = max(len(plain(label)) for label in column.choices.values())
        return max(word, _SMALL, longest * _LETTER + 8)
    if column.choices:
        return max(word, _SMALL)
    if kind in ("date", "datetime"):
        return max(word, _MIDDLE)
    if column.unit == "thousand_vnd":
        return max(word, _WIDE)
    if kind in ("integer", "decimal"):
        return max(word, _SMALL - 5, (column.digits or 0) * _DIGIT)
    return max(word, _SMALL if kind in ("image", "audio", "time") else _WIDE)


def _head(column: Question) -> str:
    # the caret is the mark for superscripts in tables
    label = plain(column.label).replace("^", "")
    return f"{_letter(column)}) {label}{' *' if column.required else ''}"


def _letter(column: Question) -> str:
    return column.number.lstrip("0123456789")


def _inside(repeat: Repeat, language: Language) -> str:
    return _say(language, f"Dòng ở câu {repeat.inside}", f"Row in question {repeat.inside}")


def _say(language: Language, vi: str, en: str) -> str:
    return vi if language == "vi" else en
