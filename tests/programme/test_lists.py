import lzma

import pytest

from programme.lists import read_list
from programme.problem import ProblemError

COLUMNS = ("name", "label")


@pytest.fixture
def make(tmp_path):
    def write(content, encoding="utf-8"):
        path = tmp_path / "areas.csv"
        path.write_bytes(content.encode(encoding))
        return path

    return write


def refused(path):
    with pytest.raises(ProblemError) as caught:
        read_list(path, COLUMNS)
    return list(caught.value.problems)


def test_rows_know_their_line_in_the_file(make):
    rows = read_list(make('name,label,note\n20, Lạng  Sơn ,"a\nb"\n\n24,Bắc Ninh,\n'), COLUMNS)
    assert [(row.number, row["label"]) for row in rows] == [(2, "Lạng Sơn"), (5, "Bắc Ninh")]
    assert rows[0]["note"] == "a b"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_what_excel_saves_as_csv_utf8_is_read(make, encoding):
    (row,) = read_list(make("name,label\r\n20,Lạng Sơn\r\n,\r\n", encoding), COLUMNS)
    assert row["name"] == "20"


def test_a_compressed_list_is_read_as_it_is(tmp_path):
    path = tmp_path / "areas.csv.xz"
    path.write_bytes(lzma.compress("name,label\n20,Lạng Sơn\n".encode()))
    (row,) = read_list(path, COLUMNS)
    assert row["label"] == "Lạng Sơn"
    path.write_bytes(b"name,label\n")
    assert [each.code for each in refused(path)] == ["list-unreadable"]


def test_a_list_with_only_a_header_is_empty(make):
    assert read_list(make("name,label\n"), COLUMNS) == ()


def test_a_missing_list_is_told_with_its_path(tmp_path):
    (problem,) = refused(tmp_path / "areas.csv")
    assert (problem.code, problem.place.file) == ("list-missing", str(tmp_path / "areas.csv"))


def test_an_empty_file_misses_its_columns(make):
    assert [problem.place.column for problem in refused(make(""))] == ["name", "label"]


def test_a_column_of_another_name_is_pointed_at(make):
    (problem,) = refused(make("name,labels\n"))
    assert problem.code == "list-column-missing"
    assert "«labels»" in problem.what.vi and "“labels”" in problem.what.en


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separators_are_told_as_such(make, sign):
    (problem,) = refused(make(f"name{sign}label\n20{sign}Lạng Sơn\n"))
    assert problem.code == "list-separator"
    assert "CSV UTF-8" in problem.do.vi


@pytest.mark.parametrize("encoding", ["cp1258", "utf-16"])
def test_other_encodings_are_told_as_such(make, encoding):
    (problem,) = refused(make("name,label\n20,Đà\n", encoding))
    assert problem.code == "list-unreadable"


def test_rows_of_another_length_are_all_told(make):
    found = refused(make("name,label\n20,Lạng Sơn,more\n24,Bắc Ninh\n25\n"))
    assert [(problem.code, problem.place.row) for problem in found] == [
        ("list-cells", 2),
        ("list-cells", 4),
    ]


def test_an_open_quotation_mark_is_told_with_its_row(make):
    (problem,) = refused(make('name,label\n20,Lạng Sơn\n24,"Bắc Ninh\n'))
    assert (problem.code, problem.place.row) == ("list-unreadable", 3)
