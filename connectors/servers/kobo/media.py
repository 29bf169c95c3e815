"""Lists and pictures of a form, as KoBo keeps them beside the asset."""

import hashlib
import mimetypes
from collections.abc import Sequence
from pathlib import Path

import orjson

from connectors.servers.contract import Media, Server
from connectors.servers.faults import fault, shown
from connectors.servers.kobo.urls import api, pages
from programme.problem import Exit, Place, Problem, ProblemError, Text

# KoBo goes by these types; what the system says differs (Excel claims .csv on Windows)
_TYPES = {
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".zip": "application/zip",
    ".geojson": "application/geo+json",
}


def md5_of(path: Path) -> str:
    """Give a file's hash as KoBo and OpenRosa write it: ``md5:…``."""
    return "md5:" + hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def bring(server: Server, asset: str, media: Sequence[Media]) -> tuple[str, ...]:
    """Send the files whose content differs; give their names.

    Phones keep the old ones until the next deployment. Files that are not named stay.

    Raises:
        ProblemError: ``media-refused``, or a fault of the server.
    """
    there = _listed(server, asset)
    changed = [each for each in media if there.get(each.name, ("", ""))[1] != md5_of(each.path)]
    for each in changed:
        if each.name in there:  # cannot be replaced in place
            url = api(server, "assets", asset, "files", there[each.name][0])
            server.http.request("DELETE", url, allow={404})
        _send(server, asset, each)
    return tuple(each.name for each in changed)


def _listed(server: Server, asset: str) -> dict[str, tuple[str, str]]:
    files = {}
    url = api(server, "assets", asset, "files")
    for page in pages(server, url, {"file_type": "form_media", "limit": "100"}):
        for row in page:
            metadata = row.get("metadata")
            if row.get("file_type") == "form_media" and isinstance(metadata, dict):
                name, digest = str(metadata.get("filename")), str(metadata.get("hash"))
                files[name] = (str(row.get("uid")), digest)
    return files


def _send(server: Server, asset: str, media: Media) -> None:
    kind = _TYPES.get(media.path.suffix.lower()) or mimetypes.guess_type(media.name)[0]
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
    if answer.status == 400 and _listed(server, asset).get(media.name, ("", ""))[1] != md5_of(  # noqa: PLR2004
        media.path
    ):
        raise _refused(server, media, answer.body)


def _refused(server: Server, media: Media, body: bytes) -> ProblemError:
    try:
        said = orjson.loads(body)
        reason = str(said["content"][0])
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError):
        return fault("server-refused", server.http.place, "400", 400)
    reason = shown(reason)
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
