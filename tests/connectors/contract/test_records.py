"""Whole submissions: every answer as it was sent, and the files."""

from pathlib import Path

import pytest

from connectors.servers.faults import ServerFault
from tests.connectors.contract.people import People

COLLECT = "org.odk.collect.android/v2025.2.3 Dalvik/2.1.0 (Linux; U; Android 13; SM-A155F)"
JPEG = b"\xff\xd8\xff\xe0" + b"a small picture" * 50
BODY = (
    "<club>C1</club><attendance>41</attendance><note>Họp ở nhà bà Hoa</note>"
    "<visits><host>An</host><guests>2</guests></visits><visits><host>Bình</host></visits>"
)


def test_every_answer_is_there_under_its_path(club: People) -> None:
    root = club.send(BODY)
    record = club.records()[root]
    answers = {name: record[name] for name in ("club", "attendance", "note", "visits")}
    assert answers == {
        "club": "C1",
        "attendance": "41",
        "note": "Họp ở nhà bà Hoa",
        "visits": [{"visits/host": "An", "visits/guests": "2"}, {"visits/host": "Bình"}],
    }
    assert record["_uuid"] == root and record["meta/rootUuid"] == f"uuid:{root}"
    assert record["_validation_status"] == {} and record["_attachments"] == []
    assert len(record["_submission_time"]) >= len("2026-11-01T22:00:00")


def test_what_no_form_knows_and_what_fits_no_type_is_kept(club: People) -> None:
    root = club.send("<attendance>bốn mươi</attendance><old>của bản cũ</old>")
    record = club.records()[root]
    assert (record["attendance"], record["old"]) == ("bốn mươi", "của bản cũ")


def test_some_or_all_can_be_fetched(club: People) -> None:
    for number in range(7):
        club.send(f"<note>{number}</note>")
    ids = [row.id for row in club.rows()]
    whole = {record["_id"]: record for record in club.records().values()}
    assert list(whole) == ids
    for wanted in ([ids[3]], ids[1:6], ids, [ids[6], ids[0], ids[0] + 1]):
        pages = club.ask.fetch(club.server, club.asset, wanted, ids)
        found = {record["_id"]: record for page in pages for record in page}
        assert found == {number: whole[number] for number in ids if number in wanted}


def test_many_are_read_as_one_by_one_whoever_sent_them(club: People) -> None:
    """A server may have a quicker way for many than for few."""
    for number in range(26):
        club.agent = COLLECT if number % 3 else "a client of somebody's own"
        photo = f"{number}.jpg" if number % 5 == 0 else ""
        body = (
            f"<club>C{number % 2}</club><attendance>{number}</attendance>"
            f"<note>{'' if number % 4 else 'Bà Hoa'}</note><photo>{photo}</photo>"
            f"<visits><host>An</host><guests/></visits><visits><host/><guests>{number}</guests></visits>"
        )
        club.send(body, {photo: JPEG} if photo and number else {})
    ids = [row.id for row in club.rows()]
    many = {record["_id"]: record for record in club.records().values()}
    one_by_one = {
        record["_id"]: record
        for number in ids
        for page in club.ask.fetch(club.server, club.asset, [number], ids)
        for record in page
    }
    assert list(one_by_one) == ids and many == one_by_one
    pages = club.ask.fetch(club.server, club.asset, ids, ids)
    assert {record["_id"]: record for page in pages for record in page} == many


def test_what_has_gone_is_left_out(club: People) -> None:
    roots = [club.send() for _ in range(3)]
    ids = [row.id for row in club.rows()]
    club.delete(roots[1])
    pages = club.ask.fetch(club.server, club.asset, ids, ids)
    assert {record["_id"] for page in pages for record in page} == {ids[0], ids[2]}


def test_an_edit_brings_the_new_answers_and_keeps_the_number(club: People) -> None:
    root = club.send(BODY)
    before = club.records()[root]
    new = club.edit(root, "<note>sửa</note>")
    after = club.records()[root]
    assert (after["_id"], after["_uuid"], after["note"]) == (before["_id"], new, "sửa")
    assert "visits" not in after and after["_submission_time"] == before["_submission_time"]


def test_a_file_is_listed_with_its_question_and_fetched_as_it_was(
    club: People, tmp_path: Path
) -> None:
    root = club.send("<photo>ảnh họp.jpg</photo>", {"ảnh họp.jpg": JPEG})
    (file,) = club.ask.row_of(club.records()[root], club.asset).attachments
    assert (file.name, file.question_path, file.deleted) == ("ảnh họp.jpg", "photo", False)
    assert file.submission == club.row(root).id
    got = club.ask.fetch_attachment(club.server, file, tmp_path / "got")
    assert (tmp_path / "got").read_bytes() == JPEG and got.size == len(JPEG)
    club.delete(root)
    with pytest.raises(ServerFault) as raised:
        club.ask.fetch_attachment(club.server, file, tmp_path / "gone")
    # the older KoBo answers 500 for everything of a submission that is not there
    assert raised.value.code in ("server-not-found", "server-error")
    assert not (tmp_path / "gone").exists()


def test_a_file_that_is_named_and_did_not_come_is_not_listed(club: People) -> None:
    root = club.send("<photo>a.jpg</photo>")
    assert club.ask.row_of(club.records()[root], club.asset).attachments == ()
    club.send_again(root, {"a.jpg": JPEG})
    (file,) = club.ask.row_of(club.records()[root], club.asset).attachments
    assert file.name == "a.jpg"
