"""Submissions as Arrow batches of JSON text, composed letters, a bounded number at a time."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

import orjson
import pyarrow as pa

BATCH = 10_000
SCHEMA = pa.schema(
    [
        ("_source", pa.string()),
        ("_id", pa.int64()),
        ("_root_uuid", pa.string()),
        ("_uuid", pa.string()),
        ("json", pa.string()),
    ]
)


class Submission(Protocol):
    """What flattening needs to know of a stored submission."""

    @property
    def source(self) -> str:
        """Name of the server."""

    @property
    def id(self) -> int:
        """The server's number of it."""

    @property
    def root_uuid(self) -> str:
        """Instance id of its first version."""

    @property
    def uuid(self) -> str:
        """Instance id of this version."""

    @property
    def json(self) -> str | bytes:
        """The record as the server gave it."""


def batches(submissions: Iterable[Submission], size: int = BATCH) -> Iterator[pa.Table]:
    """Give submissions as tables of at most ``size`` rows; one empty table if there are none."""
    rest = iter(submissions)
    batch = list(islice(rest, size))
    while True:
        yield _table(batch)
        batch = list(islice(rest, size))
        if not batch:
            return


def _table(batch: list[Submission]) -> pa.Table:
    return pa.table(
        [
            [each.source for each in batch],
            [each.id for each in batch],
            [_bare(each.root_uuid) for each in batch],
            [_bare(each.uuid) for each in batch],
            [composed(each.json) for each in batch],
        ],
        schema=SCHEMA,
    )


def _bare(uuid: str) -> str:
    return uuid.removeprefix("uuid:")


def composed(json: str | bytes) -> str:
    """Give a record with composed letters (NFC), in keys and answers; escapes are resolved."""
    text = json.decode("utf-8", "replace") if isinstance(json, bytes) else json
    if "\\u" in text:
        try:
            text = orjson.dumps(orjson.loads(text)).decode()
        except orjson.JSONDecodeError:  # half a letter, say; it stays as it came
            return text
    return unicodedata.normalize("NFC", text)
