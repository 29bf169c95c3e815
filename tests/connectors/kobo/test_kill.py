"""A pull that is killed in the middle, and the next one."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import orjson
import pytest

KILLS = 10
SUBMISSIONS = 60

CHILD = textwrap.dedent(
    """
    import os, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from connectors.pull import pull
    from connectors.servers.kobo import data
    from programme.folder import Folder
    from programme.settings import load

    data.PAGE, data.TOGETHER = 4, 2  # many small transactions to be killed in
    folder = Folder(Path(sys.argv[1]))
    settings = load(folder)
    now = datetime(2026, 11, 5, tzinfo=UTC)
    tell = lambda text, done=None, total=None: print("step", flush=True)
    result = pull(settings, folder, environ=os.environ, now=now, progress=tell)
    sys.exit(0 if result.proven else 9)
    """
)


@pytest.fixture
def start(programme):
    """Start a pull in a process of its own; it writes a line at every step."""
    repository = Path(__file__).parents[3]

    def begin():
        return subprocess.Popen(
            [sys.executable, "-c", CHILD, str(programme.folder.root)],
            env={**os.environ, "ISHC_TOKEN": programme.token, "PYTHONPATH": str(repository)},
            stdout=subprocess.PIPE,
            text=True,
        )

    return begin


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
def test_killed_anywhere_and_run_again_nothing_is_lost(programme, club, photo, start):
    picture = photo()
    for number in range(SUBMISSIONS):
        club.send(str(number), photo=picture if number % 3 == 0 else None)
    chance = random.Random(20261031)
    stages = set()
    for _ in range(KILLS):
        child = start()
        for _ in range(chance.randint(1, 4)):
            child.stdout.readline()
        time.sleep(chance.uniform(0, 0.01))
        child.kill()
        child.communicate()
        assert child.returncode == -signal.SIGKILL
        stages.add(_look(programme, club))
    assert len(stages) >= KILLS // 2, "killed in different stages"
    child = start()
    child.communicate()
    assert child.returncode == 0
    _whole(programme, club, picture)


def _look(programme, club):
    """What is there after a kill is right, though not all of it is there."""
    records = club.records()
    with programme.store() as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        there = {each.id: orjson.loads(each.json) for each in store.submissions("meeting")}
    assert all(records[number] == record for number, record in there.items())
    ((files,),) = programme.rows("SELECT COUNT(*) FROM attachment WHERE sha256 IS NOT NULL")
    for (file,) in programme.rows("SELECT file FROM attachment WHERE file IS NOT NULL"):
        assert (programme.folder.attachments / file).stat().st_size > 0
    return len(there), files


def _whole(programme, club, picture):
    records = club.records()
    with programme.store() as store:
        there = {each.id: orjson.loads(each.json) for each in store.submissions("meeting")}
    assert there == records and len(there) == SUBMISSIONS
    assert programme.rows("SELECT COUNT(*) FROM history") == [(0,)]
    ((waiting,),) = programme.rows("SELECT COUNT(*) FROM attachment WHERE sha256 IS NULL")
    assert waiting == 0
    files = [each for each in programme.folder.attachments.rglob("*") if each.is_file()]
    assert [each.read_bytes() for each in files] == [picture.read_bytes()]
    assert programme.rows("SELECT COUNT(*) FROM run WHERE ended IS NOT NULL AND agreed") != [(0,)]
