"""The demo's folder: a copy of the programme at the sandbox, never over somebody's own things."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ishc.demo.site import MARK, prepare
from programme.folder import Folder, shipped
from programme.problem import ProblemError
from programme.settings import load, token


def codes(raised: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [problem.code for problem in raised.value.problems]


def test_a_new_folder_is_plainly_synthetic_and_points_at_the_sandbox(tmp_path: Path) -> None:
    folder, settings = prepare(tmp_path / "new" / "demo")
    assert settings.synthetic
    assert "MẪU" in settings.name.vi
    assert "SYNTHETIC" in settings.name.en
    assert list(settings.servers) == ["sandbox"]
    assert settings.servers["sandbox"].url == "http://127.0.0.1:8010"
    assert {source.server for form in settings.forms.values() for source in form.sources} == {
        "sandbox"
    }
    assert settings.forms.keys() == load(Folder(shipped())).forms.keys()
    assert (folder.root / MARK).is_file()
    assert folder.checks.is_file()
    assert folder.indicators.is_file()


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
def test_the_token_is_for_the_owner_only_and_new_each_time(tmp_path: Path) -> None:
    folder, settings = prepare(tmp_path)
    first = token(settings.servers["sandbox"], {})
    assert stat.S_IMODE((folder.data / "token").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.data.stat().st_mode) == 0o700
    prepare(tmp_path)
    assert token(settings.servers["sandbox"], {}) != first


def test_an_earlier_demo_is_started_over_but_edits_stay(tmp_path: Path) -> None:
    folder, _ = prepare(tmp_path)
    (folder.data / "store.sqlite").write_bytes(b"old")
    folder.checks.write_bytes(b"edited by somebody")
    folder.indicators.unlink()
    prepare(tmp_path)
    assert not folder.store.exists()
    assert folder.checks.read_bytes() == b"edited by somebody"
    assert folder.indicators.is_file()


def test_without_the_extra_the_problem_says_what_to_install(tmp_path: Path) -> None:
    program = f"""
import sys
sys.modules["flask"] = None
from pathlib import Path
from ishc.demo.run import run_demo
from programme.problem import ProblemError
try:
    run_demo(Path({str(tmp_path / "demo")!r}))
except ProblemError as error:
    print(error.problems[0].code)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "sandbox-missing", done.stderr


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(ProblemError) as raised:
        prepare(tmp_path)
    assert codes(raised) == ["demo-folder-other"]
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file")
    with pytest.raises(ProblemError) as raised:
        prepare(tmp_path / "demo")
    assert codes(raised) == ["demo-folder-other"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("http://127.0.0.1:8010", "https://kf.kobotoolbox.org"),
        ("synthetic = true", "synthetic = false"),
    ],
)
def test_a_demo_that_moved_to_another_server_keeps_its_data(
    tmp_path: Path, old: str, new: str
) -> None:
    folder, _ = prepare(tmp_path)
    folder.store.write_bytes(b"real submissions by now")
    text = folder.settings.read_text(encoding="utf-8")
    folder.settings.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ProblemError) as raised:
        prepare(tmp_path)
    assert codes(raised) == ["demo-folder-left"]
    assert folder.store.read_bytes() == b"real submissions by now"
