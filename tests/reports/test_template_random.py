"""Whatever stands in a template: a report that Word can read, or a problem with its paragraph."""

import zipfile
from io import BytesIO
from pathlib import Path

from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from programme.problem import ProblemError
from programme.word.package import Package, Relation
from programme.word.styles import BODY, CAPTION, CELL, CELL_HEAD, NOTE
from programme.word.tables import Column, Row, TableContent
from reports.about import About
from reports.render import fill
from reports.template import Template
from reports.template_parts import read_part

STYLES = {name: name.replace(" ", "") for name in (BODY, CAPTION, CELL, CELL_HEAD, NOTE)}
VALUES = {"a": "x & <y>", "yes": True, "rows": [{"n": 1}, {"n": None}], "none": []}
BLOCKS = {"table": [TableContent("t", (Column("A", 50),), (Row(("1",)),))]}
PIECES = [
    "{{ a }}", "{{ table }}", "{% if yes %}", "{% else %}", "{% endif %}", "{% for r in rows %}",
    "{{ r.n }}", "{% endfor %}", "{%p if none %}", "{%tr for r in none %}", "{%tr endfor %}",
    "{% set b = a %}", "{# x #}", "{{", "%}", " chữ ", "{{ a | upper }}", "{{ r }}", "{%tc if a %}",
]  # fmt: skip
paragraph = st.lists(st.sampled_from(PIECES), max_size=4)
cells = st.lists(st.lists(paragraph, min_size=1, max_size=2), min_size=1, max_size=2)
table = st.lists(cells, min_size=1, max_size=3)
body = st.lists(st.one_of(paragraph.map(lambda p: ("p", p)), table.map(lambda t: ("t", t))))


def paragraph_xml(pieces: list[str]) -> str:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;")

    runs = "".join(f"<w:r><w:t>{escaped(piece)}</w:t></w:r>" for piece in pieces)
    return f"<w:p>{runs}</w:p>"


def body_xml(parts: list[tuple[str, list]]) -> bytes:  # type: ignore[type-arg]
    written = []
    for kind, content in parts:
        if kind == "p":
            written.append(paragraph_xml(content))
            continue
        rows = "".join(
            "<w:tr>"
            + "".join(f"<w:tc>{''.join(map(paragraph_xml, cell))}</w:tc>" for cell in row)
            + "</w:tr>"
            for row in content
        )
        grid = "<w:tblPr/><w:tblGrid></w:tblGrid>"
        written.append(f"<w:tbl>{grid}{rows}</w:tbl><w:p/>")
    xml = f"<w:document {nsdecls('w')}><w:body>{''.join(written)}</w:body></w:document>"
    return xml.encode()


@settings(max_examples=150, deadline=None)
@given(body)
def test_any_template_gives_a_whole_document_or_a_problem(
    parts: list[tuple[str, list]],  # type: ignore[type-arg]
) -> None:
    root = etree.fromstring(body_xml(parts))
    part, faults = read_part("word/document.xml", root, "vi", body=True)
    assert all(fault.text.vi and fault.text.en for fault in faults)
    if part is None:
        return
    main = "word/document.xml"
    kinds = [Relation("rId1", "x/officeDocument", main)]
    package = Package({main: b""}, {main: "application/xml"}, {"": kinds, main: []})
    template = Template(Path("mau.docx"), package, main, [part], STYLES, ())
    try:
        written = fill(template, VALUES, BLOCKS, "vi", About())
    except ProblemError as error:
        assert error.problems[0].place.file == "mau.docx"
        return
    with zipfile.ZipFile(BytesIO(written)) as file:
        made = etree.fromstring(file.read(main))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert not made.xpath("//comment()|//processing-instruction()")
    for cell in made.iter(f"{word}tc"):
        assert cell[-1].tag == f"{word}p", "Word wants a paragraph at the end of a cell"
    for row in made.iter(f"{word}tr"):
        assert row.find(f"{word}tc") is not None, "Word wants a cell in a row"
    for each in made.iter(f"{word}tbl"):
        assert each.find(f"{word}tr") is not None, "Word wants a row in a table"
        following = each.getnext()
        assert following is None or following.tag != f"{word}tbl"
