"""Fills a Word template that an official edited: texts by docxtpl, tables and charts in place.

A template is untrusted: the sandbox gives it no Python, no loops of its own making and no way to
grow without end; whatever a text holds is printed literally.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import jinja2
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from programme.problem import Exit, Language, Place, Problem, ProblemError, Text
from programme.word.charts import ChartContent, chart_paragraph
from programme.word.maps import MapContent
from programme.word.pictures import PictureContent
from programme.word.styles import CAPTION, NOTE, ensure_styles
from programme.word.tables import TableContent, build_table
from programme.word.text_field import TextField
from programme.writing import write_saved
from reports.template_faults import (
    bad_syntax,
    paragraph_at_fault,
    paragraph_naming,
    unknown_name,
)

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.text.paragraph import Paragraph

Block = TableContent | ChartContent | MapContent | PictureContent | TextField | str
# private-use letters: nobody types them, so a mark is never taken for text
_MARK = re.compile("\ue000([a-z0-9_]+)\ue001")
_UNDEFINED = re.compile(r"'([^']+)' is undefined")


class _Environment(SandboxedEnvironment):
    """Jinja without functions, and without repeating a text a billion times."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if isinstance(left, int | float) and isinstance(right, int | float) and operator == "*":
            return left * right
        raise jinja2.exceptions.SecurityError(f"{operator} is not allowed here")


def render(
    template: Path,
    values: Mapping[str, object],
    blocks: Mapping[str, Sequence[Block]],
    language: Language,
    out: Path,
    *,
    private: bool = False,
) -> None:
    """Fill a template and write the document beside its place, then rename.

    Args:
        template: a ``.docx`` with placeholders ``{{ name }}``.
        values: what placeholders print: texts, or lists for ``{%p for … %}``.
        blocks: tables and charts by placeholder, which stands alone in its paragraph.
        language: of the document.
        out: the finished ``.docx``; an earlier one is replaced only when this one is whole.
        private: readable by its owner only.

    Raises:
        ProblemError: ``template-…`` naming template, placeholder and nearest right name;
            ``report-not-written`` when the file cannot be written.
    """
    filled = _open(template)
    _fill(filled, template, values, blocks)
    document = filled.docx
    ensure_styles(document, language)
    for paragraph in list(document.paragraphs):
        _place(document, paragraph, blocks, template)
    _nothing_left(document, template)
    _write(document, out, private=private)


def _open(template: Path) -> DocxTemplate:
    try:
        filled = DocxTemplate(str(template))
        filled.init_docx()
    except (OSError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise ProblemError(_unreadable(template)) from error
    return filled


def _fill(
    filled: DocxTemplate,
    template: Path,
    values: Mapping[str, object],
    blocks: Mapping[str, Sequence[Block]],
) -> None:
    environment = _Environment(undefined=jinja2.StrictUndefined, autoescape=True)
    environment.globals.clear()
    context = {**values, **{name: f"\ue000{name}\ue001" for name in blocks}}
    as_written = Document(str(template))  # filling changes the paragraphs

    def unknown(name: str) -> Problem:
        return unknown_name(template, name, values, blocks, paragraph_naming(as_written, name))

    try:
        wanted = filled.get_undeclared_template_variables(environment)
        if missing := sorted(wanted - set(context)):
            raise ProblemError([unknown(name) for name in missing])
        filled.render(context, environment, autoescape=True)
    except jinja2.exceptions.UndefinedError as error:
        found = _UNDEFINED.search(str(error))
        raise ProblemError(unknown(found[1] if found else str(error))) from error
    except (jinja2.exceptions.TemplateError, TypeError, ValueError, OverflowError) as error:
        paragraph = paragraph_at_fault(as_written, environment, context, error)
        raise ProblemError(bad_syntax(template, str(error), paragraph)) from error


def _place(
    document: "DocumentType",
    paragraph: "Paragraph",
    blocks: Mapping[str, Sequence[Block]],
    template: Path,
) -> None:
    found = _MARK.search(paragraph.text)
    if found is None:
        return
    if paragraph.text.strip() != found[0]:
        raise ProblemError(_not_alone(template, found[1]))
    placed = blocks[found[1]]
    for block, following in zip(placed, [*placed[1:], None], strict=True):
        # a sentence below a chart belongs to it
        together = isinstance(block, ChartContent) and isinstance(following, str)
        for element in _build(document, block, together=together):
            paragraph._p.addprevious(element)
    paragraph._p.getparent().remove(paragraph._p)


def _build(document: "DocumentType", block: Block, *, together: bool) -> list[Any]:
    """Build at the end of the document and hand over the elements, which the caller moves."""
    if isinstance(block, str):
        return [document.add_paragraph(block, style=NOTE)._p]
    if isinstance(block, ChartContent):
        chart = chart_paragraph(document, block)
        chart.paragraph_format.keep_with_next = together
        return [chart._p]
    assert isinstance(block, TableContent), "maps, pictures and text fields follow"
    caption = document.add_paragraph(block.caption, style=CAPTION)
    table = build_table(document, block)
    notes = [document.add_paragraph(note, style=NOTE)._p for note in block.notes]
    return [caption._p, table._tbl, *notes]


def _nothing_left(document: "DocumentType", template: Path) -> None:
    for element in document.element.body.iter():
        found = _MARK.search(element.text or "") if isinstance(element.tag, str) else None
        if found:  # a mark inside a table cell or a text box
            raise ProblemError(_not_alone(template, found[1]))


def _write(document: "DocumentType", out: Path, *, private: bool) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_saved(out, document.save, private=private)
    except OSError as error:
        raise ProblemError(not_written(out, error), Exit.STORE) from error


def _not_alone(template: Path, name: str) -> Problem:
    return Problem(
        "template-block-not-alone",
        Text(
            vi=f"«{{{{ {name} }}}}» là bảng hoặc biểu đồ, phải đứng một mình trong một đoạn",
            en=f"“{{{{ {name} }}}}” is a table or a chart and stands alone in its paragraph",
        ),
        Text(
            vi="hãy đưa nó sang một đoạn riêng, ngoài bảng và khung",
            en="move it to a paragraph of its own, outside tables and boxes",
        ),
        Place(file=template.name),
    )


def _unreadable(template: Path) -> Problem:
    missing = not template.is_file()
    return Problem(
        "template-missing" if missing else "template-unreadable",
        Text(vi="không có mẫu báo cáo này", en="there is no such template")
        if missing
        else Text(vi="đây không phải tệp Word .docx", en="this is not a Word .docx file"),
        Text(
            vi="hãy lấy lại mẫu từ chương trình mẫu («ishc init»), hoặc lưu lại dạng .docx "
            "(không có macro)",
            en="take the template from the sample programme (“ishc init”), or save it as .docx "
            "(without macros)",
        ),
        Place(file=template.name),
    )


def not_written(out: Path, error: OSError) -> Problem:
    """Say that a report could not be written, and why, in the words of the system."""
    why = f" ({error.strerror})" if error.strerror else ""
    return Problem(
        "report-not-written",
        Text(
            vi=f"không ghi được báo cáo vào chỗ này{why}",
            en=f"the report cannot be written here{why}",
        ),
        Text(
            vi="nếu tệp đang mở trong Word, hãy đóng lại; kiểm tra chỗ trống trên đĩa và quyền "
            "ghi; hoặc chọn thư mục khác bằng --out",
            en="close the file if Word has it open; see that the disk has room and may be written "
            "to; or choose another folder with --out",
        ),
        Place(file=str(out)),
    )
