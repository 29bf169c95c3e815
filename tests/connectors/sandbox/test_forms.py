"""Forms and their media: what phones see, and when."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path
from typing import Any

XFORMS = "{http://www.w3.org/2002/xforms}"


def _version(client: Any) -> str:
    found = re.search("<version>(.*?)</version>", client.call("GET", "/formList").text)
    assert found is not None
    return found[1]


def _manifest(client: Any) -> dict[str, str]:
    address = re.search("<manifestUrl>(.*?)</manifestUrl>", client.call("GET", "/formList").text)
    assert address is not None
    text = client.call("GET", address[1]).text
    names = re.findall("<filename>(.*?)</filename>", text)
    files = re.findall("<downloadUrl>(.*?)</downloadUrl>", text)
    return {name: client.call("GET", file).text for name, file in zip(names, files, strict=True)}


def test_the_served_form_is_named_by_its_asset_and_knows_its_version(client: Any) -> None:
    uid = client.deployed("bao_cao_clb.xlsx")
    asset = client.get(f"/api/v2/assets/{uid}/")
    address = re.search("<downloadUrl>(.*?)</downloadUrl>", client.call("GET", "/formList").text)
    assert address is not None
    tree = ET.fromstring(client.call("GET", address[1]).content)
    instance = tree.find(f".//{XFORMS}instance/{XFORMS}{uid}")
    assert instance is not None
    assert (instance.get("id"), instance.get("version")) == (uid, _version(client))
    assert [child.tag for child in instance][:2] == [f"{XFORMS}formhub", f"{XFORMS}start"]
    calculations = {
        bind.get("nodeset"): bind.get("calculate") for bind in tree.iter(f"{XFORMS}bind")
    }
    assert calculations[f"/{uid}/__version__"] == f"'{asset['deployed_version_id']}'"
    assert calculations[f"/{uid}/formhub/uuid"] == f"'{asset['deployment__uuid']}'"


def test_every_deployment_looks_new_to_phones_even_when_time_stands_still(
    client: Any, clock: dict[str, datetime]
) -> None:
    uid = client.deployed("bieu_nho.xlsx")
    seen = [_version(client)]
    for _ in range(3):
        assert client.redeploy(uid).status_code == 200
        seen.append(_version(client))
    assert len(set(seen)) == 4
    assert seen[0] == "1 (2026-10-31 08:30:00)"


def test_media_reach_phones_with_the_next_deployment(client: Any) -> None:
    uid = client.deployed("bieu_nho.xlsx")
    first = client.upload(uid, "clubs.csv", b"name,label\n1,a\n").json()
    assert _manifest(client) == {}
    client.redeploy(uid)
    assert _manifest(client) == {"clubs.csv": "name,label\n1,a\n"}
    client.call("DELETE", first["url"])
    client.upload(uid, "clubs.csv", b"name,label\n1,b\n")
    assert _manifest(client) == {"clubs.csv": "name,label\n1,a\n"}
    client.redeploy(uid)
    assert _manifest(client) == {"clubs.csv": "name,label\n1,b\n"}


def test_a_form_that_cannot_be_compiled_leaves_the_live_one_as_it_is(client: Any) -> None:
    uid = client.deployed("bao_cao_clb.xlsx")
    before = client.call("GET", "/formList").text
    told = client.imported("hong_danh_sach.xlsx", destination=f"{client.url}/api/v2/assets/{uid}/")
    assert told["messages"]["updated"][0]["uid"] == uid
    refused = client.redeploy(uid)
    assert refused.status_code == 400
    assert refused.json() == {"error": "[row : 8] List name not in choices sheet: khong_co"}
    assert client.call("GET", "/formList").text == before
    assert client.submit(uid, "<ma_clb>C001</ma_clb>").status_code == 201


def test_names_of_files_never_leave_the_folder(client: Any, tmp_path: Path) -> None:
    uid = client.deployed("bao_cao_clb.xlsx")
    name = "../../../outside.csv"
    assert client.upload(uid, name, b"a").json()["metadata"]["filename"] == "outside.csv"
    photo = "../../photo.jpg"
    client.submit(uid, f"<anh>{photo}</anh>", **{photo: b"photo"})
    assert {path.name for path in tmp_path.iterdir()} == {"state"}
    outside = [path for path in tmp_path.rglob("*") if path.suffix in (".csv", ".jpg")]
    assert outside == []


def test_a_deleted_form_takes_everything_with_it(client: Any, tmp_path: Path) -> None:
    uid = client.deployed("bao_cao_clb.xlsx")
    client.submit(uid, "<anh>a.jpg</anh>", **{"a.jpg": b"photo"})
    client.upload(uid, "clubs.csv", b"name,label\n1,a\n")
    assert len(list((tmp_path / "state" / "files").iterdir())) == 2
    assert client.call("DELETE", f"/api/v2/assets/{uid}/").status_code == 204
    assert client.get("/api/v2/assets/")["count"] == 0
    assert uid not in client.call("GET", "/formList").text
    assert client.submit(uid).status_code == 404
    assert list((tmp_path / "state" / "files").iterdir()) == []


def test_the_bytes_of_a_photo_go_with_the_last_record_that_has_it(
    client: Any, tmp_path: Path
) -> None:
    uid = client.deployed("bao_cao_clb.xlsx")
    for _ in range(2):
        client.submit(uid, "<anh>a.jpg</anh>", **{"a.jpg": b"photo"})
    files = tmp_path / "state" / "files"
    counts = []
    for number in (1, 2):
        client.call("DELETE", f"/api/v2/assets/{uid}/data/{number}/")
        counts.append(len(list(files.iterdir())))
    assert counts == [1, 0]
