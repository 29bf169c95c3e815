"""The norms that the program itself needs, from the list that the forms use."""

from pathlib import Path

import pytest

from programme.folder import Folder
from programme.norms import GUARDIAN_AGE, guardian_age


def folder_with(root: Path, norms: bytes | None) -> Folder:
    folder = Folder(root)
    folder.xlsforms.mkdir(parents=True)
    if norms is not None:
        (folder.xlsforms / "norms.csv").write_bytes(norms)
    return folder


@pytest.mark.parametrize(
    ("norms", "age"),
    [
        (b"name,value\nguardian_age,18\n", 18),
        ("\ufeffname,value\nguardian_age,15\n".encode(), 15),
        ("name,value,note\nguardian_age,18,tuổi\n".encode("cp1258", "replace"), 18),
        (b"name,value\nguardian_age,young\n", GUARDIAN_AGE),
        (b"name,value\n", GUARDIAN_AGE),
        (None, GUARDIAN_AGE),
    ],
    ids=["as written", "from Excel", "another encoding", "no number", "not there", "no list"],
)
def test_the_age_is_that_of_the_forms(tmp_path: Path, norms: bytes | None, age: int) -> None:
    assert guardian_age(folder_with(tmp_path, norms)) == age
