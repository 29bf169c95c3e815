"""Which failures are worth another try, and what the others are called."""

import socket
from collections.abc import Mapping

import requests
from urllib3.exceptions import InvalidHeader, NameResolutionError, NewConnectionError
from urllib3.util.retry import Retry

from connectors.servers.access import told_origin
from connectors.servers.faults import ServerFault, fault, not_started
from programme.hosts import host_of, is_loopback
from programme.problem import Place

NEVER_SENT_TRIES = 3  # a server that is down is told soon
OWN_ERROR_TRIES = 3  # KoBo answers 500 to some requests for ever
ANY_TRIES = 1000  # as many as the limits allow

_REFUSALS = {
    401: "server-token",
    403: "server-permission",
    404: "server-not-found",
    413: "server-too-large",
}
_FOR_GOOD = {
    requests.exceptions.SSLError: "server-tls",
    requests.exceptions.InvalidHeader: "server-answer",
}
_BUSY = frozenset({408, 423, 425, 429, 502, 503, 504})  # 423: it works on the same one now
_REFUSED_UNREAD = frozenset({408, 425, 429})  # sent again without harm, whatever it was
_FIRST_REFUSAL, _FIRST_ERROR = 400, 500


class TransientError(Exception):
    """Worth another try.

    Args:
        told: what to raise when patience ends.
        tries: how many tries it is worth.
        pause: seconds the server asked to wait.
        sent: the request may have been carried out.
    """

    def __init__(
        self,
        told: ServerFault,
        tries: int = ANY_TRIES,
        pause: float | None = None,
        sent: bool = True,
    ) -> None:
        super().__init__(told.code)
        self.told, self.tries, self.pause, self.sent = told, tries, pause, sent


def of_exception(error: requests.RequestException, place: Place) -> Exception:
    """Name what went wrong before an answer came."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    host = told_origin(getattr(error.request, "url", None) or "")
    for kind, code in _FOR_GOOD.items():
        if isinstance(error, kind):
            return fault(code, place)
    if isinstance(reason, NameResolutionError | socket.gaierror):
        return TransientError(fault("server-name", place, host), NEVER_SENT_TRIES, sent=False)
    if isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError):
        return TransientError(_unreachable(place, host), NEVER_SENT_TRIES, sent=False)
    if isinstance(error, requests.Timeout):
        return TransientError(fault("server-timeout", place))
    if isinstance(error, requests.ConnectionError):
        return TransientError(fault("server-reset", place))
    return _unreachable(place, host)


def _unreachable(place: Place, url: str) -> ServerFault:
    told = fault("server-unreachable", place, url)
    return not_started(told) if is_loopback(host_of(url)) else told


def of_status(
    status: int, headers: Mapping[str, str], place: Place, longest_pause: float
) -> Exception | None:
    """Name what is wrong with an answer's status, None when nothing is."""
    if status in _BUSY:
        return _busy(status, headers.get("Retry-After"), place, longest_pause)
    if status >= _FIRST_ERROR:
        return TransientError(fault("server-error", place, str(status), status), OWN_ERROR_TRIES)
    if status >= _FIRST_REFUSAL:
        code = _REFUSALS.get(status, "server-refused")
        return fault(code, place, str(status) if code == "server-refused" else "", status)
    return None


def _busy(status: int, asked: str | None, place: Place, longest: float) -> Exception:
    told = fault("server-busy", place, str(status), status)
    sent = status not in _REFUSED_UNREAD
    try:
        pause = Retry().parse_retry_after(asked) if asked else None
    except (InvalidHeader, ValueError, OverflowError):  # neither seconds nor a date of this world
        pause = None
    if pause is not None and pause > longest:
        return told
    return TransientError(told, pause=pause, sent=sent)
