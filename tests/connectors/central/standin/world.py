"""The state of one stand-in, and the names and numbers that it gives."""

import secrets
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask import current_app

from tests.connectors.central.standin.actors import Actor, Session
from tests.connectors.central.standin.things import Form, Project, Submission

EXTENSION = "central-standin"
APP_USER_EXPIRES = "9999-12-31T23:59:59.000Z"
_SESSION_HOURS = 24


def stamp(moment: datetime) -> str:
    """Write a moment as Central does."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class World:
    """Everything a stand-in knows. `next` may be set before a request: the next number given."""

    clock: Callable[[], datetime]
    lock: threading.RLock = field(default_factory=threading.RLock)
    actors: dict[int, Actor] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    projects: dict[int, Project] = field(default_factory=dict)
    foreign_uuids: set[str] = field(default_factory=set)  # of entities in deleted projects
    pending: list[tuple[Project, Form, Submission]] = field(default_factory=list)
    entities_at_once: bool = True
    next: dict[str, int] = field(default_factory=dict)
    uuids: list[str] = field(default_factory=list)  # to be drawn first

    def now(self) -> str:
        return stamp(self.clock())

    def number(self, kind: str) -> int:
        given = self.next.get(kind, 1)
        self.next[kind] = given + 1
        return given

    def uuid(self) -> str:
        return self.uuids.pop(0) if self.uuids else new_uuid()

    def session(self, actor: Actor, *, expires: str | None = None) -> tuple[str, Session]:
        later = stamp(self.clock() + timedelta(hours=_SESSION_HOURS))
        token = secrets.token_urlsafe(48)
        self.sessions[token] = Session(actor, self.now(), expires or later)
        return token, self.sessions[token]

    def add_user(self, email: str, password: str, *, admin: bool = False) -> Actor:
        actor = Actor(self.number("actor"), "user", email, self.now(), password, admin=admin)
        self.actors[actor.id] = actor
        return actor

    def add_app_user(self, project: Project, name: str) -> Actor:
        actor = Actor(self.number("actor"), "field_key", name, self.now())
        actor.token, _ = self.session(actor, expires=APP_USER_EXPIRES)
        self.actors[actor.id] = actor
        project.app_users.append(actor)
        return actor

    def add_project(self, name: str) -> Project:
        project = Project(self.number("project"), name, self.now())
        self.projects[project.id] = project
        return project

    def purge_trash(self) -> int:
        """Forget what was deleted, as the nightly task does after 30 days; gives how many."""
        gone = 0
        for project in self.projects.values():
            for form in project.forms:
                trash = [one.root for one in form.submissions.values() if one.deleted]
                gone += len(trash)
                for root in trash:
                    del form.submissions[root]
        return gone


def world() -> World:
    """The state behind the running request."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, World)
    return found


def new_uuid() -> str:
    return str(uuid.uuid4())
