"""What the READMEs say of each kind of server is so: what it can is done, what it cannot refused.

A row that says the same of every server is held by the tests of its verbs.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.phones.access import Desk, lost, shown
from connectors.servers import openrosa
from connectors.servers.central import app_users, entities
from connectors.servers.central.entities import Entity
from connectors.servers.contract import Media
from connectors.servers.faults import ServerFault
from connectors.store.versions import mark
from programme.folder import Folder
from programme.problem import ProblemError
from programme.settings import load
from tests.connectors.contract.capabilities import BY_KEY, CAPABILITIES, READMES, can, with_table
from tests.connectors.contract.conftest import LISTED, SURVEY, Workbook
from tests.connectors.contract.people import People
from tests.connectors.contract.test_persons import SECRET, write_settings
from tests.connectors.kobo.conftest import CALM

JPEG = b"\xff\xd8\xff\xe0" + b"a small picture" * 50
Lists = Callable[..., list[Media]]
HELD_BY = {  # the same everywhere: which tests of verbs hold it
    "forms": ("test_deployment.py",),
    "writing": ("test_states.py", "test_edits.py", "test_persons.py"),
}


def says(club: People, key: str) -> bool:
    return can(club.server.kind, key)


def test_own_version(club: People, lists: Lists) -> None:
    before = club.ask.standing(club.server, club.asset).form.version
    done = club.ask.deploy_media(club.server, club.asset, lists(f"{LISTED}C2,Hồng Hà\n"))
    if says(club, "own-version"):
        assert (before, done.version) == ("1", "1~2")
    else:
        assert before != "1"


def test_other_type(club: People, form_id: str, workbook: Workbook, lists: Lists) -> None:
    settled = club.ask.settled_types(club.server, club.asset)
    survey = [{**each, "type": "date"} if each["type"] == "integer" else each for each in SURVEY]
    book = workbook(version="2", survey=survey)
    if says(club, "other-type"):
        assert settled == {}
        club.ask.deploy_form(club.server, book, form_id, lists(), club.asset)
        assert b'type="date"' in club.phone()
        return
    assert settled["attendance"] == "int"
    with pytest.raises(ProblemError) as raised:
        club.ask.deploy_form(club.server, book, form_id, lists(), club.asset)
    (problem,) = raised.value.problems
    assert problem.code == "form-refused" and "former_name" in problem.do.vi
    assert b'type="date"' not in club.phone()
    survey = [{**each, "type": "text"} if each["type"] == "integer" else each for each in SURVEY]
    book = workbook(version="3", survey=survey)
    assert club.ask.deploy_form(club.server, book, form_id, lists(), club.asset).seen


def test_submissions(club: People) -> None:
    root = club.send("<photo>a.jpg</photo>", {"a.jpg": JPEG})
    before = mark(club.row(root))
    if BY_KEY["submissions"].on[club.server.kind].told.en == "yes":
        with pytest.raises(ServerFault) as raised:
            club.replace_file(root, "a.jpg", JPEG + b"another")
        assert raised.value.status == 409
    else:
        club.replace_file(root, "a.jpg", JPEG + b"another")
    assert mark(club.row(root)) == before


def test_history_looking(club: People) -> None:
    root = club.send()
    before = club.ask.history(club.server, club.asset, None).until
    club.edit(root, "<note>sửa</note>")
    with club.looking() as looking:
        assert [row.root_uuid for row in replace(club, server=looking).rows()] == [root]
        if says(club, "history-looking"):
            assert club.ask.history(looking, club.asset, before).roots == {root}
        else:
            with pytest.raises(ServerFault) as raised:
                club.ask.history(looking, club.asset, before)
            assert raised.value.code == "server-permission"


def test_restore(club: People) -> None:
    root = club.send()
    before = club.row(root)
    club.delete(root)
    if says(club, "restore"):
        club.restore(root)
        after = club.row(root)
        assert (after.id, after.uuid) == (before.id, before.uuid)
        club.delete(root)
        club.purge()
    with pytest.raises(ServerFault) as raised:
        club.restore(root)
    assert raised.value.code == "server-not-found" and club.rows() == []


def test_sent_again(club: People) -> None:
    root = club.send()
    before = club.row(root)
    club.delete(root)
    if not says(club, "sent-again"):
        with pytest.raises(ServerFault) as raised:
            club.send_again(root)
        assert (raised.value.code, raised.value.status) == ("server-refused", 409)
        club.purge()
    club.send_again(root)
    assert club.row(root).id > before.id


def test_state_after_edit(club: People) -> None:
    by_person, by_us = club.send(), club.send()
    numbers = [club.row(root).id for root in (by_person, by_us)]
    club.ask.set_states(club.server, club.asset, numbers, "on_hold")
    club.edit(by_person, "<note>sửa</note>")
    club.ask.edit_answers(club.server, club.asset, {numbers[1]: {"note": "sửa"}})
    word = club.ask.STATES["on_hold"] if says(club, "state-after-edit") else None
    assert [row.validation for row in club.rows()] == [word, word]


def test_entity_list(
    club: People, form_id: str, workbook: Workbook, lists: Lists, tmp_path: Path
) -> None:
    folder = Folder(tmp_path)
    folder.settings.write_text(
        f"""
        [programme]
        name = "Thử"
        [servers.here]
        kind = "{club.server.kind}"
        url = "{club.server.url}"
        {'user = "a@b.vn"' if club.server.user else ""}
        lists = "entities"
        """,
        encoding="utf-8",
    )
    if not says(club, "entity-list"):
        with pytest.raises(ProblemError) as raised:
            load(folder)
        assert [each.code for each in raised.value.problems] == ["settings-unknown"]
        return
    assert load(folder).servers["here"].lists == "entities"
    linked = [replace(each, linked=True) for each in lists()]
    book = workbook(version="2")
    club.ask.deploy_form(club.server, book, form_id, linked, club.asset)
    before = openrosa.find(club.server, club.asset)
    new = Entity(str(uuid.uuid4()), 0, "CLB Hồng Hà", {})
    assert entities.create(club.server, "clubs", [new])
    club.phone()
    assert "CLB Hồng Hà" in (tmp_path / "phone" / "clubs.csv").read_text(encoding="utf-8")
    assert openrosa.find(club.server, club.asset) == before


def test_phone_keys(club: People, tmp_path: Path) -> None:
    folder = write_settings(club, tmp_path / "programme")
    desk = Desk(load(folder), folder, {SECRET: club.server.token}, CALM)
    if not says(club, "phone-keys"):
        with pytest.raises(ProblemError) as raised:
            shown(desk, [])
        assert [each.code for each in raised.value.problems] == ["phones-on-kobo"]
        return
    name = f"Máy {uuid.uuid4()}"
    key = app_users.add(club.server, name)
    app_users.assign(club.server, club.asset, key)
    with club.again() as phone:
        phone.noted["phones"] = app_users.phone_url(club.server, key)
        assert [each.form_id for each in openrosa.form_list(phone)] == [club.asset]
        xml = club.xml("<note>x</note>", f"uuid:{uuid.uuid4()}")
        assert openrosa.submit(phone, xml) == openrosa.Receipt.ACCEPTED
        lost(desk, name, [])
        for ask in (lambda: openrosa.form_list(phone), lambda: openrosa.submit(phone, xml)):
            with pytest.raises(ServerFault) as refused:
                ask()
            assert refused.value.code == "server-permission"
    assert len(club.rows()) == 1


def test_password(there: People) -> None:
    assert bool(there.server.user) == says(there, "password")


def test_every_row_is_held_by_a_test() -> None:
    for each in CAPABILITIES:
        answers = {how.told for how in each.on.values()}
        if len(answers) == 1:
            assert all((Path(__file__).parent / name).exists() for name in HELD_BY[each.key])
        else:
            assert f"test_{each.key.replace('-', '_')}" in globals(), each.key
    assert set(HELD_BY) <= set(BY_KEY) and len(CAPABILITIES) <= 12


def test_the_readmes_show_the_table() -> None:
    for language, path in READMES.items():
        text = path.read_text(encoding="utf-8")
        assert text == with_table(text, language), (
            "run: .venv/bin/python -m tests.connectors.contract.capabilities"
        )
