"""KoBoToolbox (the sandbox speaks its API too) and ODK Central, behind one contract."""

from collections.abc import Mapping
from typing import cast

from connectors.servers import central, kobo
from connectors.servers.access import PATIENT, Limits
from connectors.servers.contract import Server, Verbs
from programme.account import token_variable
from programme.settings import ServerSettings
from programme.settings import token as read_token

_VERBS = {"kobo": kobo, "central": central}


def verbs(server: Server) -> Verbs:
    """Give the verbs for this kind of server."""
    return cast(Verbs, _VERBS[server.kind])


def connect(
    settings: ServerSettings, environ: Mapping[str, str], limits: Limits = PATIENT
) -> Server:
    """Make the ``Server`` of ``[servers.NAME]``; nothing is sent yet.

    Args:
        environ: the environment, where the token may be.
        limits: patience with it, and how much to take from it.

    Raises:
        ProblemError: there is no token, or none that can be used.
    """
    return Server(
        name=settings.name,
        kind=settings.kind,
        url=settings.url,
        openrosa_url=settings.openrosa_url,
        token=read_token(settings, environ),
        token_from=token_variable(settings, environ),
        limits=limits,
        user=settings.user,
        project=settings.project,
        lists=settings.lists,
    )
