"""The paper form as a Word document: title, sections, questions in rows, signature."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from forms.paper.answers import Room, beside, draw_answer, how_many
from forms.paper.draw import ARROW, apart, day_boxes, dotted, paragraph_in, tick_box, write
from forms.paper.outline import Item, Note, PaperForm, Question, Repeat, Section
from forms.paper.repeats import PORTRAIT, draw_repeat, is_wide
from forms.paper.styles import ASKED, HINT, LINE, TITLE, paper_document
from forms.paper.texts import plain
from programme.problem import Language
from programme.word.page import add_section, set_page
from programme.word.styles import HEADING_1, HEADING_2
from programme.word.tables import plain_grid
from programme.word.xml import element, put

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

_NUMBER, _ASKED = 12.0, 76.0
_ANSWER = PORTRAIT - _NUMBER - _ASKED
_BELOW = _ASKED + _ANSWER
_INSET = 3.0  # cell margins, millimetres


def draw_form(form: PaperForm, language: Language) -> "Document":
    """Draw a whole form.

    Args:
        form: what stands on the paper.
        language: language of our own words.
    """
    version = f"{'phiên bản' if language == 'vi' else 'version'} {form.version}"
    footer = " · ".join([form.title, *([version] if form.version else [])])
    sheet = _Sheet(paper_document(language, footer), language)
    if _begins_wide(form.items):
        sheet.lie_down()
    sheet.title(form)
    sheet.items(form.items)
    sheet.signature()
    properties = sheet.document.core_properties
    properties.title, properties.author, properties.comments = form.title, "", ""
    return sheet.document


class _Sheet:
    """Draws from top to bottom; turns the page on its side for wide tables."""

    def __init__(self, document: "Document", language: Language) -> None:
        self.document = document
        self.language = language
        self._landscape = False
        self._part = 0

    def lie_down(self) -> None:
        set_page(self.document.sections[0], landscape=True)
        self._landscape = True

    def title(self, form: PaperForm) -> None:
        self.document.add_paragraph(form.title, style=TITLE)
        self._hint(
            self._say(
                "Bản giấy: dùng khi điện thoại hỏng và khi tập huấn. Có điện thoại thì nhập lại "
                "phiếu này vào điện thoại và gửi, rồi đánh dấu ở cuối phiếu.",
                "Paper version, for when the phone fails and for training. Type it into a phone "
                "and send it as soon as you can, then tick at the end.",
            )
        )
        line = self._hint(self._say("Cách ghi: đánh dấu X vào ô ", "How to fill in: put an X in "))
        tick_box(line)
        line.add_run(
            self._say(
                "đúng; mỗi chữ số ghi vào một ô, sát bên phải; câu có dấu * phải trả lời.",
                "the right box; one digit a box, starting from the right; answer all marked *.",
            )
        )

    def items(self, items: Sequence[Item]) -> None:
        rows: list[Question | Note] = []
        for item in items:
            if isinstance(item, Question | Note):
                rows.append(item)
                continue
            self._rows(rows)
            rows = []
            if isinstance(item, Section):
                self._section(item)
            else:
                self._repeat(item)
        self._rows(rows)

    def signature(self) -> None:
        self._turn(landscape=False)
        self._heading(self._say("Người ghi phiếu", "Filled in by"), HEADING_1)
        table = plain_grid(self.document, (Mm(80), Mm(85)), rows=2)
        day = self._say("Ngày ghi phiếu: ", "Day: ")
        name = self._say("Họ tên, chữ ký:", "Name, signature:")
        typed = self._say("Đã nhập vào điện thoại ngày: ", "Typed into a phone on: ")
        by = self._say("Người nhập:", "By:")
        for row, (left, right) in zip(table.rows, ((day, name), (typed, by)), strict=True):
            line = paragraph_in(row.cells[0], LINE)
            if left == typed:
                tick_box(line)
            line.add_run(left)
            day_boxes(paragraph_in(row.cells[0], ASKED))
            dotted(paragraph_in(row.cells[1], LINE), 82, right)
        for cell in table.rows[0].cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True

    def _section(self, section: Section) -> None:
        self._turn(_begins_wide(section.items))
        if section.label:
            label = plain(section.label)
            if section.level == 1:
                self._part += 1
                label = f"{self._say('Phần', 'Part')} {self._part}. {label}"
            self._heading(label, HEADING_1 if section.level == 1 else HEADING_2)
        self._only_if(section.only_if)
        self.items(section.items)

    def _repeat(self, repeat: Repeat) -> None:
        self._turn(is_wide(repeat))
        draw_repeat(self.document, repeat, self.language)

    def _rows(self, items: Sequence[Question | Note]) -> None:
        if not items:
            return
        if not all(isinstance(item, Note) for item in items):
            self._turn(landscape=False)
        apart(self.document)
        widths = (Mm(_NUMBER), Mm(_ASKED), Mm(_ANSWER))
        table = plain_grid(self.document, widths, rows=len(items))
        _rule_between(table)
        for row, item in zip(table.rows, items, strict=True):
            if isinstance(item, Note):
                self._note(row, item)
            else:
                self._question(row, item)

    def _note(self, row: "_Row", note: Note) -> None:
        cells = row.cells
        cell = cells[0].merge(cells[2])
        line = paragraph_in(cell, ASKED)
        if note.only_if:
            line.add_run(f"{ARROW}{note.only_if} ").font.italic = True
        write(line, note.label)
        for hint in note.hints:
            write(paragraph_in(cell, HINT), hint)

    def _question(self, row: "_Row", question: Question) -> None:
        number, asked, answer = row.cells
        narrow = beside(question)
        if not narrow:
            asked = answer = asked.merge(answer)
        first = paragraph_in(number, ASKED)
        first.add_run(f"{question.number}.").font.bold = True
        if question.only_if:
            line = paragraph_in(asked, HINT)
            line.paragraph_format.space_before = Pt(4)
            line.add_run(f"{ARROW}{question.only_if}")
        line = paragraph_in(asked, ASKED)
        write(line, question.label)
        if question.required:
            line.add_run(" *").font.bold = True
        if choose := how_many(question, self.language):
            run = line.add_run(f" ({choose})")
            run.font.size, run.font.italic = Pt(10), True
        if question.hints:
            write(paragraph_in(asked, HINT), " ".join(question.hints))
        width = (_ANSWER if narrow else _BELOW) - _INSET
        draw_answer(question, Room(answer, width, self.language))

    def _heading(self, text: str, style: str) -> "Paragraph":
        paragraph: Paragraph = self.document.add_paragraph(text, style=style)
        if style == HEADING_1:
            put(paragraph._p.get_or_add_pPr(), "w:shd", val="clear", color="auto", fill="E7E7E7")
        return paragraph

    def _only_if(self, text: str) -> None:
        if text:
            line = self._hint(f"{ARROW}{text}")
            line.paragraph_format.keep_with_next = True
            line.runs[0].font.size = Pt(11)
            line.runs[0].font.bold = True

    def _hint(self, text: str) -> "Paragraph":
        paragraph: Paragraph = self.document.add_paragraph(text, style=HINT)
        return paragraph

    def _turn(self, landscape: bool) -> None:
        """Begin a page the other way round, if this one lies wrong."""
        if landscape != self._landscape:
            add_section(self.document, landscape)
            self._landscape = landscape

    def _say(self, vi: str, en: str) -> str:
        return vi if self.language == "vi" else en


def _begins_wide(items: Sequence[Item]) -> bool:
    """Tell whether a wide table comes first: heading and notes go on its page."""
    first = next((each for each in items if not isinstance(each, Note)), None)
    if isinstance(first, Section):
        return _begins_wide(first.items)
    return isinstance(first, Repeat) and is_wide(first)


def _rule_between(table: "Table") -> None:
    """Draw thin grey lines between questions, so that the eye keeps to its row."""
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    for side in ("bottom", "insideH"):
        old = borders.find(qn(f"w:{side}"))
        old.addprevious(element(f"w:{side}", val="single", sz=4, space=0, color="BFBFBF"))
        borders.remove(old)
