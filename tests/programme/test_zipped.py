"""Archives with the same bytes for the same content."""

import zipfile
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from programme.word.zipped import archive, pack

names = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)


@given(st.dictionaries(names, st.binary(max_size=300), max_size=8))
def test_what_goes_in_comes_out(files: dict[str, bytes]) -> None:
    written = archive(files)
    with zipfile.ZipFile(BytesIO(written)) as file:
        assert file.testzip() is None
        assert {name: file.read(name) for name in file.namelist()} == files
        assert file.namelist() == list(files)
        assert {each.date_time for each in file.infolist()} <= {(1980, 1, 1, 0, 0, 0)}
    assert archive(files) == written


def test_pictures_and_workbooks_are_stored_as_they_are() -> None:
    assert pack(b"a" * 500, "a.png").data == b"a" * 500
    assert len(pack(b"a" * 500, "a.xml").data) < 50


def test_a_file_packed_before_is_the_same_file() -> None:
    assert archive({"a.xml": pack(b"aaaa")}) == archive({"a.xml": b"aaaa"})
