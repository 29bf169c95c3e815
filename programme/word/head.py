"""Head block and signatures of Decree 30/2020/NĐ-CP, Annex I."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from programme.problem import Language
from programme.word.tables import plain_grid
from programme.word.xml import element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

CENTRE, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
HEAD_WIDTHS = (Mm(70), Mm(95))
# a rule a third to a half as long as the line above it; the motto's is as long as the motto
ISSUER_RULE, MOTTO_RULE, SUBJECT_RULE = Mm(25), Mm(60), Mm(50)

_MOTTO: dict[Language, tuple[str, str]] = {
    "vi": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    "en": ("SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"),
}
_RECIPIENTS: dict[Language, str] = {"vi": "Nơi nhận:", "en": "Recipients:"}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head; all texts as they are printed.

    Args:
        parent: body above the issuer.
        issuer: who issues the document.
        number: number line, blank for the clerk: ``Số:      /BC-HNCT``.
        dated: place and date line, blank for the clerk.
    """

    parent: str
    issuer: str
    number: str
    dated: str


def head_block(document: "Document", head: Head, language: Language) -> None:
    """Write the head: issuer on the left, country and motto on the right, number and date."""
    table = plain_grid(document, HEAD_WIDTHS, rows=2)
    country, motto = _MOTTO[language]
    issuer, nation = table.rows[0].cells
    line(issuer, head.parent, points=12)
    line(issuer, head.issuer, points=12, bold=True)
    rule(issuer, HEAD_WIDTHS[0], ISSUER_RULE)
    line(nation, country, points=12, bold=True)
    line(nation, motto, points=13, bold=True)
    rule(nation, HEAD_WIDTHS[1], MOTTO_RULE)
    number, dated = table.rows[1].cells
    line(number, head.number, points=13)
    line(dated, head.dated, points=13, italic=True)


def line(
    cell: "_Cell",
    text: str,
    *,
    points: float,
    bold: bool = False,
    italic: bool = False,
    alignment: WD_ALIGN_PARAGRAPH = CENTRE,
) -> "Paragraph":
    """Write one line into a cell, into its first empty paragraph or a new one."""
    last = cell.paragraphs[-1]
    paragraph: Paragraph = (
        cell.add_paragraph() if last.runs or last.paragraph_format.alignment else last
    )
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.1
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(points), bold, italic
    return paragraph


def rule(cell: "_Cell", width: int, length: int) -> None:
    """Draw a rule under the line above: a thin paragraph with a top border, cut to length."""
    paragraph = cell.add_paragraph()
    paragraph.alignment = CENTRE
    cut_rule(paragraph, width, length)


def cut_rule(paragraph: "Paragraph", width: int, length: int) -> None:
    """Give a paragraph a top border of a length, centred in a width (both in EMU)."""
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = (width - length) // 2
    layout.first_line_indent = 0
    layout.space_before, layout.space_after = Pt(2), Pt(0)
    layout.line_spacing = Pt(6)
    borders = element("w:pBdr")
    # the schema wants borders before spacing, indents and alignment
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")
    borders.append(element("w:top", val="single", sz=6, space=1, color="000000"))


def signature_block(
    document: "Document",
    recipients: Sequence[str],
    authority: str,
    title: str,
    language: Language,
) -> None:
    """Write recipients on the left and who signs on the right, at the same height.

    Args:
        recipients: lines as they are printed, ``- Như trên;``.
        authority: on whose behalf, ``TM. BAN CHẤP HÀNH``.
        title: title of the signer.
    """
    table = plain_grid(document, (Mm(80), Mm(85)), rows=1)
    left, right = table.rows[0].cells
    line(left, _RECIPIENTS[language], points=12, bold=True, italic=True, alignment=LEFT)
    for recipient in recipients:
        line(left, recipient, points=11, alignment=LEFT)
    line(right, authority, points=13, bold=True)
    line(right, title, points=13, bold=True)
    for _ in range(5):  # room for the signature and the stamp
        line(right, " ", points=13)
