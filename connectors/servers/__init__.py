"""KoBoToolbox and what speaks its API, behind one contract."""

import string
from collections.abc import Mapping
from typing import cast

from connectors.servers import kobo
from connectors.servers.access import PATIENT, Limits
from connectors.servers.contract import Server, Verbs
from programme.problem import Place, Problem, ProblemError, Text
from programme.settings import ServerSettings
from programme.settings import token as read_token

_VERBS = {"kobo": kobo}
_TOKEN_LETTERS = frozenset(string.ascii_letters + string.digits + string.punctuation)


def verbs(server: Server) -> Verbs:
    """Give the verbs for this kind of server."""
    return cast(Verbs, _VERBS[server.kind])


def connect(
    settings: ServerSettings, environ: Mapping[str, str], limits: Limits = PATIENT
) -> Server:
    """Make the ``Server`` of ``[servers.NAME]``; nothing is sent yet.

    Args:
        environ: the environment, where the token may be.

    Raises:
        ProblemError: no token, or one that no server can have given.
    """
    token = read_token(settings, environ)
    if not _TOKEN_LETTERS.issuperset(token):
        # a stray letter would come back in an error message, and the token with it
        raise ProblemError(
            Problem(
                "token-invalid",
                Text(
                    vi="mã truy cập (token) có ký tự lạ hoặc khoảng trắng",
                    en="the token has strange characters or blanks in it",
                ),
                Text(
                    vi="hãy chép lại mã từ trang tài khoản KoBo: chỉ gồm chữ và số",
                    en="copy it again from your KoBo account settings: letters and digits only",
                ),
                Place(server=settings.name),
            )
        )
    return Server(settings.name, settings.kind, settings.url, settings.openrosa_url, token, limits)
