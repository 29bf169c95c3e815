"""What unrecorded requests had made before a scenario, and between its exchanges."""

import base64
import json
import re
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from tests.connectors.central.replay.player import PASSWORD, RECORDINGS, WRONG, Player
from tests.connectors.central.standin.definitions import carry_files, compiled, defined
from tests.connectors.central.standin.filled import read_filled
from tests.connectors.central.standin.forms import add_form, publish
from tests.connectors.central.standin.keeping import Files, add, changed, edit, version_of
from tests.connectors.central.standin.projects import APP_USER_ROLE
from tests.connectors.central.standin.things import Definition, Form, Project, Submission
from tests.connectors.central.standin.worker import run_worker

Row = dict[str, Any]


def project(player: Player, number: int, name: str, moment: str) -> Project:
    player.world.next["project"] = number
    player.at(moment)
    return player.world.add_project(name)


def definition(workbook: str) -> Definition:
    content = (RECORDINGS / "forms" / workbook).read_bytes()
    return defined(compiled(content, ".xlsx", []), content)


def form(player: Player, where: Project, *workbooks: str) -> Form:
    """Publish the versions of a form, one after the other."""
    made = add_form(player.world, where, definition(workbooks[0]), player.admin)
    publish(player.world, where, made)
    for workbook in workbooks[1:]:
        made.draft = definition(workbook)
        publish(player.world, where, made)
    return made


def phone(player: Player, where: Project, number: int, name: str, made: Form | None) -> None:
    player.world.next["actor"] = number
    actor = player.world.add_app_user(where, name)
    if made is not None:
        made.roles.append((number, APP_USER_ROLE))
    player.use(actor)


def send(
    player: Player, where: Project, made: Form, xml: str, moment: str, files: Files | None = None
) -> Submission:
    player.at(moment)
    read = read_filled(xml.encode())
    agent = "python-requests/2.34.2"
    version = version_of(player.world, made, read, player.admin, None, agent)
    return add(player.world, where, made, version, files or {})


def template() -> str:
    """A filled report as the recordings have it."""
    exchanges = json.loads((RECORDINGS / "05_edit_review_delete.json").read_bytes())["exchanges"]
    text: str = exchanges[0]["request"]["text"]
    return text


def filled(root: str, deprecated: str = "") -> str:
    old = f"<deprecatedID>{deprecated}</deprecatedID>" if deprecated else ""
    text = re.sub(r"<instanceID>[^<]*", f"<instanceID>{root}", template())
    return text.replace("<meta>", f"<meta>{old}")


def xml_of(row: Row, instance: str, deprecated: str = "") -> str:
    """Write a row of OData, expanded, as the filled form that it was read from."""
    body = "".join(_element(name, value) for name, value in row.items() if _kept(name))
    old = f"<deprecatedID>{deprecated}</deprecatedID>" if deprecated else ""
    name = escape(row["meta"]["instanceName"])
    meta = f"<instanceID>{instance}</instanceID>{old}<instanceName>{name}</instanceName>"
    return f'<data id="club_report" version="2026110100">{body}<meta>{meta}</meta></data>'


def _kept(name: str) -> bool:
    return not name.startswith("__") and "@" not in name and name != "meta"


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, one) for one in value)
    if isinstance(value, dict) and value.get("type") == "Point":
        longitude, latitude, altitude = value["coordinates"]
        accuracy = value["properties"]["accuracy"]
        return f"<{name}>{latitude} {longitude} {altitude} {accuracy}</{name}>"
    if isinstance(value, dict):
        return (
            f"<{name}>{''.join(_element(*one) for one in value.items() if _kept(one[0]))}</{name}>"
        )
    return f"<{name}>{escape(str(value))}</{name}>" if value is not None else f"<{name}/>"


def sessions(player: Player) -> None:
    project(player, 1, "Khảo sát 2026", "2026-11-21T19:41:26.142Z")
    where = project(player, 4, "Câu lạc bộ liên thế hệ 2026", "2026-11-21T20:05:09.633Z")
    player.world.add_user("bao-cao@example.org", PASSWORD).projects.add(where.id)
    player.tokens = dict.fromkeys(("bad token: project", "bad token: session restore"), WRONG)


def forms(player: Player) -> None:
    project(player, 5, "Báo cáo", "2026-11-21T20:05:11.000Z")
    player.world.next["form"] = 13


