import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import date

import pytest

from connectors.store.pseudonym import load_pseudonyms
from connectors.store.tables import open_tables, table
from programme.problem import Exit, ProblemError

KILLED_AT_STEP = """
import os, sys
from datetime import date
from pathlib import Path
from connectors.reconcile.run import reconcile
from programme.folder import Folder
from programme.settings import load

steps = 0
def progress(text, done=None, total=None):
    global steps
    steps += 1
    if steps == int(sys.argv[2]):
        os._exit(9)  # as a power cut would: nothing is tidied up

folder = Folder(Path(sys.argv[1]))
reconcile(load(folder), folder, date(2026, 10, 31), progress=progress)
"""


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_nothing_pulled_and_nothing_reconciled_are_said_with_what_to_run(programme):
    with pytest.raises(ProblemError) as error:
        programme.reconcile()
    assert codes(error) == ["store-missing"]
    assert error.value.exit_status == Exit.STORE
    with pytest.raises(ProblemError) as error:
        open_tables(programme.folder)
    assert codes(error) == ["tables-missing"]
    assert "ishc pull" in error.value.problems[0].do.en
    programme.receive([programme.club("a")])
    with pytest.raises(ProblemError) as error:
        table(programme.folder, "club")
    assert "ishc pull" not in error.value.problems[0].do.en
    assert "ishc reconcile" in error.value.problems[0].do.vi


def test_two_runs_are_kept_and_files_are_for_their_owner_only(programme):
    programme.receive([programme.club("a")])
    programme.reconcile()
    first = open_tables(programme.folder)
    programme.reconcile(date(2026, 9, 30))
    assert first.path("club").is_file()  # somebody may still be reading
    programme.reconcile()
    assert not first.path("club").is_file()
    assert open_tables(programme.folder).as_of == date(2026, 10, 31)
    for parent in (programme.folder.tables, programme.folder.identified):
        assert sorted(each.name for each in parent.iterdir()) == ["000002", "000003"]
    for path in programme.folder.data.rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        if not path.name.endswith(("-wal", "-shm")):
            assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_a_frame_keeps_whole_numbers_whole_and_a_wrong_name_gets_the_right_one(programme):
    programme.receive([programme.club("a", villages_count=2), programme.club("b", "CLB Nà Lốc")])
    programme.reconcile()
    frame = table(programme.folder, "club")
    assert str(frame["villages_served"].dtype) == "Int64"
    assert frame["villages_served"].tolist()[0] == 2
    with pytest.raises(ProblemError) as error:
        table(programme.folder, "clubs")
    assert "club" in error.value.problems[0].what.en


def test_a_run_that_fails_leaves_the_one_before(programme):
    programme.receive([programme.club("a")])
    programme.reconcile()
    workbook = programme.folder.xlsforms / "loan_record.xlsx"
    kept = workbook.read_bytes()
    workbook.write_bytes(kept[:500])
    with pytest.raises(ProblemError):
        programme.reconcile()
    workbook.unlink()
    with pytest.raises(ProblemError) as error:
        programme.reconcile()
    assert codes(error) == ["form-missing"]
    programme.folder.checks.unlink()
    workbook.write_bytes(kept)
    with pytest.raises(ProblemError) as error:
        programme.reconcile()
    assert codes(error) == ["check-file-missing"]
    assert len(programme.rows("club")) == 1


@pytest.mark.parametrize("step", [3, 20, 35])
def test_a_run_killed_anywhere_leaves_the_one_before_readable_and_codes_as_they_were(
    programme, step
):
    (programme.folder.root / "ishc.toml").write_text(
        '[servers.kobo]\nurl = "https://kobo.example.org"\n'
        + "".join(f"[forms.{name}]\n" for name in programme.schemas),
        encoding="utf-8",
    )
    programme.receive([programme.club("a")])
    programme.reconcile()
    programme.receive([programme.club("b", "CLB Nà Lốc")])
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AT_STEP, str(programme.folder.root), str(step)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=120,
    )
    assert killed.returncode == 9
    assert programme.column("club", "club_code") == ["06463-01"]
    programme.reconcile()
    assert programme.column("club", "club_code") == ["06463-01", "06463-02"]
    assert sorted(each.name for each in programme.folder.tables.iterdir()) == ["000001", "000002"]


def test_a_damaged_pointer_or_key_is_said(programme):
    programme.receive([programme.club("a")])
    programme.reconcile()
    pointer = programme.folder.data / "current.json"
    assert json.loads(pointer.read_text())["run"] == "000001"
    pointer.write_text("{")
    with pytest.raises(ProblemError) as error:
        open_tables(programme.folder)
    assert codes(error) == ["tables-pointer-damaged"]
    (programme.folder.data / "pseudonym.key").write_text("short")
    with pytest.raises(ProblemError) as error:
        load_pseudonyms(programme.folder)
    assert codes(error) == ["pseudonym-key-damaged"]


def test_tables_that_were_deleted_by_hand_are_missing_not_a_crash(programme):
    programme.receive([programme.club("a")])
    programme.reconcile()
    shutil.rmtree(programme.folder.tables)
    with pytest.raises(ProblemError) as error:
        open_tables(programme.folder)
    assert codes(error) == ["tables-missing"]
    assert "reconcile" in error.value.problems[0].do.en


def test_answers_of_another_version_of_the_form_are_told(programme):
    sent = programme.club("a")
    sent.record["old_page/old_question"] = "1"
    programme.receive([sent])
    (problem,) = programme.reconcile().problems
    assert problem.severity == "warning"
    assert "old_page/old_question" in problem.what.vi
