"""Tables for what is asked of each of several: members, loans, recommendations."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm, Pt

from forms.paper.answers import Room, beside, draw_answer, how_many
from forms.paper.draw import ARROW, INVISIBLE, NBSP, apart, paragraph_in, tick, write
from forms.paper.outline import Question, Repeat
from forms.paper.styles import HINT
from forms.paper.texts import plain
from programme.problem import Language
from programme.word.styles import CELL, HEADING_2
from programme.word.tables import Column, Row, TableContent, build_table
from programme.word.xml import element, put

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

PORTRAIT, LANDSCAPE = 165.0, 252.0  # millimetres between the margins
ROWS, ROWS_LANDSCAPE, ROWS_AT_MOST = 6, 7, 30
ROW_HEIGHT = 10.0  # millimetres: room for a pen
_NUMBER, _INSIDE = 10.0, 20.0
_HEAD_LINES = (4, 5, 7)  # how high a head may be: the lower the better
_WIDE, _MIDDLE, _SMALL = 32.0, 27.0, 21.0
_DIGIT, _LETTER = 5.0, 2.4  # millimetres of a digit by hand, of a printed letter in a head


def is_wide(repeat: Repeat) -> bool:
    """Tell whether a table needs a page turned on its side."""
    return _layout(repeat)[0] == LANDSCAPE


def draw_repeat(document: "Document", repeat: Repeat, language: Language) -> None:
    """Draw the table of a repeat, with how to fill its columns above it.

    A table too wide even for a page on its side is drawn in parts, each with its row numbers.
    """
    for columns in _parts(repeat):
        apart(document)
        table = _table(document, repeat, columns, language)
        _explain(_top(table), repeat, columns, language)


def _table(
    document: "Document",
    repeat: Repeat,
    columns: Sequence[Question],
    language: Language,
) -> "Table":
    space = _layout(repeat)[0]
    heads = [
        Column(_say(language, "TT", "No."), _NUMBER, "centre"),
        *([Column(_inside(repeat, language), _INSIDE)] if repeat.inside else []),
    ]
    widths = _stretched(repeat, columns)
    heads += [Column(_head(column), width) for column, width in zip(columns, widths, strict=True)]
    count = min(repeat.rows or (ROWS if space == PORTRAIT else ROWS_LANDSCAPE), ROWS_AT_MOST)
    blanks = ("",) * (len(heads) - 1)
    rows = tuple(Row((str(number), *blanks)) for number in range(1, count + 1))
    table = build_table(document, TableContent(plain(repeat.label), tuple(heads), rows))
    for row in table.rows[1:]:
        row.height, row.height_rule = Mm(ROW_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
        cells = row.cells
        for cell, column in zip(cells[len(heads) - len(columns) :], columns, strict=True):
            _answer(cell, column, language)
    return table


def _answer(cell: "_Cell", column: Question, language: Language) -> None:
    """Prepare a cell: boxes for a short choice, the slashes of a day; else it is blank."""
    paragraph = cell.paragraphs[0]
    if column.choices and beside(column):
        for position, label in enumerate(column.choices.values()):
            line = cell.add_paragraph(style=CELL) if position else paragraph
            line.paragraph_format.left_indent = Mm(1)  # away from the cell's border
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


def _top(table: "Table") -> "_Cell":
    """Put a row without borders on top, part of the head: it never parts from the table."""
    row = table.add_row()
    table.rows[0]._tr.addprevious(row._tr)
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    properties.append(element("w:tblHeader"))
    cell: _Cell = row.cells[0].merge(row.cells[-1])
    borders = put(cell._tc.get_or_add_tcPr(), "w:tcBorders")
    for side in ("top", "left", "right"):
        borders.append(element(f"w:{side}", val="nil"))
    return cell


def _explain(
    cell: "_Cell", repeat: Repeat, columns: Sequence[Question], language: Language
) -> None:
    """Say what the table is about, when it is filled in, and how."""
    title = paragraph_in(cell, HEADING_2)
    write(title, f"{repeat.number}. {plain(repeat.label)}")
    if repeat.only_if:
        condition = paragraph_in(cell, HINT).add_run(f"{ARROW}{repeat.only_if}")
        condition.font.bold, condition.font.size = True, Pt(11)
    paragraph_in(cell, HINT).add_run(_rows_to_fill(repeat, language))
    for note in repeat.notes:
        line = paragraph_in(cell, HINT)
        write(line, f"{ARROW}{note.only_if} {note.label}" if note.only_if else note.label)
    for column in columns:
        _explain_column(cell, column, language)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _rows_to_fill(repeat: Repeat, language: Language) -> str:
    if repeat.rows_as:
        return _say(
            language,
            f"Số dòng phải ghi: theo câu {repeat.rows_as}.",
            f"Rows to fill: as many as question {repeat.rows_as} says.",
        )
    thing = _one(plain(repeat.label))
    each = _say(language, f"Mỗi dòng ghi một {thing}.", f"One row for each: {thing}.")
    more = _say(
        language,
        " Hết dòng thì ghi tiếp sang tờ khác.",
        " No rows left? Go on on another sheet.",
    )
    return each if repeat.rows else each + more


def _one(label: str) -> str:
    """Give what a row is about, out of the repeat's label: “Từng câu lạc bộ” is “câu lạc bộ”."""
    thing = re.sub(r"^(từng|các|những|danh sách|each|the)\s+", "", label, flags=re.I).rstrip(" .:?")
    return thing if thing[1:2].isupper() else f"{thing[:1].lower()}{thing[1:]}"


