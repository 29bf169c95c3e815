"""A submission rewritten in place, with its history: nothing of what was there is left."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Literal

import orjson

from connectors.store.raw import RawStore

Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def rewritten(
    store: RawStore,
    form: tuple[str, str],
    by: Literal["id", "root_uuid"],
    value: int | str,
    change: Change,
    *,
    dry_run: bool = False,
) -> int:
    """Rewrite a submission and its earlier versions; give how many of them changed.

    Args:
        form: source and form.
        by: which of its marks ``value`` is.
        change: gives a record as it is to be; done twice it changes nothing.
        dry_run: only count.
    """
    changed = 0
    for table in ("submission", "history"):
        rows = store.connection.execute(
            f"SELECT rowid, json FROM {table} WHERE source = ? AND form = ? AND {by} = ?"  # noqa: S608 ours
            " AND json IS NOT NULL",
            (*form, value),
        ).fetchall()
        for number, written in rows:
            before = orjson.loads(written)
            after = change(before)
            if after == before:
                continue
            changed += 1
            if not dry_run:
                text = orjson.dumps(after)
                store.connection.execute(
                    f"UPDATE {table} SET json = CAST(? AS TEXT), hash = ? WHERE rowid = ?",  # noqa: S608 ours
                    (text, hashlib.sha256(text).hexdigest(), number),
                )
    return changed


def versions_of(store: RawStore, key: tuple[str, str, int]) -> list[dict[str, Any]]:
    """Give a submission, if it lives, and its earlier versions.

    Args:
        key: source, form and number.
    """
    return [
        orjson.loads(written)
        for (written,) in store.connection.execute(
            "SELECT json FROM submission WHERE (source, form, id) = (?1, ?2, ?3)"
            " AND json IS NOT NULL UNION ALL"
            " SELECT json FROM history WHERE (source, form, id) = (?1, ?2, ?3)",
            key,
        )
    ]
