"""A small form on a stand-in for ODK Central, a programme around it, and a club that sends."""

import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.pull import pull
from connectors.results import FormPull, PullResult
from connectors.servers.contract import Server
from connectors.store.raw import RawStore
from programme.folder import Folder
from programme.settings import Settings, load
from tests.connectors.central.standin.serve import Standin, serve_standin
from tests.connectors.central.standin.things import Form, Project
from tests.connectors.kobo.conftest import CALM, START, write_workbook

SURVEY = (
    ("text", "note", "Ghi chú"),
    ("integer", "attendance", "Số người dự"),
    ("image", "photo", "Ảnh"),
    ("begin_repeat", "visit", "Lần thăm"),
    ("text", "who", "Ai"),
    ("begin_repeat", "gift", "Quà"),
    ("text", "what", "Gì"),
    ("end_repeat", "", ""),
    ("end_repeat", "", ""),
)


def workbook(survey: tuple[tuple[str, str, str], ...] = SURVEY, version: str = "1") -> bytes:
    """Make the workbook of the form ``meeting``."""
    rows = [
        {"type": kind, "name": name, "label": label} if name else {"type": kind, "class": ""}
        for kind, name, label in survey
    ]
    content = io.BytesIO()
    write_workbook(content, rows, "meeting", version)
    return content.getvalue()


@dataclass
class Clock:
    """The stand-in's clock: every look at it is a little later."""

    now: datetime = START
    step: timedelta = timedelta(milliseconds=7)

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now


@dataclass
class Club:
    """A club that sends and edits, and a person who works on Central's page."""

    standin: Standin
    project: Project
    form: Form
    server: Server
    sent: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the form's submissions are."""
        return f"{self.standin.url}/v1/projects/{self.project.id}/forms/meeting/submissions"

    def xml(self, body: str, instance: str, edits: str = "", version: str = "1") -> bytes:
        """Write a filled form."""
        deprecated = f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
        meta = f"<meta><instanceID>{instance}</instanceID>{deprecated}</meta>"
        return f'<data id="meeting" version="{version}">{body}{meta}</data>'.encode()

    def send(self, body: str = "<note>họp</note>", **more: str) -> str:
        """Send a filled form; give its instance id."""
        instance = f"uuid:{uuid.uuid4()}"
        self.ask("POST", "", data=self.xml(body, instance, **more), headers=XML)
        self.sent.append(instance)
        return instance

    def edit(self, root: str, body: str, edits: str = "", **more: str) -> str:
        """Send a new version of a submission; give its instance id."""
        instance = f"uuid:{uuid.uuid4()}"
        xml = self.xml(body, instance, edits or root, **more)
        self.ask("PUT", f"/{root}", data=xml, headers=XML)
        return instance

    def ask_raw(self, path: str) -> bytes:
        """Read something as it is kept."""
        return self.server.http.request("GET", self.url + path).body

    def ask(self, method: str, path: str, **request: Any) -> Any:
        """Do what a person does on Central's page."""
        return self.server.http.json(method, self.url + path, **request)


XML = {"Content-Type": "text/xml"}


@dataclass
class Programme:
    """A programme folder with the form, pulled a night later each time."""

    folder: Folder
    settings: Settings
    clock: Clock

    def pull(self, **options: Any) -> FormPull:
        """Pull the one form there is."""
        (form,) = self.whole_pull(**options).forms
        return form

    def whole_pull(self, **options: Any) -> PullResult:
        """Pull; every pull is a night later than the one before."""
        self.clock.now += timedelta(days=1)
        environ = options.pop("environ", {"PASSWORD": Standin.password})
        options = {"limits": CALM, **options}
        return pull(self.settings, self.folder, environ=environ, now=self.clock.now, **options)

    def following(self) -> None:
        """Take every source for a large one from now on."""
        self.settings = replace(
            self.settings, pull=replace(self.settings.pull, proven_up_to=0, recent_days=1)
        )

    def rows(self, query: str) -> list[Any]:
        """Ask the store."""
        with RawStore.open(self.folder.store) as store:
            return store.connection.execute(query).fetchall()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def standin(clock: Clock) -> Iterator[Standin]:
    with serve_standin(clock=clock) as running:
        yield running


@pytest.fixture
def club(standin: Standin) -> Iterator[Club]:
    project = standin.project()
    form = standin.form(project, workbook())
    with _server(standin) as opened:
        yield Club(standin, project, form, opened)


def _server(standin: Standin) -> Server:
    return Server(
        "central", "central", standin.url, standin.url, standin.password, CALM, standin.email
    )


@pytest.fixture
def programme(tmp_path: Path, club: Club, clock: Clock) -> Programme:
    folder = Folder(tmp_path / "programme")
    folder.xlsforms.mkdir(parents=True)
    (folder.xlsforms / "meeting.xlsx").write_bytes(workbook())
    folder.settings.write_text(
        f"""
        [programme]
        name = "Thử"

        [servers.central]
        kind = "central"
        url = "{club.standin.url}"
        user = "{club.standin.email}"
        project = {club.project.id}
        token_env = "PASSWORD"

        [forms.meeting]
        server = "central"
        """,
        encoding="utf-8",
    )
    return Programme(folder, load(folder), clock)