def _explain_column(cell: "_Cell", column: Question, language: Language) -> None:
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
        said.append(
            _say(language, "Ghi mã.", "Code.")
            if column.codes_only
            else _say(language, "Ghi mã (nếu biết) và tên.", "Code (if known) and name.")
        )
    said = [each for each in said if each]
    if said:
        line = paragraph_in(cell, HINT)
        label = plain(column.label)
        colon = " " if label[-1:] in "?:." else ": "
        write(line, f"{_letter(column)}) {label}{colon}", bold=True)
        write(line, " ".join(said))


def _layout(repeat: Repeat) -> tuple[float, int]:
    """Choose how the page lies (its width in millimetres), and how high heads may be."""
    for space in (PORTRAIT, LANDSCAPE):
        for lines in _HEAD_LINES:
            if _total(repeat, repeat.columns, lines) <= space:
                return space, lines
    return LANDSCAPE, _HEAD_LINES[0]


def _parts(repeat: Repeat) -> list[list[Question]]:
    space, lines = _layout(repeat)
    parts: list[list[Question]] = [[]]
    for column in repeat.columns:
        if parts[-1] and _total(repeat, [*parts[-1], column], lines) > space:
            parts.append([])
        parts[-1].append(column)
    return parts


def _total(repeat: Repeat, columns: Sequence[Question], lines: int) -> float:
    inside = _INSIDE if repeat.inside else 0
    return _NUMBER + inside + sum(_width(column, lines) for column in columns)


def _stretched(repeat: Repeat, columns: Sequence[Question]) -> list[float]:
    """Give what is left of the page to the columns that are written in words."""
    space, lines = _layout(repeat)
    widths = [_width(column, lines) for column in columns]
    words = [at for at, column in enumerate(columns) if _in_words(column)]
    words = words or list(range(len(widths)))
    left = space - _total(repeat, columns, lines)
    return [width + (left / len(words) if at in words else 0) for at, width in enumerate(widths)]


def _in_words(column: Question) -> bool:
    """Tell whether names or sentences are written into a column, which need room."""
    return column.from_list or (column.type.kind == "text" and not column.choices)


def _width(column: Question, lines: int) -> float:
    """Give the least width of a column in millimetres, from its kind and its head."""
    kind = column.type.kind
    head = _head(column)
    narrow = kind in ("integer", "decimal") or (column.choices and not beside(column))
    high = _HEAD_LINES[-1] if narrow else lines
    word = max(len(head) / high, *(len(each) + 1 for each in head.split())) * _LETTER
    if column.choices and beside(column):
        longest = max(len(plain(label)) for label in column.choices.values())
        return max(word, _SMALL, longest * _LETTER + 8)
    if column.choices:
        return max(word, _SMALL)
    if kind in ("date", "datetime"):
        return max(word, _MIDDLE)
    if kind in ("integer", "decimal") and column.unit != "thousand_vnd":
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
