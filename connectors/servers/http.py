"""Requests to one server: patient with it, never trusting it, its token for its own hosts only."""

import hashlib
import random
import re
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests
from urllib3.util.retry import Retry

from connectors.servers.access import (
    MEGABYTE,
    PATIENT,
    Credential,
    Limits,
    origin,
    session,
    told_origin,
)
from connectors.servers.answer import Answer, no_page, parsed, redirected
from connectors.servers.body import BrokenError, StalledError, TooLargeError, pieces
from connectors.servers.faults import ServerFault, fault, of_variable
from connectors.servers.partial import BEYOND, PART, WHOLE, Partial
from connectors.servers.sign_in import SignIn
from connectors.servers.verdict import TransientError, of_exception, of_status
from programme.problem import Place

Parse = Callable[[Answer, Place], Answer]
SAFE = frozenset({"GET", "HEAD", "DELETE"})  # may be asked twice
HOPS = 3
FOR_NOW = frozenset({302, 303, 307})  # redirects that do not say that the server has moved
FOREIGN_TRIES = 3
UNAUTHORIZED = 401
SECRET = 6  # letters; anything shorter would be found in every word
SIGNED_IN = 3  # sessions opened for one request, each after the one before it ended


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
    parse: Parse | None
    into: Partial | None
    arguments: Mapping[str, Any]


