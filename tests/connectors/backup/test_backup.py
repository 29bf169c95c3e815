"""Backups: made while the programme runs, opened only with their key, and whole or nothing."""

import io
import random
import sqlite3
import tarfile
import threading
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.backup import container
from connectors.backup.contents import files_of
from connectors.backup.locking import (
    lock_for,
    lock_with_passphrase,
    open_with_passphrase,
    own_key,
)
from connectors.backup.read import verify
from connectors.backup.restore import restore
from connectors.backup.write import make_backup
from connectors.store.raw import RawStore
from programme.folder import Folder
from programme.problem import ProblemError

WORDS = "con trâu đi cày đồng xa"
NOW = datetime(2026, 11, 21, 21, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
EXPIRES = date(2027, 5, 20)
NAME = "Nguyễn Thị Bí Mật"
LOCK = lock_with_passphrase(WORDS)


def opener(_):
    return LOCK.identity  # a passphrase costs a second each time, on purpose


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "câu lạc bộ số 1")
    for name, content in {
        "ishc.toml": '[programme]\nname = "Thử"\n',
        "xlsforms/loan_record.xlsx": "a workbook",
        "xlsforms/clubs.csv": "club_code\n",
        "connectors/checks/amount.sql": "SELECT 1\n",
        "reports/templates/report.vi.docx": "a template",
        "reports/code.py": "print()",
        "data/attachments/ab/abcd.jpg": "a photo",
        "data/decisions.xlsx": "decided",
        "data/lists/clubs.csv": "club_code\n05977-01\n",
        "data/tables/000001/club.parquet": "made again",
        "data/exports/csv/club.csv": "made again",
        "data/logs/nightly.log": "of this machine",
        "data/token": "the-secret-token",
        "data/pull.lock": "",
    }.items():
        path = folder.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    with RawStore.open(folder.store) as store:
        store.connection.execute(
            "INSERT INTO issued_code VALUES ('club', 'k', '05977-01', '2026-11-01')"
        )
        store.connection.execute(
            "INSERT INTO history VALUES ('kobo', 'loan_record', 1, 'r', 'u', ?, 'h', 'a', 'b', "
            "'replaced')",
            [f'{{"borrower": "{NAME}"}}'],
        )
    return folder


def backup(folder: Folder, lock=LOCK, name="one.backup") -> Path:
    target = folder.root.parent / name
    done = make_backup(
        folder, target, lock, now=NOW, expires=EXPIRES, secrets=[folder.data / "token"]
    )
    assert done.path == target
    assert done.size == target.stat().st_size
    return target


def codes(error) -> list[str]:
    return [each.code for each in error.value.problems]


def test_what_cannot_be_made_again_comes_back_in_a_new_folder(folder, tmp_path):
    path = backup(folder)
    back = tmp_path / "máy khác" / "clubs"
    manifest = restore(path, back, lambda key: open_with_passphrase(key, WORDS), today=NOW.date())
    files = {each.relative_to(back).as_posix() for each in back.rglob("*") if each.is_file()}
    assert files == {
        *("ishc.toml", "xlsforms/loan_record.xlsx", "xlsforms/clubs.csv"),
        *("connectors/checks/amount.sql", "reports/templates/report.vi.docx"),
        *("data/attachments/ab/abcd.jpg", "data/decisions.xlsx", "data/lists/clubs.csv"),
        *("data/store.sqlite", "data/.gitignore"),
    }
    assert set(manifest.files) == files
    with RawStore.open(back / "data" / "store.sqlite") as store:
        rows = store.connection.execute("SELECT code FROM issued_code").fetchall()
        assert rows == [("05977-01",)]
        assert NAME in store.connection.execute("SELECT json FROM history").fetchone()[0]
    assert all(each.stat().st_mode & 0o077 == 0 for each in (back / "data").rglob("*"))


def test_neither_names_nor_tokens_can_be_read_in_the_file(folder):
    content = backup(folder).read_bytes()
    for secret in (NAME, "the-secret-token", "a photo", "05977-01", WORDS):
        assert secret.encode() not in content
    listed = {each.name for each in files_of(folder, [folder.data / "token"])}
    assert "token" not in listed
    assert not list((folder.data / "backups").iterdir())


def test_any_age_program_opens_it(folder, tmp_path):
    with tarfile.open(backup(folder)) as outer:
        key = outer.extractfile("key.age").read()
        content = outer.extractfile("content.age").read()
    identity = pyrage.x25519.Identity.from_str(pyrage.passphrase.decrypt(key, WORDS).decode())
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(content, [identity])), mode="r:gz") as tar:
        assert "ishc.toml" in tar.getnames()


def test_a_key_of_ones_own_instead_of_a_passphrase(folder, tmp_path):
    own = pyrage.x25519.Identity.generate()
    path = backup(folder, lock_for(str(own.to_public())))
    written = f"# created: 2026\n# public key: {own.to_public()}\n{own}\n"
    assert verify(path, lambda _: own_key(written)).expires == EXPIRES
    with pytest.raises(ProblemError) as error:
        verify(path, lambda _: pyrage.x25519.Identity.generate())
    assert codes(error) == ["backup-locked"]


def test_another_passphrase_does_not_open_it(folder, tmp_path):
    path = backup(folder)
    with pytest.raises(ProblemError) as error:
        restore(
            path, tmp_path / "new", lambda key: open_with_passphrase(key, "Con trâu đi cày"),
            today=NOW.date(),
        )  # fmt: skip
    assert codes(error) == ["backup-locked"]
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".*"))


