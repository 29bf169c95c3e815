"""Files of submissions as a server keeps them, and which answers name them."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from connectors.servers.contract import Attachment, Server
from connectors.servers.faults import fault
from connectors.servers.http import Downloaded

_HEAD = 512
_PAGES = (b"<!doctype html", b"<html")
_MAY_BE_PAGES = ("text/", "application/xhtml", "application/xml")


def fetch_original(
    server: Server,
    url: str,
    attachment: Attachment,
    into: Path,
    told: Callable[[int], None] | None = None,
) -> Downloaded:
    """Write a file to ``into``, or the rest of it where a part is there already.

    Args:
        told: called now and then with the bytes that are here.

    Raises:
        ServerFault: ``server-not-found`` when it was deleted meanwhile, ``server-too-large``,
            ``server-html`` when a web page came in its place.
    """
    got = server.http.download(url, into, told)
    if not attachment.mimetype.lower().startswith(_MAY_BE_PAGES) and _is_page(into):
        into.unlink()
        raise fault("server-html", server.http.place)
    return got


def _is_page(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES)


def answered_at(record: Mapping[str, Any], name: str) -> str:
    """Give the path of the answer that names a file, as ``visits[2]/photo``; empty if none does.

    Args:
        record: a submission with its answers.
        name: as the phone called the file.
    """
    wanted = unicodedata.normalize("NFC", name)
    return next(
        (
            path
            for path, value in _answers(record)
            if name and unicodedata.normalize("NFC", value) == wanted
        ),
        "",
    )


def _answers(
    answers: Mapping[str, Any], above: str = "", at: str = ""
) -> Iterator[tuple[str, str]]:
    for key, value in answers.items():
        name = key.removeprefix(f"{above}/") if above else key
        path = f"{at}/{name}" if at else name
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, list) and not key.startswith("_"):
            for number, row in enumerate(value, start=1):
                if isinstance(row, dict):
                    yield from _answers(row, key, f"{path}[{number}]")
