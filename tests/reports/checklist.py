"""What a proof-reader checks in any report: the paper of the decree, the words, nothing left over.

Each check gives what is wrong in words, so that a failing test reads as a list of corrections.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import docx
import openpyxl
from docx.oxml.ns import qn

Language = Literal["vi", "en"]
ENGLISH = re.compile(
    r"\b(the|and|of|no data|clubs?|members?|persons?|reports?|loans?|months?|target|rating|source|"
    r"not met|met|women|men|share|figures?|baseline|total|million|received|expected|province|"
    r"commune|ward|country|area|grade|exceeded|undefined|none|nan|true|false|overlap|midland|"
    r"ruleset|not inspected|training|survey)\b",
    re.IGNORECASE,
)
VIETNAMESE = re.compile(
    r"\b(số liệu|chỉ tiêu|thành viên|báo cáo|tháng|thiếu|xã|phường|câu lạc bộ)\b", re.IGNORECASE
)
# names of sources are not translated, nor are the names that a club gave itself
NAMES = re.compile(
    r"helpagevietnam\.org|sustainabledevelopment\.un\.org|talkvietnam|CLB [^,;()]*|OECD-DAC"
)
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|[\ue000-\uf8ff]|\bNone\b|\bnan\b|\bundefined\b")
SLOPPY = re.compile(r"(?<=\S)  +(?=\S)| [,.;:](?:\s|$)|(?<!\.)\.\.(?!\.)|;\.|,\.|\(\)|^[;,.]")
LEFT, RIGHT, EDGE = (30, 35), (15, 20), (20, 25)
WIDEST = {True: 252.5, False: 165.5}  # millimetres of a table on a page across, upright
SHORTEST_ALT = 40


@dataclass(frozen=True, slots=True)
class Checked:
    """A finished report.

    Args:
        form: a sheet to sign, without the closing of a report.
    """

    path: Path
    language: Language
    form: bool = False

    def open(self) -> Any:
        """Open it as a Word document."""
        return docx.Document(str(self.path))


def faults(report: Checked) -> list[str]:
    """Give everything that is wrong with a report."""
    document = report.open()
    checks: tuple[Callable[[Any], Iterator[str]], ...] = (
        page_faults,
        font_faults,
        table_faults,
        chart_faults,
        empty_sections,
        lambda each: word_faults(each, report.language),
        lambda each: head_faults(each, report.language),
    )
    found = [fault for check in checks for fault in check(document)]
    if not report.form:
        found += ending_faults(document, report.language)
    return found


def texts(document: Any) -> Iterator[str]:
    """Give every text that a reader meets: paragraphs, headers, charts, words about pictures."""
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if name.startswith(("/word/document", "/word/header", "/word/footer")):
            for paragraph in part.element.iter(qn("w:p")):
                yield "".join(_piece(each) for each in paragraph.iter(qn("w:t"), qn("w:br")))
            for drawing in part.element.iter(qn("wp:docPr")):
                yield drawing.get("descr", "")
        elif name.startswith("/word/charts/chart"):
            xml = part.blob.decode()
            yield from re.findall(r"<(?:a:t|c:v)(?: [^>]*)?>([^<]+)<", xml)


def _piece(element: Any) -> str:
    return "\n" if element.tag == qn("w:br") else element.text or ""


def page_faults(document: Any) -> Iterator[str]:
    """A4 with the margins of the decree, numbers in the top margin, none on the first page."""
    for place, section in enumerate(document.sections, start=1):
        sides = {round(section.page_width.mm), round(section.page_height.mm)}
        if sides != {210, 297}:
            yield f"section {place} is {sides}, not A4"
        margins = (section.left_margin, section.right_margin)
        for margin, (least, most) in zip(margins, (LEFT, RIGHT), strict=True):
            if not least <= round(margin.mm) <= most:
                yield f"section {place} has a margin of {margin.mm:.0f} mm"
        for margin in (section.top_margin, section.bottom_margin):
            if not EDGE[0] <= round(margin.mm) <= EDGE[1]:
                yield f"section {place} has a margin of {margin.mm:.0f} mm above or below"
        if section.different_first_page_header_footer != (place == 1):
            yield f"section {place}: only the first page goes without a number"
    first = document.sections[0]
    if "PAGE" not in first.header._element.xml or "PAGE" in first.first_page_header._element.xml:
        yield "the page number is not in the top margin from page 2 on"


def font_faults(document: Any) -> Iterator[str]:
    """Times New Roman everywhere."""
    inside = [p for t in document.tables for c in t._cells for p in c.paragraphs]
    names = {each.style.name for each in [*document.paragraphs, *inside]}
    used = "".join(document.styles[name].element.xml for name in names)
    fonts = set(re.findall(r'w:(?:ascii|hAnsi|cs)="([^"]+)"', document.element.xml + used))
    yield from (f"the font {each}" for each in sorted(fonts - {"Times New Roman"}))


def table_faults(document: Any) -> Iterator[str]:
    """Heads repeated, no row split, a caption that stays, not wider than the page."""
    across, sections = False, iter(document.sections)
    section = next(sections)
    tables = {each._tbl: each for each in document.tables}
    for element in document.element.body:
        across = section.page_width > section.page_height
        table = tables.get(element)
        if table is not None:
            yield from _table_faults(table, document, across=across)
        if element.tag == qn("w:p") and element.find(f".//{qn('w:sectPr')}") is not None:
            section = next(sections)


def _table_faults(table: Any, document: Any, *, across: bool) -> Iterator[str]:
    caption = table._tbl.tblPr.find(qn("w:tblCaption"))
    name = "a table" if caption is None else caption.get(qn("w:val"))
    width = sum(column.width.mm for column in table.columns)
    if width > WIDEST[across]:
        yield f"{name} is {width:.0f} mm wide"
    if any(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None for row in table.rows):
        yield f"a row of {name} may be split"
    before = table._tbl.getprevious()
    found = next((p for p in document.paragraphs if p._p is before), None)
    if caption is None or found is None or found.text != name:
        return  # side by side text, or the tiles of a map
    if table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
        yield f"the head of {name} is not repeated"
    if len(table.rows) < 2:
        yield f"{name} is empty"
    if not found.style.paragraph_format.keep_with_next:
        yield f"the caption of {name} may stay behind"


def chart_faults(document: Any) -> Iterator[str]:
    """Native charts, told in words, with a workbook that opens and holds figures."""
    for part in document.part.package.iter_parts():
        if not re.fullmatch(r"/word/charts/chart\d+\.xml", str(part.partname)):
            continue
        books = [each.target_part for each in part.rels.values() if "package" in each.reltype]
        if len(books) != 1:
            yield f"{part.partname} has no workbook"
            continue
        rows = openpyxl.load_workbook(BytesIO(books[0].blob)).active.iter_rows(min_row=2)
        if not any(cell.value for row in rows for cell in row[1:]):
            yield f"{part.partname} is empty"
    for drawing in document.element.iter(qn("wp:docPr")):
        if len(drawing.get("descr", "")) < SHORTEST_ALT:
            yield f"the picture {drawing.get('name')!r} is not told in words"


def empty_sections(document: Any) -> Iterator[str]:
    """Every heading has something below it; a heading of a part may have headings."""
    headings = {each.style_id: each.name for each in document.styles if "Heading" in each.name}
    above: tuple[str, str] | None = None
    for element in document.element.body:
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = headings.get(style.get(qn("w:val"))) if style is not None else None
        text = "".join(element.itertext()).strip()
        if name is None:
            filled = text or element.tag in (qn("w:tbl"), qn("w:sdt"))
            above = None if filled or element.find(f".//{qn('w:drawing')}") is not None else above
            continue
        if above is not None and name <= above[0]:
            yield f"nothing stands below “{above[1]}”"
        above = (name, text)
    if above is not None:
        yield f"nothing stands below “{above[1]}”"


def word_faults(document: Any, language: Language) -> Iterator[str]:
    """One language, nothing of the template left, no slips of the pen."""
    other = ENGLISH if language == "vi" else VIETNAMESE
    for text in dict.fromkeys(texts(document)):
        if found := other.search(NAMES.sub("", text)):
            yield f"{found[0]!r} in “{text[:90]}”"
        if LEFT_OVER.search(text):
            yield f"left over in “{text[:90]}”"
        if found := SLOPPY.search(text.replace("\n", " ").strip()):
            yield f"{found[0]!r} in “{text[max(0, found.start() - 40) : found.end() + 40]}”"


BLANK_DATE = {"vi": r"ngày\s{4,}tháng\s{4,}năm\s*", "en": r"…{3,} 20…"}


def head_faults(document: Any, language: Language) -> Iterator[str]:
    """Issuer, country and motto; number and date left to the clerk."""
    if not document.tables:
        yield "there is no head block"
        return
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    motto = {
        "vi": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "en": "SOCIALIST REPUBLIC OF VIET NAM\nIndependence - Freedom - Happiness",
    }
    if not cells[0].strip() or cells[0] != cells[0].upper():
        yield f"the issuer reads {cells[0]!r}"
    if not cells[1].startswith(motto[language]):
        yield f"the motto reads {cells[1]!r}"
    if not re.fullmatch(r"(?:Số|No):\s{4,}/[A-ZĐ-]+", cells[2]):
        yield f"the number is not left to the clerk: {cells[2]!r}"
    if not re.fullmatch(rf"[^,]+, {BLANK_DATE[language]}", cells[3]):
        yield f"the date is not left to the clerk: {cells[3]!r}"


def ending_faults(document: Any, language: Language) -> Iterator[str]:
    """One end mark, and the recipients beside the signature."""
    ends = [each.text for each in document.paragraphs if each.text.endswith("./.")]
    if len(ends) != 1:
        yield f"{len(ends)} paragraphs end with ./."
    word = {"vi": "Nơi nhận:", "en": "Recipients:"}[language]
    if not any(t.rows[0].cells[0].text.startswith(word) for t in document.tables if t.rows):
        yield f"no “{word}” beside the signature"