class Http:
    """Connections kept alive to one server; close it when done.

    Args:
        name: the programme's own name for the server, for problems.
        urls: addresses of the server; the token goes to their hosts and to no other.
        token: never printed.
        sign_in: how sessions are opened, for servers where ``token`` is a password.
        variable: environment variable that the token came from, empty for a file.
    """

    def __init__(
        self,
        name: str,
        urls: Collection[str],
        token: str,
        limits: Limits = PATIENT,
        sign_in: SignIn | None = None,
        variable: str = "",
    ) -> None:
        self.place = Place(server=name)
        self.limits = limits
        self._origins = frozenset(origin(url) for url in urls)
        self._sign_in = sign_in
        self._variable = variable
        self._credential = Credential(self._origins, "" if sign_in else f"Token {token}")
        self._session = session(self._credential, self._origins)

    def close(self) -> None:
        """End the session on the server, where there is one, and close the connections."""
        if self._sign_in is not None and self._credential.header:
            with suppress(TransientError, ServerFault):  # left open, it expires by itself
                self._follow(_Request("DELETE", self._sign_in.current, (), None, None, {}))
            self._credential.header = ""
        self._session.close()

    def hiding(self, text: str) -> str:
        """Give a text without the token, the password and the session: servers may say them."""
        password = self._sign_in.asked["json"]["password"] if self._sign_in else ""
        secrets = {password, self._credential.header.rpartition(" ")[2]}
        for secret in (each for each in secrets if len(each) >= SECRET):
            for written in (secret, quote(secret)):
                text = re.sub(re.escape(written), "…", text, flags=re.IGNORECASE)
        return text

    def json(self, method: str, url: str, **request: Any) -> Any:
        """Ask for JSON and give it parsed, None for an empty answer.

        Args:
            request: as for ``request``.

        Raises:
            ServerFault: also when a web page or half an answer comes.
        """
        headers = {"Accept": "application/json", **request.pop("headers", {})}
        return self.request(method, url, headers=headers, parse=parsed, **request).data

    def request(
        self,
        method: str,
        url: str,
        *,
        repeatable: bool | None = None,
        allow: Collection[int] = (),
        parse: Parse | None = None,
        into: Partial | None = None,
        **arguments: Any,
    ) -> Answer:
        """Make a request, again and again while that makes sense.

        Args:
            repeatable: may it be sent twice; by default GET, HEAD and DELETE may.
            allow: statuses that are given back instead of raised, their body unparsed.
            parse: makes ``data`` of the body, ``parsed`` of JSON, ``parsed_xml`` of XML; anything
                else counts as a fault. Without it any answer serves but a web page.
            into: write the body to this file instead.
            arguments: ``params``, ``data``, ``json``, ``files``, ``headers`` of requests.

        Raises:
            ServerFault: with what went wrong last.
        """
        request = _Request(method, url, allow, parse, into, arguments)
        again = method in SAFE if repeatable is None else repeatable
        try:
            return self._signed(request, again)
        except ServerFault as error:
            raise of_variable(error, self._variable) from None

    def _signed(self, request: _Request, again: bool) -> Answer:
        if self._sign_in is None:
            return self._patiently(request, again)
        used = ""
        for _ in range(SIGNED_IN - 1):
            used = self._signed_in(used)
            try:
                return self._patiently(request, again)
            except ServerFault as error:
                if error.status != UNAUTHORIZED:
                    raise
            # refused unread: it has expired, or somebody ended it
        self._signed_in(used)
        return self._patiently(request, again)

    def _signed_in(self, refused: str) -> str:
        """Give the header of a session that is open, of another than the one that was refused."""
        assert self._sign_in is not None
        with self._sign_in.one_at_a_time:
            if self._credential.header == refused:
                self._credential.header = ""
                asked = self._sign_in.asked
                request = _Request("POST", self._sign_in.url, {400, 401}, parsed, None, asked)
                answer = self._patiently(request, again=True)
                self._credential.header = self._sign_in.header(answer, self.place)
            return self._credential.header

    def _patiently(self, request: _Request, again: bool) -> Answer:
        retry = Retry(total=None, other=None, backoff_factor=self.limits.pause)
        tries, until = 0, time.monotonic() + self.limits.patience
        while True:
            try:
                return self._follow(request)
            except TransientError as error:
                tries += 1
                last = tries >= min(error.tries, self.limits.tries)
                if last or (error.sent and not again):
                    raise error.told from None
                retry = retry.increment(request.method, request.url, error=ConnectionError())
                pause = self._pause(error, retry)
                if time.monotonic() + pause > until:
                    raise error.told from None
                time.sleep(pause)

    def download(
        self, url: str, into: Path, told: Callable[[int], None] | None = None
    ) -> Downloaded:
        """Fetch a file, up to the size limit for files; what came of it before is not asked again.

        Args:
            url: on this server.
            into: file to write. On failure its first part stays, where the rest can be asked for.
            told: called now and then with the bytes that are here.

        Raises:
            ServerFault: ``server-too-large`` and all others.
        """
        partial = Partial(into, told) if told else Partial(into)
        answer = self.request("GET", url, into=partial)
        if answer.status not in (WHOLE, PART):
            raise fault("server-answer", self.place, str(answer.status), answer.status)
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
            target = redirected(answer, request.url)
            if target is None:
                return self._judged(answer, request)
            if not target:
                break
            try:
                self._check_host(target)
            except ServerFault as error:
                if answer.status not in FOR_NOW:
                    raise
                # as the log-in page of a network does; the next answer may be the server's own
                raise TransientError(error, FOREIGN_TRIES) from None
            if request.method not in ("GET", "HEAD"):
                break  # a POST that is sent on arrives without its body
            request = replace(request, url=target, arguments={**request.arguments, "params": None})
        raise fault("server-redirect", self.place)

    def _check_host(self, url: str) -> None:
        try:
            own = origin(url) in self._origins
        except ValueError:
            own = False
        if not own:
            raise fault("server-foreign", self.place, self.hiding(told_origin(url)))

    def _once(self, request: _Request) -> Answer:
        headers = {"Accept-Encoding": "gzip, deflate", **request.arguments.get("headers", {})}
        if request.into is not None:
            headers |= request.into.asks()
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

    def _read(self, response: requests.Response, into: Partial | None) -> Answer:
        until = time.monotonic() + self.limits.whole
        limits, status, body = self.limits, response.status_code, b""
        to_file = into is not None and status in (WHOLE, PART)
        most = limits.file if to_file else limits.body
        try:
            if into is not None and to_file:
                into.take(status, response.headers, lambda: pieces(response, most, until), most)
            else:
                body = b"".join(pieces(response, most, until))
        except TooLargeError:
            raise fault("server-too-large", self.place, f"> {most:,} bytes") from None
        except StalledError:
            raise TransientError(fault("server-timeout", self.place)) from None
        except BrokenError:
            raise TransientError(fault("server-reset", self.place)) from None
        if into is not None and status == BEYOND:
            into.drop()  # it is shorter now than what is here
            raise TransientError(fault("server-truncated", self.place))
        return Answer(status, response.headers, body)

    def _judged(self, answer: Answer, request: _Request) -> Answer:
        if answer.status in request.allow:
            return answer
        wrong = of_status(answer.status, answer.headers, self.place, self.limits.longest_pause)
        if wrong is not None:
            raise wrong
        return (request.parse or no_page)(answer, self.place)
