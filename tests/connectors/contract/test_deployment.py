"""A form reaches the phones, once, and never half."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from connectors.same_form import same_form
from connectors.servers import openrosa
from connectors.servers.contract import Media
from connectors.servers.openrosa import digest_of
from forms.changes.compare import compare_forms
from forms.compile import compile_form
from programme.problem import ProblemError
from tests.connectors.contract.conftest import LISTED, MORE, SURVEY, Workbook
from tests.connectors.contract.people import People

Lists = Callable[..., list[Media]]
BROKEN = {"type": "calculate", "name": "sum", "label": "x", "calculation": "${nothing} + 1"}


def codes(raised: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [each.code for each in raised.value.problems]


def test_a_new_form_and_its_list_reach_the_phones(
    there: People, form_id: str, workbook: Workbook, lists: Lists
) -> None:
    book = workbook()
    done = there.ask.deploy_form(there.server, book, form_id, lists())
    there.asset = done.asset
    assert (done.form, done.media, done.seen) == ("created", ("clubs.csv",), True)
    assert done.version
    assert same_form(compile_form(book).xml, there.phone())
    assert (there.folder / "phone" / "clubs.csv").read_text(encoding="utf-8") == LISTED


def test_a_new_version_takes_the_place_of_the_old_one(
    club: People, form_id: str, workbook: Workbook, lists: Lists
) -> None:
    root = club.send()
    book = workbook(MORE, version="2")
    done = club.ask.deploy_form(club.server, book, form_id, lists(), club.asset)
    assert (done.asset, done.form, done.media, done.seen) == (club.asset, "replaced", (), True)
    assert same_form(compile_form(book).xml, club.phone())
    assert list(club.records()) == [root]


def test_what_is_refused_leaves_phones_what_they_have_and_no_draft(
    club: People, form_id: str, workbook: Workbook, lists: Lists
) -> None:
    before = openrosa.find(club.server, club.asset)
    book = workbook(BROKEN, version="2")
    with pytest.raises(ProblemError) as raised:
        club.ask.deploy_form(club.server, book, form_id, lists(), club.asset)
    assert codes(raised) == ["form-refused"]
    (problem,) = raised.value.problems
    assert club.server.product in problem.what.vi and "nothing" in problem.what.en
    assert openrosa.find(club.server, club.asset) == before
    assert not club.ask.standing(club.server, club.asset).draft


def test_lists_are_compared_by_hash_and_sent_together(club: People, lists: Lists) -> None:
    before = openrosa.find(club.server, club.asset)
    done = club.ask.deploy_media(club.server, club.asset, lists())
    assert (done.form, done.media, done.seen) == ("unchanged", (), True)
    assert openrosa.find(club.server, club.asset) == before
    xml = club.phone()
    longer = f"{LISTED}C2,Hồng Hà\n"
    done = club.ask.deploy_media(club.server, club.asset, lists(longer))
    assert (done.form, done.media, done.seen) == ("unchanged", ("clubs.csv",), True)
    assert same_form(xml.decode(), club.phone())
    assert (club.folder / "phone" / "clubs.csv").read_text(encoding="utf-8") == longer


def test_a_form_stands_as_phones_have_it(club: People, lists: Lists) -> None:
    club.send()
    stands = club.ask.standing(club.server, club.asset)
    (media,) = lists()
    assert (stands.submissions, stands.draft) == (1, False)
    assert stands.media == {"clubs.csv": digest_of(media.path)}
    assert stands.form.asset == club.asset and stands.form.version and stands.form.deployed
    assert datetime.fromisoformat(stands.deployed).tzinfo is not None


def test_somebodys_draft_is_seen_not_taken_along_and_can_be_dropped(
    club: People, workbook: Workbook, lists: Lists
) -> None:
    before = openrosa.find(club.server, club.asset)
    club.edit_form(workbook(MORE, version="2"))
    assert club.ask.standing(club.server, club.asset).draft
    with pytest.raises(ProblemError) as raised:
        club.ask.deploy_media(club.server, club.asset, lists("name,label\n"))
    assert codes(raised) == ["draft-there"]
    club.ask.restore(club.server, club.asset)
    assert not club.ask.standing(club.server, club.asset).draft
    assert openrosa.find(club.server, club.asset) == before
    club.ask.deploy_media(club.server, club.asset, lists(f"{LISTED}C3,Ea Kar\n"))
    assert b"weather" not in club.phone()


@pytest.mark.parametrize("what", ["nothing", "list", "form"])
def test_a_form_that_was_closed_is_opened_again(
    club: People, form_id: str, workbook: Workbook, lists: Lists, what: str
) -> None:
    club.send()
    club.close_form()
    assert openrosa.find(club.server, club.asset) is None
    assert not club.ask.standing(club.server, club.asset).form.deployed
    assert len(club.rows()) == 1
    book = workbook(MORE, version="2") if what == "form" else workbook()
    media = lists(f"{LISTED}C2,Hồng Hà\n") if what == "list" else lists()
    done = club.ask.deploy_form(club.server, book, form_id, media, club.asset)
    assert done.seen and done.media == (("clubs.csv",) if what == "list" else ())
    assert (b"weather" in club.phone()) == (what == "form")
    stands = club.ask.standing(club.server, club.asset)
    assert stands.form.deployed and not stands.draft


def test_the_workbook_of_what_phones_have_comes_back(
    club: People, workbook: Workbook, tmp_path: Path
) -> None:
    ours, back = workbook(), tmp_path / "back.xlsx"
    club.ask.deployed_workbook(club.server, club.asset, back)
    found = {each.code for each in compare_forms(back, ours).all}
    assert found <= {"version-not-raised", "form-id-changed"}
    club.edit_form(workbook(MORE, version="2"))
    club.ask.deployed_workbook(club.server, club.asset, back)
    assert {each.code for each in compare_forms(back, workbook()).all} == found
    club.ask.restore(club.server, club.asset)


def test_what_no_server_has_is_told(there: People, tmp_path: Path) -> None:
    for ask in (
        lambda: there.ask.standing(there.server, "khong_co"),
        lambda: there.ask.deployed_workbook(there.server, "khong_co", tmp_path / "x.xlsx"),
        lambda: there.ask.extent(there.server, "khong_co"),
    ):
        with pytest.raises(ProblemError) as raised:
            ask()
        assert codes(raised) == ["server-not-found"]


def test_types_that_are_settled_are_those_of_every_version(
    club: People, form_id: str, workbook: Workbook, lists: Lists
) -> None:
    fewer = [each for each in SURVEY if each.get("name") != "attendance"]
    book = workbook(MORE, version="2", survey=fewer)
    club.ask.deploy_form(club.server, book, form_id, lists(), club.asset)
    settled = club.ask.settled_types(club.server, club.asset)
    assert not settled or (settled["attendance"], settled["visits/guests"]) == ("int", "int")
    assert not settled or settled["weather"] == "string"
