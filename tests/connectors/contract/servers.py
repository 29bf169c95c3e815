"""The two kinds of server, each with who works there."""

import uuid
from dataclasses import dataclass, field
from pathlib import Path

from connectors.servers import openrosa
from connectors.servers.central import drafts
from connectors.servers.contract import Server, StateName
from connectors.servers.kobo import imports
from connectors.servers.sandbox import Running
from tests.connectors.central.standin.serve import Standin
from tests.connectors.contract.people import People
from tests.connectors.kobo.conftest import CALM

TOKEN = "5ec2e7-5ec2e7-5ec2e7"
LOOKING = "71e0e7-71e0e7-71e0e7"
REVIEWS = {None: None, "on_hold": "hasIssues", "not_approved": "rejected", "approved": "approved"}


@dataclass
class OnKobo(People):
    """A KoBo sandbox; people work as KoBo's page does."""

    @classmethod
    def at(cls, running: Running, folder: Path) -> "OnKobo":
        """Come to a sandbox."""
        return cls(Server("kobo", "kobo", running.url, running.url, TOKEN, CALM), folder)

    @property
    def root_name(self) -> str:
        return self.asset

    @property
    def secrets(self) -> list[str]:
        return [TOKEN]

    @property
    def place(self) -> str:
        """Address of the asset."""
        return f"{self.server.url}/api/v2/assets/{self.asset}"

    def edit(self, root: str, body: str) -> str:
        new = f"uuid:{uuid.uuid4()}"
        openrosa.submit(self.server, self.xml(body, new, f"uuid:{self.row(root).uuid}"))
        return new.removeprefix("uuid:")

    def delete(self, root: str) -> None:
        self.server.http.request("DELETE", f"{self.place}/data/{self.row(root).id}/")

    def restore(self, root: str) -> None:
        self.server.http.request("POST", f"{self.place}/data/{root}/restore/")

    def purge(self) -> None:
        pass  # there is no trash

    def review(self, root: str, state: StateName | None) -> None:
        url = f"{self.place}/data/{self.row(root).id}/validation_status/"
        if state is None:
            self.server.http.request("DELETE", url)
        else:
            told = {"validation_status.uid": f"validation_status_{state}"}
            self.server.http.json("PATCH", url, json=told)

    def replace_file(self, root: str, name: str, content: bytes) -> None:
        self.send_again(root, {name: content})

    def edit_form(self, workbook: Path) -> None:
        imports.replace(self.server, workbook, "x", self.asset)

    def close_form(self) -> None:
        self.server.http.json("PATCH", f"{self.place}/deployment/", json={"active": False})

    def looking(self) -> Server:
        right = {"permission": "/permissions/view_submissions/", "user": "/users/nguoixem/"}
        self.server.http.json("POST", f"{self.place}/permission-assignments/", json=right)
        return self.again(token=LOOKING)


@dataclass
class OnCentral(People):
    """A stand-in for ODK Central; people work as Central's page does."""

    standin: Standin = field(kw_only=True)

    @classmethod
    def at(cls, running: Standin, folder: Path) -> "OnCentral":
        """Come to a stand-in that has one project."""
        (project,) = running.world.projects
        url, user = running.url, running.email
        server = Server("central", "central", url, url, running.password, CALM, user, project)
        return cls(server, folder, standin=running)

    @property
    def root_name(self) -> str:
        return "data"

    @property
    def secrets(self) -> list[str]:
        return [self.standin.password, *self.standin.world.sessions]

    def _url(self, root: str) -> str:
        project = f"{self.server.url}/v1/projects/{self.server.project}"
        return f"{project}/forms/{self.asset}/submissions/uuid:{root}"

    def edit(self, root: str, body: str) -> str:
        new = f"uuid:{uuid.uuid4()}"
        xml = self.xml(body, new, f"uuid:{self.row(root).uuid}")
        kind = {"Content-Type": "text/xml"}
        self.server.http.request("PUT", self._url(root), data=xml, headers=kind)
        return new.removeprefix("uuid:")

    def delete(self, root: str) -> None:
        self.server.http.request("DELETE", self._url(root))

    def restore(self, root: str) -> None:
        self.server.http.request("POST", f"{self._url(root)}/restore")

    def purge(self) -> None:
        self.standin.world.purge_trash()

    def review(self, root: str, state: StateName | None) -> None:
        self.server.http.json("PATCH", self._url(root), json={"reviewState": REVIEWS[state]})

    def replace_file(self, root: str, name: str, content: bytes) -> None:
        url = f"{self._url(root)}/attachments/{name}"
        self.server.http.request("POST", url, data=content, headers={"Content-Type": "image/jpeg"})

    def edit_form(self, workbook: Path) -> None:
        drafts.upload(self.server, workbook, self.asset, self.asset)

    def close_form(self) -> None:
        url = self._url("").partition("/submissions/")[0]
        self.server.http.json("PATCH", url, json={"state": "closing"})

    def looking(self) -> Server:
        email = f"{uuid.uuid4()}@example.org"
        viewer = self.standin.world.add_user(email, LOOKING)
        viewer.projects.add(self.server.project or 0)
        return self.again(user=email, token=LOOKING)
