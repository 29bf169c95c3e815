"""Lists and pictures of a form, as KoBo keeps them beside the asset."""

import mimetypes
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from connectors.servers.contract import Media, Server
from connectors.servers.faults import fault
from connectors.servers.kobo.urls import api, pages
from connectors.servers.openrosa import digest_of
from programme.problem import Exit, Place, Problem, ProblemError, Text

# KoBo goes by these types; what the system says differs (Excel claims .csv on Windows)
_TYPES = {
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".zip": "application/zip",
    ".geojson": "application/geo+json",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as KoBo keeps it beside an asset; ``digest`` is ``md5:…``."""

    uid: str
    digest: str


def kept(server: Server, asset: str) -> dict[str, Kept]:
    """List the files of an asset by name; phones may still have others until it is deployed."""
    files = {}
    url = api(server, "assets", asset, "files")
    for page in pages(server, url, {"file_type": "form_media", "limit": "100"}):
        for row in page:
            metadata = row.get("metadata")
            if row.get("file_type") == "form_media" and isinstance(metadata, dict):
                name, digest = str(metadata.get("filename")), str(metadata.get("hash"))
                files[name] = Kept(str(row.get("uid")), digest)
    return files


def to_send(there: Mapping[str, Kept], media: Sequence[Media]) -> tuple[Media, ...]:
    """Give the files whose content KoBo does not have."""
    return tuple(
        each
        for each in media
        if each.name not in there or there[each.name].digest != digest_of(each.path)
    )


def bring(server: Server, asset: str, media: Sequence[Media]) -> tuple[str, ...]:
    """Send the files whose content differs; give their names.

    Phones keep the old ones until the next deployment. Files that are not named stay.

    Raises:
        ProblemError: ``media-refused``, or a fault of the server; KoBo then has the file that it
            had, if it answers at all, and else gets it from the next run.
    """
    there = kept(server, asset)
    changed = to_send(there, media)
    for each in changed:
        if each.name in there:
            _replace(server, asset, there[each.name], each)
        else:
            _send(server, asset, each)
    return tuple(each.name for each in changed)


def _replace(server: Server, asset: str, old: Kept, new: Media) -> None:
    # KoBo replaces nothing in place and takes no second file of a name
    url = api(server, "assets", asset, "files", old.uid)
    with TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        before.write_bytes(server.http.request("GET", f"{url}content/", allow={404}).body)
        server.http.request("DELETE", url, allow={404})
        try:
            _send(server, asset, new)
        except ProblemError:
            with suppress(ProblemError):
                _send(server, asset, Media(new.name, before))
            raise


def _send(server: Server, asset: str, media: Media) -> None:
    kind = _TYPES.get(Path(media.name).suffix.lower()) or mimetypes.guess_type(media.name)[0]
    answer = server.http.request(
        "POST",
        api(server, "assets", asset, "files"),
        headers={"Accept": "application/json"},
        data={
            "file_type": "form_media",
            "description": "default",
            "metadata": orjson.dumps({"filename": media.name}).decode(),
        },
        files={
            "content": (media.name, media.path.read_bytes(), kind or "application/octet-stream")
        },
        allow={400},
        repeatable=True,
    )
    # sent twice because the first answer was lost: it is there already
    if answer.status == 400 and to_send(kept(server, asset), [media]):  # noqa: PLR2004
        raise _refused(server, media, answer.body)


def _refused(server: Server, media: Media, body: bytes) -> ProblemError:
    try:
        said = orjson.loads(body)
        reason = str(said["content"][0])
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError):
        return fault("server-refused", server.http.place, "400", 400)
    reason = server.told(reason)
    return ProblemError(
        Problem(
            "media-refused",
            Text(
                vi=f"KoBo không nhận tệp kèm theo biểu mẫu: {reason}",
                en=f"KoBo refuses the form's file: {reason}",
            ),
            Text(
                vi="tệp kèm theo phải là csv, ảnh, âm thanh, phim, xml, zip hoặc geojson",
                en="such a file must be csv, a picture, sound, film, xml, zip or geojson",
            ),
            Place(file=media.name, server=server.name),
        ),
        Exit.SERVER,
    )
