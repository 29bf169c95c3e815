"""Deployments and publishing killed at every request that writes: phones have a whole form."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from connectors.deploy import Deployed, deploy
from connectors.publish import publish
from connectors.servers import openrosa
from connectors.servers.sandbox import serve
from connectors.store.raw import RawStore
from programme.folder import Folder
from programme.settings import load
from tests.connectors.central.conftest import Clock
from tests.connectors.central.standin.serve import serve_standin
from tests.connectors.contract.people import People
from tests.connectors.contract.servers import TOKEN, OnCentral, OnKobo
from tests.connectors.kobo.conftest import CALM, Asked, Between, Loopback, write_workbook

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is for POSIX systems")
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
SURVEY = (
    {"type": "select_one_from_file clubs.csv", "name": "club", "label": "Câu lạc bộ"},
    {"type": "text", "name": "note", "label": "Ghi chú"},
)
numbers = count(2)


class Killer:
    """Kills a process as it makes its n-th request that writes; the server does it, or not."""

    def __init__(self) -> None:
        self.child: subprocess.Popen[bytes] | None = None
        self.left, self.after = 0, False
        self.wrote: list[str] = []

    def __call__(self, asked: Asked) -> int | None:
        """Let a request through, or answer it with a status."""
        read = asked.method in ("GET", "HEAD") or asked.path.startswith("/v1/sessions")
        if self.child is None or read:
            return None
        self.wrote.append(asked.method)
        self.left -= 1
        if self.left == 0:
            self.child.kill()
            self.child.wait()
            return None if self.after else 500
        return None


@dataclass
class Programme:
    """A programme folder with one form, before a gate at which its commands can be killed."""

    people: People
    folder: Folder
    gate: Loopback
    killer: Killer
    password: str
    questions: list[dict[str, str]] = field(default_factory=list)

    @property
    def central(self) -> bool:
        """Is it ODK Central?"""
        return self.people.server.kind == "central"

    @property
    def asset(self) -> str:
        """Where the form is."""
        ((asset,),) = self.rows("SELECT asset FROM deployment")
        return str(asset)

    def write(self) -> None:
        """Write the workbook anew."""
        path = self.folder.xlsforms / "meeting.xlsx"
        write_workbook(path, [*SURVEY, *self.questions], "meeting", str(next(numbers)))

    def add(self, name: str) -> None:
        """Ask one more question."""
        self.questions.append({"type": "text", "name": name, "label": "Câu mới"})
        self.write()

    def write_list(self) -> Path:
        """Write the list as reconciling does, another one each time; give its file."""
        path = self.folder.private(self.folder.lists) / "clubs.csv"
        path.write_text(LIST.format(next(numbers)), encoding="utf-8")
        return path

    def deploy(self) -> Deployed:
        """Deploy the form."""
        environ = {"ISHC_TOKEN": self.password}
        (done,) = deploy(load(self.folder), self.folder, environ=environ, limits=CALM)
        return done

    def publish(self) -> list[Deployed]:
        """Put the list on the phones."""
        environ = {"ISHC_TOKEN": self.password}
        return publish(load(self.folder), self.folder, environ=environ, limits=CALM)

    def kill(self, command: str, number: int, *, after: bool) -> list[str]:
        """Run a command in a process of its own, kill it at its n-th request that writes."""
        killer = self.killer
        killer.wrote, killer.left, killer.after = [], number, after
        killer.child = subprocess.Popen(
            [sys.executable, "-c", CHILD, command, str(self.folder.root)],
            env={
                **os.environ,
                "ISHC_TOKEN": self.password,
                "PYTHONPATH": str(Path(__file__).parents[3]),
            },
        )
        assert killer.child.wait() == -signal.SIGKILL, killer.wrote
        killer.child = None
        with self.gate.answer.busy:  # type: ignore[attr-defined]  # what was on its way arrives
            return killer.wrote

    def rows(self, query: str) -> list[Any]:
        """Ask the store."""
        with RawStore.open(self.folder.store) as store:
            return store.connection.execute(query).fetchall()


@pytest.fixture(params=["kobo", "central"])
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[People]:
    running: Any
    if request.param == "central":
        running = serve_standin(clock=Clock())
        running.project()
    else:
        running = serve(tmp_path / "sandbox", TOKEN)
    with running:
        kind: Callable[..., People] = (OnCentral if request.param == "central" else OnKobo).at
        there = kind(running, tmp_path)
        with there.server as server:
            there.ask.check_account(server)
            yield there


@pytest.fixture
def programme(people: People, tmp_path: Path) -> Iterator[Programme]:
    killer, folder, server = Killer(), Folder(tmp_path / "programme"), people.server
    gate = Loopback(Between(server.url, killer, lambda _, body: body))
    folder.xlsforms.mkdir(parents=True)
    (folder.xlsforms / "clubs.csv").write_text("name,label\nC1,Đông Anh\n", encoding="utf-8")
    signs_in = f'user = "{server.user}"\nproject = {server.project}' if server.user else ""
    folder.settings.write_text(
        f'[programme]\nname = "Thử"\n[servers.there]\nkind = "{server.kind}"\n'
        f'url = "{gate.url}"\ntoken_env = "ISHC_TOKEN"\n{signs_in}\n'
        '[forms.meeting]\nserver = "there"\n',
        encoding="utf-8",
    )
    made = Programme(people, folder, gate, killer, server.token)
    made.write()
    yield made
    gate.stop()


@pytest.fixture
def deployed(programme: Programme) -> Programme:
    """The form is on phones."""
    programme.people.asset = programme.deploy().asset
    return programme


def steps(programme: Programme, kobo: list[str], central: list[str]) -> list[str]:
    return central if programme.central else kobo


# of ODK Central a draft, its list, its publication; of a form that is there nothing else
DRAFT = ["POST", "POST", "POST"]
# before the n-th is as after the one before it: only before the last, which gives it to phones
CASES = [(1, True), (2, True), (3, False), (3, True), (4, False), (4, True)]
AT = pytest.mark.parametrize(("number", "after"), CASES)


def known(wrote: list[str], number: int) -> None:
    if number > len(wrote):
        pytest.skip("it writes no more than that on this kind of server")


def test_killed_at_a_first_deployment(programme: Programme, tmp_path: Path) -> None:
    assert programme.kill("deploy", 1, after=True) == ["POST"]  # made, but not known here
    done = programme.deploy()
    forms = programme.people.ask.list_forms(programme.people.server)
    assert [form.asset for form in forms] == [done.asset]
    look(programme, tmp_path)


@AT
def test_killed_while_replacing(
    deployed: Programme, tmp_path: Path, number: int, after: bool
) -> None:
    wrote = steps(deployed, ["POST", "DELETE", "POST", "PATCH"], DRAFT)
    known(wrote, number)
    server, asset = deployed.people.server, deployed.asset
    deployed.people.send()
    before = openrosa.find(server, asset)
    name = f"question_{next(numbers)}"
    deployed.add(name)
    path = deployed.write_list()
    assert deployed.kill("deploy", number, after=after) == wrote[:number]
    offered = openrosa.find(server, asset)
    assert (offered == before) == (number < len(wrote) or not after)
    openrosa.download(server, asset, fresh(tmp_path))  # whole, whichever it is
    deployed.deploy()
    assert name.encode() in look(deployed, tmp_path)
    assert on_phones(deployed)["clubs.csv"] == openrosa.digest_of(path)


def test_killed_while_replacing_and_then_lists_are_published(
    deployed: Programme, tmp_path: Path
) -> None:
    """The night's publishing comes before anybody deploys again: phones keep their questions."""
    deployed.add("half_way")
    deployed.kill("deploy", 1, after=True)
    path = deployed.write_list()
    deployed.publish()
    assert b"half_way" not in look(deployed, tmp_path)
    assert on_phones(deployed)["clubs.csv"] == openrosa.digest_of(path)


