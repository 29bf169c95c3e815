"""Compares recorded answers with those of the stand-in.

Moments may differ by a few seconds and are learned the first time they are seen, as are the
hashes of Central's own ETags and the numbers of versions; from then on they must stay the same.
Everything else must be equal. Express's ETags belong to bodies before they were anonymised.
"""

import re
from datetime import datetime
from typing import Any

MOMENT = r"2026-11-2[12]T\d\d:\d\d:\d\d\.\d{3}Z"
_SECONDS_APART = 15  # an entity is made by a worker, up to 12 s after the submission
_HASH = re.compile(r"eventhash:([0-9a-f]{32})")
_NUMBERED = {"submissionId", "submissionDefId", "entityId", "entityDefId"}
_OPENROSA = ("X-OpenRosa-Version", "X-OpenRosa-Accept-Content-Length")


class DifferenceError(AssertionError):
    """An answer that is not as recorded."""


class Same:
    """What the stand-in calls the things that the recording names, and the comparison."""

    def __init__(self) -> None:
        self.moments: dict[str, str] = {}
        self.hashes: dict[str, str] = {}
        self.numbers: dict[tuple[str, int], int] = {}
        self.tokens: list[str] = []
        self.ignore: set[str] = set()
        self.draws_files = False  # the server draws the hashes of lists of entities
        self.files: dict[str, str] = {}

    def ours(self, text: str) -> str:
        """Write a recorded text with our moments and hashes."""
        text = re.sub(MOMENT, lambda found: self.moments.get(found[0], found[0]), text)
        for recorded, ours in self.files.items():
            text = text.replace(recorded, ours)
        return _HASH.sub(lambda found: f"eventhash:{self.hashes.get(found[1], found[1])}", text)

    def headers(self, recorded: dict[str, str], got: Any) -> None:
        for name in ("Content-Type", "Content-Disposition", *_OPENROSA):
            if recorded.get(name) != got.get(name) and name not in self.ignore:
                raise DifferenceError(f"{name}: {recorded.get(name)} recorded, {got.get(name)}")
        etag, ours = recorded.get("ETag", ""), got.get("ETag", "")
        if not etag.startswith("W/"):
            if etag and self._file(etag, ours) != ours:
                raise DifferenceError(f"ETag: {etag} recorded, not {ours}")
        elif (left := _HASH.search(etag)) or _HASH.search(ours):
            right = _HASH.search(ours)
            if not left or not right:
                raise DifferenceError(f"ETag: {etag} recorded, not {ours}")
            self._hash(left[1], right[1])

    def _file(self, recorded: str, ours: str) -> str:
        """Give our name for a file's hash, learned where the server draws them."""
        left, right = (re.search(r"[0-9a-f]{32}", one) for one in (recorded, ours))
        if not self.draws_files or left is None or right is None:
            return recorded
        return recorded.replace(left[0], self.files.setdefault(left[0], right[0]))

    def _hash(self, recorded: str, ours: str) -> None:
        known = self.hashes.setdefault(recorded, ours)
        if known != ours or list(self.hashes.values()).count(ours) > 1:
            raise DifferenceError(f"ETag: {recorded} was {known}, now {ours}")

    def json(self, recorded: Any, got: Any, where: str = "") -> None:
        key = where.rpartition(".")[2]
        if key in self.ignore:
            return
        if isinstance(recorded, dict) and isinstance(got, dict):
            if set(recorded) != set(got):
                lacks, more = set(recorded) - set(got), set(got) - set(recorded)
                raise DifferenceError(f"{where}: lacks {lacks}, has {more} more")
            for name, value in recorded.items():
                self.json(value, got[name], f"{where}.{name}")
        elif isinstance(recorded, list) and isinstance(got, list):
            self._list(recorded, got, where, key)
        elif key in _NUMBERED and isinstance(recorded, int):
            if self.numbers.setdefault((key, recorded), got) != got:
                raise DifferenceError(f"{where}: {recorded} is {got} now")
        elif isinstance(recorded, str) and isinstance(got, str):
            self.text(recorded, got, where)
        elif type(recorded) is not type(got) or recorded != got:
            raise DifferenceError(f"{where}: {recorded!r} recorded, not {got!r}")

    def _list(self, recorded: list[Any], got: list[Any], where: str, key: str) -> None:
        if len(recorded) != len(got):
            raise DifferenceError(f"{where}: {len(recorded)} recorded, not {len(got)}")
        if key == "verbs":  # a set: in whatever order
            recorded, got = sorted(recorded), sorted(got)
        for number, (left, right) in enumerate(zip(recorded, got, strict=True)):
            self.json(left, right, f"{where}.{number}")

    def text(self, recorded: str, got: str, where: str) -> None:
        if recorded == "<token>" and got:
            return
        for token in self.tokens:
            got = got.replace(token, "<token>")
        if "md5:" in recorded:
            recorded = self._file(recorded, got)
        lefts, rights = re.findall(MOMENT, recorded), re.findall(MOMENT, got)
        if re.sub(MOMENT, "\0", recorded) != re.sub(MOMENT, "\0", got):
            raise DifferenceError(f"{where}: {recorded!r} recorded, not {got!r}")
        for left, right in zip(lefts, rights, strict=True):
            self._moment(left, right, where)

    def _moment(self, recorded: str, ours: str, where: str) -> None:
        left, right = datetime.fromisoformat(recorded), datetime.fromisoformat(ours)
        if abs((left - right).total_seconds()) > _SECONDS_APART:
            raise DifferenceError(f"{where}: {recorded} recorded, not {ours}")
        if self.moments.setdefault(recorded, ours) != ours:
            known = self.moments[recorded]
            raise DifferenceError(f"{where}: {recorded} was {known} until now, not {ours}")
