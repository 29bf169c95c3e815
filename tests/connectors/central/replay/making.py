"""What prepares a scenario: projects, forms, phones, filled forms as the recordings show them."""

import json
import re
from typing import Any
from xml.sax.saxutils import escape

from tests.connectors.central.replay.player import RECORDINGS, Player
from tests.connectors.central.standin.definitions import compiled, defined
from tests.connectors.central.standin.filled import read_filled
from tests.connectors.central.standin.forms import add_form, publish
from tests.connectors.central.standin.keeping import Files, add, version_of
from tests.connectors.central.standin.projects import APP_USER_ROLE
from tests.connectors.central.standin.things import Definition, Form, Project, Submission

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
