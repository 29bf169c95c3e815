"""Submissions: listed, read, judged, edited."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from connectors.servers import central
from connectors.servers.answer import parsed_xml
from connectors.servers.central import edits, reviews
from connectors.servers.central.clients import Clients
from connectors.servers.central.instance import answers_of
from connectors.servers.central.listing import Listed, rows_listed
from connectors.servers.central.pages import ask, pages
from connectors.servers.central.records import record_of, row_of
from connectors.servers.central.rows import answers_of_row
from connectors.servers.central.shape import Shape, shape_of, types_of
from connectors.servers.contract import Attachment
from connectors.servers.edits_so_far import EditsSoFar
from tests.connectors.central.recorded.scene import CODES, Scene, exchanges
from tests.connectors.central.replay.making import xml_of

OK, MISSING, CONFLICT = 200, 404, 409
REPEATS = {"activity", "activity/people"}


def page(scene: Scene, form: str) -> None:
    query = scene.now["request"].get("query", {})
    answer = scene.reads(lambda: ask(scene.server, form, query))
    scene.as_recorded()
    if answer is None:
        return
    rows = answer["value"]
    assert rows == scene.told["value"]
    if query.get("$expand") == "*":
        for row in rows:
            _whole(row)
    if not all("__system" in row for row in rows):
        return
    found = rows_listed(scene.server, rows)
    assert [each.root for each in found] == [row["__id"] for row in rows]
    assert len({each.number for each in found}) == len(rows)
    if "$orderby" not in query and "$skip" not in query and "$top" in query and rows:
        got = pages(scene.server, form, query)
        assert next(got) == rows
        got.close()


@cache
def _shape() -> Shape:
    """What OData gives of the recorded form, by its fields and its definition."""
    named = {each["name"]: each["response"] for each in exchanges("02_forms_drafts_publish")}
    types = types_of(named["draft fields"]["json"])
    assert types is not None
    shape = shape_of(types, ET.fromstring(named["published form xml"]["text"]))
    assert shape is not None
    return shape


def _whole(row: dict[str, Any]) -> None:
    """A row with everything below it gives the answers that its XML has."""
    answers, filled = answers_of_row(row, _shape()), xml_of(row, row["meta"]["instanceID"])
    again = answers_of(ET.fromstring(filled), REPEATS)
    assert answers.keys() == again.keys()
    assert all(answers[path] == again[path] for path in answers.keys() - _shape().numbers)


def clients(scene: Scene, form: str) -> None:
    roots = [row["instanceId"] for row in scene.told]
    oldest = min(row["createdAt"] for row in scene.told)
    # those who sent these were scripts
    assert Clients(scene.server, form).of_collect(roots, oldest) == {}


def xml(scene: Scene, form: str, root: str) -> None:
    url = scene.url + scene.now["request"]["path"]
    read = scene.reads(lambda: scene.server.http.request("GET", url, parse=parsed_xml).data)
    if read is None:
        return
    answers = answers_of(read, REPEATS)
    text = " ".join(ET.fromstring(scene.now["response"]["text"]).itertext())
    for value in _texts(answers):
        assert value in text
    assert answers["meta/instanceID"] and form == read.get("id")


def _texts(answers: Mapping[str, Any]) -> list[str]:
    found = []
    for value in answers.values():
        found += [value] if isinstance(value, str) else [t for row in value for t in _texts(row)]
    return found


def files(scene: Scene, form: str, root: str) -> None:
    url = scene.url + scene.now["request"]["path"]
    rows = scene.reads(lambda: scene.server.http.json("GET", url))
    if rows is None:
        return
    system = {"submissionDate": "2026-11-21T20:00:00.000Z"}
    found = Listed(1, root, root, system)
    answers = {"photo": rows[0]["name"]} if rows else {}
    record = record_of(found, "1", answers, rows, form)
    listed = row_of(record, form).attachments
    assert sorted(each.name for each in listed) == sorted(
        each["name"] for each in scene.told if each["exists"]
    )


def file(scene: Scene, form: str, root: str, name: str) -> None:
    into = scene.folder / "got"
    into.unlink(missing_ok=True)
    wanted = Attachment(form, 1, f"{root}/attachments/{name}", name, "", "image/jpeg", False)
    got = scene.reads(lambda: central.fetch_attachment(scene.server, wanted, into))
    if got is None:
        assert not into.exists()
    else:
        assert into.read_bytes() == scene.body(scene.now["response"])


def edited(scene: Scene, form: str, root: str) -> None:
    path = scene.now["request"]["path"]
    before = f'<data id="{form}"><note>x</note><meta><instanceID>{root}</instanceID></meta></data>'
    scene.besides["GET", f"{path}.xml"] = (OK, before.encode())
    record = {"_id": 7, "meta/rootUuid": root, "meta/instanceID": root}
    so_far = EditsSoFar()
    edits._send(scene.server, form, record, {"note": "y"}, so_far)
    done = so_far.edited()
    if scene.status == OK:
        assert list(done.done) == [7]
        body = scene.asked[-1].body.decode()
        assert f"<deprecatedID>{root}<" in body and done.done[7] in body
    elif scene.status == CONFLICT:
        assert done.failed == (7,)
    else:
        assert (scene.status, done.unknown) == (MISSING, (7,))


def reviewed(scene: Scene, form: str, root: str) -> None:
    # one that has gone shows when it is read back
    assert scene.status in (OK, MISSING) and scene.status in (OK, *CODES)
    reviews._review(scene.server, form, root, scene.now["request"]["json"]["reviewState"])
    scene.as_recorded()
