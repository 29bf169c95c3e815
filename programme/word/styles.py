"""Named styles, so that an official changes the look of every table in one place in Word."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from programme.problem import Language
from programme.word.xml import put

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

FONT = "Times New Roman"
BODY_POINTS = 13
BODY, HEADING_1, HEADING_2 = "Body Text", "Heading 1", "Heading 2"
CAPTION, CELL, CELL_HEAD, NOTE = "Caption", "Table Cell", "Table Head", "Table Note"

_LOCALES: dict[Language, str] = {"vi": "vi-VN", "en": "en-GB"}
_LEFT, _CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
_JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class _Look:
    """How a paragraph style looks; sizes and gaps in points, indent in centimetres."""

    points: float = BODY_POINTS
    bold: bool = False
    italic: bool = False
    alignment: WD_ALIGN_PARAGRAPH = _LEFT
    before: float = 0
    after: float = 0
    first_line: float = 0
    lines: float = 1.0
    keep_with_next: bool = False


_LOOKS = {
    BODY: _Look(alignment=_JUSTIFIED, before=3, after=3, first_line=1.27, lines=1.15),
    HEADING_1: _Look(bold=True, before=12, after=4, keep_with_next=True),
    HEADING_2: _Look(bold=True, before=8, after=3, keep_with_next=True),
    CAPTION: _Look(points=12, bold=True, alignment=_CENTRE, before=8, after=4, keep_with_next=True),
    CELL: _Look(points=11, before=1, after=1),
    CELL_HEAD: _Look(
        points=11, bold=True, alignment=_CENTRE, before=2, after=2, keep_with_next=True
    ),
    NOTE: _Look(points=11, italic=True, alignment=_JUSTIFIED, before=2, after=2),
}


def ensure_styles(document: "Document", language: Language) -> None:
    """Add the styles that a document lacks; those it has stay as its author made them.

    python-docx's own blank document is no author: its Calibri and blue headings go.
    """
    blank = document.styles["Normal"].font.name != FONT
    if blank:
        _normal(document, language)
    names = {style.name for style in document.styles}
    for name, look in _LOOKS.items():
        if name not in names:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        elif not blank:
            continue
        style = document.styles[name]
        assert style.type == WD_STYLE_TYPE.PARAGRAPH
        style.base_style = document.styles["Normal"]
        _apply(style, look)


def _normal(document: "Document", language: Language) -> None:
    normal = document.styles["Normal"]
    _font(normal, BODY_POINTS)
    put(normal.element.rPr, "w:lang", val=_LOCALES[language], eastAsia=_LOCALES[language])


def _apply(style: "ParagraphStyle", look: _Look) -> None:
    _font(style, look.points)
    style.font.bold, style.font.italic = look.bold, look.italic
    layout = style.paragraph_format
    layout.alignment = look.alignment
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.first_line_indent = Cm(look.first_line)
    layout.line_spacing = look.lines
    layout.keep_with_next = look.keep_with_next
    layout.widow_control = True


def _font(style: "ParagraphStyle", points: float) -> None:
    style.font.name = FONT
    style.font.size = Pt(points)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):  # a theme font would win over the name
            del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
