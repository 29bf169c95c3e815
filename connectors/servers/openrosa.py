"""OpenRosa, the way of phones: what forms there are, their media, and sending submissions."""

import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

from connectors.servers.answer import parsed_xml
from connectors.servers.contract import Media, Server
from connectors.servers.faults import fault

VERSION = {"X-OpenRosa-Version": "1.0"}
LINKED = "md5:linked"  # stands for the hash of an entity list, which changes by itself
ACCEPTED, DUPLICATE = 201, 202
THREADS = 4
AHEAD = 64  # submissions read ahead of those being sent
_PLAIN_NAME = re.compile(r"[^/\\\x00-\x1f]{1,200}")


class Receipt(Enum):
    """What the server did with a submission."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"  # it had exactly this one already


@dataclass(frozen=True, slots=True)
class Offered:
    """A form in the list that phones get."""

    form_id: str
    name: str
    version: str
    digest: str
    download_url: str
    manifest_url: str


@dataclass(frozen=True, slots=True)
class OfferedMedia:
    """A file of a form in its manifest; ``digest`` is ``md5:…``."""

    name: str
    digest: str
    url: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form to send: its XML, and the files that the XML names."""

    xml: bytes
    files: tuple[Media, ...] = ()


def digest_of(path: Path) -> str:
    """Give a file's hash as servers write it: ``md5:…``."""
    return "md5:" + hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def held(media: Media) -> str:
    """Give the mark that a server shows for a file that it has as it should be."""
    return LINKED if media.linked else digest_of(media.path)


def form_list(server: Server, form_id: str | None = None) -> list[Offered]:
    """List the forms that phones of this account are offered.

    Args:
        form_id: only this one; on KoBo the asset's uid.
    """
    params = {"formID": form_id} if form_id else None
    url = f"{server.phones}/formList"
    answer = server.http.request("GET", url, params=params, headers=VERSION, parse=parsed_xml)
    return [
        Offered(
            form_id=_text(each, "formID"),
            name=_text(each, "name"),
            version=_text(each, "version"),
            digest=_text(each, "hash"),
            download_url=_text(each, "downloadUrl"),
            manifest_url=_text(each, "manifestUrl"),
        )
        for each in answer.data.iter()
        if _local(each.tag) == "xform"
    ]


def find(server: Server, form_id: str) -> Offered | None:
    """Find one form in the list, None when phones are not offered it."""
    return next((each for each in form_list(server, form_id) if each.form_id == form_id), None)


def form_xml(server: Server, offered: Offered) -> bytes:
    """Download the XForm that the server compiled for itself."""
    return server.http.request("GET", offered.download_url, headers=VERSION).body


def manifest(server: Server, offered: Offered) -> list[OfferedMedia]:
    """List a form's media."""
    if not offered.manifest_url:
        return []
    url = offered.manifest_url
    found = server.http.request("GET", url, headers=VERSION, parse=parsed_xml).data
    return [
        OfferedMedia(_text(each, "filename"), _text(each, "hash"), _text(each, "downloadUrl"))
        for each in found.iter()
        if _local(each.tag) == "mediaFile"
    ]


def download(server: Server, form_id: str, into: Path) -> bytes:
    """Download a form as Collect does: give its XML, write its media into a folder.

    Raises:
        ServerFault: ``server-not-found``, ``server-truncated`` when a medium's hash differs,
            ``server-answer`` for a medium whose name is no plain file name.
    """
    offered = find(server, form_id)
    if offered is None:
        raise fault("server-not-found", server.http.place)
    for media in manifest(server, offered):
        if not _PLAIN_NAME.fullmatch(media.name) or media.name in (".", ".."):
            raise fault("server-answer", server.http.place)
        body = server.http.request("GET", media.url).body
        digest = hashlib.md5(body, usedforsecurity=False).hexdigest()
        if media.digest != f"md5:{digest}":
            raise fault("server-truncated", server.http.place)
        (into / media.name).write_bytes(body)
    return form_xml(server, offered)


def submit(server: Server, xml: bytes, files: Sequence[Media] = ()) -> Receipt:
    """Send one filled form; sending it again does no harm.

    Args:
        files: named as the XML names them.

    Raises:
        ServerFault: ``server-refused`` with the status, for example 409 when the server has
            another submission under this id, and all others.
    """
    parts = [("xml_submission_file", ("submission.xml", xml, "text/xml"))]
    for each in files:
        parts.append((each.name, (each.name, each.path.read_bytes(), "application/octet-stream")))
    answer = server.http.request(
        "POST", f"{server.phones}/submission", files=parts, headers=VERSION, repeatable=True
    )
    if answer.status not in (ACCEPTED, DUPLICATE):
        raise fault("server-answer", server.http.place, str(answer.status), answer.status)
    return Receipt.ACCEPTED if answer.status == ACCEPTED else Receipt.DUPLICATE


def submit_all(
    server: Server, filled: Iterable[Filled], threads: int = THREADS
) -> Iterator[Receipt]:
    """Send many filled forms over a few connections; give the receipts in their order.

    Raises:
        ServerFault: of the first that fails; those after it may or may not have been sent.
    """
    rest = iter(filled)
    with ThreadPoolExecutor(threads) as pool:
        while some := list(islice(rest, AHEAD)):
            yield from pool.map(lambda each: submit(server, each.xml, each.files), some)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _text(parent: ET.Element, tag: str) -> str:
    for each in parent:
        if _local(each.tag) == tag:
            return (each.text or "").strip()
    return ""
