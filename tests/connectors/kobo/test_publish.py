"""Lists onto phones: only what differs, all at once, and never a form without its list."""

import os

import pytest

from connectors.servers import kobo, openrosa
from connectors.servers.contract import Media
from programme.problem import Exit, ProblemError

LIST = "name,label\nC1,Đông Anh\nC2,Hồng Hà\n"


def codes(call):
    with pytest.raises(ProblemError) as raised:
        call()
    assert raised.value.exit_status == Exit.SERVER
    return [problem.code for problem in raised.value.problems]


def on_phones(club):
    offered = openrosa.find(club.server, club.asset)
    return {each.name: each.digest for each in openrosa.manifest(club.server, offered)}


def test_a_list_that_differs_goes_out_and_the_same_one_does_not(programme, club):
    path = programme.write_list(LIST)
    (done,) = programme.publish()
    assert (done.done, done.media, done.problems) == ("unchanged", ("clubs.csv",), ())
    assert on_phones(club) == {"clubs.csv": openrosa.digest_of(path)}
    before = openrosa.find(club.server, club.asset)
    (done,) = programme.publish()
    assert (done.media, done.version) == ((), before.version)
    assert openrosa.find(club.server, club.asset) == before


def test_all_lists_of_a_form_go_out_in_one_deployment(programme, server, rewrite):
    rewrite({"type": "select_one_from_file members.csv", "name": "member", "label": "Thành viên"})
    path = programme.folder.xlsforms / "members.csv"
    path.write_text("name,label\nM1,N.V.A.\n", encoding="utf-8")
    (first,) = programme.deploy()
    programme.write_list(LIST)
    programme.write_list("name,label\nM2,T.T.B.\n", "members.csv")
    deployed = _deployments(server, first.asset)
    (done,) = programme.publish()
    assert set(done.media) == {"clubs.csv", "members.csv"}
    assert _deployments(server, first.asset) == deployed + 1


def test_an_edited_workbook_stays_here(programme, club, rewrite):
    rewrite({"type": "text", "name": "weather", "label": "Thời tiết"})
    programme.write_list(LIST)
    (done,) = programme.publish()
    assert done.media == ("clubs.csv",)
    xml = openrosa.form_xml(club.server, openrosa.find(club.server, club.asset))
    assert b"weather" not in xml
    (done,) = programme.deploy()
    assert (done.done, done.media) == ("replaced", ())


def test_after_publishing_the_form_is_still_known(programme, club):
    programme.write_list(LIST)
    programme.publish()
    before = openrosa.find(club.server, club.asset)
    (known,) = programme.rows("SELECT asset, xform FROM deployment")
    assert known == (club.asset, before.digest)
    (done,) = programme.deploy()
    assert (done.done, done.media) == ("unchanged", ())
    assert openrosa.find(club.server, club.asset) == before


def test_a_list_that_was_taken_away_and_not_brought_is_brought(programme, club):
    """A deployment cut off between the two, then lists of another form's night."""
    (row,) = kobo.media.kept(club.server, club.asset).values()
    url = f"{club.server.url}/api/v2/assets/{club.asset}/files/{row.uid}/"
    club.server.http.request("DELETE", url)
    assert on_phones(club)  # phones keep theirs until the next deployment
    (done,) = programme.publish()
    assert done.media == ("clubs.csv",)
    assert on_phones(club) == {
        "clubs.csv": openrosa.digest_of(programme.folder.xlsforms / "clubs.csv")
    }


def test_a_list_that_nobody_has_stops_the_deployment_not_the_phones(programme, club):
    before = on_phones(club)
    (row,) = kobo.media.kept(club.server, club.asset).values()
    url = f"{club.server.url}/api/v2/assets/{club.asset}/files/{row.uid}/"
    club.server.http.request("DELETE", url)
    (programme.folder.xlsforms / "clubs.csv").unlink()
    assert codes(programme.publish) == ["list-missing"]
    assert on_phones(club) == before


@pytest.mark.skipif(os.name != "posix", reason="elsewhere such a file cannot be made")
@pytest.mark.parametrize("name", ["..\\token", "C:token"])
def test_a_server_cannot_ask_for_any_file(programme, club, between, name):
    def asking(asked, body):
        if not asked.path.endswith("/form.xml"):
            return body
        return body.replace(b"clubs.csv", name.encode())

    # where a backslash is part of a name, such a file would be found
    programme.write_list("secret", name)
    gate = between(change=asking)
    assert codes(programme.pointed(kobo=gate.url).publish) == ["list-missing"]


def test_an_edit_on_kobo_that_nobody_deployed_does_not_reach_phones(programme, club, rewrite):
    before = openrosa.find(club.server, club.asset)
    rewrite({"type": "text", "name": "draft", "label": "Nháp"})
    kobo.imports.replace(
        club.server, programme.folder.xlsforms / "meeting.xlsx", "meeting", club.asset
    )
    programme.write_list(LIST)
    assert codes(programme.publish) == ["draft-there"]
    assert openrosa.find(club.server, club.asset) == before


def test_a_form_that_is_not_deployed_is_not_made(programme, server):
    programme.write_list(LIST)
    assert codes(programme.publish) == ["form-not-deployed"]
    assert kobo.list_forms(server) == []


def test_an_archived_form_stays_closed(programme, club):
    url = f"{club.server.url}/api/v2/assets/{club.asset}/deployment/"
    club.server.http.json("PATCH", url, json={"active": False})
    programme.write_list(LIST)
    assert codes(programme.publish) == ["form-closed"]
    assert openrosa.find(club.server, club.asset) is None


def test_a_medium_that_kobo_does_not_take(club, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-")
    with pytest.raises(ProblemError) as raised:
        kobo.media.bring(club.server, club.asset, [Media("a.pdf", path)])
    assert [each.code for each in raised.value.problems] == ["media-refused"]


def _deployments(server, asset):
    found = server.http.json("GET", f"{server.url}/api/v2/assets/{asset}/history/")
    return sum(row["action"] in ("deploy", "redeploy") for row in found["results"])
