"""Templates that somebody sends: what fetches, runs, asks or grows is refused, and never runs."""

import zipfile
from pathlib import Path

import docx
import pytest

from programme.problem import Problem, ProblemError
from programme.word.package import PART_AT_MOST
from reports.render import render
from tests.reports.templates import rewritten, template, with_relation, with_xml

R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TEXT = "<w:r><w:t>chữ</w:t></w:r>"


def refused(path: Path, **values: object) -> Problem:
    out = path.parent / "out.docx"
    with pytest.raises(ProblemError) as error:
        render(path, values, {}, "vi", out)
    assert not out.exists()
    assert error.value.problems[0].place.file == path.name
    return error.value.problems[0]


def made(path: Path, **values: object) -> tuple[str, list[str]]:
    told: list[Problem] = []
    out = path.parent / "out.docx"
    render(path, values, {}, "vi", out, tell=told.append)
    docx.Document(str(out))
    with zipfile.ZipFile(out) as file:
        everything = "".join(
            file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))
        )
    return everything, [problem.code for problem in told]


def field(code: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"<w:p>{mark.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>"
        f"{mark.format('separate')}{TEXT}{mark.format('end')}</w:p>"
    )


def test_macros_are_refused_also_under_another_name(tmp_path: Path) -> None:
    path = rewritten(
        template(tmp_path, "{{ a }}"),
        {
            "[Content_Types].xml": lambda text: text.replace(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        },
    )
    assert refused(path, a="x").code == "template-macros"


def test_a_macro_project_is_refused_whatever_the_file_calls_itself(tmp_path: Path) -> None:
    path = rewritten(
        with_relation(template(tmp_path, "{{ a }}"), "vbaProject", "vbaProject.bin", ""),
        {
            "[Content_Types].xml": lambda text: text.replace(
                "</Types>",
                '<Override PartName="/word/vbaProject.bin" '
                'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            )
        },
        {"word/vbaProject.bin": b"macro"},
    )
    assert refused(path, a="x").code == "template-macros"


@pytest.mark.parametrize("kind", ["image", "oleObject", "subDocument", "frame", "aFChunk", "video"])
def test_what_is_fetched_from_elsewhere_is_refused(tmp_path: Path, kind: str) -> None:
    path = with_relation(template(tmp_path, "{{ a }}"), kind, "http://evil.example/x")
    problem = refused(path, a="x")
    assert problem.code == "template-external"
    assert "evil.example" in problem.what.vi


def test_the_template_of_a_template_is_left_behind(tmp_path: Path) -> None:
    path = with_relation(template(tmp_path, "{{ a }}"), "attachedTemplate", "file:///C:/Mẫu.dotm")
    everything, _ = made(path, a="x")
    assert "file:///" not in everything
    assert "attachedTemplate" not in everything


def test_a_link_is_printed_as_plain_words_and_told(tmp_path: Path) -> None:
    path = with_relation(template(tmp_path, "{{ a }}"), "hyperlink", "http://hoi.example/")
    path = with_xml(path, f'<w:p><w:hyperlink {R} r:id="rIdX">{TEXT}</w:hyperlink></w:p>')
    everything, told = made(path, a="x")
    assert "hoi.example" not in everything
    assert "chữ" in everything
    assert told == ["template-link-removed"]


@pytest.mark.parametrize(
    "code",
    [
        "INCLUDETEXT &quot;C:\\secret.docx&quot;",
        "INCLUDEPICTURE http://evil.example/p.png",
        "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc&quot;",
        " dde Excel x y",
        "LINK Excel.Sheet x",
        "DATABASE \\d x",
        "MACROBUTTON AutoOpen x",
        "FILLIN &quot;?&quot;",
        "D</w:instrText></w:r><w:r><w:instrText>DE x",
        "",
    ],
)
def test_fields_that_fetch_run_or_ask_are_refused(tmp_path: Path, code: str) -> None:
    path = with_xml(template(tmp_path, "{{ a }}"), field(code))
    assert refused(path, a="x").code == "template-field"


def test_a_field_made_of_other_fields_is_refused(tmp_path: Path) -> None:
    end, begin = "</w:instrText></w:r>", "<w:r><w:instrText>"
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    spelt = f"{mark.format('begin')}{begin}QUOTE 68 68 69{end}{mark.format('end')}"
    path = with_xml(template(tmp_path, "{{ a }}"), field(f"{end}{spelt}{begin}"))
    assert refused(path, a="x").code == "template-field"


def test_a_field_that_links_outside_becomes_plain_words(tmp_path: Path) -> None:
    path = with_xml(
        template(tmp_path, "{{ a }}"), field("HYPERLINK &quot;http://evil.example/&quot;")
    )
    everything, told = made(path, a="x")
    assert "evil.example" not in everything
    assert everything.count("<w:fldChar ") == 2, "the page number of the header stays"
    assert "chữ" in everything
    assert told == ["template-link-removed"]


@pytest.mark.parametrize(
    "code", ["PAGE", "TOC \\o &quot;1-3&quot; \\h", "SEQ Bảng \\* ARABIC", "= 1 + 2"]
)
def test_fields_that_number_and_repeat_stay(tmp_path: Path, code: str) -> None:
    everything, told = made(with_xml(template(tmp_path, "{{ a }}"), field(code)), a="x")
    assert code.replace("&quot;", '"') in everything.replace("&quot;", '"')
    assert told == []


@pytest.mark.parametrize(
    "xml",
    [
        "<w:p><w:r><w:object/></w:r></w:p>",
        f'<w:altChunk {R} r:id="rId1"/>',
        "<w:p><w:r><w:control/></w:r></w:p>",
    ],
)
def test_objects_are_refused(tmp_path: Path, xml: str) -> None:
    assert refused(with_xml(template(tmp_path, "{{ a }}"), xml), a="x").code == "template-embedded"


def test_an_ole_object_is_refused(tmp_path: Path) -> None:
    path = with_relation(template(tmp_path, "{{ a }}"), "oleObject", "embeddings/o.bin", "")
    path = rewritten(
        path,
        {
            "[Content_Types].xml": lambda text: text.replace(
                "</Types>", '<Default Extension="bin" ContentType="application/ole"/></Types>'
            )
        },
        {"word/embeddings/o.bin": b"x"},
    )
    assert refused(path, a="x").code == "template-embedded"


def test_a_picture_of_vml_from_elsewhere_is_refused(tmp_path: Path) -> None:
    xml = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:imagedata src="\\\\evil.example\\share\\p.png"/></v:shape></w:pict></w:r></w:p>'
    )
    assert refused(with_xml(template(tmp_path, "{{ a }}"), xml), a="x").code == "template-external"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w SYSTEM "http://evil.example/w.dtd">',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
def test_entities_are_refused(tmp_path: Path, declared: str, part: str) -> None:
    def declare(text: str) -> str:
        return text.replace("?>", f"?>{declared}", 1)

    assert refused(rewritten(template(tmp_path, "{{ a }}"), {part: declare}), a="x").code == (
        "template-unsafe"
    )


def test_a_picture_of_100_megabytes_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = with_relation(template(tmp_path, "{{ a }}"), "image", "media/logo.png", "")
    path = rewritten(path, add={"word/media/logo.png": bytes(PART_AT_MOST + 1)})
    problem = refused(path, a="x")
    assert problem.code == "template-too-large"
    assert "logo.png" in problem.what.vi


def test_a_file_that_bursts_is_refused(tmp_path: Path) -> None:
    many = {f"word/media/{number}.png": bytes(PART_AT_MOST - 1) for number in range(6)}
    assert refused(rewritten(template(tmp_path, "{{ a }}"), add=many), a="x").code == (
        "template-too-large"
    )


def test_a_lost_part_is_told(tmp_path: Path) -> None:
    path = with_relation(template(tmp_path, "{{ a }}"), "image", "media/gone.png", "")
    assert refused(path, a="x").code == "template-unreadable"


@pytest.mark.parametrize(
    "paragraph",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ a.__init__.__globals__ }}",
        "{{ a['__class__'] }}",
        "{{ a|attr('__class__') }}",
        "{{ self.__init__ }}",
        "{{ cycler.__init__ }}",
        "{{ range(10**9) }}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{{ 'a' * 10**9 }}",
        "{{ a.upper() }}",
        "{{ a | replace('x', 'y') }}",
        "{{ a | safe }}",
        "{% include 'x' %}",
        "{% import 'os' as os %}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{% set x %}aaa{% endset %}",
        "{% for x in rows recursive %}{{ loop(rows) }}{% endfor %}",
        "{{ {}.x }}",
        "{{ a[:3] }}",
        "{{ 1 if 2 // 0 else 3 }}",
        "{{ _rows }}",
        "{{ a | _rows }}",
        "{% if a is _block %}{% endif %}",
        "{{ a.format }}",
        "{{ rows.pop }}",
        "{{ a | number(999999999) }}",
    ],
)
def test_the_language_reaches_nothing_else(tmp_path: Path, paragraph: str) -> None:
    problem = refused(template(tmp_path, "đúng", paragraph), a="x", rows=[1, 2])
    assert problem.code in ("template-syntax", "template-placeholder-unknown")
    assert "đoạn «" in problem.what.vi


