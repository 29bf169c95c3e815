"""What a run was made from, written beside its tables: the next run takes over what still holds.

What was made by another version of the code or of DuckDB, from another store, or from a form that
is described otherwise, is made anew.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from connectors.store.changes import Mark
from programme.writing import write_text

FILE = "made.json"
_CODE = ("connectors/store", "connectors/reconcile", "forms", "programme")
_OF_PEOPLE = frozenset({"labels", "choices", "version", "digest"})  # no table depends on them


@dataclass(slots=True)
class Made:
    """What a run was made from.

    Args:
        mark: up to there the store's changes are in it.
        keys: by form or register, of everything that it was made from.
    """

    mark: Mark = field(default_factory=Mark)
    keys: dict[str, str] = field(default_factory=dict)


def read_made(run: Path) -> Made:
    """Read what a run was made from; nothing when that cannot be told.

    Args:
        run: its folder of tables.
    """
    try:
        found = json.loads((run / FILE).read_text(encoding="utf-8"))
        return Made(Mark(**found["mark"]), dict(found["keys"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Made()


def write_made(run: Path, made: Made) -> None:
    """Write down what a run was made from, into its folder of tables."""
    write_text(run / FILE, json.dumps(asdict(made), indent=1) + "\n")


def key_of(*parts: object) -> str:
    """Give a hash of values, equal wherever the values are; labels for people do not count."""
    return hashlib.sha256(json.dumps(_plain(parts), sort_keys=True).encode()).hexdigest()


@cache
def code_key() -> str:
    """Give a hash of the code that makes tables, and of what it stands on."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256(duckdb.__version__.encode())
    for folder in _CODE:
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        names = (each.name for each in fields(value) if each.name not in _OF_PEOPLE)
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, Set):
        return sorted(map(str, value))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int) else str(value)
