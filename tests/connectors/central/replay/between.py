"""What unrecorded requests did between the exchanges of a scenario."""

import json
import re
from collections.abc import Callable

from tests.connectors.central.replay.making import definition, filled, send
from tests.connectors.central.replay.player import Player
from tests.connectors.central.standin.definitions import carry_files, defined
from tests.connectors.central.standin.forms import add_form
from tests.connectors.central.standin.keeping import changed
from tests.connectors.central.standin.projects import APP_USER_ROLE
from tests.connectors.central.standin.worker import run_worker


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
