"""The record of processing as a Word document, in the look of Decree 30/2020/NĐ-CP."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from ishc.processing_record import words
from ishc.processing_record.facts import FormFacts, Place
from programme.dates import official, short
from programme.numbers import number
from programme.problem import Language, Text
from programme.settings import Settings
from programme.word.head import Head, head_block, signature_block
from programme.word.page import official_document
from programme.word.styles import BODY, CAPTION, HEADING_1, HEADING_2, NOTE
from programme.word.tables import Column, Row, TableContent, build_table
from programme.writing import write_saved

if TYPE_CHECKING:
    from docx.document import Document

_NO = Text(vi="TT", en="No.")
_TITLE_POINTS = 14


class Record:
    """Writes the parts of the record one after the other."""

    def __init__(self, settings: Settings, language: Language, day: date) -> None:
        self.settings, self.language, self.day = settings, language, day
        self.document: Document = official_document(language)

    def write(
        self,
        path: Path,
        forms: Sequence[FormFacts],
        places: Sequence[Place],
        people: tuple[int, int] | None,
        guardian: str,
    ) -> None:
        """Write the whole document.

        Args:
            people: how many are listed by name, how many only counted; None where unknown.
            guardian: age below which a guardian consents.
        """
        self._head()
        self._controller()
        self._purposes(forms, people, guardian)
        self._questions(forms)
        self._receivers()
        self._places(places)
        self._terms()
        self._rights()
        self._protection()
        self._foot()
        write_saved(path, self.document.save)

    def _say(self, text: Text) -> str:
        return text.in_(self.language)

    def _head(self) -> None:
        issuer = self.settings.report
        numbered = Text(vi="Số:        /HS-DLCN", en="No.:        /HS-DLCN")
        blank = official(self.day, self.language)
        place = self._say(issuer.place)
        head = Head(
            self._say(issuer.parent).upper(),
            self._say(issuer.issuer).upper(),
            self._say(numbered),
            f"{place}, {blank}" if place else blank,
        )
        head_block(self.document, head, self.language)
        title = self.document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_before = Pt(12)
        run = title.add_run(self._say(words.TITLE))
        run.bold, run.font.size = True, Pt(_TITLE_POINTS)
        name = self.document.add_paragraph()
        name.alignment = WD_ALIGN_PARAGRAPH.CENTER
        name.add_run(self._say(self.settings.name)).bold = True
        if self.settings.synthetic:
            self._note(self._say(words.SYNTHETIC))
        self._note(self._say(words.ABOUT).format(day=short(self.day, self.language)))

    def _controller(self) -> None:
        self._heading("1", "Bên kiểm soát dữ liệu", "Who answers for the data")
        officer = self.settings.people.officer
        rows = [
            (Text(vi="Đơn vị", en="Office"), self._say(self.settings.report.issuer)),
            (Text(vi="Cấp trên", en="Body above"), self._say(self.settings.report.parent)),
            (
                Text(vi="Người phụ trách bảo vệ dữ liệu", en="In charge of data protection"),
                self._say(officer) or self._say(words.UNKNOWN),
            ),
            (
                Text(vi="Múi giờ, ngôn ngữ", en="Time zone, language"),
                f"{self.settings.timezone.key}, {self.settings.language}",
            ),
        ]
        cells = [(self._say(what), said) for what, said in rows]
        heads = (("Mục", "Item", 60), ("Nội dung", "Entry", 105))
        self._table("", heads, cells)

    def _purposes(
        self, forms: Sequence[FormFacts], people: tuple[int, int] | None, guardian: str
    ) -> None:
        self._heading("2", "Mục đích và căn cứ", "Purposes and legal basis")
        age = guardian or self._say(words.UNKNOWN)
        basis = self._say(self.settings.people.basis) or self._say(words.BASIS).format(age=age)
        self._body(basis)
        if people:
            listed, counted = (number(each, self.language) for each in people)
            self._body(
                f"Hiện có {listed} dòng thành viên và Ban Chủ nhiệm có tên; {counted} thành viên "
                "chỉ được đếm, không ghi tên."
                if self.language == "vi"
                else f"Members and board members listed by name: {listed}; members who are only "
                f"counted: {counted}."
            )
        heads = (
            ("Biểu mẫu", "Form", 42),
            ("Mục đích", "Purpose", 74),
            ("Số câu cá nhân, nhạy cảm", "Personal, sensitive questions", 24),
            ("Số phiếu đang giữ", "Submissions held", 25),
        )
        cells = [
            (
                self._called(form),
                self._say(form.purpose),
                f"{self._count(form, 'personal')}, {self._count(form, 'sensitive')}",
                "–" if form.held is None else str(form.held),
            )
            for form in forms
        ]
        self._table("Bảng 1. Biểu mẫu|Table 1. Forms", heads, cells)

    def _called(self, form: FormFacts) -> str:
        """Give the title of a form, of titles in both languages the right half."""
        vi, _, en = form.title.partition(" · ")
        return en if en and self.language == "en" else vi

    def _count(self, form: FormFacts, kind: str) -> int:
        return sum(each.data_class == kind for _, some in form.questions for each in some)

    def _questions(self, forms: Sequence[FormFacts]) -> None:
        self._heading("3", "Dữ liệu cá nhân theo từng câu hỏi", "Personal data by question")
        self._body(
            "Chỉ nêu câu hỏi loại cá nhân hoặc nhạy cảm. Ai được xem: loại cá nhân – "
            f"{words.SEEN_BY['personal'].vi}; loại nhạy cảm – {words.SEEN_BY['sensitive'].vi}."
            if self.language == "vi"
            else "Only questions that are personal or sensitive. Who sees them: personal ones – "
            f"{words.SEEN_BY['personal'].en}; sensitive ones – {words.SEEN_BY['sensitive'].en}."
        )
        heads = (
            ("", "", 10),
            ("Câu hỏi", "Question", 95),
            ("Loại", "Class", 22),
            ("Lưu bao lâu", "Kept", 38),
        )
        for form in forms:
            if form.questions:
                self.document.add_paragraph(self._called(form), style=HEADING_2)
                self._table(
                    f"{form.title}|{form.title}", heads, list(self._asked(form)), bands=True
                )

    def _asked(self, form: FormFacts) -> Iterator[tuple[str, ...]]:
        number = 0
        for part, some in form.questions:
            if part:
                called = self._say(words.LISTS.get(part, Text(vi=part, en=part)))
                yield (
                    f"Mỗi dòng của danh sách «{called}»"
                    if self.language == "vi"
                    else f"Each row of the list “{called}”",
                )
            for each in some:
                number += 1
                kind = self._say(words.CLASSES[each.data_class])
                yield str(number), self._say(each.label), kind, self._say(each.kept)

    def _receivers(self) -> None:
        self._heading("4", "Ai nhận dữ liệu", "Who gets the data")
        heads = (("Bên nhận", "Receiver", 50), ("Nhận gì", "What they get", 115))
        cells = [(self._say(who), self._say(what)) for who, what in words.RECEIVERS]
        self._table("Bảng 2. Bên nhận|Table 2. Receivers", heads, cells)

    def _places(self, places: Sequence[Place]) -> None:
        self._heading("5", "Nơi lưu, chuyển ra nước ngoài", "Where it lies; transfer abroad")
        heads = (
            ("Máy chủ", "Server", 65),
            ("Loại", "Product", 30),
            ("Nước", "Country", 20),
            ("Chuyển ra nước ngoài", "Transfer abroad", 50),
        )
        said = {
            True: Text(
                vi="có: cần hồ sơ đánh giá tác động chuyển dữ liệu trong 60 ngày",
                en="yes: a transfer dossier is due within 60 days",
            ),
            False: Text(vi="không", en="no"),
            None: Text(
                vi="chưa rõ: ghi country vào ishc.toml", en="unknown: write country in ishc.toml"
            ),
        }
        cells = [
            (
                each.host or each.name,
                each.product,
                each.country or "–",
                self._say(said[each.abroad]),
            )
            for each in places
        ]
        own = Text(vi="Máy tính của đơn vị (ishc)", en="The office's computer (ishc)")
        cells.append((self._say(own), "SQLite, Parquet", "VN", self._say(said[False])))
        self._table("Bảng 3. Nơi lưu|Table 3. Where the data lie", heads, cells)

    def _terms(self) -> None:
        self._heading("6", "Thời hạn lưu", "How long")
        retention = self.settings.retention
        if not retention.asked:
            self._body(
                "Chưa đặt thời hạn nào trong mục [retention] của ishc.toml; pháp luật không cho "
                "con số, chỉ yêu cầu không lưu lâu hơn mục đích cần. Đơn vị cần quyết định."
                if self.language == "vi"
                else "No limit is set in [retention] of ishc.toml; the law names no number, only "
                "that nothing is kept longer than its purpose needs. The office has to decide."
            )
            return
        self._body(
            "Thời hạn theo mục [retention] của ishc.toml, làm mỗi đêm (ishc person retention): xem "
            "cột «Lưu bao lâu». Số tổng và kỳ đã chốt giữ nguyên."
            if self.language == "vi"
            else "By [retention] of ishc.toml, carried out every night (ishc person retention): "
            "see the column “Kept”. Totals and closed periods stay."
        )

    def _rights(self) -> None:
        self._heading("7", "Quyền của người có dữ liệu", "Rights of the people concerned")
        heads = (
            ("Người đó yêu cầu", "The person asks for", 60),
            ("Lệnh", "Command", 65),
            ("Hạn (ngày)", "Within (days)", 40),
        )
        working = Text(vi="{days} (ngày làm việc)", en="{days} (working days)")
        cells = [
            (
                self._say(what),
                command or "–",
                (self._say(working) if setting == "answer_days" else "{days}").format(
                    days=getattr(self.settings.people, setting)
                ),
            )
            for what, command, setting in words.RIGHTS
        ]
        self._table("Bảng 4. Quyền và thời hạn|Table 4. Rights and time limits", heads, cells)

    def _protection(self) -> None:
        self._heading("8", "Biện pháp bảo vệ", "Protection")
        for each in words.PROTECTION:
            self._body(f"- {self._say(each)}")
        for paragraph in self.document.paragraphs[-2:]:  # never a signature alone on a page
            paragraph.paragraph_format.keep_with_next = True

    def _foot(self) -> None:
        self.document.add_paragraph().paragraph_format.keep_with_next = True
        issuer = self.settings.report
        recipients = [f"- {self._say(each)};" for each in issuer.recipients]
        keep = Text(vi="- Lưu: VT.", en="- File.")
        signature_block(
            self.document,
            [*recipients, self._say(keep)],
            self._say(issuer.authority).upper(),
            self._say(issuer.signer_title).upper(),
            self.language,
        )

    def _heading(self, number: str, vi: str, en: str) -> None:
        self.document.add_paragraph(
            f"{number}. {vi if self.language == 'vi' else en}", style=HEADING_1
        )

    def _body(self, text: str) -> None:
        self.document.add_paragraph(text, style=BODY)

    def _note(self, text: str) -> None:
        self.document.add_paragraph(text, style=NOTE)

    def _table(
        self,
        caption: str,
        heads: Sequence[tuple[str, str, float]],
        cells: Sequence[tuple[str, ...]],
        *,
        bands: bool = False,
    ) -> None:
        vi, _, en = caption.partition("|")
        said = vi if self.language == "vi" else en
        if said and not bands:
            self.document.add_paragraph(said, style=CAPTION)
        first = self._say(_NO) if bands else ""
        columns = tuple(
            Column((vi if self.language == "vi" else en) or first, width) for vi, en, width in heads
        )
        rows = tuple(
            Row(each, band=len(each) == 1 and len(heads) > 1, bold=len(each) == 1) for each in cells
        )
        build_table(self.document, TableContent(said, columns, rows))