def openrosa(player: Player) -> None:
    where = project(player, 6, "Báo cáo", "2026-11-21T20:06:44.000Z")
    player.world.next["actor"] = 59
    made = form(player, where, "club_report.xlsx")
    made.actee = "14683d1e-ed3c-4543-b60e-2a8aa22e9e2f"
    drafts = json.loads((RECORDINGS / "02_forms_drafts_publish.json").read_bytes())["exchanges"]
    for one in drafts:
        request = one["request"]
        name = request["path"].rpartition("/")[2]
        if request["method"] == "POST" and name in made.latest.files:
            file = made.latest.files[name]
            text = request.get("text")
            file.content = text.encode() if text else base64.b64decode(request["base64"])
            file.mimetype = request["headers"]["Content-Type"]
    player.keys |= dict.fromkeys(("wrong key", "formList with a wrong key"), WRONG)


def odata(player: Player) -> None:
    where = project(player, 9, "Báo cáo", "2026-11-21T20:08:05.000Z")
    made = form(player, where, "club_report.xlsx")
    rows = [
        row for exchange in player.exchanges[3:6] for row in exchange["response"]["json"]["value"]
    ]
    trash = player.exchanges[22]["response"]["json"]["value"][0]
    by_date = sorted([*rows, trash], key=lambda row: row["__system"]["submissionDate"])
    for row in by_date:
        root, system = row["__id"], row["__system"]
        xml = xml_of(row, root) if row is not trash else filled(root)
        if root.startswith("uuid:653898c1"):  # a wrong type and an unknown node
            xml = xml.replace("<meetings/>", "<meetings>abc</meetings><la>x</la>")
        photo = {row["photo"]: (b"photo", "image/jpeg")} if system["attachmentsPresent"] else {}
        one = send(player, where, made, xml, system["submissionDate"], photo)
        if system["edits"]:
            xml = xml_of(row, row["meta"]["instanceID"], root)
            version = version_of(
                player.world, made, read_filled(xml.encode()), player.admin, None, None
            )
            edit(player.world, made, one, version, {}, "")
        one.updated, one.deleted = system["updatedAt"], system["deletedAt"]
        one.review = system["reviewState"]
        changed(player.world, one)


def edits(player: Player) -> None:
    where = project(player, 10, "Báo cáo", "2026-11-21T20:09:30.000Z")
    player.world.next |= {"form": 19}
    made = form(player, where, "club_report.xlsx", "club_report_v2.xlsx")
    made.actee = "c9b75722-048b-4171-8337-af62e171f60d"
    phone(player, where, 76, "Máy bảng 02", made)


def photos(player: Player) -> None:
    where = project(player, 11, "Báo cáo", "2026-11-21T20:09:39.000Z")
    phone(player, where, 80, "Máy bảng 03", form(player, where, "club_report.xlsx"))


def exports(player: Player) -> None:
    where = project(player, 12, "Báo cáo", "2026-11-21T20:09:43.000Z")
    made = form(player, where, "club_report.xlsx")
    first, second = (player.exchanges[number]["response"]["text"] for number in (0, 1))
    photo = {"hop.jpg": (b"photo", "image/jpeg")}
    send(player, where, made, first, "2026-11-21T20:09:44.647Z", photo)
    root = "uuid:b7642cfc-f48b-470f-aa76-e74ebdecd928"
    third = re.sub(r"<instanceID>[^<]*", f"<instanceID>{root}", first)
    third = third.replace("clb-ls-001 2026-10-01", "clb-ls-002 2026-10-01")
    send(player, where, made, third, "2026-11-21T20:09:44.691Z", photo)
    send(player, where, made, second, "2026-11-21T20:09:44.731Z")
    trash = filled("uuid:25999cdf-6c7a-49ca-b407-d01de35d6d63")
    send(player, where, made, trash, "2026-11-21T20:09:44.800Z").deleted = player.world.now()


def entities(player: Player) -> None:
    player.same.draws_files = True
    player.world.entities_at_once = False
    player.world.foreign_uuids.add("5f0c1d1e-0000-4000-8000-000000000002")
    where = project(player, 19, "Sổ câu lạc bộ", "2026-11-21T20:14:39.000Z")
    player.world.next["dataset"] = 8
    player.at("2026-11-21T20:14:39.471Z")
    phone(player, where, 113, "Máy bảng 04", None)
    add_form(player.world, where, definition("club_report.xlsx"), player.admin)
    player.world.uuids = [  # of the registration form, its list, and an entity sent without
        "f9220831-192b-4db2-8ebf-4669e69e896d",
        "394fb176-dff0-4cbe-95a8-4565740f8b71",
        "4d887475-6092-4c20-a610-ae61befbb656",
    ]


def worker(player: Player) -> None:
    run_worker(player.world)


def assign_all(player: Player) -> None:
    """Let the phone fill every form that is there by now."""
    for where in player.world.projects.values():
        for made in where.forms:
            made.roles.append((113, APP_USER_ROLE))


