"""Phones of a province: given their keys by a list, shown, and shut out when lost."""

import base64
import json
import stat
import zlib
from collections.abc import Mapping
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
import requests

from connectors.phones.access import Desk, Phone, lost, make, shown
from connectors.phones.listed import phones_file
from programme.folder import shipped
from programme.problem import ProblemError
from tests.connectors.central.conftest import Club, Programme
from tests.connectors.kobo.conftest import CALM

CHI_LANG, CHAIR = "Xã Chi Lăng – kế toán", "Máy của xã Bắc Sơn"
LIST = f"area,role,name\n06463,kế toán,\n06325,chủ nhiệm,{CHAIR}\n"
OPENROSA = {"X-OpenRosa-Version": "1.0"}
NOW, GONE, SENT = 200, 403, 201


@pytest.fixture
def desk(programme: Programme, club: Club) -> Desk:
    for name in ("provinces.csv", "communes.csv"):
        copy(shipped() / "xlsforms" / name, programme.folder.xlsforms)
    write(programme, LIST)
    environ = {"PASSWORD": club.standin.password}
    return Desk(programme.settings, programme.folder, environ, CALM)


def write(programme: Programme, text: str) -> None:
    """Write the list as an official does in Excel."""
    path = phones_file(programme.folder)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8-sig")


def settings_of(desk: Desk, phone: Phone) -> Mapping[str, Any]:
    """Read the settings of a phone as ODK Collect does from its QR code."""
    assert phone.file is not None
    packed = base64.b64decode(phone.file.read_text(encoding="ascii"))
    found: Mapping[str, Any] = json.loads(zlib.decompress(packed))
    return found


def ask(url: str, club: Club | None = None) -> int:
    """Ask for the forms as a phone that is set up so, or send one; give the answer's status."""
    if club is None:
        return requests.get(f"{url}/formList", headers=OPENROSA, timeout=9).status_code
    xml = club.xml("<note>họp</note>", f"uuid:{len(club.form.submissions)}")
    files = {"xml_submission_file": ("submission.xml", xml, "text/xml")}
    url = f"{url}/submission"
    return requests.post(url, files=files, headers=OPENROSA, timeout=9).status_code


def by_name(phones: Any) -> dict[str, Phone]:
    return {each.name: each for each in phones}


def test_every_listed_phone_gets_a_key_the_forms_and_settings(desk: Desk, club: Club) -> None:
    before = shown(desk, desk.listed())
    assert [(each.name, each.active, each.forms) for each in before] == [
        (CHI_LANG, False, ()), (CHAIR, False, ()),
    ]  # fmt: skip
    made = make(desk, desk.listed())
    assert (made.new, made.problems) == ((CHI_LANG, CHAIR), ())
    phone = by_name(made.phones)[CHI_LANG]
    assert (phone.area, phone.role, phone.forms) == ("Xã Chi Lăng", "kế toán", ("meeting",))
    told = settings_of(desk, phone)
    assert told["project"] == {"name": "Thử"}
    assert told["general"]["form_update_mode"] == "match_exactly"
    url = told["general"]["server_url"]
    assert ask(url) == NOW and ask(url, club) == SENT
    assert by_name(shown(desk, desk.listed()))[CHI_LANG].last_used
    again = make(desk, desk.listed())
    assert again.new == () and len(club.project.app_users) == 2
    assert settings_of(desk, by_name(again.phones)[CHI_LANG]) == told


def test_settings_are_for_their_owner_s_eyes_only(desk: Desk, club: Club) -> None:
    made = make(desk, desk.listed())
    for phone in made.phones:
        assert phone.file is not None
        assert stat.S_IMODE(phone.file.stat().st_mode) == 0o600
        assert stat.S_IMODE(phone.file.parent.stat().st_mode) == 0o700
    for user in club.project.app_users:
        assert user.token and user.token not in repr(made)


