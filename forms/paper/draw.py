"""What a pen needs, drawn with borders and leaders: in no Times New Roman is there a “☐”."""

from typing import TYPE_CHECKING

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from forms.paper.texts import spans
from programme.numbers import number
from programme.problem import Language
from programme.word.xml import element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

ARROW = "→ "  # before what says when something is answered
NBSP = "\u00a0"
INVISIBLE = "\u200d"  # LibreOffice does not paint blanks and tabs that end a line
_TICK, _DIGIT, _GAP = 10, 16, 5  # points
_BLANKS = 4  # four blanks are about as wide as the letters are high
THOUSANDS = 3


def paragraph_in(cell: "_Cell", style: str) -> "Paragraph":
    """Give a new paragraph in a cell: the empty one it begins with, or one more."""
    last: Paragraph = cell.paragraphs[-1]
    unused = last.style is not None and last.style.name == "Normal" and not last.runs
    if unused and len(cell.paragraphs) == 1:
        last.style = style
        return last
    added: Paragraph = cell.add_paragraph(style=style)
    return added


def apart(document: "Document") -> None:
    """Keep the next table from the one before it: tables that touch become one."""
    last = document.element.body.xpath("./*[not(self::w:sectPr)][last()]")
    if last and last[0].tag == qn("w:tbl"):
        gap = document.add_paragraph()
        gap.paragraph_format.line_spacing = gap.paragraph_format.space_after = Pt(4)
        gap.paragraph_format.keep_with_next = True


def write(paragraph: "Paragraph", markdown: str, *, bold: bool = False) -> None:
    """Write a label, with its bold and italic parts."""
    for span in spans(markdown):
        run = paragraph.add_run(span.text)
        run.font.bold = True if span.bold or bold else None
        if span.italic:
            run.font.italic = True


def tick_box(paragraph: "Paragraph") -> None:
    """Draw a small box to tick, with a gap after it."""
    _box(paragraph, _TICK)
    _gap(paragraph, _TICK)


def tick(paragraph: "Paragraph", label: str) -> None:
    """Draw a box to tick, and what ticking it means."""
    tick_box(paragraph)
    write(paragraph, label)


def digit_boxes(paragraph: "Paragraph", count: int, separator: str = "") -> None:
    """Draw boxes for the digits of a number, in threes from the right.

    Args:
        separator: written between the threes; empty for a year.
    """
    for position in range(count):
        if position:
            group = separator and (count - position) % THOUSANDS == 0
            _gap(paragraph, _GAP)
            if group:
                paragraph.add_run(separator).font.bold = True
                _gap(paragraph, _GAP)
        _box(paragraph, _DIGIT)
    paragraph.add_run(INVISIBLE)


def day_boxes(paragraph: "Paragraph", parts: tuple[int, ...] = (2, 2, 4)) -> None:
    """Draw boxes for a day: two digits, two digits, four digits."""
    for position, count in enumerate(parts):
        if position:
            paragraph.add_run(f"{NBSP}/{NBSP}")
        digit_boxes(paragraph, count)


def dotted(paragraph: "Paragraph", width: float, before: str = "", start: float = 0) -> None:
    """Draw a dotted line to write on.

    Args:
        width: where the line ends, millimetres from the left.
        before: what stands before it.
        start: where the line before it ended; lines stand side by side.
    """
    if before:
        paragraph.add_run(before + NBSP)
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)
    paragraph.add_run().add_tab()
    paragraph.add_run(INVISIBLE)


def thousands_sign(language: Language) -> str:
    """Give the sign between thousands."""
    return number(1000, language)[1]


def _box(paragraph: "Paragraph", points: float) -> None:
    run: Run = paragraph.add_run(NBSP * _BLANKS)
    run.font.size = Pt(points)
    # straight and black whatever the label beside it looks like
    run.font.bold = run.font.italic = False
    border = element("w:bdr", val="single", sz=6, space=0, color="000000")
    run._r.get_or_add_rPr().append(border)


def _gap(paragraph: "Paragraph", points: float) -> None:
    """Keep boxes apart: borders that touch become one."""
    paragraph.add_run(NBSP).font.size = Pt(points)
