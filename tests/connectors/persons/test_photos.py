"""A photo of somebody who was erased is gone from the disk, and a later pull leaves it there."""

from pathlib import Path

import orjson

from connectors.persons.photos import delete_file, delete_left_out
from connectors.servers.contract import Attachment
from connectors.servers.http import Downloaded
from connectors.store.attachments import keep_file, note_attachments, waiting
from connectors.store.raw import RawStore
from programme.folder import Folder

PHOTO = Attachment("a1", 7, "u1", "an_1950.jpg", "members/photo", "image/jpeg", False)
WHERE = ("kobo", "club_registration")


def listed(store: RawStore, *files: Attachment) -> None:
    note_attachments(store, *WHERE, {7: files}, "2026-11-22")


def kept(store: RawStore, folder: Folder, file: Attachment) -> None:
    def fetch(into: Path) -> Downloaded:
        into.write_bytes(b"\xff\xd8\xff picture")
        return Downloaded("ab" * 32, 11)

    folder.private(folder.attachments)
    keep_file(store, folder.attachments, (*WHERE, file), fetch, "2026-11-22")


def test_it_is_deleted_and_never_fetched_again(tmp_path: Path):
    folder = Folder(tmp_path)
    with RawStore.open(folder.store) as store:
        listed(store, PHOTO)
        kept(store, folder, PHOTO)
        assert len(list(folder.attachments.rglob("*.jpg"))) == 1
        assert delete_file(store, folder, (*WHERE, 7, PHOTO.name)) == 1
        assert list(folder.attachments.rglob("*.jpg")) == []
        listed(store, PHOTO)  # the server still lists it
        assert waiting(store, *WHERE, "a1") == []
        store.checkpoint()
    assert PHOTO.name.encode() not in folder.store.read_bytes()


def test_a_picture_that_two_submissions_have_stays_for_the_other(tmp_path: Path):
    folder = Folder(tmp_path)
    other = Attachment("a1", 8, "u2", "nhom.jpg", "members/photo", "image/jpeg", False)
    with RawStore.open(folder.store) as store:
        listed(store, PHOTO)
        note_attachments(store, *WHERE, {8: [other]}, "2026-11-22")
        kept(store, folder, PHOTO)
        kept(store, folder, other)
        assert delete_file(store, folder, (*WHERE, 7, PHOTO.name)) == 0
        assert len(list(folder.attachments.rglob("*.jpg"))) == 1


def test_a_photo_in_the_row_of_who_was_erased_goes_when_the_row_is_rewritten(tmp_path: Path):
    folder = Folder(tmp_path)
    record = {"_id": 7, "list/member": [{"list/member/photo": PHOTO.name}], "_attachments": []}
    with RawStore.open(folder.store) as store:
        store.connection.execute(
            "INSERT INTO submission VALUES ('kobo', 'club_registration', 7, 'a1', 'r7', 'r7', ?,"
            " '', '', '', '', '', NULL)",
            (orjson.dumps(record).decode(),),
        )
        listed(store, PHOTO)
        kept(store, folder, PHOTO)
        assert delete_left_out(store, WHERE, "r7", dict) == 0
        assert delete_left_out(store, WHERE, "r7", lambda each: {**each, "list/member": []}) == 1
    assert list(folder.attachments.rglob("*.jpg")) == []
