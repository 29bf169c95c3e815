"""Forms: as they stand, and on their way to phones."""

import base64

import pytest

from connectors.servers import central
from connectors.servers.central import drafts
from connectors.servers.central.forms import get_published
from connectors.servers.contract import Media
from connectors.servers.openrosa import LINKED
from programme.problem import ProblemError
from tests.connectors.central.recorded.scene import Scene

OK, BAD, MISSING, CONFLICT = 200, 400, 404, 409


def listed(scene: Scene) -> None:
    forms = scene.reads(lambda: central.list_forms(scene.server))
    if forms is not None:
        assert [each.asset for each in forms] == [each["xmlFormId"] for each in scene.told]
        assert [each.version for each in forms] == [each["version"] for each in scene.told]


def one(scene: Scene, form: str) -> None:
    found = scene.reads(lambda: get_published(scene.server, form))
    if found is not None:
        read, published = found
        assert published == (scene.told["publishedAt"] or "")
        assert read.version == (scene.told["version"] if published else "")
        assert read.deployed == (bool(published) and scene.told["state"] == "open")


def workbook(scene: Scene, form: str) -> None:
    into, path = scene.folder / "back.xlsx", scene.now["request"]["path"].removesuffix(".xlsx")
    scene.beside("GET", path, scene.named("form after publish, extended")["response"]["json"])
    scene.reads(lambda: central.deployed_workbook(scene.server, form, into))
    assert into.read_bytes() == scene.body(scene.now["response"])


def draft(scene: Scene, form: str) -> None:
    assert drafts.has_draft(scene.server, form) == (scene.status == OK)
    if scene.status == OK:
        published = scene.now["request"]["path"].removesuffix("/draft")
        for other in (scene.told["hash"], "another"):
            scene.beside("GET", published, {"hash": other})
            same = drafts.says_the_same(scene.server, form)
            assert same == (other == scene.told["hash"])


def files(scene: Scene, form: str, draft: str | None) -> None:
    found = scene.reads(lambda: drafts.files(scene.server, form, *(["draft"] if draft else [])))
    if found is None:
        return
    for row in scene.told:
        mark = f"md5:{row['hash']}" if row.get("hash") else LINKED if row["exists"] else ""
        assert found.pop(row["name"]) == mark
    assert not found


def versions(scene: Scene, form: str) -> None:
    base = scene.now["request"]["path"].removesuffix("versions")
    for each in scene.told:
        row = {"path": "/note", "type": f"of {each['version']}"}
        field = {"path": f"/v{each['version']}", "type": "int"}
        scene.beside("GET", f"{base}versions/{each['version']}/fields", [row, field])
    settled = central.settled_types(scene.server, form)
    assert settled == {f"v{each['version']}": "int" for each in scene.told}
    scene.beside("GET", base.rstrip("/"), {**scene.told[0], "submissions": 0})
    newest = scene.told[0]["version"].partition("~")[0]
    assert drafts.next_version(scene.server, form) == f"{newest}~2"


def created(scene: Scene) -> None:
    asked = scene.now["request"]["path"]
    if scene.status == CONFLICT:  # a cut-off run left it: its draft is replaced
        scene.beside("POST", f"{asked}/club_report/draft", {"success": True})
    refused = scene.status == BAD
    if scene.status not in (OK, BAD, CONFLICT):
        scene.reads(lambda: _uploaded(scene, "club_report", None, refused=refused))
    else:
        _uploaded(scene, "club_report", None, refused=refused)
    assert "publish=false" in scene.asked[-1].path


def drafted(scene: Scene, form: str) -> None:
    if "base64" not in scene.now["request"]:
        scene.reads(lambda: drafts.copy_published(scene.server, form))
        assert scene.asked[-1].body == b""
        return
    _uploaded(scene, form, form, refused=scene.status == BAD)


def _uploaded(scene: Scene, form: str, asset: str | None, *, refused: bool) -> None:
    book = scene.folder / "book.xlsx"
    request = scene.now["request"]
    recorded = base64.b64decode(request.get("base64", "")) or request["text"].encode()
    book.write_bytes(recorded)
    if not refused:
        drafts.upload(scene.server, book, form, asset)
        assert scene.asked[-1].body == recorded
        return
    with pytest.raises(ProblemError) as raised:
        drafts.upload(scene.server, book, form, asset)
    (problem,) = raised.value.problems
    assert problem.code == "form-refused" and "ODK Central" in problem.what.vi
    for word in _words(scene.told):
        assert word in problem.what.en


def _words(told: dict[str, object]) -> list[str]:
    """What of a refusal a person has to read."""
    details = told.get("details")
    assert isinstance(details, dict)
    match told["code"]:
        case 400.15:
            return [str(details["error"]).split()[-1]][: len(str(details["error"])) < 300]
        case 400.16:
            warnings = details["warnings"]
            return [
                *(each[:40] for each in warnings.get("xlsFormWarnings", [])[:2]),
                *(each["type"] for each in warnings.get("workflowWarnings", [])),
            ]
        case 400.17:
            return [str(details["path"]), str(details["type"])]
        case _:
            return [str(told["message"])]


def file_sent(scene: Scene, form: str, name: str) -> None:
    base = scene.now["request"]["path"].rpartition("/")[0]
    scene.beside("GET", base, [{"name": name, "hash": None, "exists": False}])
    path = scene.folder / "file"
    path.write_bytes(b"name,label\n")
    sent = scene.reads(lambda: drafts.bring(scene.server, form, [Media(name, path)]))
    assert sent == (name,) and scene.asked[-1].body == path.read_bytes()


def published(scene: Scene, form: str) -> None:
    version = scene.now["request"].get("query", {}).get("version")
    draft = scene.now["request"]["path"].removesuffix("/publish")
    scene.beside("GET", draft, {}, MISSING)

    def publish() -> None:
        drafts.publish(scene.server, form, "book.xlsx", version)

    if scene.status == CONFLICT:
        with pytest.raises(ProblemError) as raised:
            publish()
        (problem,) = raised.value.problems
        assert problem.code == "form-refused" and problem.place.file == "book.xlsx"
        assert scene.told["details"]["version"] in problem.what.vi
    else:
        publish()  # without a draft it is published already: the answer to the first try was lost
    scene.as_recorded()


def opened(scene: Scene, form: str) -> None:
    drafts.open_again(scene.server, form)
    scene.as_recorded()


def dropped(scene: Scene, form: str) -> None:
    drafts.drop(scene.server, form)
