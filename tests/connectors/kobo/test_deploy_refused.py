"""KoBo refuses a form: phones keep theirs, and the form on KoBo is what phones have."""

from dataclasses import replace
from pathlib import Path

import pytest

from connectors.servers import kobo, openrosa
from connectors.servers.contract import Media
from programme.problem import ProblemError

RECORDINGS = Path(__file__).parents[1] / "data" / "kobo-recordings"
DRAFTED = ["hong_danh_sach.xlsx", "hong_bieu_thuc.xlsx"]  # imported, refused at deployment


def told(call):
    with pytest.raises(ProblemError) as raised:
        call()
    return [problem.code for problem in raised.value.problems]


def asset_of(club):
    return kobo.assets.get_asset(club.server, club.asset)


def test_what_is_no_workbook_is_told_in_kobos_words(server, tmp_path):
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(ProblemError) as raised:
        kobo.imports.create(server, path, "no")
    (problem,) = raised.value.problems
    assert problem.code == "form-refused" and "corrupt" in problem.what.en


@pytest.mark.parametrize("broken", DRAFTED)
def test_refused_at_deployment_the_content_comes_back(programme, club, broken):
    before, offered = asset_of(club), openrosa.find(club.server, club.asset)
    call = lambda: kobo.deploy_form(  # noqa: E731
        club.server, RECORDINGS / broken, "meeting", [], club.asset
    )
    assert told(call) == ["form-refused"]
    after = asset_of(club)
    assert openrosa.find(club.server, club.asset) == offered
    assert after.form == before.form  # its name too
    assert not kobo.standing(club.server, club.asset).draft
    # and lists can go out, which takes the content along
    clubs = programme.write_list("name,label\nC8,Ea Kar\n")
    kobo.deploy_media(club.server, club.asset, [Media("clubs.csv", clubs)])
    xml = openrosa.form_xml(club.server, openrosa.find(club.server, club.asset))
    assert b"attendance" in xml


def test_refused_at_import_nothing_has_changed(club):
    before = asset_of(club)
    call = lambda: kobo.deploy_form(  # noqa: E731
        club.server, RECORDINGS / "hong_kieu.xlsx", "meeting", [], club.asset
    )
    assert told(call) == ["form-refused"]
    assert asset_of(club) == before


def test_a_name_given_on_kobo_comes_back_too(club):
    kobo.assets.rename(club.server, club.asset, "Họp (tỉnh đặt tên)")
    call = lambda: kobo.deploy_form(  # noqa: E731
        club.server, RECORDINGS / DRAFTED[0], "meeting", [], club.asset
    )
    assert told(call) == ["form-refused"]
    assert asset_of(club).form.name == "Họp (tỉnh đặt tên)"


def test_a_medium_that_kobo_does_not_take_stops_the_form_as_well(
    programme, club, rewrite, tmp_path
):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-")
    offered = openrosa.find(club.server, club.asset)
    rewrite({"type": "text", "name": "weather", "label": "Thời tiết"})
    workbook = programme.folder.xlsforms / "meeting.xlsx"
    call = lambda: kobo.deploy_form(  # noqa: E731
        club.server, workbook, "meeting", [Media("a.pdf", path)], club.asset
    )
    assert told(call) == ["media-refused"]
    assert openrosa.find(club.server, club.asset) == offered
    assert not kobo.standing(club.server, club.asset).draft


def test_a_list_that_kobo_does_not_take_leaves_the_old_one(programme, club, between):
    # a proxy before KoBo that takes no files: what 413 for a big one looks like
    def no_files(asked):
        posted = asked.method == "POST" and asked.path.endswith("/files/")
        return 413 if posted and b"C8" in asked.body else None

    gate = between(no_files)
    clubs = programme.write_list("name,label\nC8,Ea Kar\n")
    with replace(club.server, url=gate.url, openrosa_url=gate.url) as server:
        assert told(lambda: kobo.deploy_media(server, club.asset, [Media("clubs.csv", clubs)])) == [
            "server-too-large"
        ]
    old = openrosa.digest_of(programme.folder.xlsforms / "clubs.csv")
    assert kobo.standing(club.server, club.asset).media == {"clubs.csv": old}


def test_what_could_not_be_put_back_is_mended_by_the_next_run(programme, club, rewrite, between):
    """KoBo refuses the deployment, then stops answering: its draft is taken back next time."""
    offered = openrosa.find(club.server, club.asset)
    seen = []

    def refuse_and_fail(asked):
        if asked.method == "PATCH":
            seen.append(asked)
            return 400
        return 404 if seen and asked.method == "POST" else None

    gate = between(refuse_and_fail)
    rewrite({"type": "text", "name": "weather", "label": "Thời tiết"})
    assert told(programme.pointed(kobo=gate.url).deploy) == ["form-refused", "draft-left"]
    assert openrosa.find(club.server, club.asset) == offered
    assert kobo.standing(club.server, club.asset).draft
    rewrite()  # the author goes back to what it was
    (done,) = programme.deploy()
    assert (done.done, done.problems) == ("unchanged", ())
    assert openrosa.find(club.server, club.asset) == offered
    assert not kobo.standing(club.server, club.asset).draft
    assert programme.rows("SELECT * FROM replacing") == []
