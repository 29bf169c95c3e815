"""What an official writes into a template: conditions, loops, headers, boxes; and slips in them."""

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from programme.problem import Problem, ProblemError
from programme.word.page import official_document
from reports.render import render
from tests.reports.templates import template, with_xml

NAMES = ("Lan", "Mai & <b>", "Cúc")


def filled(path: Path, **values: object) -> Any:
    out = path.parent / "out.docx"
    render(path, values, {}, "vi", out)
    return docx.Document(str(out))


def texts(path: Path, **values: object) -> list[str]:
    return [each.text for each in filled(path, **values).paragraphs]


def problems(path: Path, **values: object) -> list[Problem]:
    with pytest.raises(ProblemError) as error:
        filled(path, **values)
    return list(error.value.problems)


@pytest.mark.parametrize("p", ["p", "", "p "])
def test_a_condition_takes_its_paragraph_away(tmp_path: Path, p: str) -> None:
    path = template(tmp_path, f"{{%{p} if a %}}", "có", f"{{%{p} else %}}", "không", "{% endif %}")
    assert texts(path, a=True) == ["có"]
    assert texts(path, a=False) == ["không"]


def test_a_condition_within_a_sentence(tmp_path: Path) -> None:
    path = template(tmp_path, "Đã {% if a %}đạt{% elif b %}gần đạt{% else %}chưa đạt{% endif %}.")
    assert texts(path, a=False, b=True) == ["Đã gần đạt."]


def test_a_tag_that_word_split_into_runs_is_one_tag(tmp_path: Path) -> None:
    document = official_document("vi")
    paragraph = document.add_paragraph()
    for piece, bold in (("Tại {", True), ("{ ar", False), ("ea }", True), ("}, ngày", False)):
        paragraph.add_run(piece).bold = bold
    document.save(str(tmp_path / "mau.docx"))
    made = filled(tmp_path / "mau.docx", area="Lạng Sơn").paragraphs[0]
    assert made.text == "Tại Lạng Sơn, ngày"
    assert made.runs[0].bold, "the value looks as the first brace does"


def test_curly_quotation_marks_of_word_are_understood(tmp_path: Path) -> None:
    assert texts(template(tmp_path, "{{ names | words(“hoặc”) }}"), names=["a", "b"]) == [
        "a hoặc b"
    ]


def test_lists_are_walked_through_and_everything_is_literal(tmp_path: Path) -> None:
    path = template(
        tmp_path,
        "{% for name in names %}",
        "- {{ name }}{% if loop.last %}.{% else %};{% endif %}",
        "{% endfor %}",
    )
    assert texts(path, names=NAMES) == ["- Lan;", "- Mai & <b>;", "- Cúc."]


def test_rows_of_a_table_repeat(tmp_path: Path) -> None:
    document = official_document("vi")
    table = document.add_table(rows=4, cols=2)
    table.cell(0, 0).text = "Tên"
    table.cell(1, 0).text = "{%tr for row in rows %}"
    table.cell(2, 0).text, table.cell(2, 1).text = "{{ row.name }}", "{{ row.count | number }}"
    table.cell(3, 1).text = "{% endfor %}"
    document.save(str(tmp_path / "mau.docx"))
    rows = [{"name": name, "count": 1000 * place} for place, name in enumerate(NAMES)]
    made = filled(tmp_path / "mau.docx", rows=rows).tables[0]
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["Tên", ""],
        ["Lan", "0"],
        ["Mai & <b>", "1.000"],
        ["Cúc", "2.000"],
    ]


def test_a_cell_whose_paragraphs_all_go_and_a_table_without_rows_stay_whole(tmp_path: Path) -> None:
    document = official_document("vi")
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "{% if a %}"
    cell.add_paragraph("x")
    cell.add_paragraph("{% endif %}")
    rows = document.add_table(rows=3, cols=1)
    for number, text in enumerate(("{% for r in rows %}", "{{ r }}", "{% endfor %}")):
        rows.cell(number, 0).text = text
    document.save(str(tmp_path / "mau.docx"))
    made = filled(tmp_path / "mau.docx", a=False, rows=[])
    assert len(made.tables) == 1
    assert made.tables[0].cell(0, 0).text == ""


def test_headers_footers_and_boxes_are_filled(tmp_path: Path) -> None:
    document = official_document("vi")
    document.sections[0].header.add_paragraph("Đầu {{ a }}")
    document.sections[0].footer.add_paragraph("Chân {{ a }}")
    document.save(str(tmp_path / "mau.docx"))
    box = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>Khung {{ a }}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    made = filled(with_xml(tmp_path / "mau.docx", box), a="x & y")
    assert made.sections[0].header.paragraphs[-1].text == "Đầu x & y"
    assert made.sections[0].footer.paragraphs[-1].text == "Chân x & y"
    assert "Khung x &amp; y" in made.element.xml


def test_lines_and_tabs_of_a_value_stay(tmp_path: Path) -> None:
    assert texts(template(tmp_path, "{{ a }}"), a="một\nhai\tba") == ["một\nhai\tba"]


