"""Which asset of an account is meant: by the form id, else by its name; all pages are looked at."""

from dataclasses import replace

import pytest

from connectors.servers import kobo
from connectors.servers.contract import DeployedForm
from connectors.servers.find import find_form
from programme.problem import ProblemError
from programme.settings import SourceSettings
from tests.connectors.kobo.conftest import write_workbook

KOBO = SourceSettings("kobo", "kobo", setting="forms.loan_record")


def form(asset, form_id="", name="", version="v1", deployed=True):
    return DeployedForm(form_id, asset, name, version, deployed, 0, "2026-11-05")


def found(forms, title=None):
    chosen = find_form(forms, "loan_record", KOBO, title)
    return chosen.asset if chosen else None


def test_the_form_id_decides_whatever_the_name():
    forms = [form("a1", "other", "loan_record"), form("a2", "loan_record", "Sổ vay")]
    assert found(forms) == "a2"


def test_by_name_only_where_there_is_no_id():
    forms = [form("a1", "other", "Sổ vay vốn"), form("a2", "", " Sổ  vay vốn ")]
    assert found(forms, "Sổ vay vốn") == "a2"
    assert found(forms) is None


def test_what_phones_have_goes_before_drafts_and_archived_ones():
    forms = [form("a1", "loan_record", version="", deployed=False),
             form("a2", "loan_record", deployed=False), form("a3", "loan_record")]  # fmt: skip
    assert [found(forms), found(forms[:2]), found(forms[:1])] == ["a3", "a2", "a1"]


def test_several_that_fit_are_listed_with_name_and_date():
    forms = [form("a1", "loan_record", "Sổ vay"), form("a2", "loan_record", "Sổ vay (2)")]
    with pytest.raises(ProblemError) as raised:
        found(forms)
    (problem,) = raised.value.problems
    assert problem.code == "form-ambiguous"
    assert "a1 “Sổ vay” 2026-11-05; a2 “Sổ vay (2)” 2026-11-05" in problem.what.en
    assert "[forms.loan_record]" in problem.do.vi


def test_a_form_on_the_third_page_is_found(programme, club, monkeypatch):
    """Other forms were made later: the one that is meant comes last."""
    monkeypatch.setattr(kobo.assets, "SURVEYS", {**kobo.assets.SURVEYS, "limit": "2"})
    workbook = programme.folder.xlsforms / "meeting.xlsx"
    for number in range(4):
        other = kobo.imports.create(club.server, workbook, "meeting")
        assert other != club.asset, number
    assert len(kobo.list_forms(club.server)) == 5
    club.send()
    with programme.store() as store:
        store.connection.execute("DELETE FROM deployment")
    assert programme.pull().forms[0].asset == club.asset


def test_a_form_made_in_kobo_itself_is_found_by_its_title(programme, server, tmp_path, sandbox):
    """Without a form id in its workbook, KoBo keeps none."""
    path = tmp_path / "by_hand.xlsx"
    write_workbook(path, [{"type": "text", "name": "note", "label": "Ghi chú"}], "")
    asset = kobo.imports.create(server, path, "Họp câu lạc bộ")
    deployment = f"{sandbox.url}/api/v2/assets/{asset}/deployment/"
    server.http.json("POST", deployment, json={"active": True})
    assert [each.form_id for each in kobo.list_forms(server)] == [""]
    assert programme.pull().forms[0].asset == asset


def test_an_asset_of_another_source_is_not_taken(programme, club):
    """Two assets of one form in one account: the named one belongs to its own source."""
    sources = (
        SourceSettings("north", "kobo", club.asset, "forms.meeting.sources.north"),
        SourceSettings("kobo", "kobo", "", "forms.meeting"),
    )
    (meeting,) = programme.settings.forms.values()
    settings = replace(programme.settings, forms={"meeting": replace(meeting, sources=sources)})
    with programme.store() as store:
        store.connection.execute("DELETE FROM deployment")
    club.send()
    north, rest = replace(programme, settings=settings).pull().forms
    assert (north.source, north.proven, north.total) == ("north", True, 1)
    assert [each.code for each in rest.problems] == ["form-not-deployed"]
    assert (rest.problems[0].place.server, rest.problems[0].place.source) == ("kobo", "kobo")
