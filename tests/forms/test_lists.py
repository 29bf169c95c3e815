"""Lists beside a form as Excel saves them: read, or refused with what to do."""

from pathlib import Path

import pytest

from forms.lists import list_columns, list_problems, list_rows


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "list-empty"),
        (b"\r\n", "list-empty"),
        ("name,label\n1,Đào\n".encode("cp1258"), "list-not-utf8"),
        ("name,label\n1,Hoa\n".encode("utf-16"), "list-not-utf8"),
        (b"name;label\n1;Hoa\n", "list-separator"),
        (b"name\tlabel\n1\tHoa\n", "list-separator"),
        (b"name,label,name\n1,2,3\n", "list-column-twice"),
    ],
)
def test_what_a_phone_cannot_read(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "clubs.csv"
    path.write_bytes(content)
    assert [problem.code for problem in list_problems(path)] == [code]


@pytest.mark.parametrize(
    "content",
    [
        "name,label\n1,Đào",
        "\ufeffname,label\r\n1,Đào\r\n",
        'name,label\n1,"Đào"\n',
    ],
)
def test_what_a_phone_reads(tmp_path: Path, content: str) -> None:
    path = tmp_path / "clubs.csv"
    path.write_bytes(content.encode())
    assert list(list_problems(path)) == []
    assert list_columns(path) == ("name", "label")
    assert list(list_rows(path))[1] == ["1", "Đào"]
