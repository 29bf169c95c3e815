"""Fills a Word template that an official edited and writes the report.

A template is untrusted: it is checked when it is read, and its language reaches nothing but the
values and blocks given here. Whatever a text holds is printed literally.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import jinja2

from programme.problem import Exit, Language, Place, Problem, ProblemError, Text
from programme.system_error import in_brackets
from programme.word.package import Package, write_package
from programme.writing import replacing
from reports import template_faults as faults
from reports.about import About, with_about
from reports.figure_text import ATTRIBUTES, FigureText
from reports.placing import Block, Placing
from reports.template import Template, read_template
from reports.template_faults import Fault, TemplateFault
from reports.template_language import STATE, PlacedBlocks, Steps, no_attribute
from reports.template_parts import TemplatePart
from reports.text_fields import refuse_to_lose

LETTERS_AT_MOST = 60_000_000
_CELL_WITHOUT_END = re.compile(r"(</w:tbl>|</w:tcPr>|<w:tcPr/>|<w:tc>)(\s*)</w:tc>")
_TABLE_WITHOUT_ROW = re.compile(
    r"<w:tbl>(?:(?!</?w:tbl>|<w:tr[ >]).)*</w:tblGrid>\s*</w:tbl>", re.S
)
_ROW_WITHOUT_CELL = re.compile(
    r"<w:tr(?: [^>]*)?>\s*(?:<w:trPr>(?:(?!</w:trPr>).)*</w:trPr>)?\s*</w:tr>", re.S
)
_TABLES_THAT_TOUCH = re.compile(r"</w:tbl>\s*<w:tbl>")
_BETWEEN = (
    '</w:tbl><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    "</w:pPr></w:p><w:tbl>"
)
_EMPTY = re.compile(r"<(w:(?:hdr|ftr|txbxContent|sdtContent))( [^>]*)?>\s*</\1>")
_UNDEFINED = re.compile(r"'([^']+)' is undefined")


def _nobody(_: Problem) -> None:
    """Tell nobody."""


def render(
    template: Path,
    values: Mapping[str, object],
    blocks: Mapping[str, Sequence[Block]],
    language: Language,
    out: Path,
    *,
    private: bool = False,
    about: About | None = None,
    tell: Callable[[Problem], object] = _nobody,
) -> None:
    """Fill a template and write the document beside its place, then rename.

    Args:
        template: a ``.docx`` with placeholders ``{{ name }}``.
        values: what placeholders print: texts, numbers, days, figures, and lists for ``{% for %}``.
        blocks: tables, charts, maps, pictures and people's texts by placeholder, which stands
            alone in its paragraph; the same one may stand in several.
        language: of the document.
        out: the finished ``.docx``; an earlier one is replaced only when this one is whole.
        private: readable by its owner only.
        about: title, author and day for the document's properties, and by what people's texts
            are found again.
        tell: is told what does not stop the report: a picture that cannot be opened, a link that
            was taken out.

    Raises:
        ProblemError: ``template-…`` naming template, paragraph, placeholder and nearest right
            name; ``report-has-new-text`` when the earlier report holds text that was not taken
            over; ``report-not-written`` when the file cannot be written.
    """
    ready = read_template(template, language)
    for problem in ready.removed:
        tell(problem)
    if wrong := list(_wrong_names(ready, values, blocks)):
        raise ProblemError(wrong)
    # most templates place few of the blocks there are: the others are not even made
    placed = {name: blocks[name] for name in names_in(ready) if name in blocks}
    content = fill(ready, values, placed, language, about or About(), tell)
    refuse_to_lose(out, placed)
    _write(content, out, private=private)


def fill(
    template: Template,
    values: Mapping[str, object],
    blocks: Mapping[str, Sequence[Block]],
    language: Language,
    about: About,
    tell: Callable[[Problem], object] = _nobody,
) -> bytes:
    """Give the finished document; the same input gives the same bytes.

    Raises:
        ProblemError: what the template asked for cannot be had.
    """
    package = Package(
        dict(template.package.parts),
        dict(template.package.types),
        {name: list(each) for name, each in template.package.relations.items()},
    )
    steps = Steps()
    context = {**values, **{name: PlacedBlocks(name, each) for name, each in blocks.items()}}
    for part in template.parts:
        placing = Placing(package, part.name, template.styles, language, steps, tell)
        text = _filled(template.path, part, {**context, STATE: placing})
        package.parts[part.name] = _whole(text).encode()
    with_about(package, about, blocks, language)
    return write_package(package)


def _filled(template: Path, part: TemplatePart, context: Mapping[str, object]) -> str:
    pieces: list[str] = []
    length = 0
    try:
        for piece in part.template.generate(context):
            pieces.append(piece)
            length += len(piece)
            if length > LETTERS_AT_MOST:
                raise ProblemError(faults.too_long(template))
    except (jinja2.TemplateError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise ProblemError(faults.problem_of(template, _fault(part, error))) from error
    return "".join(pieces)


def _fault(part: TemplatePart, error: Exception) -> Fault:
    """Find the tag that failed by the line of the compiled template."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    at = [tag for tag in part.tags if 0 < tag.line <= line]
    tag = max(at, key=lambda each: each.line, default=None)
    if isinstance(error, TemplateFault):
        said = error.text
    elif found := _UNDEFINED.search(str(error)):
        said = Text(vi=f"không có «{found[1]}»", en=f"there is no “{found[1]}”")
    else:
        said = Text(
            vi="không tính được: so sánh số liệu với số bằng «.value», và hỏi «is known» trước",
            en="cannot be worked out: compare figures with numbers by “.value”, and ask “is known” "
            "before",
        )
    return Fault(tag.paragraph, tag.shown, said) if tag else Fault("", "", said)


