"""A form reaches the phones, once, and never half."""

import hashlib

import pytest

from connectors.servers import kobo, openrosa
from connectors.servers.contract import Server
from connectors.servers.sandbox import serve
from programme.problem import Exit, ProblemError


def told(call):
    with pytest.raises(ProblemError) as raised:
        call()
    return raised.value


def codes(error):
    return [problem.code for problem in error.problems]


def test_a_form_and_its_list_reach_the_phones(programme, server, tmp_path):
    (done,) = programme.deploy()
    assert (done.form, done.done, done.media, done.problems) == (
        "meeting", "created", ("clubs.csv",), (),
    )  # fmt: skip
    phone = tmp_path / "phone"
    phone.mkdir()
    xml = openrosa.download(server, done.asset, phone)
    assert f'id="{done.asset}"'.encode() in xml
    clubs = programme.folder.xlsforms / "clubs.csv"
    assert (phone / "clubs.csv").read_bytes() == clubs.read_bytes()


def test_deploying_again_leaves_the_phones_alone(programme, server):
    (first,) = programme.deploy()
    before = openrosa.find(server, first.asset)
    (second,) = programme.deploy()
    assert (second.done, second.media) == ("unchanged", ())
    assert openrosa.find(server, first.asset) == before


def test_from_another_computer_the_same_form_is_known_too(programme, server):
    (first,) = programme.deploy()
    before = openrosa.find(server, first.asset)
    programme.folder.store.unlink()
    (second,) = programme.deploy()
    assert (second.asset, second.done) == (first.asset, "unchanged")
    assert openrosa.find(server, first.asset) == before


def test_a_changed_form_replaces_the_old_one(programme, club, rewrite):
    club.send("cũ")
    rewrite({"type": "text", "name": "weather", "label": "Thời tiết"})
    (done,) = programme.deploy()
    assert (done.asset, done.done) == (club.asset, "replaced")
    offered = openrosa.find(club.server, club.asset)
    assert b"Th\xe1\xbb\x9di ti\xe1\xba\xbft" in openrosa.form_xml(club.server, offered)
    assert programme.pull().forms[0].total == 1


def test_a_changed_list_goes_out_with_the_form_as_it_was(programme, club):
    clubs = programme.write_list("name,label\nC1,Đông Anh\nC2,Hồng Hà\n")
    (done,) = programme.deploy()
    assert (done.done, done.media, done.problems) == ("unchanged", ("clubs.csv",), ())
    offered = openrosa.find(club.server, club.asset)
    (media,) = openrosa.manifest(club.server, offered)
    digest = hashlib.md5(clubs.read_bytes()).hexdigest()
    assert media.digest == f"md5:{digest}"