def test_remarks_are_not_printed(tmp_path: Path) -> None:
    path = template(tmp_path, "{# nhớ hỏi lại #}", "a{# thử #}b")
    assert texts(path) == ["ab"]


def test_what_is_set_is_known_afterwards(tmp_path: Path) -> None:
    path = template(tmp_path, "{% set who = area %}", "Tại {{ who }}")
    assert texts(path, area="x") == ["Tại x"]


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    xml = (
        '<w:p><w:del w:id="1" w:author="A"><w:r><w:delText>cũ</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t>mới {{ a }}</w:t></w:r></w:ins></w:p>'
    )
    made = filled(with_xml(template(tmp_path), xml), a="x")
    assert made.paragraphs[-1].text == "mới x"
    assert "w:ins" not in made.element.xml
    assert "cũ" not in made.element.xml


def test_captions_are_counted_as_the_report_is_filled(tmp_path: Path) -> None:
    field = '<w:fldSimple w:instr=" SEQ Bảng \\* ARABIC "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    caption = f"<w:p><w:r><w:t>Bảng </w:t></w:r>{field}</w:p>"
    control = "<w:p><w:r><w:t>{{% {} %}}</w:t></w:r></w:p>"
    xml = control.format("if a") + caption + control.format("endif") + caption * 2
    path = with_xml(template(tmp_path), xml)
    for a, numbers in ((True, ["1", "2", "3"]), (False, ["1", "2"])):
        made = filled(path, a=a).element.xml
        assert [n for n in "123459" if f">{n}<" in made] == numbers


def test_contents_are_made_anew_by_word_only_where_there_are_any(tmp_path: Path) -> None:
    field = '<w:p><w:fldSimple w:instr=" TOC \\o "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    assert "w:dirty" in filled(with_xml(template(tmp_path, "a"), field)).element.xml
    assert "w:dirty" not in filled(template(tmp_path, "a")).element.xml


def test_bookmarks_and_section_ends_outlive_their_paragraph(tmp_path: Path) -> None:
    document = official_document("vi")
    document.add_paragraph("{% if a %}")
    marked = document.add_paragraph("{% endif %}")
    mark = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="1" w:name="cho"/>')
    marked._p.insert(0, mark)
    marked._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="1"/>'))
    document.add_section()
    ended = document.paragraphs[-1]
    ended.add_run("{% if a %}{% endif %}")
    document.save(str(tmp_path / "mau.docx"))
    made = filled(tmp_path / "mau.docx", a=False)
    assert 'w:name="cho"' in made.element.xml
    assert len(made.sections) == 2


@pytest.mark.parametrize(
    ("before", "wrong", "after", "said"),
    [
        ("{{ a }}", "Sai {{ a và hết", "{{ a }}", "chưa đóng"),
        ("{{ a }}", "Sai {{ a | numbr }}", "{{ a }}", "«number»"),
        ("{{ a }}", "{% if a is metr %}x{% endif %}", "{{ a }}", "«met»"),
        ("{{ a }}", "{% iff a %}", "{{ a }}", "«if»"),
        ("{% if a %}", "x{% for b in a %}", "{% endif %}", "endfor"),
        ("{{ a }}", "x{% endif %}", "{{ a }}", "thiếu {% if %}"),
        ("x{% if a %}", "Sai {% endif %}", "y", "không cùng chỗ"),
        ("{% if a %}", "{%p endif %} Sai", "y", "đứng một mình"),
        ("{{ a }}", "Sai {% for b in a %}{{ b }}{% endfor %}", "y", "danh sách"),
        ("{{ a }}", "Sai {{ a is met }}", "y", "số liệu"),
        ("{{ a }}", "Sai {{ rows }}", "y", "danh sách"),
        ("{{ a }}", "Sai {{ rows[0] }}", "y", "getitem"),
        ("{{ a }}", "Sai {% if a > 3 %}x{% endif %}", "y", ".value"),
        ("{% for r in rows %}", "Sai {{ r.nme }}", "{% endfor %}", "«name»"),
    ],
)
def test_slips_are_told_with_their_paragraph(
    tmp_path: Path, before: str, wrong: str, after: str, said: str
) -> None:
    [problem] = problems(template(tmp_path, before, wrong, after), a="x", rows=[{"name": "A"}])
    assert problem.code == "template-syntax"
    assert f"«{wrong}»" in problem.what.vi
    assert said in problem.what.vi


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ aria }}", "{{ perod }} {{ aria }}", "{{ area }}")
    found = problems(path, area="x", period="y")
    assert [each.what.vi for each in found] == [
        "đoạn «{{ aria }}», «{{ perod }} {{ aria }}»: không có chỗ điền «aria»; có phải «area» "
        "không?",
        "đoạn «{{ perod }} {{ aria }}»: không có chỗ điền «perod»; có phải «period» không?",
    ]
    path = template(tmp_path, "{{ area | uper }}", "{{ area", "{% endif %}")
    assert len(problems(path, area="x")) == 3
