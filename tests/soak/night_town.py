"""A province office's programme, its KoBo server, and what phones and people send every day."""

import random
import re
import shutil
import xml.etree.ElementTree as ET
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from connectors.deploy import deploy
from connectors.servers import connect, openrosa
from connectors.servers.sandbox import Filled, Running, Upload, serve
from connectors.store.pseudonym import load_pseudonyms
from forms.carry import ServedForm, carry, served_form
from ishc.demo.site import SERVER, URL, prepare
from ishc.demo.submissions import Submission, stored_submissions
from programme.folder import Folder
from programme.settings import Settings, load
from tests.soak.night_hand import MORE
from tests.soak.office_kobo import KoboOffice

REPORT = "monthly_activity_report"
HELD_BACK = ("2026-09", "2026-10")  # stages that arrive night by night
NO_ENVIRONMENT: dict[str, str] = {}


class Town:
    """The server with its forms, and the office's folder.

    Args:
        root: where all of it lies.
        seed: decides what happens.
        communes: whose clubs there are; none means all of the demo's.
        nightly: reports for ``ishc.toml``.
        edit: what the office changes in its programme before it begins.
    """

    def __init__(
        self,
        root: Path,
        seed: int,
        communes: Iterable[str],
        nightly: str,
        edit: Callable[[Folder], object] = id,
    ) -> None:
        self.root, self.chance = root, random.Random(seed)
        self.now = datetime(2026, 9, 30, 13, tzinfo=UTC)
        self.folder, _ = prepare(root / "office")
        self.token = (self.folder.data / "token").read_text(encoding="utf-8")
        self.server: Running | None = None
        self._state, self._port = root / "server", 0
        self.up()
        text = self.folder.settings.read_text(encoding="utf-8").replace(URL, self.url)
        text = re.sub("^(push|publish) = false", r"\1 = true", text, flags=re.MULTILINE)
        self.folder.settings.write_text(text + nightly, encoding="utf-8")
        edit(self.folder)
        load_pseudonyms(self.folder)  # both offices give the same pseudonyms
        self.settings = load(self.folder)
        self.assets: dict[str, str] = {}
        self._served: dict[str, ServedForm] = {}
        self.deploy()
        self.sent: list[ET.Element] = []  # reports, as they are on the server
        wanted = set(communes)
        chosen = [
            each
            for each in stored_submissions()
            if each.form in self.assets and (not wanted or _commune(each) in wanted)
        ]
        self.coming = deque(each for each in chosen if each.stage in HELD_BACK)
        self.send(each for each in chosen if each.stage not in HELD_BACK)
        self.calm = self._calm()

    def _calm(self) -> Folder:
        """Make the office that meets no fault and writes nothing on the server."""
        calm = Folder(self.root / "calm")
        shutil.copytree(self.folder.root, calm.root)
        text = calm.settings.read_text(encoding="utf-8")
        text = re.sub("^(push|publish) = true", r"\1 = false", text, flags=re.MULTILINE)
        calm.settings.write_text(text, encoding="utf-8")
        return calm

    @property
    def url(self) -> str:
        """Where the server answers, or would."""
        return f"http://127.0.0.1:{self._port}"

    def up(self) -> None:
        """Let the server run, where it ran before."""
        self.server = serve(self._state, self.token, port=self._port, clock=lambda: self.now)
        handler = self.server._server.RequestHandlerClass  # answers bear the town's day
        handler.date_time_string = lambda _, stamp=None: format_datetime(  # type: ignore[attr-defined]
            self.now.astimezone(UTC), usegmt=True
        )
        self._port = int(self.server.url.rpartition(":")[2])

    def down(self) -> None:
        """Switch the server off."""
        assert self.server is not None
        self.server.stop()

    def at(self, moment: datetime) -> None:
        """Let it be some moment at the server."""
        self.now = moment

    def deploy(self, folder: Folder | None = None, *accept: str) -> None:
        """Bring the forms of a folder, the office's own or a colleague's, to the server."""
        here = folder or self.folder
        settings: Settings = load(here)
        for each in deploy(settings, here, environ=NO_ENVIRONMENT, accept=accept):
            self.assets[each.form] = each.asset
        with connect(settings.servers[SERVER], NO_ENVIRONMENT) as server:
            for form, asset in self.assets.items():
                offered = openrosa.find(server, asset)
                assert offered is not None
                self._served[form] = served_form(openrosa.form_xml(server, offered).decode())

    def put_back(self, *accept: str) -> None:
        """Let the office bring its own forms to the server again; what was there it keeps."""
        self.deploy(None, *accept)
        kept = "deployed"  # workbooks by which answers to other versions are read
        shutil.copytree(self.folder.data / kept, self.calm.data / kept, dirs_exist_ok=True)

    def office(self, form: str) -> KoboOffice:
        """Give a form on the server's page."""
        assert self.server is not None
        office = KoboOffice.__new__(KoboOffice)
        KoboOffice.__init__(office, self.server)
        office._headers["Authorization"] = f"Token {self.token}"
        office.asset = self.assets[form]
        return office

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Give every record that the server holds, by form."""
        return {form: self.office(form).rows() for form in self.assets}

    def send(self, submissions: Iterable[Submission]) -> None:
        """Let phones send filled forms."""
        assert self.server is not None
        self.server.load(self._filled(each) for each in submissions)

    def day(self, arrivals: int) -> None:
        """Let a day pass: some forms arrive, one report is edited, now and then one is deleted."""
        some = [self.coming.popleft() for _ in range(min(arrivals, len(self.coming)))]
        self.send(some)
        if self.sent:
            self._edit()
        if self.chance.random() < 0.3 and len(self.sent) > 10:
            self._delete()

    def _filled(self, submission: Submission) -> Filled:
        served = self._served[submission.form]
        tree = ET.fromstring(submission.xml)
        _leave_out(tree, "", served.paths)
        if f"words_page/{MORE}" in served.paths:
            words = tree.find("words_page")
            assert words is not None
            ET.SubElement(words, MORE).text = "câu trả lời thêm"
        xml = carry(ET.tostring(tree, encoding="unicode"), served)
        files = [Upload(name, "image/png", data) for name, data in submission.files.items()]
        if submission.form == REPORT:
            self.sent.append(ET.fromstring(xml))
        return Filled(xml.encode(), tuple(files))

    def _edit(self) -> None:
        held = [each for each in self.sent if each.find(".//attendance") is not None]
        tree = self.chance.choice(held)  # of the months in which there was a meeting
        attendance, meta = tree.find(".//attendance"), tree.find("meta")
        assert meta is not None and attendance is not None
        attendance.text = str(max(0, int(attendance.text or 0) + self.chance.choice((-1, 1))))
        before = meta.findtext("instanceID")
        for each in meta.findall("deprecatedID"):
            meta.remove(each)
        ET.SubElement(meta, "deprecatedID").text = before
        named = meta.find("instanceID")
        assert named is not None
        named.text = f"uuid:{UUID(int=self.chance.getrandbits(128), version=4)}"
        assert self.server is not None
        self.server.load([Filled(ET.tostring(tree))])

    def _delete(self) -> None:
        tree = self.sent.pop(self.chance.randrange(len(self.sent)))
        uuid = str(tree.findtext("meta/instanceID")).removeprefix("uuid:")
        office = self.office(REPORT)
        office.delete([one["_id"] for one in office.rows() if one["_uuid"] == uuid])


def _commune(submission: Submission) -> str | None:
    return ET.fromstring(submission.xml).findtext("./report_page/commune")


def _leave_out(element: ET.Element, above: str, paths: frozenset[str]) -> None:
    """Take out what the served form does not ask."""
    for child in list(element):
        path = f"{above}{child.tag.rpartition('}')[2]}"
        if path.split("/", maxsplit=1)[0] == "meta":
            continue
        if path in paths:
            _leave_out(child, f"{path}/", paths)
        else:
            element.remove(child)
