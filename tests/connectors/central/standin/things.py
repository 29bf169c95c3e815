"""What the stand-in for ODK Central keeps in memory: projects, forms, submissions."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from tests.connectors.central.standin.actors import Actor
from tests.connectors.central.standin.lists import Dataset
from tests.connectors.central.standin.schema import Schema


@dataclass
class FormFile:
    """A file that a form names: its bytes, or the list of entities that stands for it."""

    name: str
    type: str
    content: bytes | None = None
    mimetype: str = ""
    updated: str | None = None
    dataset: bool = False

    @property
    def hash(self) -> str | None:
        return hashlib.md5(self.content).hexdigest() if self.content is not None else None

    def told(self) -> dict[str, Any]:
        answer = {
            "name": self.name,
            "type": self.type,
            "hash": self.hash,
            "exists": self.content is not None or self.dataset,
            "blobExists": self.content is not None,
            "datasetExists": self.dataset,
        }
        return answer | ({"updatedAt": self.updated} if self.updated else {})


@dataclass
class Definition:
    """One version of a form: draft until `published` is set."""

    xml: str
    workbook: bytes | None
    workbook_type: str | None
    schema: Schema
    files: dict[str, FormFile]
    token: str | None = field(default=None, repr=False)
    published: str | None = None

    @property
    def version(self) -> str:
        return self.schema.version


@dataclass
class Version:
    """One version of a submission; the first has the submission's own id."""

    id: int
    instance: str
    name: str | None
    xml: bytes
    created: str
    submitter: Actor
    device: str | None
    agent: str | None
    form_version: str
    files: dict[str, tuple[bytes, str] | None]  # None: named, not received

    def told(self, *, current: bool) -> dict[str, Any]:
        return {
            "submitterId": self.submitter.id,
            "createdAt": self.created,
            "instanceName": self.name,
            "instanceId": self.instance,
            "current": current,
            "deviceId": self.device,
            "userAgent": self.agent,
        }


@dataclass
class Submission:
    """A submission with all its versions, oldest first."""

    id: int
    versions: list[Version]
    created: str
    updated: str | None = None
    deleted: str | None = None
    review: str | None = None
    comments: list[dict[str, Any]] = field(default_factory=list)
    audits: list[dict[str, Any]] = field(default_factory=list)
    event: int = 0  # the last change that ETags see
    cached: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def root(self) -> str:
        return self.versions[0].instance

    @property
    def current(self) -> Version:
        return self.versions[-1]


@dataclass
class Form:
    """A form of a project with its published versions, oldest first."""

    id: int
    xml_id: str
    actee: str
    owner: Actor
    created: str
    updated: str | None = None
    deleted: str | None = None
    state: str = "open"
    published: list[Definition] = field(default_factory=list)
    draft: Definition | None = None
    submissions: dict[str, Submission] = field(default_factory=dict)
    roles: list[tuple[int, int]] = field(default_factory=list)  # actor, role

    @property
    def latest(self) -> Definition:
        """The version that phones get; the draft before the first is published."""
        shown = self.published[-1] if self.published else self.draft
        assert shown is not None
        return shown

    def of_version(self, version: str) -> Definition | None:
        return next((one for one in self.published if one.version == version), None)


@dataclass
class Project:
    """A project with its forms, app users and entity lists."""

    id: int
    name: str
    created: str
    description: str | None = None
    archived: bool | None = None
    updated: str | None = None
    deleted: str | None = None
    forms: list[Form] = field(default_factory=list)
    app_users: list[Actor] = field(default_factory=list)
    datasets: dict[str, Dataset] = field(default_factory=dict)
