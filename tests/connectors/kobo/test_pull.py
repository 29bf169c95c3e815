"""What a pull promises: new, edited, deleted, late, all of it, and proof."""

from dataclasses import replace
from datetime import timedelta

import orjson
import pytest

from connectors.pull_problems import hardly_meant
from connectors.servers import kobo, openrosa
from connectors.servers.contract import Media
from connectors.servers.sandbox import serve
from connectors.store.lock import locked
from programme.problem import Exit, ProblemError
from programme.settings import SourceSettings


def stored(programme):
    with programme.store() as store:
        return {each.id: orjson.loads(each.json) for each in store.submissions("meeting")}


def codes(result):
    return [problem.code for problem in result.problems]


def test_everything_sent_is_there_and_proven(programme, club):
    for number in range(5):
        club.send(f"họp lần {number}")
    result = programme.pull()
    (form,) = result.forms
    assert (form.new, form.changed, form.deleted, form.total) == (5, 0, 0, 5)
    assert form.proven and result.proven and result.exit_status == Exit.DONE
    assert stored(programme) == club.records()


def test_a_night_without_news_fetches_nothing(programme, club):
    club.send()
    programme.pull()
    (form,) = programme.pull().forms
    assert (form.new, form.changed, form.deleted, form.total) == (0, 0, 0, 1)
    assert form.proven


def test_an_edit_replaces_and_the_old_version_stays_in_history(programme, club):
    first = club.send("trước")
    programme.pull()
    club.send("sau", edits=first)
    (form,) = programme.pull().forms
    assert (form.new, form.changed, form.total) == (0, 1, 1)
    (record,) = stored(programme).values()
    assert record["note"] == "sau"
    ((old, seen, ended, reason),) = programme.rows(
        "SELECT json, first_seen, ended, reason FROM history"
    )
    assert orjson.loads(old)["note"] == "trước"
    assert (seen, ended, reason) == ("2026-11-02T22:00:00Z", "2026-11-03T22:00:00Z", "replaced")


def test_a_deletion_becomes_a_tombstone(programme, club):
    for note in "abc":
        club.send(note)
    programme.pull()
    gone = min(club.records())
    club.delete(gone)
    (form,) = programme.pull().forms
    assert (form.deleted, form.total, form.proven) == (1, 2, True)
    assert stored(programme) == club.records()
    ((json, deleted),) = programme.rows("SELECT json, deleted FROM submission WHERE id = ?", gone)
    assert (json, deleted) == (None, "2026-11-03T22:00:00Z")
    ((kept,),) = programme.rows("SELECT json FROM history WHERE reason = 'deleted'")
    assert orjson.loads(kept)["note"] == "a"


def test_the_last_submission_deleted_is_noticed_too(programme, club):
    club.send("only")
    programme.pull()
    club.delete(*club.records())
    (form,) = programme.pull().forms
    assert (form.deleted, form.total, form.proven) == (1, 0, True)


def test_a_validation_state_comes_without_a_new_version(programme, club):
    club.send()
    programme.pull()
    (number,) = club.records()
    club.validate(number, "validation_status_on_hold")
    (form,) = programme.pull().forms
    assert form.changed == 1
    assert stored(programme)[number]["_validation_status"]["uid"] == "validation_status_on_hold"


def test_photos_are_kept_under_their_content(programme, club, photo):
    club.send(photo=photo("1.jpg"))
    club.send(photo=photo("2.jpg"))  # the same picture
    (form,) = programme.pull().forms
    assert form.attachments == 2
    rows = programme.rows("SELECT name, sha256, file, question_path FROM attachment ORDER BY name")
    assert [row[0] for row in rows] == ["1.jpg", "2.jpg"]
    assert rows[0][1:] == rows[1][1:]
    sha256, file, path = rows[0][1:]
    assert file == f"{sha256[:2]}/{sha256}.jpg" and path == "photo"
    kept = [each for each in programme.folder.attachments.rglob("*") if each.is_file()]
    assert [each.read_bytes() for each in kept] == [photo().read_bytes()]
    (again,) = programme.pull().forms
    assert again.attachments == 0


def test_duplicates_of_one_submission_count_once(programme, club):
    club.send("x")
    programme.pull()
    with programme.store() as store:
        store.connection.execute(
            "INSERT INTO submission SELECT source, form, id + 1000, asset, root_uuid, uuid, json,"
            " hash, mark, received, first_seen, last_seen, deleted FROM submission"
        )
        assert len(list(store.submissions("meeting"))) == 1