def test_a_lost_phone_is_shut_out_and_its_holder_gets_a_new_key(desk: Desk, club: Club) -> None:
    made = make(desk, desk.listed())
    old = settings_of(desk, by_name(made.phones)[CHAIR])["general"]["server_url"]
    assert ask(old, club) == SENT
    (phone,) = lost(desk, CHAIR, desk.listed())
    assert ask(old) == GONE and ask(old, club) == GONE
    assert len(club.form.submissions) == 1  # what was sent stays
    new = settings_of(desk, phone)["general"]["server_url"]
    assert (phone.forms, ask(new), ask(new, club)) == (("meeting",), NOW, SENT)
    now = shown(desk, desk.listed())
    assert [(each.name, each.active) for each in now] == [(CHAIR, True), (CHI_LANG, True)]
    assert make(desk, desk.listed()).new == ()
    assert len([*(desk.folder.data / "phones").iterdir()]) == 2


def test_shut_out_again_after_being_cut_off_nothing_old_works(desk: Desk, club: Club) -> None:
    make(desk, desk.listed())
    urls = []
    for _ in range(2):  # the first run ended before anybody saw the new key
        (phone,) = lost(desk, CHAIR, [])
        urls.append(settings_of(desk, phone)["general"]["server_url"])
    assert [ask(url) for url in urls] == [GONE, NOW]


def test_a_name_that_nobody_has_shuts_nobody_out(desk: Desk, club: Club) -> None:
    made = make(desk, desk.listed())
    with pytest.raises(ProblemError) as raised:
        lost(desk, "Máy của xã Bắc Sn", desk.listed())
    (problem,) = raised.value.problems
    assert problem.code == "phone-unknown" and CHAIR in problem.what.vi
    urls = [settings_of(desk, each)["general"]["server_url"] for each in made.phones]
    assert [ask(url) for url in urls] == [NOW, NOW]


def test_a_server_that_keeps_the_key_open_is_not_taken_at_its_word(desk: Desk, club: Club) -> None:
    make(desk, desk.listed())
    sessions = club.standin.world.sessions
    club.standin.world.sessions = Kept(sessions)
    with pytest.raises(ProblemError) as raised:
        lost(desk, CHAIR, [])
    assert [each.code for each in raised.value.problems] == ["phone-still-open"]
    assert len(club.project.app_users) == 2  # and no new key hides it


class Kept(dict[str, Any]):
    """Sessions of a server whose account may not end those of others."""

    def pop(self, *which: Any) -> Any:
        return None


def test_phones_that_the_list_does_not_name_keep_their_access(
    desk: Desk, programme: Programme
) -> None:
    make(desk, desk.listed())
    write(programme, "area,role,name\n06463,kế toán,\n")
    phone = by_name(make(desk, desk.listed()).phones)[CHAIR]
    assert (phone.listed, phone.active, phone.forms) == (False, True, ("meeting",))


def test_a_form_that_is_not_there_yet_is_told(desk: Desk, club: Club) -> None:
    club.project.forms.clear()
    made = make(desk, desk.listed())
    assert [(each.code, each.severity) for each in made.problems] == [
        ("phone-form-missing", "warning")
    ]
    assert [each.forms for each in made.phones] == [(), ()]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("area,role,name\n99999,kế toán,\n", "area-unknown"),
        ("area,role,name\n,,\n,, \n06463,,A\n06463,,A\n", "phone-twice"),
        ("area,role,name,server\n06463,,A,kobo\n", "phone-server"),
        ("area,role,ten\n06463,kế toán,A\n", "phones-column"),
        ("area;role;name\n", "list-separator"),
    ],
)
def test_a_list_that_cannot_be_used_is_told_by_row(
    desk: Desk, programme: Programme, text: str, code: str
) -> None:
    write(programme, text)
    with pytest.raises(ProblemError) as raised:
        desk.listed()
    assert code in {each.code for each in raised.value.problems}
    assert all(each.place.file == "phones.csv" for each in raised.value.problems)


def test_without_a_list_it_is_said_how_to_make_one(desk: Desk, programme: Programme) -> None:
    Path(phones_file(programme.folder)).unlink()
    with pytest.raises(ProblemError) as raised:
        desk.listed()
    (problem,) = raised.value.problems
    assert problem.code == "phones-list-missing" and "area,role,name" in problem.do.vi
