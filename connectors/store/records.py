"""Submissions as they come from the store, read once."""

import unicodedata
from typing import Any, Protocol

import orjson


class Submission(Protocol):
    """What flattening needs to know of a stored submission."""

    @property
    def source(self) -> str:
        """Name of the source."""

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


Record = dict[str, Any]


def read_record(json: str | bytes) -> Record | None:
    """Give a record with composed letters (NFC), in keys and answers; None when it is none."""
    text = json.decode("utf-8", "replace") if isinstance(json, bytes) else json
    try:
        if "\\u" in text:  # escapes hide letters that are not composed
            text = orjson.dumps(orjson.loads(text)).decode()
        record = orjson.loads(unicodedata.normalize("NFC", text))
    except (orjson.JSONDecodeError, UnicodeEncodeError):  # half a letter, say
        return None
    return record if isinstance(record, dict) else None


def as_text(value: object) -> str | None:
    """Give a value of a record as text; KoBo's answers are texts already."""
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value).decode()


def bare(uuid: str) -> str:
    """Give a uuid without ``uuid:`` before it."""
    return uuid.removeprefix("uuid:")
