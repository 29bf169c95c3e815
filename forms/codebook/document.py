"""The codebook as a Word document: contents, then a landscape part for each form."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from forms.codebook import words
from forms.codebook.entries import Codebook, Entry
from programme.problem import Language, Text
from programme.word.page import add_section, official_document
from programme.word.styles import BODY, CELL, CELL_HEAD, HEADING_1, HEADING_2
from programme.word.tables import Column, Row, TableContent, build_table
from programme.word.xml import element
from programme.word.zipped import archive
from programme.writing import write_saved

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_SMALL = Pt(9)
_TITLE = Pt(16)
_NUMBERS_AT = Mm(165)  # the right edge of a portrait page
_WIDTHS = {
    "number": 10.0, "name": 40.0, "question": 54.0, "kind": 30.0, "rules": 42.0, "class": 17.0,
    "place": 40.0, "since": 19.0,
}  # fmt: skip
_BEHIND = {
    "name": 46.0, "kind": 32.0, "formula": 93.0, "class": 17.0, "place": 45.0, "since": 19.0,
}  # fmt: skip
_CHOICES = {"list": 46.0, "choice": 46.0, "choice_vi": 80.0, "choice_en": 80.0}
_ASKED = ("group", "repeat", "question", "note")


def write_document(books: Sequence[Codebook], programme: Text, path: Path) -> None:
    """Write the Word file; the same forms give the same bytes.

    Args:
        books: one a form, all in one language.
        programme: its name, below the title.
        path: the ``.docx``.
    """
    language = books[0].language if books else "vi"
    document = official_document(language)
    for style in (CELL, CELL_HEAD):
        document.styles[style].font.size = _SMALL
    document.core_properties.title = words.TITLE.in_(language)
    _front(document, books, programme, language)
    for number, book in enumerate(books, start=1):
        add_section(document, landscape=True)
        _form(document, book, number)
    made = BytesIO()
    document.save(made)
    with ZipFile(made) as file:
        whole = archive({name: file.read(name) for name in sorted(file.namelist())})
    write_saved(path, lambda file: file.write(whole), private=False)


def _front(
    document: "Document", books: Sequence[Codebook], programme: Text, language: Language
) -> None:
    title = document.add_paragraph(words.TITLE.in_(language), BODY)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.first_line_indent = Mm(0)
    title.paragraph_format.space_before = Pt(48)
    title.runs[0].bold, title.runs[0].font.size = True, _TITLE
    under = document.add_paragraph(programme.in_(language), BODY)
    under.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    under.paragraph_format.first_line_indent = Mm(0)
    under.paragraph_format.space_after = Pt(24)
    for sentence in words.READ_THIS:
        document.add_paragraph(sentence.in_(language), BODY)
    head = document.add_paragraph(words.CONTENTS.in_(language), BODY)
    head.paragraph_format.space_before = Pt(18)
    head.paragraph_format.first_line_indent = Mm(0)
    head.runs[0].bold = True
    for number, book in enumerate(books, start=1):
        _content(document, book, number)


def _content(document: "Document", book: Codebook, number: int) -> None:
    """Write a line of the contents: it leads to the form, and the page is counted by Word."""
    line = document.add_paragraph(style=BODY)
    layout = line.paragraph_format
    layout.first_line_indent = Mm(0)
    layout.tab_stops.add_tab_stop(_NUMBERS_AT, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    link = element("w:hyperlink", anchor=_mark(number))
    line._p.append(link)
    link.append(line.add_run(f"{number}. {_named(book)}\t")._r)
    page = line.add_run()
    link.append(page._r)
    for part in ("begin", f"PAGEREF {_mark(number)}", "separate", "–", "end"):
        page._r.append(_field(part))


def _field(part: str) -> object:
    if part in ("begin", "separate", "end"):
        more = {"dirty": "true"} if part == "begin" else {}
        return element("w:fldChar", fldCharType=part, **more)
    made = element("w:t" if part == "–" else "w:instrText")
    made.text = part
    return made


def _mark(number: int) -> str:
    return f"form_{number}"


def _form(document: "Document", book: Codebook, number: int) -> None:
    language = book.language
    head = document.add_paragraph(f"{number}. {_named(book)}", HEADING_1)
    _bookmark(head, number)
    tables = dict.fromkeys(each.table for each in book.entries if each.table)
    said = Text(
        vi=f"Mã biểu mẫu {book.form_id}, phiên bản {book.version}. Bảng: {', '.join(tables)}.",
        en=f"Form id {book.form_id}, version {book.version}. Tables: {', '.join(tables)}.",
    )
    line = document.add_paragraph(said.in_(language), BODY).paragraph_format
    line.alignment, line.first_line_indent = WD_ALIGN_PARAGRAPH.LEFT, Mm(0)
    asked = [each for each in book.entries if each.what in _ASKED]
    behind = [each for each in book.entries if each.what not in _ASKED]
    _table(document, words.QUESTIONS.in_(language), _WIDTHS, list(_rows(asked, language)), language)
    if behind:
        rows = [_computed(each, language) for each in behind]
        _table(document, words.BEHIND.in_(language), _BEHIND, rows, language)
    if book.choices:
        rows = [
            Row((each.list_name, each.name, each.label.vi, each.label.en)) for each in book.choices
        ]
        _table(document, words.CHOICES.in_(language), _CHOICES, rows, language)


def _table(
    document: "Document",
    title: str,
    widths: dict[str, float],
    rows: Sequence[Row],
    language: Language,
) -> None:
    document.add_paragraph(title, HEADING_2)
    columns = tuple(
        Column(words.HEADS[name].in_(language), width, "centre" if name == "number" else "left")
        for name, width in widths.items()
    )
    build_table(document, TableContent(title, columns, tuple(rows)))


def _rows(entries: Sequence[Entry], language: Language) -> Iterator[Row]:
    for each in entries:
        if each.what in ("group", "repeat"):
            yield Row((_band(each, language),), band=True, with_next=True)
        else:
            yield Row(_cells(each, language))


def _band(entry: Entry, language: Language) -> str:
    parts = [entry.number, entry.label.in_(language) or entry.name]
    text = f"{'› ' * entry.depth}{' '.join(part for part in parts if part)} ({entry.name})"
    if entry.what == "repeat":
        text += f", {words.WHAT['repeat'].in_(language)}"
    return f"{text}. {entry.only_if}" if entry.only_if else text


def _cells(entry: Entry, language: Language) -> tuple[str, ...]:
    label = "\n".join(dict.fromkeys(each for each in (entry.label.vi, entry.label.en) if each))
    kind = entry.kind or words.WHAT[entry.what].in_(language)
    if entry.list_name:
        kind += f": {entry.list_name}"
    if entry.required:
        kind += f"; {words.REQUIRED.in_(language)}"
    rules = "\n".join(part for part in (entry.only_if, entry.limits) if part)
    return (entry.number, entry.name, label, kind, rules, *_kept(entry, language))


def _computed(entry: Entry, language: Language) -> Row:
    formula = entry.expressions[2] or entry.label.in_(language)
    return Row((entry.name, entry.kind, formula, *_kept(entry, language)))


def _kept(entry: Entry, language: Language) -> tuple[str, str, str]:
    """Say who may see an answer, where it lies, since when."""
    data_class = words.CLASSES[entry.data_class].in_(language) if entry.data_class else ""
    return data_class, _place(entry), entry.since


def _place(entry: Entry) -> str:
    """Name table and column; a long name breaks before the repeat, the column where it differs."""
    table = entry.table.replace("__", "\n__", 1)
    columns = "\n".join(entry.columns)
    return table if columns == entry.name else f"{table}\n{columns}".strip()


def _named(book: Codebook) -> str:
    return book.title.in_(book.language) or book.form_id


def _bookmark(paragraph: "Paragraph", number: int) -> None:
    start = element("w:bookmarkStart", id=number, name=_mark(number))
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("w:bookmarkEnd", id=number))