def test_a_list_that_is_only_a_header_here_leaves_the_one_on_the_phones(programme, club):
    clubs = programme.folder.xlsforms / "clubs.csv"
    clubs.write_text(clubs.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    (done,) = programme.deploy()
    assert (done.done, done.media) == ("unchanged", ())


def test_a_list_sent_but_not_deployed_is_finished_next_time(programme, club):
    path = programme.folder.xlsforms / "clubs.csv"
    path.write_text("name,label\nC9,Ea Kar\n", encoding="utf-8")
    kobo.media.bring(club.server, club.asset, [kobo.media.Media("clubs.csv", path)])  # cut off here
    (done,) = programme.deploy()
    assert done.media == ()
    (media,) = openrosa.manifest(club.server, openrosa.find(club.server, club.asset))
    assert media.digest == openrosa.digest_of(path)


def test_an_imported_form_that_was_never_deployed_is_taken_up(programme, server):
    workbook = programme.folder.xlsforms / "meeting.xlsx"
    asset = kobo.imports.create(server, workbook, "meeting")  # cut off here
    (done,) = programme.deploy()
    assert (done.asset, done.done) == (asset, "created")
    assert [problem.code for problem in done.problems] == ["draft-taken-up"]
    assert [form.asset for form in kobo.list_forms(server)] == [asset]


def test_a_form_that_kobo_compiles_into_something_else_is_told(programme, server, between):
    def miscompiled(asked, body):
        if not asked.path.endswith("/form.xml"):
            return body
        text = body.decode().replace('type="int"', 'type="string"')
        return text.replace("Ghi chú</value>", "Ghi</value>").encode()

    (done,) = programme.pointed(kobo=between(change=miscompiled).url).deploy()
    first, second = done.problems
    assert (first.code, first.severity) == ("served-form-differs", "error")
    assert (first.place.form, first.place.question) == ("meeting", "attendance")
    assert "gives int, the server string" in first.what.en
    assert (second.place.question, second.severity) == ("note", "warning")


def test_a_deleted_form_is_made_anew(programme, server):
    (first,) = programme.deploy()
    server.http.request("DELETE", f"{server.url}/api/v2/assets/{first.asset}/")
    (second,) = programme.deploy()
    assert second.done == "created" and second.asset != first.asset


def test_two_forms_with_one_id_have_to_be_told_apart(programme, server):
    workbook = programme.folder.xlsforms / "meeting.xlsx"
    for _ in range(2):
        kobo.imports.create(server, workbook, "meeting")
    error = told(programme.deploy)
    assert codes(error) == ["form-ambiguous"]
    assert "[forms.meeting]" in error.problems[0].do.en


def test_a_form_without_classes_is_not_sent(programme, server, rewrite):
    rewrite({"type": "text", "name": "secret", "label": "x", "class": ""})
    error = told(programme.deploy)
    assert error.exit_status == Exit.INPUT
    assert error.problems[0].place.row == 6
    assert kobo.list_forms(server) == []


def test_a_broken_form_stops_before_anything_is_sent(programme, club, rewrite):
    before = openrosa.find(club.server, club.asset)
    rewrite({"type": "calculate", "name": "sum", "calculation": "${nothing} + 1"})
    assert told(programme.deploy).exit_status == Exit.INPUT
    assert openrosa.find(club.server, club.asset) == before


def test_a_list_that_is_missing_is_named(programme, server):
    (programme.folder.xlsforms / "clubs.csv").unlink()
    error = told(programme.deploy)
    assert codes(error) == ["media-missing"] and "clubs.csv" in error.problems[0].what.vi
    assert kobo.list_forms(server) == []


def test_a_form_that_nobody_knows(programme):
    error = told(lambda: programme.deploy("meetings"))
    assert codes(error) == ["form-unknown"] and "meeting" in error.problems[0].do.en


def test_a_workbook_under_another_name(programme, rewrite):
    rewrite(form_id="gathering")
    assert codes(told(programme.deploy)) == ["form-id-differs"]


def test_a_server_that_is_down_does_not_stop_the_other(programme, server):
    both = programme.pointed(down="http://127.0.0.1:1", kobo=server.url)
    error = told(both.deploy)
    assert codes(error) == ["server-unreachable"] and error.exit_status == Exit.SERVER
    assert [form.form_id for form in kobo.list_forms(server)] == ["meeting"]


def test_a_form_in_two_accounts_is_the_same_in_both(programme, server, club, rewrite, elsewhere):
    both = programme.pointed(kobo=server.url, province=elsewhere.url)
    assert [(each.source, each.done) for each in both.deploy()] == [
        ("kobo", "unchanged"), ("province", "created"),
    ]  # fmt: skip
    both.write_list("name,label\nC5,Hồng Hà\n")
    assert [each.media for each in both.publish()] == [("clubs.csv",), ("clubs.csv",)]
    rewrite({"type": "text", "name": "weather", "label": "Thời tiết"})
    assert [each.done for each in both.deploy()] == ["replaced", "replaced"]
    # what breaks the data of one stops both: nobody gets half of it
    club.send("đã thu")
    rewrite()
    offered = [openrosa.form_list(each) for each in (server, elsewhere)]
    assert codes(told(both.deploy)) == ["deploy-breaking"]
    assert [openrosa.form_list(each) for each in (server, elsewhere)] == offered


@pytest.fixture
def elsewhere(tmp_path, programme):
    with serve(tmp_path / "elsewhere", programme.token) as running:
        here = running.url
        with Server("province", "kobo", here, here, programme.token) as opened:
            yield opened