def test_a_backup_is_made_while_somebody_writes(folder):
    stop = threading.Event()

    def write() -> None:
        with RawStore.open(folder.store) as store:
            number = 0
            while not stop.is_set():
                number += 1
                with store.transaction():
                    for _ in range(2):  # both or neither
                        store.connection.execute(
                            "INSERT INTO history VALUES ('kobo', 'f', ?, 'r', 'u', '{}', 'h', "
                            "'a', 'b', 'replaced')",
                            [number],
                        )

    writer = threading.Thread(target=write)
    writer.start()
    try:
        paths = [backup(folder, name=f"{number}.backup") for number in range(3)]
    finally:
        stop.set()
        writer.join()
    for number, path in enumerate(paths):
        back = folder.root.parent / f"back {number}"
        restore(path, back, opener, today=NOW.date())
        connection = sqlite3.connect(back / "data" / "store.sqlite")
        odd = connection.execute(
            "SELECT COUNT(*) FROM (SELECT id FROM history WHERE form = 'f' GROUP BY id "
            "HAVING COUNT(*) <> 2)"
        ).fetchone()
        connection.close()
        assert odd == (0,)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> bytes:
    root = Folder(tmp_path_factory.mktemp("whole") / "p")
    root.root.mkdir()
    root.settings.write_text("[programme]\n", encoding="utf-8")
    own = tmp_path_factory.mktemp("key") / "one.backup"
    lock = lock_for(str(KEY.to_public()))
    make_backup(root, own, lock, now=NOW, expires=EXPIRES, secrets=[])
    return own.read_bytes()


KEY = pyrage.x25519.Identity.generate()


@settings(max_examples=60)
@given(st.data())
def test_no_byte_can_be_changed_and_no_end_cut_off_unnoticed(whole, tmp_path_factory, data):
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    if data.draw(st.booleans()):
        changed[place] ^= data.draw(st.integers(1, 255))
    else:
        del changed[place:]
    path = tmp_path_factory.getbasetemp() / "changed.backup"
    path.write_bytes(changed)
    try:
        manifest = verify(path, lambda _: KEY)
    except ProblemError as error:
        assert {each.code for each in error.problems} <= {"backup-locked", "backup-unreadable"}
    else:
        # bytes of the outer tar that carry nothing: blanks, times, the empty blocks at its end
        assert manifest.files.keys() == {"ishc.toml"}
        assert path.read_bytes()[512:-2048] == whole[512:-2048] or place >= len(whole) - 2048


def test_a_backup_of_a_newer_program_is_refused(folder, tmp_path):
    connection = sqlite3.connect(folder.store)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ProblemError) as error:
        backup(folder)
    assert codes(error) == ["store-newer"]
    assert not list(tmp_path.glob("*.backup"))


def test_a_backup_past_its_day_is_restored_only_when_asked_for(folder, tmp_path):
    path = backup(folder)
    with pytest.raises(ProblemError) as error:
        restore(path, tmp_path / "new", opener, today=date(2027, 5, 21))
    assert codes(error) == ["backup-expired"]
    assert not (tmp_path / "new").exists()
    restore(path, tmp_path / "new", opener, today=date(2027, 5, 21), expired_too=True)
    assert (tmp_path / "new" / "ishc.toml").exists()


def test_nothing_is_overwritten(folder, tmp_path):
    path = backup(folder)
    with pytest.raises(ProblemError) as error:
        restore(path, folder.root, opener, today=NOW.date())
    assert codes(error) == ["folder-not-empty"]


@pytest.mark.parametrize("name", ["../escaped.txt", "/etc/escaped", "a/../../b", "C:\\x", "a\\b"])
def test_no_file_leaves_the_folder(tmp_path, name):
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO(b""))
    path = tmp_path / "hostile.backup"
    locked = pyrage.encrypt(inner.getvalue(), [KEY.to_public()])
    with path.open("w+b") as file:
        container.write_container(file, None, lambda out: out.write(locked))
    with pytest.raises(ProblemError) as error:
        restore(path, tmp_path / "new", lambda _: KEY, today=NOW.date())
    assert codes(error) == ["backup-damaged"]
    assert [each.name for each in tmp_path.iterdir()] == ["hostile.backup"]


@pytest.mark.parametrize(
    "content", [b"", b"not a backup", b"\0" * 2000], ids=["empty", "text", "0"]
)
def test_another_file_is_no_backup(tmp_path, content):
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    with pytest.raises(ProblemError) as error:
        verify(path, lambda _: KEY)
    assert codes(error) == ["backup-unreadable"]


def test_a_full_disk_is_told_as_one(folder, tmp_path):
    class Full(io.BytesIO):
        def write(self, data) -> int:
            if self.tell() > 2000:
                raise OSError(28, "No space left on device")
            return super().write(data)

    from connectors.backup.write import _Packing, _streamed  # noqa: PLC0415 - below what is public

    photo = folder.data / "photo.jpg"
    photo.write_bytes(random.Random(1).randbytes(400_000))
    packing = _Packing([(photo, "data/photo.jpg")], NOW, EXPIRES, None, lambda *_: None)
    with pytest.raises(OSError, match="No space left"):
        _streamed(packing, LOCK, Full())
