"""The page of Decree 30/2020/NĐ-CP, Annex I: A4, margins, page number in the top margin."""

from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from programme.problem import Language
from programme.word.styles import BODY_POINTS, ensure_styles
from programme.word.xml import add_field

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

SHORT, LONG = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
NUMBER_FROM_EDGE = Mm(10)


def official_document(language: Language) -> "Document":
    """Make an empty document: A4, margins, styles, page number from page 2 on.

    Args:
        language: language of the text, for the spelling checker of Word.
    """
    document = docx.Document()
    ensure_styles(document, language)
    section = document.sections[0]
    set_page(section)
    number_pages(section)
    return document


def set_page(section: "Section", landscape: bool = False) -> None:
    """Give a section the size and margins of the decree (left 30 mm, right 15 mm)."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if landscape else (SHORT, LONG)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = section.footer_distance = NUMBER_FROM_EDGE


def add_section(document: "Document", landscape: bool = False) -> "Section":
    """Begin a section on a new page; the page number goes on."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    # only the first page of the document goes without a number
    section.different_first_page_header_footer = False
    set_page(section, landscape)
    return section


def number_pages(section: "Section") -> None:
    """Put the page number into the middle of the top margin, not on the first page."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(BODY_POINTS)
    add_field(run, "PAGE")
