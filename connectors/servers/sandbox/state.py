"""What the sandbox keeps: one SQLite file, and the received files beside it."""

import hashlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from programme.writing import OWNER_MAY

_SCHEMA = """
CREATE TABLE IF NOT EXISTS asset (
    pk INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    asset_type TEXT NOT NULL, settings TEXT NOT NULL, created TEXT NOT NULL,
    modified TEXT NOT NULL, version TEXT NOT NULL, deployed TEXT, deployed_version TEXT,
    active INTEGER NOT NULL DEFAULT 0, form_uuid TEXT, form_title TEXT, form_version TEXT,
    form_xml TEXT, form_paths TEXT NOT NULL DEFAULT '{}', last_received TEXT);
CREATE TABLE IF NOT EXISTS version (
    pk INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, asset TEXT NOT NULL,
    content TEXT NOT NULL, workbook TEXT NOT NULL, hash TEXT NOT NULL,
    modified TEXT NOT NULL, deployed TEXT);
CREATE TABLE IF NOT EXISTS task (
    uid TEXT PRIMARY KEY, answer TEXT NOT NULL, polled INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS media (
    pk INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, asset TEXT NOT NULL,
    filename TEXT NOT NULL, description TEXT NOT NULL, mimetype TEXT NOT NULL, md5 TEXT NOT NULL,
    content TEXT NOT NULL, created TEXT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS manifest (
    pk INTEGER PRIMARY KEY AUTOINCREMENT, asset TEXT NOT NULL, media TEXT NOT NULL,
    filename TEXT NOT NULL, mimetype TEXT NOT NULL, md5 TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS submission (
    id INTEGER PRIMARY KEY AUTOINCREMENT, asset TEXT NOT NULL, uuid TEXT NOT NULL,
    root_uuid TEXT NOT NULL, xform_id TEXT NOT NULL, xml BLOB NOT NULL, hash TEXT NOT NULL,
    answers BLOB NOT NULL, geolocation TEXT NOT NULL, received TEXT NOT NULL,
    completed TEXT NOT NULL, submitted_by TEXT, validation TEXT NOT NULL DEFAULT '{}');
CREATE INDEX IF NOT EXISTS submission_of_asset ON submission (asset, id);
CREATE INDEX IF NOT EXISTS submission_by_uuid ON submission (asset, uuid);
CREATE INDEX IF NOT EXISTS submission_by_root ON submission (asset, root_uuid);
CREATE TABLE IF NOT EXISTS former_uuid (
    asset TEXT NOT NULL, uuid TEXT NOT NULL, submission INTEGER NOT NULL,
    PRIMARY KEY (asset, uuid));
CREATE TABLE IF NOT EXISTS attachment (
    pk INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, submission INTEGER NOT NULL,
    name TEXT NOT NULL, mimetype TEXT NOT NULL, content TEXT NOT NULL, size INTEGER NOT NULL,
    created TEXT NOT NULL, xpath TEXT NOT NULL, top_key TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS attachment_of_submission ON attachment (submission);
CREATE TABLE IF NOT EXISTS history (
    pk INTEGER PRIMARY KEY AUTOINCREMENT, asset TEXT NOT NULL, account TEXT NOT NULL,
    action TEXT NOT NULL, metadata TEXT NOT NULL, created TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS history_of_asset ON history (asset, pk);
CREATE TABLE IF NOT EXISTS permission (
    pk INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, asset TEXT NOT NULL,
    account TEXT NOT NULL, name TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS permission_of_asset ON permission (asset, account);
CREATE TABLE IF NOT EXISTS daily_count (
    asset TEXT NOT NULL, day TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (asset, day));
"""
_USES = """
SELECT (SELECT count(*) FROM attachment WHERE content = ? AND deleted = 0)
    + (SELECT count(*) FROM media WHERE content = ? AND deleted = 0)
    + (SELECT count(*) FROM manifest WHERE content = ?)
"""


class State:
    """The sandbox's memory in a folder that only its owner can read."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._files = folder / "files"
        self._files.mkdir(exist_ok=True, mode=0o700)
        self._lock = threading.RLock()
        self._unsure: set[str] = set()  # kept bytes that may be needed no more
        # one connection for all threads: SQLite writes one at a time anyway
        self._connection = sqlite3.connect(
            folder / "sandbox.sqlite", check_same_thread=False, isolation_level=None
        )
        self._connection.row_factory = sqlite3.Row
        # WAL keeps every committed request when the process is killed
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA secure_delete=ON")
        self._connection.executescript(_SCHEMA)
        (folder / "sandbox.sqlite").chmod(0o600)

    @contextmanager
    def write(self) -> Iterator[None]:
        """Make everything inside one transaction: all of it is kept, or nothing."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                self._unsure.clear()
                raise
            self._connection.execute("COMMIT")
            self._prune()

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """Give every row of a query."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """Give the first row of a query, or None."""
        with self._lock:
            found = self._connection.execute(sql, values).fetchone()
            return found if isinstance(found, sqlite3.Row) else None

    def value(self, sql: str, *values: Any) -> Any:
        """Give the first column of the first row, or None."""
        found = self.row(sql, *values)
        return found[0] if found else None

    def change(self, sql: str, *values: Any) -> int:
        """Run a statement; gives how many rows it changed."""
        with self._lock:
            return self._connection.execute(sql, values).rowcount

    def insert(self, table: str, **values: Any) -> int:
        """Add a row; gives its integer key."""
        marks = ", ".join("?" for _ in values)
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608 own names
        with self._lock:
            return self._connection.execute(sql, tuple(values.values())).lastrowid or 0

    def keep(self, content: bytes) -> str:
        """Keep received bytes; gives the name (SHA-256) under which `file` finds them."""
        name = hashlib.sha256(content).hexdigest()
        target = self._files / name
        if not target.exists():
            part = self._files / f"{name}.{threading.get_ident()}.part"
            part.touch(mode=OWNER_MAY)  # photos of people, on a server for trying, too
            part.write_bytes(content)
            part.replace(target)
        return name

    def file(self, name: str) -> Path:
        """Give the path of bytes that were kept."""
        return self._files / name

    def prune(self, names: Sequence[str]) -> None:
        """Remove kept bytes that nothing refers to once the running transaction is done."""
        with self._lock:
            self._unsure.update(names)
            if not self._connection.in_transaction:
                self._prune()

    def _prune(self) -> None:
        for name in self._unsure:
            if not self.value(_USES, name, name, name):
                self.file(name).unlink(missing_ok=True)
        self._unsure.clear()

    def close(self) -> None:
        """Close the database; further use raises sqlite3.ProgrammingError."""
        with self._lock:
            self._connection.close()


def marks(values: Sequence[object]) -> str:
    """Give the question marks of an SQL IN list."""
    return ", ".join("?" for _ in values)
