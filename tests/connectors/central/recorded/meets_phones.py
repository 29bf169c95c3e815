"""What phones are offered and send, asked as a phone does."""

import hashlib
import re
import xml.etree.ElementTree as ET

import pytest

from connectors.servers import openrosa
from connectors.servers.contract import Media
from connectors.servers.faults import ServerFault
from connectors.servers.openrosa import Offered, Receipt
from tests.connectors.central.recorded.scene import CODES, KEY, Scene
from tests.connectors.kobo.replay.recorded import content_of


def _phone(scene: Scene) -> str:
    """Let the client be the phone whose key is in the address; give the address with the key."""
    path = str(scene.now["request"]["path"]).replace("<token>", KEY)
    head = re.match(r"(/v1/key/\w+/projects/\d+|/v1/projects/\d+)", path)
    assert head is not None
    scene.server.noted["phones"] = scene.url + head[0]
    return scene.url + path


def _offered(form: str, url: str = "", manifest: str = "") -> Offered:
    return Offered(form, form, "1", "", url, manifest)


def form_list(scene: Scene) -> None:
    _phone(scene)
    only = scene.now["request"].get("query", {}).get("formID")
    found = scene.reads(lambda: openrosa.form_list(scene.server, only))
    if found is not None:
        text = scene.now["response"]["text"]
        assert [each.form_id for each in found] == re.findall("<formID>(.*?)<", text)
        assert all(each.download_url.startswith(scene.url) for each in found)
    scene.as_recorded()


def manifest(scene: Scene, form: str) -> None:
    offered = _offered(form, manifest=_phone(scene))
    found = scene.reads(lambda: openrosa.manifest(scene.server, offered))
    if found is not None:
        text = scene.now["response"]["text"]
        assert [each.name for each in found] == re.findall("<filename>(.*?)<", text)
        assert [each.digest for each in found] == re.findall("<hash>(.*?)<", text)


def form_xml(scene: Scene, form: str) -> None:
    offered = _offered(form, url=_phone(scene))
    got = scene.reads(lambda: openrosa.form_xml(scene.server, offered))
    assert got == scene.body(scene.now["response"])
    assert ET.fromstring(got).tag.endswith("html")


def file(scene: Scene, form: str, name: str) -> None:
    """As ``download`` does, which goes by what form list and manifest say."""
    url = _phone(scene)
    base = url.removeprefix(scene.url).partition("/forms/")[0]
    body = scene.body(scene.now["response"])
    digest = f"md5:{hashlib.md5(body).hexdigest()}"
    media = f"<mediaFile><filename>{name}</filename><hash>{digest}</hash>"
    listing = f"<m>{media}<downloadUrl>{url}</downloadUrl></mediaFile></m>"
    xform = f"<xforms><xform><formID>{form}</formID><downloadUrl>{scene.url}/x</downloadUrl>"
    xform += f"<manifestUrl>{scene.url}/m</manifestUrl></xform></xforms>"
    scene.besides["GET", f"{base}/formList"] = (200, xform.encode())
    scene.besides["GET", "/m"] = (200, listing.encode())
    scene.besides["GET", "/x"] = (200, b"<h/>")
    assert openrosa.download(scene.server, form, scene.folder) == b"<h/>"
    assert (scene.folder / name).read_bytes() == body


def sent(scene: Scene) -> None:
    _phone(scene)
    parts = {each["field"]: content_of(each) for each in scene.now["request"]["files"]}
    xml = parts.pop("xml_submission_file")
    files = []
    for each in scene.now["request"]["files"]:
        if each["field"] in parts:
            path = scene.folder / f"{len(files)}"
            path.write_bytes(parts[each["field"]])
            files.append(Media(each["filename"], path))
    if scene.status < min(CODES):
        assert openrosa.submit(scene.server, xml, files) == Receipt.ACCEPTED
        return
    with pytest.raises(ServerFault) as raised:
        openrosa.submit(scene.server, xml, files)
    assert (raised.value.code, raised.value.status) == (CODES[scene.status], scene.status)
