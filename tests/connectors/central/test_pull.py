"""Pulling from ODK Central: the store is as the server is, whatever happens there."""

import json

from tests.connectors.central.conftest import SURVEY, Club, Programme, workbook

JPEG = b"\xff\xd8\xff\xe0" + b"a small picture" * 50


def live(programme: Programme) -> dict[str, dict[str, object]]:
    """The live records by their root uuid."""
    rows = programme.rows("SELECT root_uuid, json FROM submission WHERE deleted IS NULL")
    return {f"uuid:{root}": json.loads(text) for root, text in rows}


def test_what_is_new_edited_deleted_and_restored_is_followed_to_its_end(
    programme: Programme, club: Club
) -> None:
    first, second, third = (club.send(f"<note>{number}</note>") for number in range(3))
    pulled = programme.pull()
    assert (pulled.new, pulled.kind, pulled.agreed, pulled.problems) == (3, "proven", True, ())
    newer = club.edit(first, "<note>sửa</note>")
    club.ask("DELETE", f"/{second}")
    pulled = programme.pull()
    assert (pulled.new, pulled.changed, pulled.deleted, pulled.total) == (0, 1, 1, 2)
    records = live(programme)
    assert set(records) == {first, third}
    assert records[first]["note"] == "sửa"
    assert f"uuid:{records[first]['_uuid']}" == newer
    club.ask("POST", f"/{second}/restore")
    pulled = programme.pull()
    assert (pulled.changed, pulled.total, set(live(programme))) == (1, 3, {first, second, third})
    club.ask("DELETE", f"/{third}")
    club.standin.world.purge_trash()
    pulled = programme.pull()
    assert (pulled.deleted, pulled.total, pulled.agreed) == (1, 2, True)
    history = programme.rows("SELECT reason FROM history ORDER BY rowid")
    assert [reason for (reason,) in history] == ["replaced", "deleted", "deleted"]


def test_numbers_stay_and_rise_as_submissions_arrive(programme: Programme, club: Club) -> None:
    for _ in range(5):
        club.send()
    programme.pull()
    rows = programme.rows("SELECT root_uuid, id FROM submission ORDER BY id")
    assert [f"uuid:{root}" for root, _ in rows] == club.sent
    club.edit(club.sent[0], "<note>khác</note>")
    programme.pull(proven=True)
    assert programme.rows("SELECT root_uuid, id FROM submission ORDER BY id") == rows


def test_a_photo_that_comes_late_is_fetched(programme: Programme, club: Club) -> None:
    root = club.send("<photo>ảnh họp.jpg</photo>")
    assert programme.pull().attachments == 0
    picture = {"Content-Type": "image/jpeg"}
    club.ask("POST", f"/{root}/attachments/ảnh họp.jpg", data=JPEG, headers=picture)
    pulled = programme.pull()
    assert (pulled.changed, pulled.attachments) == (1, 1)
    assert programme.rows("SELECT name, question_path, size FROM attachment") == [
        ("ảnh họp.jpg", "photo", len(JPEG))
    ]
    assert programme.pull().changed == 0


def test_nothing_that_odata_loses_is_lost(programme: Programme, club: Club) -> None:
    root = club.send(
        "<attendance>bốn mươi</attendance><old>của bản cũ</old>"
        "<visit><who>An</who><gift><what>gạo</what></gift><gift><what>áo</what></gift></visit>"
        "<visit/><visit><who>Bình</who></visit>"
        "<strange><deep>1</deep></strange><strange><deep>2</deep></strange>"
    )
    programme.pull()
    record = live(programme)[root]
    assert record["attendance"] == "bốn mươi" and record["old"] == "của bản cũ"
    assert record["visit"] == [
        {
            "visit/who": "An",
            "visit/gift": [{"visit/gift/what": "gạo"}, {"visit/gift/what": "áo"}],
        },
        {"visit/who": "Bình"},
    ]
    assert record["strange"] == [{"strange/deep": "1"}, {"strange/deep": "2"}]


def test_the_version_is_that_of_the_newest_content(programme: Programme, club: Club) -> None:
    root = club.send()
    programme.pull()
    second = (*SURVEY[:-1], ("end_repeat", "", ""), ("text", "more", "Thêm"))
    url = club.url.removesuffix("/submissions")
    kind = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    more = {"ignoreWarnings": "true"}
    content = workbook(second, "2")
    club.server.http.request("POST", f"{url}/draft", data=content, headers=kind, params=more)
    club.server.http.request("POST", f"{url}/draft/publish")
    assert club.form.latest.version == "2"
    club.edit(root, "<more>nữa</more>", version="2")
    programme.pull()
    record = live(programme)[root]
    assert (record["__version__"], record["more"]) == ("2", "nữa")
    assert record["_system"]["formVersion"] == "1"  # type: ignore[index]


def test_a_followed_pull_takes_what_the_two_times_show(programme: Programme, club: Club) -> None:
    roots = [club.send(f"<note>{number}</note>") for number in range(8)]
    programme.following()
    assert programme.pull().kind == "proven"
    programme.clock.now = programme.clock.now.replace(day=programme.clock.now.day + 3)
    club.edit(roots[0], "<note>sửa</note>")
    club.ask("DELETE", f"/{roots[1]}")
    club.ask("PATCH", f"/{roots[2]}", json={"reviewState": "rejected"})
    club.send()
    pulled = programme.pull()
    assert not pulled.problems, pulled.problems
    assert (pulled.kind, pulled.agreed) == ("followed", True)
    assert (pulled.new, pulled.changed, pulled.deleted, pulled.total) == (1, 2, 1, 8)
    club.ask("POST", f"/{roots[1]}/restore")  # moves no time: the counts tell
    pulled = programme.pull()
    assert (pulled.kind, pulled.changed, pulled.total) == ("proven", 1, 9)


def test_many_of_one_moment_are_told_apart(programme: Programme, club: Club) -> None:
    programme.clock.step *= 0
    for number in range(30):
        club.send(f"<note>{number}</note>")
    pulled = programme.pull()
    assert (pulled.new, pulled.agreed) == (30, True)
    club.ask("DELETE", f"/{club.sent[7]}")
    pulled = programme.pull()
    assert (pulled.deleted, pulled.changed, pulled.total) == (1, 0, 29)
