"""What a server lists of submissions: ids that rise and stay, and everything that changes."""

import pytest

from connectors.store.versions import mark
from tests.connectors.contract.people import People

JPEG = b"\xff\xd8\xff\xe0" + b"a small picture" * 50


def test_of_nothing_there_is_nothing(club: People) -> None:
    extent = club.ask.extent(club.server, club.asset)
    assert (extent.highest, extent.listed) == (0, 0)
    assert club.ask.counts(club.server, club.asset) == (0, 0)
    assert club.rows(highest=10**15) == [] and club.records() == {}


def test_ids_rise_as_submissions_arrive(club: People) -> None:
    roots = [club.send(f"<note>{number}</note>") for number in range(5)]
    rows = club.rows()
    assert [row.root_uuid for row in rows] == roots
    assert [row.id for row in rows] == sorted({row.id for row in rows})
    assert all(row.uuid == row.root_uuid for row in rows)
    extent = club.ask.extent(club.server, club.asset)
    assert extent.highest >= rows[-1].id and extent.listed == 5
    assert club.ask.counts(club.server, club.asset) == (5, 5)
    later = club.send()
    assert club.row(later).id > extent.highest


@pytest.mark.parametrize("what", ["edit", "review", "late photo"])
def test_what_happens_to_a_submission_shows_and_leaves_its_id(club: People, what: str) -> None:
    root, other = club.send("<note>một</note><photo>a.jpg</photo>"), club.send()
    before, untouched = club.row(root), club.row(other)
    if what == "edit":
        new = club.edit(root, "<note>hai</note>")
    elif what == "review":
        club.review(root, "not_approved")
    else:
        club.send_again(root, {"a.jpg": JPEG})
    after = club.row(root)
    assert (after.id, after.root_uuid) == (before.id, before.root_uuid)
    assert after.uuid == (new if what == "edit" else before.uuid)
    assert mark(after) != mark(before) and mark(club.row(other)) == mark(untouched)
    assert mark(club.row(root)) == mark(after)


def test_a_second_edit_keeps_the_root_too(club: People) -> None:
    root = club.send()
    first = club.edit(root, "<note>một</note>")
    second = club.edit(root, "<note>hai</note>")
    assert len({root, first, second}) == 3
    (row,) = club.rows()
    assert (row.root_uuid, row.uuid) == (root, second)


def test_a_deletion_disappears_from_every_list(club: People) -> None:
    roots = [club.send() for _ in range(3)]
    kept = [club.row(root) for root in (roots[0], roots[2])]
    club.delete(roots[1])
    assert club.rows() == kept and list(club.records()) == [roots[0], roots[2]]
    assert club.ask.extent(club.server, club.asset).listed == 2
    assert club.ask.counts(club.server, club.asset) == (2, 2)
    club.purge()
    assert club.rows() == kept


def test_a_part_of_the_list_can_be_asked_for(club: People) -> None:
    for _ in range(6):
        club.send()
    rows = club.rows()
    ids = [row.id for row in rows]
    assert club.rows(first=ids[2], highest=ids[4]) == rows[2:5]
    assert club.rows(ids=[ids[4], ids[1], ids[1] + 1]) in (
        [rows[1], rows[4]],
        rows[1:3] + rows[4:5],
    )
    assert club.rows(ids=[ids[0]]) == rows[:1]
    assert club.rows(first=ids[5], highest=ids[4]) == []
    for place, number in enumerate(ids, start=1):
        assert club.ask.listed(club.server, club.asset, number) == place


def test_the_manifest_and_whole_records_have_the_same_marks(club: People) -> None:
    first = club.send("<note>một</note><photo>ảnh 1.jpg</photo>", {"ảnh 1.jpg": JPEG})
    second, third = club.send(), club.send("<photo>b.jpg</photo>")
    club.edit(second, "<note>sửa</note>")
    club.review(third, "approved")
    records = club.records()
    for row in club.rows():
        assert mark(club.ask.row_of(records[row.root_uuid], club.asset)) == mark(row)
    assert set(records) == {first, second, third}