def draft_beside(player: Player) -> None:
    """Upload the report once more, under another form id."""
    worker(player)
    (where,) = player.world.projects.values()
    text = definition("club_report.xlsx").xml.replace('id="club_report"', 'id="club_report_b"')
    made = defined(text, None)
    carry_files(made, None, where)
    add_form(player.world, where, made, player.admin)


def entity_deleted(player: Player) -> None:
    (where,) = player.world.projects.values()
    uuid = "5f0c0013-0000-4000-8000-000000000015"
    where.datasets["clubs"].entities[uuid].deleted = player.world.now()


def paging(player: Player) -> None:
    where = project(player, 14, "Báo cáo", "2026-11-21T20:10:20.000Z")
    form(player, where, "club_report.xlsx")
    insert(player, lambda moment: moment <= "2026-11-21T20:10:22.405Z")


def insert(player: Player, wanted: Callable[[str], bool]) -> None:
    """Send the reports that the recording shows, those of wanted moments."""
    (where,) = player.world.projects.values()
    (made,) = where.forms
    dates = re.findall(
        r'"__id": "(uuid:[^"]*)", "__system": {"submissionDate": "([^"]*)"',
        json.dumps(player.exchanges),
    )
    for root, moment in sorted(set(dates), key=lambda one: one[1]):
        if wanted(moment) and root not in made.submissions:
            send(player, where, made, filled(root), moment)


def inserted(start: str) -> Callable[[Player], None]:
    """Give what sends the reports whose time of day begins so."""
    return lambda player: insert(player, lambda moment: moment[11:].startswith(start))


def state(wanted: str) -> Callable[[Player], None]:
    def change(player: Player) -> None:
        for where in player.world.projects.values():
            where.forms[0].state = wanted

    return change


def trash(*roots: str, back: bool = False) -> Callable[[Player], None]:
    """Give what throws submissions away or takes them back."""

    def change(player: Player) -> None:
        (where,) = player.world.projects.values()
        for one in where.forms[0].submissions.values():
            if one.root.startswith(roots):
                one.deleted = None if back else player.world.now()
                changed(player.world, one)

    return change


def session_ends(player: Player) -> None:
    player.world.sessions[player.token].expires = player.world.now()


def session(number: int) -> Callable[[Player], None]:
    """Give what goes on with the session that was begun as the first, second, third."""

    def change(player: Player) -> None:
        player.token = player.signed_in[number - 1]

    return change


OLDEST = ("uuid:51f7be9d", "uuid:d78eb6f1")
PREPARED: dict[str, Callable[[Player], None]] = {
    "01_sessions_and_errors": sessions,
    "02_forms_drafts_publish": forms,
    "03_openrosa_app_user": openrosa,
    "04_odata": odata,
    "05_edit_review_delete": edits,
    "06_attachments": photos,
    "07_xml_and_csv": exports,
    "08_entities": entities,
    "09_paging_under_change": paging,
}
BETWEEN: dict[tuple[str, str], Callable[[Player], None]] = {
    ("01_sessions_and_errors", "expired token: project"): session_ends,
    ("01_sessions_and_errors", "not found: project"): session(1),
    ("01_sessions_and_errors", "not found: form, by a viewer"): session(3),
    ("01_sessions_and_errors", "not found: path"): session(1),
    ("03_openrosa_app_user", "formList while the form is closing"): state("closing"),
    ("03_openrosa_app_user", "submission while the form is closed: 409"): state("closed"),
    ("03_openrosa_app_user", "submissions so far"): state("open"),
    ("04_odata", "If-None-Match after a new submission: 200"): inserted("20:08:12.414"),
    ("08_entities", "registration submitted by OpenRosa"): assign_all,
    ("08_entities", "poll n: entity there"): worker,
    ("08_entities", "manifest with an entity list"): assign_all,
    ("08_entities", "integrity url: deleted or unknown entities"): entity_deleted,
    (
        "08_entities",
        "new form draft made after the dataset exists: clubs.csv linked by itself",
    ): draft_beside,
    ("09_paging_under_change", "A page 2, after two inserts"): inserted("20:10:22.4"),
    (
        "09_paging_under_change",
        "C page 2, all further rows deleted meanwhile: empty",
    ): trash(*OLDEST),
    ("09_paging_under_change", "D page 1, oldest first"): trash(*OLDEST, back=True),
    (
        "09_paging_under_change",
        "D page 2, one row inserted after page 1",
    ): inserted("20:10:23.078"),
    (
        "09_paging_under_change",
        "S skip=3 after one insert: one row repeated",
    ): inserted("20:10:23.178"),
    (
        "09_paging_under_change",
        "T subtable page 2, after an insert",
    ): inserted("20:10:23.326"),
}
