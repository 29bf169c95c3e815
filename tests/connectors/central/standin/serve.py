"""The stand-in as a running server, in a thread of this process."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from flask import Flask

from connectors.servers.sandbox.listen import Listening, QuietHandler, listen
from tests.connectors.central.standin.actors import Actor
from tests.connectors.central.standin.app import create_app, utc_now
from tests.connectors.central.standin.definitions import compiled, defined
from tests.connectors.central.standin.filled import read_filled
from tests.connectors.central.standin.forms import add_form, publish
from tests.connectors.central.standin.keeping import Files, add, version_of
from tests.connectors.central.standin.things import Form, Project
from tests.connectors.central.standin.worker import run_worker
from tests.connectors.central.standin.world import EXTENSION, World

EMAIL = "owner@example.org"
PASSWORD = "correct horse battery staple"


class _Handler(QuietHandler):
    """Says the stand-in's time."""

    clock: Callable[[], datetime]

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Give the stand-in's time: answers bear it as those of a server bear its own."""
        moment = type(self).clock().astimezone(UTC)
        return format_datetime(moment, usegmt=True)


class Standin(Listening):
    """A stand-in that answers until it is stopped; a context manager stops it at the end."""

    email, password = EMAIL, PASSWORD
    app: Flask
    world: World
    owner: Actor

    def project(self, name: str = "Lạng Sơn 2026") -> Project:
        """Make a project."""
        with self.world.lock:
            return self.world.add_project(name)

    def form(self, project: Project, workbook: bytes) -> Form:
        """Make a form of a workbook and publish it."""
        with self.world.lock:
            definition = defined(compiled(workbook, ".xlsx", []), workbook)
            form = add_form(self.world, project, definition, self.owner)
            publish(self.world, project, form)
            return form

    def load(
        self,
        project: Project,
        form: Form,
        filled: Iterable[bytes | tuple[bytes, Files]],
        agent: str | None = None,
    ) -> int:
        """Take many filled forms at once, as if the owner had sent them; gives how many.

        Each is its XML, or its XML with files: (bytes, media type) by name; `agent` sent them.
        Raises RefusedError for one of an unknown version of the form.
        """
        count = 0
        with self.world.lock:
            for one in filled:
                xml, files = one if isinstance(one, tuple) else (one, {})
                read = read_filled(xml)
                version = version_of(self.world, form, read, self.owner, None, agent)
                add(self.world, project, form, version, files)
                count += 1
            if self.world.entities_at_once:
                run_worker(self.world)
        return count


def serve_standin(
    *,
    host: str = "127.0.0.1",
    clock: Callable[[], datetime] = utc_now,
    front: Callable[[Any], Any] | None = None,
    email: str = EMAIL,
    password: str = PASSWORD,
) -> Standin:
    """Start an empty stand-in on a free port; `.url`, `.email` and `.password` let one in.

    Args: the clock, aware of its zone; `front` puts another app in front, such as weather.
    """
    app = create_app(clock)
    world = app.extensions[EXTENSION]
    owner = world.add_user(email, password, admin=True)
    own = type("_Own", (_Handler,), {"clock": staticmethod(clock)})
    running = listen(front(app) if front else app, host, 0, kind=Standin, handler=own)
    running.app, running.world, running.owner = app, world, owner
    running.email, running.password = email, password
    return running
