"""What a template must not hold: macros, objects, fields and links that fetch or run something.

A template is opened on the computers of everybody who gets the report. What fetches, runs or asks
is refused; a link that a reader would have to click becomes plain words, and that is told.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from programme.problem import Place, Problem, Text
from programme.word.package import MAIN, Package, Relation, parse
from reports.template_fields import fields, harmless, outward_fields, unwrap

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KNOWN = frozenset(
    """
    officeDocument core-properties extended-properties custom-properties styles settings fontTable
    theme numbering webSettings header footer footnotes endnotes comments image hyperlink chart
    chartStyle chartColorStyle chartUserShapes themeOverride customXml customXmlProps font people
    diagramData diagramLayout diagramQuickStyle diagramColors diagramDrawing package bibliography
    commentsExtended commentsIds commentsExtensible chartEx hdphoto
    """.split()
)
# of no use in a report, or of its author's computer alone
_LEFT_OUT = frozenset(
    """
    thumbnail stylesWithEffects printerSettings attachedTemplate glossaryDocument
    keyMapCustomizations attachedToolbars recipientData mailMergeSource mailMergeHeaderSource
    documentTasks classificationlabels
    """.split()
)
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OBJECTS = ("object", "control", "altChunk", "subDoc", "movie")
_SOURCE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|\\\\|//)", re.I)


def make_safe(package: Package, template: Path) -> tuple[list[Problem], list[Problem]]:
    """Take out of a template what a report must not hold, in place.

    Returns:
        What stops the report, and what was only taken out.
    """
    refused = [_holds(template, *why) for why in _macros(package)]
    removed: list[Problem] = []
    seen, ahead = {""}, [""]
    while ahead:
        source = ahead.pop(0)
        relations = package.relations.get(source, [])
        outside = [_outside(template, package, source, relation) for relation in relations]
        refused += [problem for problem in outside if problem]
        kept = [each for each in relations if each.name not in _LEFT_OUT and not each.external]
        gone = [each for each in relations if each not in kept]
        package.relations[source] = kept
        removed += [_link_removed(template, each.target) for each in gone if _is_link(each)]
        removed += [_chart_unlinked(template) for each in gone if _is_chart(source)]
        if source and package.types[source].endswith("xml"):
            root = parse(_bytes(package, source))
            refused += [_holds(template, *why) for why in _inside(root)]
            outward = list(outward_fields(root))
            removed += [_link_removed(template, each) for each in outward]
            if _without(root, {each.identity for each in gone}) or outward:
                package.parts[source] = _written(root)
        new = [each.target for each in kept if each.target in package.parts]
        ahead += [target for target in dict.fromkeys(new) if target not in seen]
        seen.update(new)
    return refused, removed


def _is_link(relation: Relation) -> bool:
    return relation.name == "hyperlink" and relation.external


def _bytes(package: Package, name: str) -> bytes:
    content = package.parts[name]
    assert isinstance(content, bytes)
    return content


def _written(root: Any) -> bytes:

    written: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return written


def _macros(package: Package) -> Iterator[tuple[str, Text]]:
    macros = Text(vi="macro", en="macros")
    main = package.types[package.document()]
    if main != MAIN:
        yield (
            "template-macros" if "macro" in main.lower() else "template-unreadable",
            macros
            if "macro" in main.lower()
            else Text(vi="loại tệp khác .docx", en="another kind of file than .docx"),
        )
        return
    for name, kind in package.types.items():
        if name in package.parts and re.search("vba|macroEnabled|ms-word.attachedToolbars", kind):
            yield "template-macros", macros
            return


def _is_chart(source: str) -> bool:
    return source.startswith("word/charts/")


def _outside(template: Path, package: Package, source: str, relation: Relation) -> Problem | None:
    """Tell what is wrong with a relation, None where it may stay or goes without harm."""
    name = relation.name
    if name in _LEFT_OUT or (relation.external and (name == "hyperlink" or _is_chart(source))):
        return None
    if relation.external:
        what = Text(
            vi=f"nội dung lấy từ nơi khác ({name}: {_short(relation.target)})",
            en=f"content fetched from elsewhere ({name}: {_short(relation.target)})",
        )
        return _holds(template, "template-external", what)
    if name == "package" and _is_chart(source):
        if package.types.get(relation.target) == _WORKBOOK:
            return None
    elif name in _KNOWN and name != "package" and relation.target in package.parts:
        return None
    elif name in _KNOWN and relation.target not in package.parts:
        return _holds(
            template,
            "template-unreadable",
            Text(vi=f"phần bị thiếu ({relation.target})", en=f"a lost part ({relation.target})"),
        )
    what = Text(vi=f"đối tượng nhúng ({name})", en=f"an embedded object ({name})")
    return _holds(template, "template-embedded", what)


def _inside(root: Any) -> Iterator[tuple[str, Text]]:
    for name in _OBJECTS:
        if next(root.iter(qn(f"w:{name}")), None) is not None:
            yield (
                "template-embedded",
                Text(vi=f"đối tượng nhúng ({name})", en=f"an object ({name})"),
            )
    for element in root.iter("{urn:schemas-microsoft-com:vml}*"):
        for attribute in ("src", "href"):
            if _SOURCE.match(element.get(attribute, "")):
                told = _short(element.get(attribute))
                yield (
                    "template-external",
                    Text(vi=f"hình lấy từ nơi khác ({told})", en=f"a picture elsewhere ({told})"),
                )
    for code in fields(root):
        if not harmless(code):
            shown = _short(code.strip()) or "?"
            yield "template-field", Text(vi=f"trường «{shown}»", en=f"the field “{shown}”")


def _without(root: Any, gone: set[str]) -> bool:
    """Take out what leans on relations that are gone; tell whether there was anything."""
    found = False
    for element in list(root.iter()):
        for name, value in element.attrib.items():
            if not name.startswith(_R) or value not in gone:
                continue
            found = True
            if element.tag == qn("w:hyperlink"):
                unwrap(element)
            elif element.getparent() is not None:
                element.getparent().remove(element)
            break
    merge = root.find(qn("w:mailMerge"))
    if merge is not None:
        root.remove(merge)
        found = True
    return found


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 fits on one line


def _holds(template: Path, code: str, what: Text) -> Problem:
    return Problem(
        code,
        Text(
            vi=f"mẫu có {what.vi}; báo cáo không được phép chứa",
            en=f"the template holds {what.en}, which a report must not",
        ),
        Text(
            vi="hãy mở mẫu bằng Word, bỏ phần đó (chèn hình, bảng trực tiếp thay cho liên kết) và "
            "lưu lại dạng .docx không có macro",
            en="open the template in Word, take that out (put pictures and tables in themselves "
            "instead of links) and save it as .docx without macros",
        ),
        Place(file=template.name),
    )


def _link_removed(template: Path, target: str) -> Problem:
    return Problem(
        "template-link-removed",
        Text(
            vi=f"liên kết ra ngoài ({_short(target.strip())}) được in thành chữ thường",
            en=f"the link to {_short(target.strip())} is printed as plain words",
        ),
        Text(
            vi="không cần làm gì; nếu muốn người đọc thấy địa chỉ, hãy ghi địa chỉ thành chữ",
            en="nothing has to be done; where readers need the address, write it out",
        ),
        Place(file=template.name),
        "note",
    )


def _chart_unlinked(template: Path) -> Problem:
    return Problem(
        "template-chart-unlinked",
        Text(
            vi="một biểu đồ trong mẫu liên kết với tệp Excel khác; báo cáo giữ hình, bỏ liên kết",
            en="a chart of the template is linked to a workbook; the report keeps the chart only",
        ),
        Text(
            vi="nếu cần sửa số liệu của biểu đồ, hãy dán biểu đồ cùng sổ tính (nhúng)",
            en="to keep its figures editable, paste the chart with its workbook embedded",
        ),
        Place(file=template.name),
        "note",
    )
