"""What unrecorded requests had made before a scenario."""

import base64
import json
import re
from collections.abc import Callable

from tests.connectors.central.replay.between import insert
from tests.connectors.central.replay.making import (
    definition,
    filled,
    form,
    phone,
    project,
    send,
    xml_of,
)
from tests.connectors.central.replay.player import PASSWORD, RECORDINGS, WRONG, Player
from tests.connectors.central.standin.filled import read_filled
from tests.connectors.central.standin.forms import add_form
from tests.connectors.central.standin.keeping import changed, edit, version_of


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


def paging(player: Player) -> None:
    where = project(player, 14, "Báo cáo", "2026-11-21T20:10:20.000Z")
    form(player, where, "club_report.xlsx")
    insert(player, lambda moment: moment <= "2026-11-21T20:10:22.405Z")


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
