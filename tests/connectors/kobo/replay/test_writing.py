"""What the client makes of recorded answers when it writes: forms, files, submissions, states."""

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.servers import kobo, openrosa
from connectors.servers.contract import Media
from connectors.servers.faults import ServerFault
from connectors.servers.kobo import imports
from connectors.servers.kobo.media import bring
from connectors.servers.openrosa import Offered, Receipt
from programme.problem import ProblemError
from tests.connectors.kobo.replay.recorded import content_of
from tests.connectors.kobo.replay.test_transport import CODES, SCENARIOS

ASSET = r"/api/v2/assets/(a\w{21})/"
FORMS = [one for one in SCENARIOS if not one.startswith("14")]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_submission_gets_its_receipt(
    scenario: str, recorded: Callable[[str], Any], tmp_path: Path
) -> None:
    player, number = recorded(scenario), itertools.count()
    for name, one in player.of("POST", "/submission"):
        files = one["request"].get("files", [])
        xml = [content_of(each) for each in files if each["field"] == "xml_submission_file"]
        if not xml:
            continue  # the client always sends one
        media = []
        for each in files:
            if each["field"] != "xml_submission_file":
                path = tmp_path / f"{next(number)}"
                path.write_bytes(content_of(each))
                media.append(Media(each["filename"], path))
        player.play(name)
        status = one["response"]["status"]
        if code := CODES.get(status):
            with pytest.raises(ServerFault) as raised:
                openrosa.submit(player.server(), xml[0], media)
            assert raised.value.code == code, name
        else:
            wanted = Receipt.ACCEPTED if status == 201 else Receipt.DUPLICATE
            assert openrosa.submit(player.server(), xml[0], media) == wanted, name
        player.done()


@pytest.mark.parametrize("scenario", FORMS)
def test_every_import_ends_as_the_server_says(
    scenario: str, recorded: Callable[[str], Any], tmp_path: Path
) -> None:
    player = recorded(scenario)
    for name, task, fields, file in _imports(player):
        workbook = tmp_path / "x.xlsx"
        workbook.write_bytes(file)
        target = fields.get("destination", "").rstrip("/").rpartition("/")[2]
        poll = next(key for key, one in player.of("GET", f"/api/v2/imports/{task}/"))
        messages = player.exchanges[poll]["response"]["json"]["messages"]

        def act(target: str = target, workbook: Path = workbook) -> str:
            if target:
                imports.replace(player.server(), workbook, "x", target)
                return target
            return imports.create(player.server(), workbook, "x")

        player.play(name, poll)
        if "error" in messages:
            with pytest.raises(ProblemError) as raised:
                act()
            (problem,) = raised.value.problems
            assert problem.code == "form-refused" and messages["error"] in problem.what.en
        else:
            (made,) = messages.get("created") or messages["updated"]
            assert act() == made["uid"]
        player.done()


def _imports(player: Any) -> Iterator[tuple[str, str, dict[str, str], bytes]]:
    for name, one in player.of("POST", "/api/v2/imports/"):
        form, files = one["request"].get("form", {}), one["request"].get("files", [])
        if form.get("library") == "false" and files:  # the client always says both
            yield name, one["response"]["json"]["uid"], form, content_of(files[0])


@pytest.mark.parametrize("broken", ["choice list", "reference to a question"])
def test_a_form_that_cannot_be_deployed_is_refused_in_the_servers_words(
    broken: str, recorded: Callable[[str], Any], tmp_path: Path
) -> None:
    player = recorded("02-import")
    player.borrow("04-media-openrosa", "media list, empty")
    names = [name for name in player.exchanges if name.startswith(broken)]
    start, poll, deploy, asset = names
    workbook = tmp_path / "x.xlsx"
    workbook.write_bytes(b"PK")
    player.play(start, poll, "media list, empty", asset, deploy)
    with pytest.raises(ProblemError) as raised:
        kobo.deploy_form(player.server(), workbook, "x", [])
    assert raised.value.problems[0].code == "form-refused"
    said = player.exchanges[deploy]["response"]["json"]["error"]
    assert said.split()[-1].rstrip(".") in raised.value.problems[0].what.en
    player.done()


def test_media_are_sent_or_refused(recorded: Callable[[str], Any], tmp_path: Path) -> None:
    player, met = recorded("04-media-openrosa"), 0
    path = tmp_path / "x"
    path.write_bytes(b"name,label\n")
    for name, one in player.of("POST", ASSET + "files/"):
        asset, status = one["request"]["path"].split("/")[4], one["response"]["status"]
        met += 1
        listed = ["media list, empty"] * (2 if status == 400 else 1)
        player.play(listed[0], name, *listed[1:])
        if status == 201:
            assert bring(player.server(), asset, [Media("x.csv", path)]) == ("x.csv",)
        else:
            with pytest.raises(ProblemError) as raised:
                bring(player.server(), asset, [Media("x.csv", path)])
            (problem,) = raised.value.problems
            content = "content" in json.dumps(one["response"].get("json", ""))
            refused = "media-refused" if content else "server-refused"
            assert problem.code == (refused if status == 400 else "server-error"), name
        player.done()
    assert met > 15


