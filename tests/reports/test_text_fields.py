"""What people write into a report is found again, kept, and printed in the next one."""

import stat
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.folder import Folder
from programme.problem import ProblemError
from programme.word.text_field import TextField, read_text_fields, text_field_xml
from programme.word.xml import plain
from reports.render import About, render
from reports.text_fields import TextKey, TextStore, read_filled
from tests.reports.templates import template

KEY = TextKey("province_periodic", "20", "2026-Q3", "vi")
ABOUT = About("Báo cáo", "Hội", date(2026, 9, 30), "province_periodic", "20", "2026-Q3")
HINT = "(Nêu nguyên nhân)"
WHEN = datetime(2026, 10, 5, tzinfo=UTC)
LATER = datetime(2026, 10, 9, tzinfo=UTC)


def made(folder: Path, known: dict[str, tuple[str, ...]], out: Path | None = None) -> Path:
    out = out or folder / "bao-cao.docx"
    fields = {
        name: [TextField(name, name, known.get(name, ()), HINT)] for name in ("causes", "lessons")
    }
    path = template(folder, "Nguyên nhân", "{{ causes }}", "Bài học", "{{ lessons }}", "Hết.")
    render(path, {}, fields, "vi", out, about=ABOUT)
    return out


def typed(path: Path, section: str, *paragraphs: str) -> None:
    """Write into a field as a person does in Word: the hint goes, paragraphs come."""
    document = docx.Document(str(path))
    for control in document.element.body.iter(qn("w:sdt")):
        if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == f"text:{section}":
            content = control.find(qn("w:sdtContent"))
            for child in list(content):
                content.remove(child)
            for text in paragraphs:
                new = document.add_paragraph(text)
                content.append(new._p)
    document.save(str(path))


def test_an_untouched_report_holds_nothing_new(tmp_path: Path) -> None:
    store = TextStore(Folder(tmp_path))
    assert store.take(made(tmp_path, {}), WHEN) == []
    assert store.known(KEY) == {}
    assert store.take(tmp_path / "not-there.docx", WHEN) == []


def test_what_was_typed_comes_back_in_the_next_report(tmp_path: Path) -> None:
    store = TextStore(Folder(tmp_path))
    out = made(tmp_path, {})
    typed(out, "causes", "Mưa lũ & <b>", "", "  Thiếu   cán bộ ")
    assert store.take(out, WHEN) == ["causes"]
    assert store.known(KEY) == {"causes": ("Mưa lũ & <b>", "Thiếu   cán bộ")}
    made(tmp_path, store.known(KEY), out)
    assert store.take(out, LATER) == [], "what was printed is not new"
    filled = read_filled(out)
    assert filled is not None
    assert filled.texts["causes"] == ("Mưa lũ & <b>", "Thiếu   cán bộ")
    assert filled.texts["lessons"] == ()


def test_a_report_with_new_text_is_not_replaced_before_it_was_taken(tmp_path: Path) -> None:
    out = made(tmp_path, {})
    typed(out, "lessons", "Phải nộp báo cáo sớm")
    before = out.read_bytes()
    with pytest.raises(ProblemError) as error:
        made(tmp_path, {}, out)
    assert error.value.problems[0].code == "report-has-new-text"
    assert "lessons" in error.value.problems[0].what.vi
    assert out.read_bytes() == before


def test_the_file_wins_over_the_store_and_the_older_text_is_kept(tmp_path: Path) -> None:
    store = TextStore(Folder(tmp_path))
    first, second = made(tmp_path, {}), made(tmp_path, {}, tmp_path / "b.docx")
    typed(second, "causes", "Trong tệp hai")
    store.take(second, WHEN)
    typed(first, "causes", "Trong tệp một")
    store.take(first, LATER)
    assert store.known(KEY) == {"causes": ("Trong tệp một",)}
    assert store.history(KEY, "causes") == [("Trong tệp hai",)]


def test_an_old_file_that_nobody_touched_undoes_nothing(tmp_path: Path) -> None:
    store = TextStore(Folder(tmp_path))
    old = made(tmp_path, {"causes": ("cũ",)}, tmp_path / "old.docx")
    new = made(tmp_path, {"causes": ("cũ",)})
    typed(new, "causes", "mới")
    store.take(new, WHEN)
    assert store.take(old, LATER) == []
    assert store.known(KEY) == {"causes": ("mới",)}


def test_a_text_that_was_deleted_is_deleted_and_stays_in_the_history(tmp_path: Path) -> None:
    store = TextStore(Folder(tmp_path))
    out = made(tmp_path, {})
    typed(out, "causes", "một")
    store.take(out, WHEN)
    made(tmp_path, store.known(KEY), out)
    typed(out, "causes")
    assert store.take(out, LATER) == ["causes"]
    assert store.known(KEY) == {"causes": ()}
    assert store.history(KEY, "causes") == [("một",)]


def test_dots_that_were_left_are_no_text(tmp_path: Path) -> None:
    out = made(tmp_path, {})
    typed(out, "causes", HINT, "........", "…\t", "một")
    filled = read_filled(out)
    assert filled is not None
    assert filled.texts["causes"] == ("một",)


def test_reports_of_others_hold_nothing(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("của người khác")
    document.save(str(tmp_path / "a.docx"))
    assert read_filled(tmp_path / "a.docx") is None
    (tmp_path / "b.docx").write_bytes(b"no zip")
    with pytest.raises(ProblemError) as error:
        TextStore(Folder(tmp_path)).take(tmp_path / "b.docx", WHEN)
    assert error.value.problems[0].code == "texts-unreadable"


def test_a_damaged_store_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    store = TextStore(Folder(tmp_path))
    out = made(tmp_path, {})
    typed(out, "causes", "một")
    store.take(out, WHEN)
    [kept] = (tmp_path / "data" / "texts").iterdir()
    kept.write_text('{"texts": [')
    with pytest.raises(ProblemError) as error:
        store.known(KEY)
    assert error.value.problems[0].code == "texts-damaged"
    assert kept.read_text() == '{"texts": ['


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_only_the_owner_reads_the_texts(tmp_path: Path) -> None:
    out = made(tmp_path, {})
    typed(out, "causes", "một")
    TextStore(Folder(tmp_path)).take(out, WHEN)
    folder = tmp_path / "data" / "texts"
    [kept] = folder.iterdir()
    assert kept.name == "province_periodic-20-2026-Q3.vi.json"
    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, kept)] == [0o700, 0o600]


letters = st.characters(exclude_categories=("Cs",))
texts = st.lists(st.text(letters, max_size=40), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_any_text_is_read_back_as_it_was_printed(paragraphs: list[str]) -> None:

    field = TextField("causes", "x", tuple(paragraphs), HINT)
    xml = text_field_xml(field, {"Body Text": "BodyText"}, 1)
    root = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")
    [(section, found)] = read_text_fields(root)
    assert section == "causes"
    expected = (plain(text).strip() for text in paragraphs)
    assert found == tuple(text for text in expected if set(text) - set(" .…·_\t\u00a0"))
