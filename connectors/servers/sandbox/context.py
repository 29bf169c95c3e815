"""The sandbox behind the running request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app, request

from connectors.servers.sandbox.identity import stamp
from connectors.servers.sandbox.state import State

EXTENSION = "ishc-sandbox"


@dataclass(frozen=True, slots=True)
class Sandbox:
    """State, accounts and clock of one server; tokens live in memory only.

    Args:
        owner: the account that owns every form.
        tokens: of all accounts, by name.
        older: answer as release 2.026.03 does, not as 2.026.07.
        page: as for `create_app`.
    """

    state: State
    owner: str
    clock: Callable[[], datetime]
    tokens: Mapping[str, str] = field(repr=False)
    older: bool = False
    page: int | None = None

    def now(self) -> str:
        """Give the moment of this server's clock as a stamp with microseconds."""
        return stamp(self.clock())


def sandbox() -> Sandbox:
    """Give the sandbox that serves the running request."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Sandbox)
    return found


def state() -> State:
    """Give the state of the sandbox that serves the running request."""
    return sandbox().state


def link(path: str) -> str:
    """Give an absolute address on this server, with the host that the client used."""
    return request.host_url.rstrip("/") + path


def asset_link(uid: str, tail: str = "") -> str:
    """Give the API address of an asset or of something below it."""
    return link(f"/api/v2/assets/{uid}/{tail}")


def account_link(name: str) -> str:
    """Give the API address of an account."""
    return link(f"/api/v2/users/{name}/")
