"""How a submission was changed on its server, from the versions that the store has kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from connectors.store.raw import RawStore

_OWN = ("_", "meta", "formhub/")  # what a server adds to a record
_METADATA = frozenset({"start", "end", "today", "deviceid", "username"})


@dataclass(frozen=True, slots=True)
class Edit:
    """What one edit changed.

    Args:
        seen: the pull that found it, UTC.
        changes: question, value before, value after; no values of questions that may name
            somebody or are sensitive, and none of repeats.
    """

    seen: str
    changes: Sequence[tuple[str, str | None, str | None]]


def edits_of(
    store: RawStore, row: Mapping[str, Any], classes: Mapping[tuple[str, str], str]
) -> tuple[Edit, ...]:
    """Give the edits of a submission, the oldest first.

    Args:
        row: with form, _source and _id.
        classes: class of each question by table and name.
    """
    key = (row["_source"], row["form"], row["_id"])
    old = store.connection.execute(
        "SELECT json, ended FROM history WHERE source = ? AND form = ? AND id = ?"
        " AND reason = 'replaced' ORDER BY ended, rowid",
        key,
    ).fetchall()
    if not old:
        return ()
    (now,) = store.connection.execute(
        "SELECT json FROM submission WHERE source = ? AND form = ? AND id = ?", key
    ).fetchone()
    versions = [*(json for json, _ in old), now]
    edits = []
    for before, after, (_, ended) in zip(versions, versions[1:], old, strict=False):
        if changes := tuple(_changes(row["form"], before, after, classes)):
            edits.append(Edit(ended, changes))
    return tuple(edits)


def deleted_of(store: RawStore, codes: Sequence[str]) -> list[dict[str, Any]]:
    """Give the submissions that named one of some clubs and are gone from their server."""
    names = ("source", "form", "id", "root_uuid", "ended")
    found: dict[tuple[str, str, int], dict[str, Any]] = {}
    for code in codes:
        rows = store.connection.execute(
            "SELECT source, form, id, root_uuid, ended FROM history"
            " WHERE reason = 'deleted' AND instr(json, ?) > 0",
            (f'"{code}"',),
        )
        found |= {(row[0], row[1], row[2]): dict(zip(names, row, strict=True)) for row in rows}
    return list(found.values())


def _changes(
    form: str, before: str | None, after: str | None, classes: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, str | None, str | None]]:
    old, new = (orjson.loads(each) if each else {} for each in (before, after))
    for path in sorted({*old, *new}):
        name = path.rpartition("/")[2]
        if path.startswith(_OWN) or name in _METADATA or old.get(path) == new.get(path):
            continue
        values = (old.get(path), new.get(path))
        shown = classes.get((form, name)) == "plain" and not any(
            isinstance(value, list | dict) for value in values
        )
        yield (name, *(str(each) if shown and each is not None else None for each in values))
