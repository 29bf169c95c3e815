"""Addresses below a project of Central."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from connectors.servers.contract import Server
from connectors.servers.faults import fault
from programme.problem import Exit, Place, Problem, ProblemError, Text

EXTENDED = {"X-Extended-Metadata": "true"}


def part(text: str) -> str:
    """Write an id or name so that it is one part of an address, wherever it came from.

    Nothing has the name ``.`` or ``..``, which would lead elsewhere; it becomes one that is not
    found.
    """
    return "%252E" * len(text) if text in (".", "..") else quote(text, safe="")


def project(server: Server, *parts: str) -> str:
    """Give the address of something in the account's project.

    Args:
        parts: written as parts of an address already.

    Raises:
        ProblemError: ``project-unclear`` when the settings name none and there is not just one.
    """
    if "project" not in server.noted:
        number = server.project if server.project is not None else _only(server)
        server.noted["project"] = f"{server.url}/v1/projects/{number}"
    return "/".join((server.noted["project"], *parts))


def form(server: Server, asset: str, *parts: str) -> str:
    """Give the address of something of a form.

    Args:
        parts: written as parts of an address already.
    """
    return project(server, "forms", part(asset), *parts)


def rows_of(server: Server, answer: object) -> list[dict[str, Any]]:
    """Take a list of things.

    Raises:
        ServerFault: ``server-answer`` for anything else.
    """
    if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
        raise fault("server-answer", server.http.place)
    return answer


def _only(server: Server) -> int:
    found = rows_of(server, server.http.json("GET", f"{server.url}/v1/projects"))
    open_ones = [row for row in found if not row.get("archived")]
    if len(open_ones) != 1:
        raise ProblemError(_unclear(server, open_ones), Exit.SERVER)
    number = open_ones[0].get("id")
    if type(number) is not int:
        raise fault("server-answer", server.http.place)
    return number


def _unclear(server: Server, found: Sequence[dict[str, Any]]) -> Problem:
    named = [server.told(f"{row.get('id')} “{row.get('name')}”") for row in found]
    listed = "; ".join(named) or "–"
    return Problem(
        "project-unclear",
        Text(
            vi=f"không rõ dự án nào trên máy chủ là của chương trình: {listed}",
            en=f"it is not clear which of the server's projects is meant: {listed}",
        ),
        Text(
            vi=f"hãy ghi số của dự án vào mục [servers.{server.name}]: project = …",
            en=f"write the project's number into [servers.{server.name}]: project = …",
        ),
        Place(server=server.name),
    )