def _whole(text: str) -> str:
    """Mend what conditions and loops can leave behind and Word calls damaged."""
    text = _ROW_WITHOUT_CELL.sub("", text)
    text = _TABLE_WITHOUT_ROW.sub("", text) if "</w:tblGrid></w:tbl>" in text else text
    text = _TABLES_THAT_TOUCH.sub(_BETWEEN, text)
    text = _CELL_WITHOUT_END.sub(r"\1<w:p/></w:tc>", text)
    return _EMPTY.sub(r"<\1\2><w:p/></\1>", text)


def names_in(template: Template) -> dict[str, None]:
    """Give every name that a template asks for, in its order."""
    tags = (tag for part in template.parts for tag in part.tags)
    return dict.fromkeys(name for tag in tags for name, _ in sorted(tag.asked))


def _wrong_names(
    template: Template, values: Mapping[str, object], blocks: Mapping[str, Sequence[Block]]
) -> Iterable[Problem]:
    """Find all names that there are not, all at once."""
    tags = [tag for part in template.parts for tag in part.tags]
    for name in names_in(template):
        if name not in values and name not in blocks:
            where = [tag.paragraph for tag in tags if (name, "") in tag.asked]
            yield faults.unknown_name(template.path, name, values, blocks, where)
    crowded = [tag for tag in tags if tag.code in blocks and not tag.alone]
    for name in dict.fromkeys(tag.code for tag in crowded):
        where = [tag.paragraph for tag in crowded if tag.code == name]
        yield faults.block_not_alone(template.path, name, where)
    for tag in tags:
        for name, attribute in sorted(tag.asked):
            is_figure = isinstance(values.get(name), FigureText)
            if attribute and is_figure and attribute not in ATTRIBUTES:
                said = no_attribute(attribute, name, ATTRIBUTES)
                yield faults.problem_of(template.path, Fault(tag.paragraph, tag.shown, said))


def _write(content: bytes, out: Path, *, private: bool) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with replacing(out, private=private) as file:
            file.write(content)
    except OSError as error:
        raise ProblemError(not_written(out, error), Exit.STORE) from error


def not_written(out: Path, error: OSError) -> Problem:
    """Say that a report could not be written, and why."""
    why = in_brackets(error)
    return Problem(
        "report-not-written",
        Text(
            vi=f"không ghi được báo cáo vào chỗ này{why.vi}",
            en=f"the report cannot be written here{why.en}",
        ),
        Text(
            vi="nếu tệp đang mở trong Word, hãy đóng lại; kiểm tra chỗ trống trên đĩa và quyền "
            "ghi; hoặc chọn thư mục khác bằng --out",
            en="close the file if Word has it open; see that the disk has room and may be written "
            "to; or choose another folder with --out",
        ),
        Place(file=str(out)),
    )


__all__ = ["About", "Block", "fill", "names_in", "not_written", "render"]
