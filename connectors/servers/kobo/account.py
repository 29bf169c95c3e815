"""Whose token it is."""

from connectors.servers.contract import Server
from connectors.servers.faults import fault


def check_account(server: Server) -> str:
    """Give the account's name.

    Asked at ``/me/``: without rights KoBo answers 404 or an empty list elsewhere, which looks
    like a form that does not exist.

    Raises:
        ServerFault: ``server-token`` and whatever else is wrong with the server.
    """
    answer = server.http.json("GET", f"{server.url}/me/")
    if not isinstance(answer, dict) or not isinstance(answer.get("username"), str):
        raise fault("server-answer", server.http.place)
    return str(answer["username"])
