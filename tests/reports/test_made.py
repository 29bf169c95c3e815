"""The list of what was made: it survives being cut off and knows what a person changed."""

from pathlib import Path

import docx
import pytest

from reports.made import LIST, Made, MadeList, digest_of, key_of
from reports.words import words_of


def made(file: Path, **changes: str) -> Made:
    values = {
        "file": file.name, "report": "evaluation", "area": "20", "period": "2026",
        "language": "vi", "version": "internal", "as_of": "2026-10-31",
        "sha256": digest_of(file), "words": "", "inputs": "key",
    } | changes  # fmt: skip
    return Made(**values)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "evaluation-20-2026.vi.docx"
    path.write_bytes(b"as it was made")
    return path


def test_a_file_is_ours_as_long_as_nobody_changes_it(file: Path) -> None:
    noted = MadeList(file.parent, private=True)
    noted.add(made(file))
    again = MadeList(file.parent, private=True)
    assert again.ours(file)
    file.write_bytes(b"with a sentence of my own")
    assert not again.ours(file)


def test_a_line_that_was_cut_off_is_left_out(file: Path) -> None:
    noted = MadeList(file.parent, private=True)
    noted.add(made(file))
    listed = file.parent / LIST
    listed.write_bytes(listed.read_bytes() + b"evaluation-22-2026.vi.docx,evaluation,22,20")
    assert [each.file for each in MadeList(file.parent, private=True).lines] == [file.name]


def test_the_finished_list_is_sorted_and_has_each_file_once(file: Path) -> None:
    other = file.with_name("commune_periodic-05977-2026.vi.docx")
    other.write_bytes(b"another")
    noted = MadeList(file.parent, private=False)
    for each in (made(file, inputs="old"), made(other), made(file), made(file.with_name("gone"))):
        noted.add(each)
    noted.finish()
    assert [each.file for each in noted.lines] == [other.name, file.name]
    assert noted.last(file.name) == made(file)
    assert (file.parent / LIST).read_bytes().startswith(b"\xef\xbb\xbffile,report,area")


def test_the_same_is_known_by_the_same_key() -> None:
    assert key_of({"a": "1", "b": "2"}) == key_of({"b": "2", "a": "1"})
    assert key_of({"a": "1", "b": "2"}) != key_of({"a": "12", "b": ""})


def test_word_may_save_a_report_anew_without_changing_its_words(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    document = docx.Document()
    document.add_paragraph("Có 46 câu lạc bộ.")
    document.save(str(path))
    before, bytes_before = words_of(path), path.read_bytes()
    again = docx.Document(str(path))
    again.core_properties.title = "Báo cáo"
    again.save(str(path))
    assert path.read_bytes() != bytes_before
    assert words_of(path) == before
    again.add_paragraph("Thêm một câu.")
    again.save(str(path))
    assert words_of(path) != before
    assert words_of(tmp_path / "none.docx") == ""