def test_phones_are_offered_what_the_lists_say(
    recorded: Callable[[str], Any], tmp_path: Path
) -> None:
    player = recorded("04-media-openrosa")
    player.play(
        "OpenRosa formList (2)",
        "manifest after redeploy",
        "the new file by the address in the manifest",
        "OpenRosa form xml (2)",
    )
    asset = player.exchanges["asset"]["response"]["json"]["uid"]
    xml = openrosa.download(player.server(), asset, tmp_path)
    assert xml == player.body(player.exchanges["OpenRosa form xml (2)"]["response"])
    new = player.exchanges["the new file by the address in the manifest"]["response"]
    assert (tmp_path / "clubs.csv").read_bytes() == player.body(new)
    player.done()
    for name, one in player.of("GET", r"/xformsManifest/\d+"):
        if one["response"]["status"] == 200:
            offered = Offered("x", "x", "1", "", "", player.url + one["request"]["path"])
            player.play(name)
            found = openrosa.manifest(player.server(), offered)
            text = one["response"]["text"]
            assert [each.digest for each in found] == [
                part.partition("<")[0] for part in text.split("<hash>")[1:]
            ]


STATES = {
    "bulk set of two": ("manifest after bulk sets", "approved"),
    "bulk set with a bogus uid: the status is reset": ("manifest after the bogus uid", "on_hold"),
}


@pytest.mark.parametrize("name", STATES)
def test_states_are_what_stands_afterwards(name: str, recorded: Callable[[str], Any]) -> None:
    player = recorded("09-validation")
    after, state = STATES[name]
    request = player.exchanges[name]["request"]
    ids = request["json"]["payload"]["submission_ids"]
    player.only = set(ids)
    player.play(name, after)
    asset = request["path"].split("/")[4]
    stands = kobo.set_states(player.server(), asset, ids, state)
    rows = player.exchanges[after]["response"]["json"]["results"]
    shown = {row["_id"]: row["_validation_status"].get("uid") for row in rows}
    wanted = {number for number in ids if shown[number] == f"validation_status_{state}"}
    assert set(stands.standing) == wanted and set(stands.other) == set(ids) - wanted
    player.done()


def test_a_state_that_is_refused_is_told(recorded: Callable[[str], Any]) -> None:
    player, met = recorded("09-validation"), 0
    for name, one in player.of("PATCH", ASSET + "data/validation_statuses/"):
        if code := CODES.get(one["response"]["status"]):
            player.play(name)
            met += 1
            with pytest.raises(ServerFault) as raised:
                kobo.set_states(player.server(), "a" * 22, [1], "approved")
            assert raised.value.code == code
    assert met > 3


def test_an_edit_is_what_stands_afterwards(recorded: Callable[[str], Any]) -> None:
    player = recorded("07-edits")
    name = "bulk PATCH of one"
    before = "record B after the second edit"
    after = "record B after bulk PATCH: validation status is kept"
    payload = player.exchanges[name]["request"]["json"]["payload"]
    (number,) = payload["submission_ids"]
    player.play(before, name, after)
    asset = player.exchanges[name]["request"]["path"].split("/")[4]
    edited = kobo.edit_answers(player.server(), asset, {number: payload["data"]})
    row = player.exchanges[after]["response"]["json"]["results"][0]
    assert dict(edited.done) == {number: row["_uuid"]} and not edited.problems
    assert json.loads(player.asked[1].body) == {"payload": payload}
    player.done()


@pytest.mark.parametrize("name", ["bulk PATCH: value is an int", "bulk PATCH: no id exists"])
def test_an_edit_that_is_not_done_is_told(name: str, recorded: Callable[[str], Any]) -> None:
    player = recorded("07-edits")
    before = "record B after the second edit"
    player.play(before, name, before)
    asset = player.exchanges[name]["request"]["path"].split("/")[4]
    (row,) = player.exchanges[before]["response"]["json"]["results"]
    edited = kobo.edit_answers(player.server(), asset, {row["_id"]: {"ghi_chu": "mới"}})
    assert edited.failed == (row["_id"],) and not edited.done
    code = CODES[player.exchanges[name]["response"]["status"]]
    assert [one.code for one in edited.problems] == [code]
    player.done()