def test_only_the_owner_can_read_what_was_collected(programme, club, photo):
    club.send(photo=photo())
    programme.pull()
    for path in (programme.folder.data, *programme.folder.data.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_two_servers_one_of_them_down(programme, club):
    club.send()
    both = programme.pointed(kobo=club.server.url, province="http://127.0.0.1:1")
    result = both.pull()
    good, bad = sorted(result.forms, key=lambda form: form.source)
    assert good.proven and good.total == 1
    assert not bad.proven and [p.code for p in bad.problems] == ["server-unreachable"]
    assert bad.problems[0].place.server == "province"
    assert result.exit_status == Exit.SERVER


def test_two_accounts_with_the_same_form(programme, club, tmp_path):
    club.send("một")
    with serve(tmp_path / "other", "5ec2e7-5ec2e7-5ec2e7") as other:
        both = programme.pointed(kobo=club.server.url, province=other.url)
        done = both.deploy()
        assert [(each.source, each.done) for each in done] == [
            ("kobo", "unchanged"),
            ("province", "created"),
        ]
        result = both.pull()
    assert result.proven
    assert {form.source: form.total for form in result.forms} == {"kobo": 1, "province": 0}


def test_a_wrong_token_is_named_and_nothing_is_lost(programme, club):
    club.send()
    programme.pull()
    result = programme.pull(environ={"ISHC_TOKEN": "0000"})
    assert codes(result) == ["server-token"]
    assert "0000" not in repr(result)
    assert result.forms[0].total == 1
    (problem,) = result.problems
    assert "unset ISHC_TOKEN" in problem.do.vi and "unset ISHC_TOKEN" in problem.do.en


def test_a_wrong_token_in_a_file_is_not_said_to_come_from_a_variable(programme, club):
    file = programme.folder.private(programme.folder.data) / "token"
    file.touch(0o600)
    file.write_text("0000", encoding="utf-8")
    servers = programme.settings.servers
    servers = {name: replace(each, token_file=file) for name, each in servers.items()}
    programme = replace(programme, settings=replace(programme.settings, servers=servers))
    result = programme.pull(environ={"ISHC_TOKEN": ""})
    assert codes(result) == ["server-token"]
    assert "ISHC_TOKEN" not in result.problems[0].do.en


@pytest.mark.parametrize(
    ("token", "url", "code"),
    [("0000", None, "server-token"), ("", None, "token-missing"),
     (None, "http://127.0.0.1:1", "server-unreachable")],
)  # fmt: skip
def test_what_is_wrong_with_a_server_is_told_once_for_all_its_forms(programme, token, url, code):
    asked = programme.pointed(kobo=url) if url else programme
    (form,) = asked.settings.forms.values()
    more = {name: replace(form, name=name) for name in ("meeting", "visit", "loan")}
    asked = replace(asked, settings=replace(asked.settings, forms=more))
    result = asked.pull(environ={} if token is None else {"ISHC_TOKEN": token})
    assert codes(result) == [code]
    assert result.problems[0].place.form is None
    assert [len(each.problems) for each in result.forms] == [1, 1, 1]
    assert result.exit_status == Exit.SERVER


def test_what_is_wrong_with_one_form_is_told_of_each(programme):
    (form,) = programme.settings.forms.values()
    lost = (SourceSettings("kobo", "kobo", "aNobodyHasThis"),)
    forms = {name: replace(form, name=name, sources=lost) for name in ("visit", "loan")}
    asked = replace(programme, settings=replace(programme.settings, forms=forms))
    result = asked.pull()
    assert codes(result) == ["server-not-found"] * 2
    assert [each.place.form for each in result.problems] == ["visit", "loan"]


def test_a_form_that_is_not_deployed(programme):
    result = programme.pull()
    assert codes(result) == ["form-not-deployed"]
    assert "ishc deploy meeting" in result.problems[0].do.en


def test_bad_weather_changes_nothing_in_the_end(programme, club, weather, photo, fast):
    for number in range(12):
        club.send(f"{number}", photo=photo(f"{number}.jpg", b"\xff\xd8\xff" + bytes([number])))
    spoiling, address = weather(2)
    for night in range(4):
        result = programme.pointed(kobo=address).pull(limits=fast)
        assert result.proven, result.problems
        assert stored(programme) == club.records()
        for each in sorted(club.records())[:1]:
            club.delete(each)
        club.send(f"đêm {night}")
    assert set(spoiling.spoiled) == set(spoiling.KINDS)


def test_what_moves_during_the_pull_is_fetched_again(programme, club):
    first = club.send("trước")
    club.send("bên cạnh")
    edited = []

    def meddle(text, done=None, total=None):
        if done is not None and not edited:  # after the first page was fetched
            edited.append(club.send("sau", edits=first))

    result = programme.pull(progress=meddle)
    assert edited and result.proven
    assert {record["note"] for record in stored(programme).values()} == {"sau", "bên cạnh"}


def test_what_keeps_moving_is_listed(programme, club):
    last = [club.send("0")]

    def meddle(text, done=None, total=None):
        if done is not None:
            last.append(club.send(str(len(last)), edits=last[-1]))

    result = programme.pull(progress=meddle)
    (form,) = result.forms
    assert not form.proven and codes(result) == ["pull-moving"]
    assert form.moving == tuple(club.records())
    assert programme.pull().proven


def test_more_rows_than_a_page_and_than_one_question_holds(programme, club, monkeypatch):
    monkeypatch.setattr(kobo.data, "PAGE", 7)
    monkeypatch.setattr(kobo.data, "TOGETHER", 3)
    for number in range(40):
        club.send(str(number))
    assert programme.pull().forms[0].new == 40
    for number in sorted(club.records())[::4]:
        club.validate(number, "validation_status_approved")
    (form,) = programme.pull().forms
    assert (form.changed, form.proven) == (10, True)
    assert stored(programme) == club.records()


def test_an_answer_that_is_too_large_is_asked_for_in_smaller_pages(programme, club, fast):
    for number in range(20):
        club.send(str(number) * 500)
    result = programme.pull(limits=replace(fast, body=8000))
    assert result.proven and result.forms[0].total == 20


def test_one_submission_that_is_too_large_is_told(programme, club, fast):
    club.send("x" * 20_000)
    result = programme.pull(limits=replace(fast, body=8000))
    assert codes(result) == ["submission-unreadable"] and not result.proven


def test_a_second_pull_meanwhile_is_refused(programme, club):
    programme.folder.private(programme.folder.data)
    with locked(programme.folder.data / "pull.lock"), pytest.raises(ProblemError) as raised:
        programme.pull()
    assert raised.value.exit_status == Exit.STORE
    assert raised.value.problems[0].code == "store-busy"


def test_a_token_revoked_in_mid_pull_loses_nothing(programme, club, loopback, weather, monkeypatch):
    monkeypatch.setattr(kobo.data, "PAGE", 5)
    for number in range(30):
        club.send(str(number))
    spoiling, _ = weather(10_000)

    def answer(handler, asked):
        whole = "fields" not in asked.path and "/data/" in asked.path
        fetched = sum("fields" not in each.path and "/data/" in each.path for each in front.asked)
        if whole and fetched > 3:
            handler.reply(401, b'{"detail": "Invalid token."}')
        else:
            spoiling(handler, asked)

    front = loopback(answer)
    result = programme.pointed(kobo=front.url).pull()
    assert codes(result) == ["server-token"]
    assert (result.forms[0].new, result.forms[0].total, result.proven) == (15, 15, False)
    (form,) = programme.pull().forms
    assert (form.new, form.total, form.proven) == (15, 30, True)


def test_rows_held_back_are_not_taken_for_deleted(programme, club, loopback, weather):
    """The account lost the right to see submissions, or KoBo's index is being rebuilt."""
    for number in range(25):
        club.send(str(number))
    programme.pull()
    spoiling, _ = weather(10_000)

    def answer(handler, asked):
        if "/data/" in asked.path:
            handler.reply(200, b'{"count": 0, "next": null, "results": []}')
        else:
            spoiling(handler, asked)

    blind = programme.pointed(kobo=loopback(answer).url)
    result = blind.pull()
    assert codes(result) == ["server-holds-back"] and "25" in result.problems[0].what.en
    assert result.forms[0].total == 25
    assert programme.pull().proven


def test_a_deletion_between_two_counts_is_not_taken_for_rows_held_back(
    programme, club, loopback, weather
):
    for number in range(30):
        club.send(str(number))
    programme.pull()
    *gone, last = club.records()
    club.delete(*gone)
    spoiling, _ = weather(10_000)
    deleted = []

    def answer(handler, asked):
        spoiling(handler, asked)
        if len(front.asked) > 1 and asked.path.endswith(f"/assets/{club.asset}/") and not deleted:
            deleted.append(last)
            club.delete(last)

    front = loopback(answer)
    result = programme.pointed(kobo=front.url).pull()
    assert "server-holds-back" not in codes(result) and deleted
    assert programme.pull().forms[0].total == 0


def test_everything_deleted_on_purpose_is_believed(programme, club):
    for number in range(25):
        club.send(str(number))
    programme.pull()
    club.delete(*club.records())
    (form,) = programme.pull().forms
    assert (form.deleted, form.total, form.proven) == (25, 0, True)


def test_another_server_under_the_old_name_is_not_mixed_in(programme, club, tmp_path):
    club.send()
    programme.pull()
    with serve(tmp_path / "other", programme.token) as other:
        there = programme.pointed(kobo=other.url)
        (there_now,) = there.deploy()
        result = there.pull()
        assert codes(result) == ["form-moved"] and result.forms[0].total == 1
        assert club.asset in result.problems[0].what.en
        source = SourceSettings("kobo", "kobo", there_now.asset)
        form = replace(programme.settings.forms["meeting"], sources=(source,))
        meant = replace(there, settings=replace(there.settings, forms={"meeting": form}))
        assert meant.pull().proven  # a person said so in ishc.toml


def test_a_clock_set_back_is_told_and_harmless(programme, club):
    club.send()
    programme.pull()
    programme.clock -= timedelta(days=30)
    club.send()
    result = programme.pull()
    assert codes(result) == ["clock-back"] and result.exit_status == Exit.DONE
    assert result.proven and result.forms[0].total == 2
    assert codes(programme.pull()) == []  # told once


def test_the_ledger_tells_of_every_pull(programme, club):
    club.send()
    programme.pull()
    programme.pull(environ={"ISHC_TOKEN": "0000"})
    rows = programme.rows("SELECT started, kind, added, total, agreed, problems FROM run")
    assert rows == [
        ("2026-11-02T22:00:00Z", "proven", 1, 1, 1, ""),
        ("2026-11-03T22:00:00Z", None, 0, 1, 0, "server-token"),
    ]


def test_a_photo_that_arrives_later_is_fetched_later(programme, club, photo):
    picture = photo("2.jpg", b"\x89PNG\r\n\x1a\n later")
    xml = (
        f'<{club.asset} id="{club.asset}"><photo>2.jpg</photo><meta><instanceID>'
        f"uuid:5ec2e700-0000-4000-8000-000000000001</instanceID></meta></{club.asset}>"
    ).encode()
    openrosa.submit(club.server, xml)
    (form,) = programme.pull().forms
    assert (form.new, form.attachments) == (1, 0)
    openrosa.submit(club.server, xml, [Media("2.jpg", picture)])
    (form,) = programme.pull().forms
    assert (form.new, form.changed, form.attachments) == (0, 1, 1)
    ((file,),) = programme.rows("SELECT file FROM attachment")
    assert (programme.folder.attachments / file).read_bytes() == picture.read_bytes()
    assert file.endswith(".png")


@pytest.mark.parametrize(("sent", "gone", "told"), [(6, 6, True), (4, 4, False), (12, 6, False)])
def test_a_form_that_was_emptied_on_the_server_is_told(programme, club, sent, gone, told):
    for _ in range(sent):
        club.send()
    programme.pull()
    club.delete(*list(club.records())[:gone])
    result = programme.pull()
    assert codes(result) == (["many-deleted"] if told else [])
    assert result.proven and result.exit_status == Exit.DONE
    if told:
        (problem,) = result.problems
        assert "6 submissions were deleted" in problem.what.en and "publish" in problem.do.vi
        assert problem.place.form == "meeting"
    assert programme.rows("SELECT COUNT(*) FROM history") == [(gone,)]


def test_a_third_of_very_many_that_went_is_told(programme, club):
    for _ in range(40):
        club.send()
    programme.pull()
    club.delete(*list(club.records())[:21])
    assert codes(programme.pull()) == ["many-deleted"]
    assert codes(programme.pull()) == []


@pytest.mark.parametrize(
    ("gone", "left", "told"),
    [(72, 10_000, False), (21, 19, True), (21, 42, False), (5, 0, True), (4, 0, False)],
)
def test_only_what_hardly_anybody_means_is_told(gone, left, told):
    assert hardly_meant(gone, left) == told