@AT
def test_killed_while_publishing(
    deployed: Programme, tmp_path: Path, number: int, after: bool
) -> None:
    wrote = steps(deployed, ["DELETE", "POST", "PATCH"], DRAFT)
    known(wrote, number)
    before = on_phones(deployed)
    path = deployed.write_list()
    assert deployed.kill("publish", number, after=after) == wrote[:number]
    assert (on_phones(deployed) == before) == (number < len(wrote) or not after)
    openrosa.download(deployed.people.server, deployed.asset, fresh(tmp_path))
    deployed.publish()
    again = deployed.deploy()  # also where phones have it and it was not noted here any more
    assert (again.done, again.media, again.problems) == ("unchanged", (), ())
    look(deployed, tmp_path)
    assert on_phones(deployed)["clubs.csv"] == openrosa.digest_of(path)


def fresh(folder: Path) -> Path:
    phone = folder / f"phone{next(numbers)}"
    phone.mkdir()
    return phone


def on_phones(programme: Programme) -> dict[str, str]:
    server = programme.people.server
    offered = openrosa.find(server, programme.asset)
    assert offered is not None
    return {each.name: each.digest for each in openrosa.manifest(server, offered)}


def look(programme: Programme, folder: Path) -> bytes:
    """What phones get is whole, nothing else is held there, and it is known; give the form."""
    server, asset = programme.people.server, programme.asset
    xml = openrosa.download(server, asset, fresh(folder))
    assert not programme.people.ask.standing(server, asset).draft
    assert programme.rows("SELECT * FROM replacing") == []
    before = openrosa.find(server, asset)
    ((noted,),) = programme.rows("SELECT xform FROM deployment")
    assert before is not None and noted == before.digest
    programme.publish()
    assert openrosa.find(server, asset) == before
    return xml
