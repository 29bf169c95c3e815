"""A disk that is full or may not be written to, in the middle of real pulls: told, nothing lost.

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

from programme.problem import Exit, ProblemError

CHILD = textwrap.dedent(
    """
    import os, subprocess, sys
    from datetime import UTC, datetime
    from pathlib import Path

    import orjson

    from connectors.pull import pull
    from connectors.servers.kobo import data
    from connectors.store.raw import RawStore
    from programme.folder import Folder
    from programme.problem import ProblemError
    from programme.settings import load

    data.PAGE = data.TOGETHER = 5
    folder = Folder(Path(sys.argv[1]))
    folder.data.mkdir(exist_ok=True)

    def mount(*words):
        subprocess.run(["mount", *words, "none", str(folder.data)], check=True)

    def attempt():
        try:
            now = datetime(2026, 11, 5, tzinfo=UTC)
            result = pull(load(folder), folder, environ=os.environ, now=now)
            return result.proven and "proven"
        except ProblemError as error:
            return [error.problems[0].code, int(error.exit_status)]

    def held():
        with RawStore.open(folder.store) as store:
            sound = store.connection.execute("PRAGMA integrity_check").fetchone()[0]
            whole = [orjson.loads(each.json)["note"] for each in store.submissions("meeting")]
            return sound, len(whole), all(len(note) == 20_000 for note in whole)

    mount("-t", "tmpfs", "-o", "size=1200k")
    told = {"full": attempt()}
    mount("-o", "remount,size=60m")
    told["after full"] = held()
    told["with room"] = attempt()
    told["all"] = held()
    mount("-o", "remount,ro")
    told["read-only"] = attempt()
    mount("-o", "remount,rw")
    told["writable"] = attempt()
    print(orjson.dumps(told).decode())
    """
)


def _namespaces() -> bool:
    words = ["unshare", "--map-root-user", "--mount", "true"]
    found = shutil.which("unshare") is not None
    return found and subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _namespaces(), reason="needs a namespace with mounts of its own (Linux)")
def test_a_full_disk_and_one_that_may_not_be_written_to(programme, club):
    for _ in range(40):
        club.send("x" * 20_000)
    words = ["unshare", "--map-root-user", "--mount", sys.executable, "-c", CHILD]
    done = subprocess.run(
        [*words, str(programme.folder.root)],
        env={**os.environ, "ISHC_TOKEN": programme.token, "PYTHONPATH": str(_repository())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["full"] == ["store-full", Exit.STORE]
    sound, some, whole = told["after full"]
    assert sound == "ok" and 0 < some < 40 and some % 5 == 0 and whole
    assert (told["with room"], told["all"]) == ("proven", ["ok", 40, True])
    assert told["read-only"] == ["store-readonly", Exit.STORE]
    assert told["writable"] == "proven"
    assert programme.rows("SELECT COUNT(*) FROM submission") == [(0,)]  # the disk outside


def _repository() -> Path:
    return Path(__file__).parents[3]


def test_a_store_of_a_newer_version_is_left_as_it_is(programme, club):
    club.send()
    programme.pull()
    with programme.store() as store:
        store.connection.execute("PRAGMA user_version = 99")
        store.checkpoint()
    before = programme.folder.store.read_bytes()
    with pytest.raises(ProblemError) as raised:
        programme.pull()
    assert [each.code for each in raised.value.problems] == ["store-newer"]
    assert raised.value.exit_status == Exit.STORE
    assert programme.folder.store.read_bytes() == before
