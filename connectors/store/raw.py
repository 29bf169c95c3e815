"""The raw store: one SQLite file that loses nothing it has acknowledged."""

import json
import os
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from connectors.store.faults import store_fault, told

VERSION = 7
APPLICATION = 0x49534843  # "ISHC", in the file's header
BUSY_SECONDS = 30.0
_NO_LOG = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}

# Of records with one root uuid in a source and form the edited one counts, then the first:
# KoBo now and then keeps two of a submission that a phone sent twice at once.
# The sources are named so that SQLite walks through the key, in order, and sorts no records.
_LIVE = """
SELECT source, form, id, root_uuid, uuid, json, received, asset FROM submission AS one{indexed}
WHERE source IN (SELECT value FROM json_each(?)) AND form = ? AND deleted IS NULL{roots}
AND NOT EXISTS (
    SELECT 1 FROM submission AS other
    WHERE other.form = one.form AND other.source = one.source
      AND other.root_uuid = one.root_uuid AND other.deleted IS NULL AND other.id <> one.id
      AND (other.uuid = other.root_uuid, other.id) < (one.uuid = one.root_uuid, one.id)
)
ORDER BY source, id
"""
_ALL = _LIVE.format(indexed="", roots="")
_OF_ROOTS = _LIVE.format(
    indexed=" INDEXED BY submission_root",
    roots=" AND root_uuid IN (SELECT value FROM json_each(?))",
)


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """A live submission; ``json`` is the record as the server gave it.

    Args:
        root_uuid: without ``uuid:``.
        received: UTC, as the server says.
    """

    source: str
    form: str
    id: int
    root_uuid: str
    uuid: str
    json: str
    received: str
    asset: str


class RawStore:
    """An open store; a context manager.

    Every statement outside of ``transaction`` commits by itself.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path) -> "RawStore":
        """Open the store, or make a new one that only its owner can read.

        Raises:
            ProblemError: ``store-newer``, ``store-damaged``, ``store-readonly``, ``store-full``.
        """
        with told(path):
            if not path.exists():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                store = cls(connection, path)
                store._prepare()
            except BaseException:
                connection.close()
                raise
            return store

    @classmethod
    def read(cls, path: Path) -> "RawStore":
        """Open an existing store only to look at it; also where nothing may be written.

        Raises:
            ProblemError: ``store-newer``, ``store-damaged``, ``store-readonly``.
        """
        with told(path):
            address = f"{path.resolve().as_uri()}?mode=ro"
            try:
                return cls._reading(address, path)
            except sqlite3.OperationalError as error:
                # no log can be made beside the file: nobody can be writing, either
                if (error.sqlite_errorcode & 0xFF) not in _NO_LOG:
                    raise
                return cls._reading(f"{address}&immutable=1", path)

    @classmethod
    def _reading(cls, address: str, path: Path) -> "RawStore":
        connection = sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
        try:
            store = cls(connection, path)
            if not store._version():
                raise store_fault("store-damaged", path)
            connection.execute("SELECT 1 FROM run")
        except BaseException:
            connection.close()
            raise
        return store

    def _version(self) -> int:
        run = self.connection.execute
        version = int(run("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise store_fault("store-newer", self.path)
        if version and run("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise store_fault("store-damaged", self.path)
        return version

    def _prepare(self) -> None:
        run = self.connection.execute
        run("PRAGMA page_size = 16384")  # counts only for a new file
        version = self._version()
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA secure_delete = ON")  # an erased value leaves no copy in the file
        if version < VERSION:
            self._create(version)

    def _create(self, version: int) -> None:
        schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
        with self.transaction():
            run = self.connection.execute
            if run("PRAGMA user_version").fetchone()[0] != version:
                return  # somebody else made it meanwhile
            if not version and run("SELECT 1 FROM sqlite_master").fetchone():
                raise store_fault("store-damaged", self.path)
            for statement in _statements(schema):
                run(statement)
            run(f"PRAGMA application_id = {APPLICATION}")
            run(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Do several things or none of them; within another one it is part of that.

        Raises:
            ProblemError: with ``Exit.STORE`` when the disk is full or read-only.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        with told(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def submissions(
        self,
        form: str,
        sources: Collection[str] | None = None,
        roots: Collection[str] | None = None,
    ) -> Iterator[StoredSubmission]:
        """Give the live submissions of a form, by source and id.

        Two records of one submission (equal root uuid in one source) are given once.

        Args:
            sources: whose; None for all that were ever pulled.
            roots: only those with one of these root uuids; None for all.
        """
        with told(self.path):
            named = self._sources() if sources is None else sources
            query, values = _ALL, [json.dumps(sorted(named)), form]
            if roots is not None:
                query, values = _OF_ROOTS, [*values, json.dumps(sorted(roots))]
            for row in self.connection.execute(query, values):
                yield StoredSubmission(*row)

    def _sources(self) -> list[str]:
        return [
            name for (name,) in self.connection.execute("SELECT DISTINCT source FROM submission")
        ]

    def checkpoint(self) -> None:
        """Write everything from the log into the file itself, so that it can be copied alone."""
        with told(self.path):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> "RawStore":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _statements(script: str) -> Iterator[str]:
    # executescript would commit in between
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
