"""Sessions for accounts that have a password: opened when needed, kept in memory only."""

from threading import Lock
from typing import Any

from connectors.servers.answer import Answer
from connectors.servers.faults import fault
from programme.problem import Place

OK = 200


class SignIn:
    """How ODK Central opens and ends a session; who holds this holds the password.

    Args:
        url: of the server.
        user: the account's e-mail address.
        password: never printed.
    """

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = f"{url}/v1/sessions"
        self.current = f"{self.url}/current"
        self.one_at_a_time = Lock()
        self._user, self._password = user, password

    @property
    def asked(self) -> dict[str, Any]:
        """Give what is sent to open one, as arguments of requests."""
        return {"json": {"email": self._user, "password": self._password}}

    def header(self, answer: Answer, place: Place) -> str:
        """Give what signs the requests of the session that was opened.

        Args:
            answer: to what was asked, its JSON parsed.

        Raises:
            ServerFault: ``server-sign-in`` when e-mail and password do not fit.
        """
        if answer.status != OK:
            raise fault("server-sign-in", place, status=answer.status)
        token = answer.data.get("token") if isinstance(answer.data, dict) else None
        # anything else would be refused by the HTTP library, with the token in its message
        if (
            not isinstance(token, str)
            or not token.isascii()
            or not token.isprintable()
            or not token
        ):
            raise fault("server-answer", place)
        return f"Bearer {token}"
