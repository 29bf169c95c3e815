"""Data that git tracks is told; by default git leaves the data folder alone."""

import shutil
import subprocess
from pathlib import Path

import pytest

from programme.folder import Folder
from programme.tracked import tracked_data

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    git(tmp_path, "init", "--quiet")
    folder = Folder(tmp_path)
    folder.private(folder.tables).joinpath("member.parquet").write_bytes(b"people")
    return folder


def git(where: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", where, *arguments], check=True)


def test_git_leaves_the_data_folder_alone(folder: Folder) -> None:
    git(folder.root, "add", "--all")
    assert list(tracked_data(folder)) == []


def test_tracked_data_are_told_with_the_way_out(folder: Folder) -> None:
    git(folder.root, "add", "--force", "data/tables/member.parquet")
    (problem,) = tracked_data(folder)
    assert problem.code == "data-tracked"
    assert "1" in problem.what.vi
    assert "git rm -r --cached data" in problem.do.en


def test_outside_of_git_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert list(tracked_data(Folder(tmp_path))) == []
