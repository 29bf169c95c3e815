"""Deployments and publishing killed at every request that writes: phones have a whole form."""

import os
import signal
import subprocess
import sys
import textwrap
from itertools import count
from pathlib import Path

import pytest

from connectors.servers import kobo, openrosa

CHILD = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from connectors.deploy import deploy
    from connectors.publish import publish
    from programme.folder import Folder
    from programme.settings import load

    folder = Folder(Path(sys.argv[2]))
    {"deploy": deploy, "publish": publish}[sys.argv[1]](load(folder), folder, environ=os.environ)
    """
)
LIST = "name,label\nC{0},Câu lạc bộ {0}\n"
numbers = count(2)


class Killer:
    """Kills a process as it makes its n-th request that writes; the server does it, or not."""

    def __init__(self):
        self.child, self.left, self.after = None, 0, False
        self.wrote = []

    def __call__(self, asked):
        if self.child is None or asked.method in ("GET", "HEAD"):
            return None
        self.wrote.append(asked.method)
        self.left -= 1
        if self.left == 0:
            self.child.kill()
            self.child.wait()
            return None if self.after else 500
        return None


@pytest.fixture
def killed(programme, server, between):
    """Run a command in a process of its own and kill it at its n-th request that writes."""
    killer = Killer()
    gate = between(killer)
    text = programme.folder.settings.read_text(encoding="utf-8")
    programme.folder.settings.write_text(text.replace(server.url, gate.url), encoding="utf-8")

    def run(command, number, *, after):
        killer.wrote, killer.left, killer.after = [], number, after
        killer.child = subprocess.Popen(
            [sys.executable, "-c", CHILD, command, str(programme.folder.root)],
            env={
                **os.environ,
                "ISHC_TOKEN": programme.token,
                "PYTHONPATH": str(Path(__file__).parents[3]),
            },
        )
        assert killer.child.wait() == -signal.SIGKILL, killer.wrote
        killer.child = None
        with gate.answer.busy:  # what was on its way arrives
            return killer.wrote

    return run


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
def test_killed_at_a_first_deployment(programme, server, killed, tmp_path):
    assert killed("deploy", 1, after=True) == ["POST"]  # imported, but not known here
    (done,) = programme.deploy()
    assert [form.asset for form in kobo.list_forms(server)] == [done.asset]
    look(programme, server, done.asset, tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
@pytest.mark.parametrize(
    ("number", "after", "wrote"),
    [
        (1, True, ["POST"]),  # the new content is there, not deployed
        (2, True, ["POST", "DELETE"]),  # the old list is gone, the new one not there
        (4, False, ["POST", "DELETE", "POST", "PATCH"]),  # all there, not deployed
        (4, True, ["POST", "DELETE", "POST", "PATCH"]),  # deployed, but not known here
    ],
)
def test_killed_while_replacing(programme, club, rewrite, killed, tmp_path, number, after, wrote):
    club.send("đã thu")
    before = openrosa.find(club.server, club.asset)
    name = f"question_{next(numbers)}"
    rewrite({"type": "text", "name": name, "label": "Câu mới"})
    path = programme.write_list(LIST.format(next(numbers)))
    assert killed("deploy", number, after=after) == wrote
    offered = openrosa.find(club.server, club.asset)
    assert (offered == before) == (wrote[-1] != "PATCH" or not after)
    openrosa.download(club.server, club.asset, fresh(tmp_path))  # whole, whichever it is
    programme.deploy()
    xml = look(programme, club.server, club.asset, tmp_path)
    assert name.encode() in xml
    assert on_phones(club)["clubs.csv"] == openrosa.digest_of(path)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
def test_killed_while_replacing_and_then_lists_are_published(
    programme, club, rewrite, killed, tmp_path
):
    """The night's publishing comes before anybody deploys again: phones keep their questions."""
    rewrite({"type": "text", "name": "half_way", "label": "Câu mới"})
    killed("deploy", 1, after=True)
    path = programme.write_list(LIST.format(next(numbers)))
    programme.publish()
    assert b"half_way" not in look(programme, club.server, club.asset, tmp_path)
    assert on_phones(club)["clubs.csv"] == openrosa.digest_of(path)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
@pytest.mark.parametrize(
    ("number", "after", "wrote"),
    [
        (1, True, ["DELETE"]),
        (3, False, ["DELETE", "POST", "PATCH"]),
    ],
)
def test_killed_while_publishing(programme, club, killed, tmp_path, number, after, wrote):
    before = on_phones(club)
    path = programme.write_list(LIST.format(next(numbers)))
    assert killed("publish", number, after=after) == wrote
    assert on_phones(club) == before
    openrosa.download(club.server, club.asset, fresh(tmp_path))
    programme.publish()
    look(programme, club.server, club.asset, tmp_path)
    assert on_phones(club)["clubs.csv"] == openrosa.digest_of(path)


def fresh(folder):
    phone = folder / f"phone{next(numbers)}"
    phone.mkdir()
    return phone


def on_phones(club):
    offered = openrosa.find(club.server, club.asset)
    return {each.name: each.digest for each in openrosa.manifest(club.server, offered)}


def look(programme, server, asset, folder):
    """What phones get is whole, KoBo holds nothing else, and it is known here; give the form."""
    xml = openrosa.download(server, asset, fresh(folder))
    assert not kobo.standing(server, asset).draft
    assert programme.rows("SELECT * FROM replacing") == []
    ((known,),) = programme.rows("SELECT xform FROM deployment")
    assert known == openrosa.find(server, asset).digest
    before = openrosa.find(server, asset)
    programme.publish()
    assert openrosa.find(server, asset) == before
    return xml
