"""Words are found in tables, whatever column they stand in; a table without them is told so."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.persons.search import files_with
from programme.folder import Folder

ROWS = {
    "name": pa.array(["Nông Thị Lả", None, "Lý Văn Sâu"]),
    "kind": pa.array(["chairperson", "member", None]).dictionary_encode(),
    "helped": pa.array([["Hà Mẫu-0007", "Lò An"], [], None]),
    "seen": pa.array([{"by": "Vi Thị Én", "times": 2}, None, None]),
    "phone": pa.array([912345678, None, None]),
    "family": pa.array(["Đinh", None, None]),
    "given": pa.array(["Trần Ơn", None, None]),
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "tables" / "member.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(pa.table(ROWS), path, row_group_size=2)
    return path


@pytest.mark.parametrize(
    "word",
    ["Nông Thị Lả", "Sâu", "chairperson", "Mẫu-0007", "Lò An", "Thị Én", "912345678", "à Mẫu-00",
     "Đinh Trần Ơn", ", Lò"],
)  # fmt: skip
def test_a_word_is_found_in_any_column(table: Path, tmp_path: Path, word: str) -> None:
    assert files_with(Folder(tmp_path), ["Không Có", word]) == [table]


# the words are all there, but not one after the other
@pytest.mark.parametrize("word", ["Lả Sâu", "Nông Văn", "Mẫu-0008", "912345679", "Ơn Đinh"])
def test_what_is_not_there_is_not_found(table: Path, tmp_path: Path, word: str) -> None:
    assert files_with(Folder(tmp_path), [word]) == []


def test_a_table_without_rows_holds_nobody(table: Path, tmp_path: Path) -> None:
    pq.write_table(pa.table(ROWS).slice(0, 0), table)
    assert files_with(Folder(tmp_path), ["Sâu", "912345678"]) == []
