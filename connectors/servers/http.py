"""Requests to one server: patient with it, never trusting it, its token for its own hosts only."""

import hashlib
import os
import random
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import orjson
import requests
from urllib3.util.retry import Retry

from connectors.servers.access import MEGABYTE, PATIENT, Limits, origin, session, told_origin
from connectors.servers.body import BrokenError, StalledError, TooLargeError, pieces
from connectors.servers.faults import fault
from connectors.servers.verdict import TransientError, of_exception, of_status
from programme.problem import Place

SAFE = frozenset({"GET", "HEAD", "DELETE"})  # may be asked twice
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HOPS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``data`` is the parsed body where JSON was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    data: Any = None


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that was fetched: its content's SHA-256 (hex), its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    allow: Collection[int]
    parse: bool
    into: Path | None
    arguments: Mapping[str, Any]


class Http:
    """Connections kept alive to one server; close it when done.

    Args:
        name: the programme's own name for the server, for problems.
        urls: addresses of the server; the token goes to their hosts and to no other.
        token: never printed.
    """

    def __init__(
        self, name: str, urls: Collection[str], token: str, limits: Limits = PATIENT
    ) -> None:
        self.place = Place(server=name)
        self.limits = limits
        self._origins = frozenset(origin(url) for url in urls)
        self._session = session(token, self._origins)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def json(self, method: str, url: str, **request: Any) -> Any:
        """Ask for JSON and give it parsed, None for an empty answer.

        Args:
            request: as for ``request``.

        Raises:
            ServerFault: also when a web page or half an answer comes.
        """
        headers = {"Accept": "application/json", **request.pop("headers", {})}
        return self.request(method, url, headers=headers, parse=True, **request).data

    def request(
        self,
        method: str,
        url: str,
        *,
        repeatable: bool | None = None,
        allow: Collection[int] = (),
        parse: bool = False,
        into: Path | None = None,
        **arguments: Any,
    ) -> Answer:
        """Make a request, again and again while that makes sense.

        Args:
            repeatable: may it be sent twice; by default GET, HEAD and DELETE may.
            allow: statuses that are given back instead of raised, their body unparsed.
            parse: the body has to be JSON, anything else counts as a fault.
            into: write the body to this file instead.
            arguments: ``params``, ``data``, ``json``, ``files``, ``headers`` of requests.

        Raises:
            ServerFault: with what went wrong last.
        """
        request = _Request(method, url, allow, parse, into, arguments)
        again = method in SAFE if repeatable is None else repeatable
        retry = Retry(total=None, other=None, backoff_factor=self.limits.pause)
        tries = 0
        while True:
            try:
                return self._follow(request)
            except TransientError as error:
                tries += 1
                last = tries >= min(error.tries, self.limits.tries)
                if last or (error.sent and not again):
                    raise error.told from None
                retry = retry.increment(method, url, error=ConnectionError())
                time.sleep(self._pause(error, retry))

    def download(self, url: str, into: Path) -> Downloaded:
        """Fetch a file, up to the size limit for files.

        Args:
            url: on this server.
            into: file to write; on failure nothing of use is left in it.

        Raises:
            ServerFault: ``server-too-large`` and all others.
        """
        self.request("GET", url, into=into)
        digest = hashlib.sha256()
        with into.open("rb") as file:
            while piece := file.read(MEGABYTE):
                digest.update(piece)
        return Downloaded(digest.hexdigest(), into.stat().st_size)

    def _pause(self, error: TransientError, retry: Retry) -> float:
        if error.pause is not None:
            return error.pause
        pause = min(retry.get_backoff_time(), self.limits.longest_pause)
        return pause * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, hides nothing

    def _follow(self, request: _Request) -> Answer:
        for _ in range(HOPS + 1):
            self._check_host(request.url)
            answer = self._once(request)
            if answer.status not in REDIRECTS:
                return self._judged(answer, request)
            target = urljoin(request.url, answer.headers.get("Location", ""))
            self._check_host(target)
            if request.method not in ("GET", "HEAD"):
                break  # a POST that is sent on arrives without its body
            request = replace(request, url=target, arguments={**request.arguments, "params": None})
        raise fault("server-foreign", self.place, told_origin(target))

    def _check_host(self, url: str) -> None:
        try:
            own = origin(url) in self._origins
        except ValueError:
            own = False
        if not own:
            raise fault("server-foreign", self.place, told_origin(url))

    def _once(self, request: _Request) -> Answer:
        headers = {"Accept-Encoding": "gzip, deflate", **request.arguments.get("headers", {})}
        try:
            response = self._session.request(
                request.method,
                request.url,
                stream=True,
                allow_redirects=False,
                timeout=(self.limits.connect, self.limits.read),
                **{**request.arguments, "headers": headers},
            )
        except requests.RequestException as error:
            raise of_exception(error, self.place) from None
        with response:
            return self._read(response, request.into)

    def _read(self, response: requests.Response, into: Path | None) -> Answer:
        until = time.monotonic() + self.limits.whole
        to_file = into is not None and response.status_code == requests.codes.ok
        most = self.limits.file if to_file else self.limits.body
        body = b""
        try:
            if into is not None and to_file:
                with into.open("wb") as file:
                    file.writelines(pieces(response, most, until))
                    file.flush()
                    os.fsync(file.fileno())
            else:
                body = b"".join(pieces(response, most, until))
        except TooLargeError:
            raise fault("server-too-large", self.place, f"> {most:,} bytes") from None
        except StalledError:
            raise TransientError(fault("server-timeout", self.place)) from None
        except BrokenError:
            raise TransientError(fault("server-reset", self.place)) from None
        return Answer(response.status_code, response.headers, body)

    def _judged(self, answer: Answer, request: _Request) -> Answer:
        if answer.status in request.allow:
            return answer
        wrong = of_status(answer.status, answer.headers, self.place, self.limits.longest_pause)
        if wrong is not None:
            raise wrong
        if not request.parse or not answer.body:
            return answer
        try:
            return replace(answer, data=orjson.loads(answer.body))
        except orjson.JSONDecodeError:
            page = answer.body.lstrip()[:1] == b"<"
            code = "server-html" if page else "server-truncated"
            raise TransientError(fault(code, self.place)) from None
