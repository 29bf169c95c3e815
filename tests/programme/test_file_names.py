"""Names of files that Windows takes as well, judged by Python's own words on Windows' paths."""

import ntpath
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as some

from programme.file_names import fit, is_fit


def reserved(name: str) -> bool:
    if hasattr(ntpath, "isreserved"):  # Python 3.13 and newer
        return ntpath.isreserved(name)
    return PureWindowsPath(name).is_reserved()


@pytest.mark.parametrize(
    "name",
    ["", "con", "NUL", "aux.csv", "Com1.xlsx", "lpt9", "a:b", "2026/10", "a\\b", "what?", "ends.",
     "ends ", "tab\there", "x" * 300],
)  # fmt: skip
def test_names_that_windows_does_not_take(name):
    assert not is_fit(name)
    assert is_fit(fit(name))


@pytest.mark.parametrize(
    "name",
    [
        "loan_record",
        "console",
        "Tỉnh Lạng Sơn – dữ liệu (2026)",
        "com10",
        ".hidden",
        "a.b.c",
        "COM",
    ],
)
def test_names_that_every_system_takes_stay(name):
    assert is_fit(name)
    assert fit(name) == name


@given(some.text(max_size=120))
def test_a_name_made_fit_is_one_part_of_a_path_and_no_device(name):
    made = fit(name)
    assert is_fit(made)
    path = PureWindowsPath(made)
    assert path.parts == (made,) and not reserved(made)
    assert fit(made) == made
