"""An answer of a server: what it holds as JSON, and where it sends us instead."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import orjson

from connectors.servers.faults import fault
from connectors.servers.verdict import TransientError
from programme.problem import Place

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Parsed, the smallest lists, objects and texts take some fifty times their length: an answer
# of nothing but these would fill the memory long before it reaches the limit for its length.
MOST_VALUES = 1_000_000
_TOO_DEEP = "depth limit"  # orjson reads 1,024 levels
_STARTS = (b",", b"[", b"{")
_PAGES = (b"<!doctype html", b"<html")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``data`` is the parsed body where JSON was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    data: Any = None


def parsed(answer: Answer, place: Place) -> Answer:
    """Give the answer with its JSON parsed, ``data`` is None where it is empty.

    Raises:
        ServerFault: ``server-too-large`` for more values than the memory has room for, and for
            values within values without end.
        TransientError: a web page, or half an answer.
    """
    if not answer.body:
        return answer
    if sum(map(answer.body.count, _STARTS)) > MOST_VALUES:
        raise fault("server-too-large", place, f"> {MOST_VALUES:,} values")
    try:
        return replace(answer, data=orjson.loads(answer.body))
    except orjson.JSONDecodeError as error:
        if _TOO_DEEP in str(error):
            raise fault("server-too-large", place, "> 1,024 levels") from None
        page = answer.body.lstrip()[:1] == b"<"
        code = "server-html" if page else "server-truncated"
        raise TransientError(fault(code, place)) from None


def no_page(answer: Answer, place: Place) -> Answer:
    """Give the answer as it is, unless it is a web page.

    The log-in page of a network answers whatever is sent with status 200; nothing was done then.

    Raises:
        TransientError: a web page.
    """
    if answer.body.lstrip()[:15].lower().startswith(_PAGES):
        raise TransientError(fault("server-html", place))
    return answer


def parsed_xml(answer: Answer, place: Place) -> Answer:
    """Give the answer with its XML parsed, ``data`` is the root element.

    Raises:
        ServerFault: ``server-answer`` for XML that declares things, ``server-too-large``.
        TransientError: a web page, or half an answer.
    """
    answer = no_page(answer, place)
    # expat has no external entities, and without a DTD no internal ones either
    if b"<!DOCTYPE" in answer.body or b"<!ENTITY" in answer.body:
        raise fault("server-answer", place)
    if answer.body.count(b"<") + answer.body.count(b"=") > MOST_VALUES:  # elements, attributes
        raise fault("server-too-large", place, f"> {MOST_VALUES:,} values")
    try:
        return replace(answer, data=ET.fromstring(answer.body))  # noqa: S314
    except ET.ParseError:
        raise TransientError(fault("server-truncated", place)) from None
    except (LookupError, ValueError):  # in an encoding that is none, or that nobody sends
        raise fault("server-answer", place, "encoding") from None


def clock_of(answer: Answer, form: str) -> str:
    """Give the server's clock when it answered, in UTC, empty where it does not say.

    Args:
        form: as for ``strftime``.
    """
    try:
        moment = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (ValueError, OverflowError):
        return ""
    return moment.astimezone(UTC).strftime(form)


def redirected(answer: Answer, url: str) -> str | None:
    """Give the address that an answer points to, None when it is no redirect.

    Returns an empty text where it points to nothing that is an address.

    Args:
        url: what was asked; an address without a host is below its host.
    """
    if answer.status not in REDIRECTS:
        return None
    location = answer.headers.get("Location", "")
    try:
        return urljoin(url, location) if location else ""
    except ValueError:
        return ""
