"""Phones that send filled forms to the stand-in, which notes what is asked of it."""

import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from connectors.servers import central
from connectors.servers.central import fetching, listing
from connectors.servers.contract import Record, Server
from tests.connectors.central.conftest import CALM, Clock
from tests.connectors.central.standin.definitions import compiled, defined
from tests.connectors.central.standin.filled import read_filled
from tests.connectors.central.standin.forms import add_form, publish
from tests.connectors.central.standin.keeping import add, edit, version_of
from tests.connectors.central.standin.serve import Standin, serve_standin
from tests.connectors.central.standin.things import Definition, Form, Project, Version

COLLECT = "org.odk.collect.android/v2025.2.3 Dalvik/2.1.0 (Linux; U; Android 13; SM-A155F)"
JPEG = b"\xff\xd8\xff\xe0 a picture"
Survey = Sequence[tuple[str, ...]]  # type, name, calculation, trigger
SMALL: Survey = (("text", "note"), ("integer", "people"), ("image", "photo"))


def workbook(survey: Survey, version: str = "1") -> bytes:
    """Make the workbook of a form ``f``."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(["type", "name", "calculation", "trigger", "label"])
    for row in survey:
        kind, name, calculation, trigger = (*row, "", "", "")[:4]
        sheet.append([kind, name, calculation, trigger, name if name else None])
    entities = [row for row in survey if row[0] == "entity"]
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label"])
    for value in ("a", "b", "c"):
        choices.append(["l", value, value])
    if entities:
        book.create_sheet("entities").append(["list_name", "label"])
        book["entities"].append(["clubs", "'câu lạc bộ'"])
        for row in range(sheet.max_row, 1, -1):
            if sheet.cell(row, 1).value == "entity":
                sheet.delete_rows(row)
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version"])
    settings.append(["F", "f", version])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@cache
def _compiled(survey: Survey, version: str) -> str:
    return compiled(workbook(survey, version), ".xlsx", [])


def _definition(survey: Survey, version: str) -> Definition:
    return defined(_compiled(survey, version), None)


@dataclass
class Phones:
    """A form, what phones send of it, and what is asked of the server since."""

    standin: Standin
    asked: list[str]
    server: Server = field(init=False)
    project: Project = field(init=False)
    form: Form = field(init=False)

    def has(self, survey: Survey = SMALL) -> "Phones":
        """Begin anew with a form."""
        project = self.standin.project()
        with self.standin.world.lock:
            first = _definition(tuple(survey), "1")
            form = add_form(self.standin.world, project, first, self.standin.owner)
            publish(self.standin.world, project, form)
        return self._of(project, form)

    def has_form(self, content: bytes) -> "Phones":
        """Begin anew with the form of a workbook."""
        project = self.standin.project()
        return self._of(project, self.standin.form(project, content))

    def _of(self, project: Project, form: Form) -> "Phones":
        self.project, self.form = project, form
        url, password = self.standin.url, self.standin.password
        self.server = Server(
            "c", "central", url, url, password, CALM, self.standin.email, project.id
        )
        return self

    def publish(self, survey: Survey, version: str = "2") -> None:
        """Put another version on phones."""
        with self.standin.world.lock:
            self.form.draft = _definition(tuple(survey), version)
            publish(self.standin.world, self.project, self.form)

    def send(
        self,
        body: str,
        *,
        agent: str | None = COLLECT,
        version: str = "1",
        files: Collection[str] = (),
    ) -> str:
        """Send a filled form with files; give its instance id."""
        instance = f"uuid:{uuid.uuid4()}"
        with self.standin.world.lock:
            made = self._made(body, f"<instanceID>{instance}</instanceID>", version, agent)
            sent = dict.fromkeys(files, (JPEG, "image/jpeg"))
            add(self.standin.world, self.project, self.form, made, sent)
        return instance

    def edit(self, root: str, body: str, version: str = "1") -> None:
        """Send a new version of a submission."""
        with self.standin.world.lock:
            submission = self.form.submissions[root]
            meta = f"<instanceID>uuid:{uuid.uuid4()}</instanceID>"
            meta += f"<deprecatedID>{submission.current.instance}</deprecatedID>"
            made = self._made(body, meta, version, COLLECT)
            edit(self.standin.world, self.form, submission, made, {}, "")

    def _made(self, body: str, meta: str, version: str, agent: str | None) -> Version:
        xml = f'<data id="f" version="{version}">{body}<meta>{meta}</meta></data>'
        filled, here = read_filled(xml.encode()), self.standin
        return version_of(here.world, self.form, filled, here.owner, None, agent)

    def pulled(self) -> dict[str, Record]:
        """Give the records of everything by their root instance ids; later ones count."""
        self.asked.clear()
        asset = self.form.xml_id
        highest = central.extent(self.server, asset).highest
        return _by_root(central.everything(self.server, asset, highest))

    def read_as_xml(self) -> dict[str, Record]:
        """Give the records as the XML of each gives them."""
        asset = self.form.xml_id
        highest = central.extent(self.server, asset).highest
        asked, all_there_are = [listing.stretch(1, highest)], range(highest + 1)
        return _by_root(fetching._by_xml(self.server, asset, asked, all_there_are))

    def xml_asked(self) -> set[str]:
        """Give the root instance ids of submissions that were asked for as XML."""
        found = (re.fullmatch(r".*/submissions/(uuid:[^/]+)\.xml", each) for each in self.asked)
        return {each[1] for each in found if each}


def _by_root(pages: Iterable[list[Record]]) -> dict[str, Record]:
    return {str(record["meta/rootUuid"]): record for page in pages for record in page}


@pytest.fixture(scope="session")
def running() -> Iterator[Phones]:
    asked: list[str] = []

    def front(app: Any) -> Any:
        def noting(environ: dict[str, Any], start: Any) -> Any:
            asked.append(environ["PATH_INFO"])
            return app(environ, start)

        return noting

    with serve_standin(clock=Clock(), front=front) as standin:
        yield Phones(standin, asked)


@pytest.fixture
def phones(running: Phones) -> Iterator[Phones]:
    opened = running.has()
    yield opened
    opened.server.close()
