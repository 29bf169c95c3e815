"""The stand-in for ODK Central, as a soak needs it."""

import hashlib
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from connectors.servers.sandbox import Weather
from tests.connectors.central.standin.keeping import receive
from tests.connectors.central.standin.odata_fields import system_of
from tests.connectors.central.standin.serve import Standin, serve_standin
from tests.connectors.central.standin.things import Form, Project, Submission
from tests.soak.ground import FORM, SECRET, USER
from tests.soak.office import Clock, Filled, Office, Record, picture_of

STATES = {"approved": "approved", "on_hold": "hasIssues", "not_approved": "rejected"}
SHOWN = {review: f"validation_status_{name}" for name, review in STATES.items()}
COLLECT = "org.odk.collect.android/v2024.3.4 Dalvik/2.1.0 (Linux; U; Android 13)"
XML = {"Content-Type": "text/xml"}
START = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class CentralOffice(Office):
    """A stand-in with one project; whoever works there stays signed in."""

    changes = (*Office.changes, "restoration")
    running: Standin

    def __init__(self, running: Standin) -> None:
        self.world = running.world
        self.mine, session = self.world.session(running.owner, expires="9999-12-31T23:59:59.000Z")
        self.stays = {self.mine: session}
        super().__init__(running, running.app, f"Bearer {self.mine}")
        self.project: Project = running.project()

    def sign_out(self) -> None:
        """End every session but the one of who works there."""
        with self.world.lock:
            self.world.sessions.clear()
            self.world.sessions.update(self.stays)

    @property
    def _form(self) -> Form:
        return next(each for each in self.project.forms if each.xml_id == FORM)

    @property
    def _url(self) -> str:
        return f"/v1/projects/{self.project.id}/forms/{FORM}/submissions"

    def xml(self, filled: Filled, edits: str = "") -> bytes:
        """Write a filled form."""
        before = f"<deprecatedID>uuid:{edits}</deprecatedID>" if edits else ""
        return (
            f'<data id="{FORM}" version="1">{filled.body}'
            f"<meta><instanceID>uuid:{filled.instance}</instanceID>{before}</meta></data>"
        ).encode()

    def send(self, filled: list[Filled]) -> None:
        # some by another client, whose submissions are read in another way
        for agent in (COLLECT, "a browser"):
            coming = [each for each in filled if (each.instance < "1") == (agent != COLLECT)]
            told = ((self.xml(each), _files(each)) for each in coming)
            self.running.load(self.project, self._form, told, agent)

    def edit(self, record: Record, filled: Filled) -> None:
        root = record["meta/rootUuid"]
        self.ask("PUT", f"{self._url}/{root}", data=self.xml(filled, record["_uuid"]), headers=XML)
        with self.world.lock:
            receive(self._form.submissions[root], _files(filled))

    def delete(self, ids: list[int]) -> None:
        for one in self._named(ids):
            self.ask("DELETE", f"{self._url}/{one.root}")

    def restore(self, one: Submission) -> None:
        """Let a person take a submission out of the trash."""
        self.ask("POST", f"{self._url}/{one.root}/restore")

    def trash(self) -> list[Submission]:
        """Give what lies in the trash."""
        return [one for one in self._form.submissions.values() if one.deleted]

    def judge(self, number: int, state: str) -> None:
        (one,) = self._named([number])
        self.ask("PATCH", f"{self._url}/{one.root}", json={"reviewState": STATES[state]})

    def late(self, filled: Filled) -> None:
        one = self._form.submissions.get(f"uuid:{filled.instance}")
        if one and not one.deleted and one.current.instance == one.root and filled.picture:
            name, content = filled.picture
            kind = {"Content-Type": "image/jpeg"}
            url = f"{self._url}/{one.root}/attachments/{name}"
            self.ask("POST", url, data=content, headers=kind)

    def rows(self) -> list[Record]:
        with self.world.lock:
            numbers = self._numbers()
            live = [_record(self._form.submissions[root], numbers[root]) for root in numbers]
            return sorted(live, key=lambda record: int(record["_id"]))

    def pictures(self, record: Record) -> dict[str, bytes]:
        root = record["meta/rootUuid"].replace(":", "%3A")
        return {
            f"{root}/attachments/{file['name']}": picture_of(file["name"])
            for file in record["_attachments"]
            if file["exists"]
        }

    def versions(self, number: int) -> int | None:
        (one,) = self._named([number])
        return len(one.versions)

    def _named(self, ids: list[int]) -> list[Submission]:
        with self.world.lock:
            roots = {number: root for root, number in self._numbers().items()}
            return [self._form.submissions[roots[each]] for each in ids if each in roots]

    def _numbers(self) -> dict[str, int]:
        """Number what lives; of two in one millisecond with one hash the second takes the next."""
        numbers: dict[str, int] = {}
        taken: set[int] = set()
        for root, one in sorted(self._form.submissions.items()):
            if not one.deleted:
                number = _number(one.root, one.created)
                while number in taken:
                    number += 1
                taken.add(number)
                numbers[root] = number
        return numbers


def _files(filled: Filled) -> dict[str, tuple[bytes, str]]:
    return {filled.picture[0]: (filled.picture[1], "image/jpeg")} if filled.picture else {}


@cache
def _number(root: str, created: str) -> int:
    moment = datetime.fromisoformat(created) - START
    digest = hashlib.blake2b(root.encode(), digest_size=8).digest()
    return moment // timedelta(milliseconds=1) * 2**21 + int.from_bytes(digest) % 2**21


def _record(one: Submission, number: int) -> Record:
    """Write down what a pull must bring of a submission, apart from the code that is tested."""
    now = one.current
    state: dict[str, Any] = {}
    if one.review in SHOWN and one.updated:
        moment = datetime.fromisoformat(one.updated)
        state = {"uid": SHOWN[one.review], "timestamp": int(moment.timestamp())}
    return {
        "_id": number,
        "__version__": now.form_version,
        **_answers(ET.fromstring(now.xml)),
        "_xform_id_string": FORM,
        "_uuid": now.instance.removeprefix("uuid:"),
        "meta/rootUuid": one.root,
        "_submission_time": one.created.removesuffix("Z"),
        "_submitted_by": now.submitter.name,
        "_validation_status": state,
        "_attachments": [
            {"name": name, "exists": now.files[name] is not None} for name in sorted(now.files)
        ],
        "_system": system_of(one),
    }


def _answers(root: ET.Element) -> Record:
    found: Record = {}
    for child in root:
        inner = {f"{child.tag}/{each.tag}": each.text for each in child}
        if child.tag == "visitor":
            found.setdefault("visitor", []).append(inner)
        elif len(child):
            found |= inner
        else:
            found[child.tag] = child.text
    return found


def central_office(weather: Weather, clock: Clock) -> CentralOffice:
    """Start a stand-in in some weather."""
    office = CentralOffice(
        serve_standin(clock=clock, front=weather.over, email=USER, password=SECRET)
    )
    weather.sign_out = office.sign_out
    return office
