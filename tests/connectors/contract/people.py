"""A server and who works with it: phones that send, and people on its page.

A new kind of server needs one more class like the two in ``servers.py``; the tests stay as they
are, and what it does otherwise than the others is a column in ``capabilities.py``.
"""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from connectors.servers import openrosa, verbs
from connectors.servers.contract import ManifestRow, Record, Server, StateName, Verbs


@dataclass
class People(ABC):
    """One form on one server, the account that asks, and the others there.

    Args:
        server: as the verbs have it.
        folder: for files that are sent.
        asset: the form, once it is deployed.
        sent: the XML of what phones have sent, by root uuid.
        agent: what the phones call themselves.
    """

    server: Server
    folder: Path
    asset: str = ""
    sent: dict[str, bytes] = field(default_factory=dict)
    agent: str = "a client of somebody's own"

    @property
    def ask(self) -> Verbs:
        """The verbs."""
        return verbs(self.server)

    # what phones do

    def xml(self, body: str, instance: str, edits: str = "") -> bytes:
        """Write a filled form."""
        offered = openrosa.find(self.server, self.asset)
        assert offered is not None
        old = f"<deprecatedID>{edits}</deprecatedID>" if edits else ""
        meta = f"<meta><instanceID>{instance}</instanceID>{old}</meta>"
        head = f'{self.root_name} id="{self.asset}" version="{offered.version}"'
        return f"<{head}>{body}{meta}</{self.root_name}>".encode()

    def send(self, body: str = "<note>họp</note>", files: Mapping[str, bytes] | None = None) -> str:
        """Send a filled form; give its root uuid."""
        instance = f"uuid:{uuid.uuid4()}"
        xml = self.xml(body, instance)
        self.sent[instance.removeprefix("uuid:")] = xml
        self.send_again(instance.removeprefix("uuid:"), files)
        return instance.removeprefix("uuid:")

    def send_again(self, root: str, files: Mapping[str, bytes] | None = None) -> None:
        """Send the same XML once more, with files that were not there before."""
        parts = [("xml_submission_file", ("submission.xml", self.sent[root], "text/xml"))]
        for name, content in (files or {}).items():
            parts.append((name, (name, content, "image/jpeg")))
        self.server.http.request(
            "POST",
            f"{self.server.phones}/submission",
            files=parts,
            headers={**openrosa.VERSION, "User-Agent": self.agent},
        )

    # what anybody sees

    def rows(self, **asked: Any) -> list[ManifestRow]:
        """Give the whole manifest, or a part of it."""
        highest = asked.pop("highest", None) or self.ask.extent(self.server, self.asset).highest
        pages = self.ask.manifest(self.server, self.asset, highest, **asked)
        return [row for page in pages for row in page]

    def row(self, root: str) -> ManifestRow:
        """Give one row of the manifest."""
        return next(each for each in self.rows() if each.root_uuid == root)

    def records(self) -> dict[str, Record]:
        """Give everything, by root uuid, in the order of the ids."""
        highest = self.ask.extent(self.server, self.asset).highest
        pages = self.ask.everything(self.server, self.asset, highest)
        found = sorted((each for page in pages for each in page), key=lambda each: each["_id"])
        return {self.ask.row_of(each, self.asset).root_uuid: each for each in found}

    def phone(self) -> bytes:
        """Download the form as a phone does, with its files into the folder ``phone``."""
        into = self.folder / "phone"
        into.mkdir(exist_ok=True)
        return openrosa.download(self.server, self.asset, into)

    def again(self, **other: Any) -> Server:
        """Give the same account once more, with something else about it; close it after use."""
        return replace(self.server, **other)

    # what only this kind of server has

    @property
    @abstractmethod
    def root_name(self) -> str:
        """Name of the root element of a filled form."""

    @property
    @abstractmethod
    def secrets(self) -> list[str]:
        """Everything that lets one in."""

    @abstractmethod
    def edit(self, root: str, body: str) -> str:
        """Edit a submission as a person does; give its new uuid."""

    @abstractmethod
    def delete(self, root: str) -> None:
        """Delete a submission."""

    @abstractmethod
    def restore(self, root: str) -> None:
        """Take a deleted submission back; a ServerFault where that cannot be done."""

    @abstractmethod
    def purge(self) -> None:
        """Empty the trash, where there is one."""

    @abstractmethod
    def review(self, root: str, state: StateName | None) -> None:
        """Judge a submission."""

    @abstractmethod
    def replace_file(self, root: str, name: str, content: bytes) -> None:
        """Put other bytes in the place of a file; a ServerFault where that cannot be done."""

    @abstractmethod
    def edit_form(self, workbook: Path) -> None:
        """Change the form on the server's page and leave it there, undeployed."""

    @abstractmethod
    def close_form(self) -> None:
        """Let phones have the form no more."""

    @abstractmethod
    def looking(self) -> Server:
        """Give an account that may look at this form and nothing else."""
