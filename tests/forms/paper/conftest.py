"""A form on paper, as an outline and as a Word document."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document

from forms.paper import write_paper
from forms.paper.outline import PaperForm
from forms.paper.reading import read_paper
from forms.paper.texts import reader
from forms.workbook import read_workbook


@pytest.fixture
def outline(make_workbook: Callable[..., Path]) -> Callable[..., PaperForm]:
    """Make a Markdown form, and read it as what stands on paper."""

    def make(markdown: str, language: str = "vi") -> PaperForm:
        workbook = read_workbook(make_workbook(markdown))
        ours = "vi" if language == "vi" else "en"
        return read_paper(workbook, reader(workbook, language), ours)

    return make


@pytest.fixture
def printed(make_workbook: Callable[..., Path], tmp_path: Path) -> Callable[..., Document]:
    """Make a Markdown form, print it, and open the document."""

    def make(markdown: str, language: str = "vi") -> Document:
        return docx.Document(str(write_paper(make_workbook(markdown), language, tmp_path / "out")))

    return make


@pytest.fixture
def words() -> Callable[[Document], str]:
    """Give all that is written in a document, tables and footers too, line by line."""

    def read(document: Document) -> str:
        parts = [document.element.body, *(s.footer._element for s in document.sections)]
        lines = []
        for part in parts:
            for paragraph in part.iter(docx.oxml.ns.qn("w:p")):
                texts = paragraph.iter(docx.oxml.ns.qn("w:t"))
                line = "".join(text.text or "" for text in texts)
                lines.append(" ".join(line.replace("\u200d", "").split()))
        return "\n".join(lines)

    return read
