"""App users: the keys by which phones get forms and send, one for each phone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors.servers.central.forms import NOT_FOUND
from connectors.servers.central.urls import EXTENDED, form, part, project, rows_of
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault, fault

_TAKEN, _MISSING, _GONE = 409, 404, 403


@dataclass(frozen=True, slots=True)
class AppUser:
    """A key for one phone.

    Args:
        id: Central's number of it.
        name: what people call it.
        token: the key itself, empty once it was taken away; never shown.
        last_used: when the phone asked last, ISO 8601, empty where Central does not tell.
    """

    id: int
    name: str
    token: str = field(repr=False)
    last_used: str = ""


def app_users(server: Server) -> list[AppUser]:
    """List the project's app users, those whose key was taken away too."""
    answer = server.http.json("GET", project(server, "app-users"), headers=dict(EXTENDED))
    return [_app_user(server, row) for row in rows_of(server, answer)]


def add(server: Server, name: str) -> AppUser:
    """Make an app user with a key of its own; it gets no form yet."""
    url = project(server, "app-users")
    # asked twice it would make two
    answer = server.http.json("POST", url, json={"displayName": name}, repeatable=False)
    if not isinstance(answer, dict):
        raise fault("server-answer", server.http.place)
    return _app_user(server, answer)


def assigned(server: Server, asset: str) -> frozenset[int] | None:
    """Give the numbers of those who have a part in a form, None where there is no such form."""
    try:
        answer = server.http.json("GET", form(server, asset, "assignments"))
    except ServerFault as error:
        if error.code == NOT_FOUND:
            return None
        raise
    rows = rows_of(server, answer)
    return frozenset(row["actorId"] for row in rows if isinstance(row.get("actorId"), int))


def assign(server: Server, asset: str, user: AppUser) -> None:
    """Let an app user get a form and send it; done twice it changes nothing."""
    url = form(server, asset, "assignments", "app-user", str(user.id))
    server.http.request("POST", url, allow={_TAKEN}, repeatable=True)


def revoke(server: Server, user: AppUser) -> None:
    """Take the key away: from now on nothing can be fetched or sent with it."""
    url = f"{server.url}/v1/sessions/{part(user.token)}"
    server.http.request("DELETE", url, allow={_MISSING, _GONE})


def phone_url(server: Server, user: AppUser) -> str:
    """Give the address that a phone is set to; it holds the key."""
    below = project(server).removeprefix(f"{server.url}/v1/")
    return f"{server.url}/v1/key/{part(user.token)}/{below}"


def _app_user(server: Server, row: Mapping[str, Any]) -> AppUser:
    number, token = row.get("id"), row.get("token")
    if type(number) is not int or not isinstance(token, str | None):
        raise fault("server-answer", server.http.place)
    name, used = str(row.get("displayName") or ""), str(row.get("lastUsed") or "")
    return AppUser(number, name, token or "", used)
