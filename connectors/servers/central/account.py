"""Whose account it is."""

from connectors.servers.central.urls import project
from connectors.servers.contract import Server
from connectors.servers.faults import fault


def check_account(server: Server) -> str:
    """Sign in, give the account's name, and make sure that its project is known.

    Raises:
        ProblemError: ``server-sign-in``, ``project-unclear``, and whatever else is wrong.
    """
    answer = server.http.json("GET", f"{server.url}/v1/users/current")
    if not isinstance(answer, dict) or not isinstance(answer.get("displayName"), str):
        raise fault("server-answer", server.http.place)
    server.noted["phones"] = project(server)
    return str(answer["displayName"])
