"""Commands on a disk that is full or may not be written to: told, and nothing by halves.

The folder ``data`` is a small disk of its own in a namespace of the child process, so that no
other file is touched and nothing is left behind.
"""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from programme.problem import Exit

REPOSITORY = Path(__file__).parents[2]
CHILD = textwrap.dedent(
    """
    import contextlib, io, json, subprocess, sys
    from pathlib import Path

    from connectors.store.raw import RawStore
    from ishc.cli import main
    from programme.copying import copy_programme
    from programme.folder import Folder

    folder = Folder(Path(sys.argv[1]) / "programme")
    copy_programme(folder.root)
    told = {}

    def mount(*words):
        subprocess.run(["mount", *words, "none", str(folder.data)], check=True)

    def run(name, *words):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main(["-C", str(folder.root), "--lang", "en", *words])
            except SystemExit as ended:
                status = ended.code
            except BaseException as error:
                status = repr(error)
        told[name] = [status, out.getvalue(), err.getvalue()]

    def full():
        with contextlib.suppress(OSError), (folder.data / "filler").open("wb", 0) as file:
            while True:
                file.write(bytes(4096))

    report = ("report", "evaluation", "--area", "20", "--period", "2026")
    mount("-t", "tmpfs", "-o", "size=12m,mode=700")
    RawStore.open(folder.store).close()
    run("with room", "reconcile")
    full()
    held = sorted(str(each) for each in folder.data.rglob("*"))
    run("reconcile, full", "reconcile")
    run("xlsx, full", "export", "--to", "xlsx")
    run("csv, full", "export", "--to", "csv")
    run("report, full", *report, "--out", str(folder.reports))
    run("init, full", "init", "data/new")
    run("status, full", "status")
    left = [each for each in folder.data.rglob("*") if each.is_file()]
    told["left"] = [str(each) for each in left if str(each) not in held]
    mount("-o", "remount,ro")
    run("status, read-only", "status")
    run("reconcile, read-only", "reconcile")
    run("export, read-only", "export", "--to", "csv")
    run("report, read-only", *report, "--out", str(folder.reports))
    other = Path(sys.argv[1]) / "other"
    other.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "none", str(other)], check=True)
    run("elsewhere, read-only", "export", "--to", "csv", "--out", str(other / "new"))
    print(json.dumps(told))
    """
)


def _namespaces() -> bool:
    words = ["unshare", "--map-root-user", "--mount", "true"]
    found = shutil.which("unshare") is not None
    return found and subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _namespaces(), reason="needs a namespace with mounts of its own (Linux)")
def test_every_command_ends_with_a_sentence(tmp_path):
    words = ["unshare", "--map-root-user", "--mount", sys.executable, "-c", CHILD]
    done = subprocess.run(
        [*words, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [told[name][0] for name in ("with room", "status, full", "status, read-only")] == [0] * 3
    for name, code in {
        "reconcile, full": "store-full",
        "xlsx, full": "store-full",
        "csv, full": "store-full",
        "report, full": "report-not-written",
        "init, full": "store-full",
        "reconcile, read-only": "not-permitted",
        "export, read-only": "not-permitted",
        "report, read-only": "not-permitted",
    }.items():
        status, out, err = told[name]
        assert (status, out) == (Exit.STORE, ""), (name, told[name])
        errors = [line for line in err.splitlines() if line.startswith("Error: ")]
        assert errors and f"[{code}]" in errors[-1] and "\n  → " in err, (name, err)
        assert "Traceback" not in err, err
    status, _, err = told["elsewhere, read-only"]
    assert status == Exit.INPUT and "other/new" in err and "[not-permitted]" in err
    assert {Path(each).name for each in told["left"]} <= {"store.sqlite-shm", "store.sqlite-wal"}
