"""Lists of another day, or of nothing pulled, do not reach the phones."""

import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from connectors.publish_ready import check_ready
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from ishc.cli import main
from ishc.demo.run import DemoResult
from programme.folder import Folder
from programme.problem import Exit, ProblemError
from programme.settings import load

TODAY = date(2026, 11, 1)


@pytest.fixture
def folder(finished_demo: DemoResult, tmp_path: Path) -> Folder:
    shutil.copytree(finished_demo.folder.root, tmp_path / "demo")
    return Folder(tmp_path / "demo")


def refused(folder: Folder, today: date = TODAY) -> list[str]:
    try:
        check_ready(load(folder), folder, today)
    except ProblemError as error:
        return [problem.code for problem in error.problems]
    return []


def ended(folder: Folder, *arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as stopped:
        main(["-C", str(folder.root), "--lang", "en", *arguments])
    return stopped.value.code


def test_a_look_back_is_not_for_the_phones(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(folder) == []
    assert ended(folder, "reconcile", "--as-of", "2025-12-31") == Exit.DONE
    assert refused(folder) == ["publish-looks-back"]
    assert refused(folder, today=date(2025, 12, 31)) == []  # the later one cannot have been
    assert ended(folder, "publish") == Exit.USAGE
    assert "nothing went to the phones" in capsys.readouterr().err


def test_an_empty_register_goes_out_only_when_everything_was_pulled(folder: Folder) -> None:
    clubs = open_tables(folder).path("club")
    pq.write_table(pq.read_table(clubs).slice(0, 0), clubs)
    assert refused(folder) == []  # there is no club yet, as the server says too
    with RawStore.open(folder.store) as store, store.transaction() as connection:
        connection.execute("DELETE FROM position WHERE form = 'club_registration'")
    assert refused(folder) == ["publish-not-pulled"]


def test_a_day_that_has_not_come_is_not_reconciled(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(folder, "reconcile", "--as-of", "2190-01-01") == Exit.USAGE
    assert "has not come yet" in capsys.readouterr().err