def test_loops_within_loops_are_stopped(tmp_path: Path) -> None:
    level = "{% for x in rows %}"
    path = template(tmp_path, level * 6 + "{% endfor %}" * 6)
    problem = refused(path, rows=list(range(100)))
    assert "lặp quá nhiều" in problem.what.vi


@pytest.mark.parametrize(
    "paragraph",
    [
        "{" * 100_000,
        "{{ a" * 3_000,
        "{{ " + "(" * 900 + "a" + ")" * 900 + " }}",
        "{{ " + "not " * 124 + "a }}{{ " + "not " * 480 + "a }}",
        "{% if a %}" * 30 + "{% endif %}" * 30,
        "{% for x in rows %}" * 25 + "{% endfor %}" * 25,
    ],
)
def test_what_would_keep_the_reader_busy_is_refused_at_once(tmp_path: Path, paragraph: str) -> None:
    assert refused(template(tmp_path, paragraph), a="x", rows=[]).code == "template-syntax"


def test_a_report_that_gets_too_long_is_stopped(tmp_path: Path) -> None:
    path = template(tmp_path, "{% for x in rows %}{{ text }}{% endfor %}")
    assert refused(path, rows=list(range(10_000)), text="a" * 10_000).code == "template-too-long"


@pytest.mark.parametrize(
    "value", ["{{ 7 }}", "{% for %}", "<w:t>", "&amp;", "\ue010a\ue011", "]]>", "=1+1", "\x00\x0b"]
)
def test_what_looks_like_the_language_in_a_value_is_text(tmp_path: Path, value: str) -> None:
    out = tmp_path / "out.docx"
    render(template(tmp_path, "x{{ a }}y"), {"a": value}, {}, "vi", out)
    shown = docx.Document(str(out)).paragraphs[0].text
    assert shown == f"x{value}y".replace("\x00", "").replace("\x0b", "")


def test_private_letters_in_a_template_are_left_out(tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    render(template(tmp_path, "a\ue0100\ue011b \ue0005\ue001{{ a }}"), {"a": "x"}, {}, "vi", out)
    assert docx.Document(str(out)).paragraphs[0].text == "a0b 5x"
