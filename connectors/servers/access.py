"""Where a token may go, and how much patience and room a server gets."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from requests.cookies import RequestsCookieJar

from programme.hosts import is_loopback

MEGABYTE = 1024 * 1024
AGENT = "ishc-collect"  # what servers note beside what we change

Origin = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient to be, and how much to take.

    Args:
        connect, read: seconds to wait for a connection, for the next bytes.
        whole: seconds for one whole answer.
        patience: seconds after which a request is not tried again.
        tries: how often a request is made in all.
        pause: seconds before the third try; doubles with every further one.
        longest_pause: seconds; a server that asks for a longer one is told as busy.
        settle: seconds to wait for work that the server does in the background.
        body: bytes of an answer, after decompression.
        file: bytes of an attachment.
    """

    connect: float = 10.0
    read: float = 60.0
    whole: float = 600.0
    patience: float = 1800.0
    tries: int = 6
    pause: float = 0.5
    longest_pause: float = 120.0
    settle: float = 180.0
    body: int = 64 * MEGABYTE
    file: int = 256 * MEGABYTE


PATIENT = Limits()


def origin(url: str) -> Origin:
    """Give scheme, host and port of an address: what a token belongs to.

    Raises:
        ValueError: not an address of a server.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValueError("not the address of a server")
    return parts.scheme, parts.hostname.lower(), parts.port or (443, 80)[parts.scheme == "http"]


def told_origin(url: str) -> str:
    """Write the host of an address for a problem, empty when it is none."""
    try:
        scheme, host, port = origin(url)
    except ValueError:
        return ""
    return f"{scheme}://{host}:{port}"


class Credential(AuthBase):
    """What tells a server whose request it is, put on requests to its own hosts only.

    Given to every request, so that neither ``~/.netrc`` nor a redirect decides who gets it.

    Args:
        origins: the server's own hosts.
        header: as in ``Authorization``; a session's changes when it is renewed, empty puts nothing.
    """

    def __init__(self, origins: Collection[Origin], header: str = "") -> None:
        self._origins = origins
        self.header = header

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the header where it belongs."""
        if self.header and origin(request.url or "") in self._origins:
            request.headers["Authorization"] = self.header
        return request


class NoCookies(RequestsCookieJar):
    """Keeps nothing: KoBo sets a language cookie with every answer, and nothing wants one."""

    def set_cookie(self, *_: Any, **__: Any) -> None:
        """Forget it."""


class _Session(requests.Session):
    """Looks at no redirect: its own way reads a redirect's body whole, however large."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Give none; we follow them ourselves."""


def session(credential: Credential, origins: Collection[Origin]) -> requests.Session:
    """Open a session that keeps connections alive and signs requests to its own hosts."""
    opened = _Session()
    opened.auth = credential
    opened.headers["User-Agent"] = AGENT
    opened.cookies = NoCookies()
    # a proxy for the internet is no way to this computer itself
    opened.trust_env = not all(is_loopback(host) for _, host, _ in origins)
    return opened
