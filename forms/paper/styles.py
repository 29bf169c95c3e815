"""The look of a paper form, as named styles that can be changed in Word in one place."""

from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from programme.problem import Language
from programme.word.page import set_page
from programme.word.styles import HEADING_1, HEADING_2, ensure_styles
from programme.word.xml import add_field

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

TITLE, ASKED, HINT, CHOICE, LINE = "Form Title", "Question", "Hint", "Choice", "Answer Line"
FOOTER = "Form Footer"
# points, bold, italic, space before, space after; large enough for older eyes
_LOOKS = {
    TITLE: (16.0, True, False, 0, 4),
    ASKED: (12.0, False, False, 3, 1),
    HINT: (10.0, False, True, 0, 1),
    CHOICE: (11.5, False, False, 2, 2),
    LINE: (12.0, False, False, 9, 2),
    FOOTER: (10.0, False, False, 0, 0),
}
_HEADINGS = {HEADING_1: 14.0, HEADING_2: 12.5}


def paper_document(language: Language, footer: str) -> "Document":
    """Make an empty A4 document with the styles of a paper form.

    Args:
        footer: what stands at the foot of each page before “page x/y”.
    """
    document = docx.Document()
    ensure_styles(document, language)
    for name, (points, bold, italic, before, after) in _LOOKS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert style.type == WD_STYLE_TYPE.PARAGRAPH
        style.base_style = document.styles["Normal"]
        style.font.size, style.font.bold, style.font.italic = Pt(points), bold, italic
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        layout.line_spacing, layout.keep_with_next = 1.0, name == TITLE
    for name, points in _HEADINGS.items():
        document.styles[name].font.size = Pt(points)
    document.styles[TITLE].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    section = document.sections[0]
    set_page(section)
    _foot(section, footer, language)
    return document


def _foot(section: "Section", text: str, language: Language) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style = FOOTER
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"{text} · {'trang' if language == 'vi' else 'page'} ")
    add_field(paragraph.add_run(), "PAGE")
    paragraph.add_run("/")
    add_field(paragraph.add_run(), "NUMPAGES")
