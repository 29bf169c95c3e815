"""What commands say of a finished demo, to people and to programs."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ishc.cli import main
from ishc.demo.run import DemoResult
from programme.folder import Folder

Say = Callable[..., str]


@pytest.fixture
def reconcile(finished_demo: DemoResult, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run ``ishc reconcile`` on a copy of the demo; give what it printed."""
    shutil.copytree(finished_demo.folder.root, tmp_path / "demo")

    def run(*options: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(tmp_path / "demo"), *options, "reconcile", "--as-of", "2026-10-31"])
        assert ended.value.code == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("vi", ("Phát hiện: 55", "   6  Thiếu báo cáo tháng", "   2  Một tháng báo cáo hai lần")),
        ("en", ("Findings: 55", "   6  Monthly report missing", "   2  Month reported twice")),
    ],
)
def test_findings_are_told_by_title_not_by_code(
    reconcile: Say, language: str, titles: tuple[str, ...]
) -> None:
    told = reconcile("--lang", language)
    assert all(title in told for title in titles), told
    assert "month_missing" not in told
    assert "   0  " not in told


def test_programs_get_counts_and_titles_by_code(reconcile: Say) -> None:
    result = json.loads(reconcile("--json"))
    assert result["findings"]["month_missing"] == 6
    assert result["titles"]["month_missing"]["en"] == "Monthly report missing"
    assert result["codes"] == {"club": 0, "member": 0, "board": 0, "loan": 0, "action": 0}


def test_communes_without_a_kind_are_counted(
    finished_demo: DemoResult, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Folder(tmp_path / "demo")
    shutil.copytree(finished_demo.folder.root, folder.root)

    def status(*options: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(folder.root), *options, "status"])
        assert ended.value.code == 0
        return capsys.readouterr().out

    areas = json.loads(status("--json"))["areas"]
    count = areas["communes"]
    assert len(areas["without"]) == count > 1
    assert f"{count} of {count} communes with clubs have no kind of area" in status("--lang", "en")
    row = f"{areas['without'][0]},mountain,Quyết định 1,2025-07-01"
    folder.area_kinds.write_text(f"code,kinds,basis,valid_from\n{row}\n", encoding="utf-8")
    assert f"{count - 1} trên {count} xã, phường có câu lạc bộ" in status("--lang", "vi")
