"""The list of erasures that lies beside backups: whoever restores an older one erases again."""

import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from connectors.persons.erase import rewrite
from connectors.store.erased import (
    Erased,
    erased_of,
    keyed_by,
    names_someone,
    remember,
    rule_from,
)
from connectors.store.raw import RawStore
from connectors.store.restricted import restricted, set_restricted
from programme.folder import Folder
from programme.writing import write_text

NAME = "erasures.jsonl"
RESTRICTIONS = "restrictions.json"  # beside it: who is restricted, as of the last change
_FOLDERS = "folders.json"  # where backups were put
_TAG = re.compile(rb"<[^>]*>")
_TEXTS = frozenset({".csv", ".json", ".jsonl", ".txt", ".html"})


def note_folder(folder: Folder, target: Path) -> None:
    """Remember that backups lie in a folder, so that erasures are written there too."""
    known = folders(folder)
    if target.resolve() not in known:
        path = folder.private(folder.data / "backups") / _FOLDERS
        write_text(path, json.dumps([str(each) for each in [*known, target.resolve()]]) + "\n")


def folders(folder: Folder) -> list[Path]:
    """Give the folders in which backups were put."""
    path = folder.data / "backups" / _FOLDERS
    try:
        return [Path(each) for each in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError):
        return []


def write_erasures(store: RawStore, target: Path) -> int:
    """Write the list of all erasures into a folder of backups; give how many there are.

    It names nobody: codes and keyed hashes. Beside it lies who is restricted now, by code.
    """
    limited = restricted(store)
    if limited or (target / RESTRICTIONS).exists():
        write_text(target / RESTRICTIONS, json.dumps(limited) + "\n")
    entries = erased_of(store)
    lines = [json.dumps(asdict(each), ensure_ascii=False) for each in entries]
    if lines:
        write_text(target / NAME, "\n".join(lines) + "\n")
    return len(entries)


def read_erasures(path: Path) -> list[Erased]:
    """Read such a list.

    Raises:
        ValueError: it is none.
    """
    try:
        return [_entry(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    except (KeyError, TypeError) as error:
        raise ValueError(path.name) from error


def restrict_again(folder: Folder, path: Path) -> None:
    """Restrict in a restored programme who is restricted now, and nobody else.

    Args:
        path: the list that lies beside the backups; nothing is done where there is none.

    Raises:
        ValueError: it is no such list.
    """
    if not path.is_file():
        return
    listed = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(listed, dict):
        raise ValueError(path.name)
    with RawStore.open(folder.store) as store:
        set_restricted(store, {str(code): str(since) for code, since in listed.items()})
        store.checkpoint()


def erase_again(folder: Folder, entries: Sequence[Erased]) -> int:
    """Erase from a restored programme what was erased after its backup was made.

    Files that would still name somebody are removed: they are made again.

    Returns:
        How many versions and files changed.
    """
    with RawStore.open(folder.store) as store:
        with store.transaction():
            remember(store, entries)
            changed = rewrite(store)
        store.checkpoint()
        keyed = keyed_by(store)
    hashes = {
        spelt
        for each in entries
        for spelt in ((each.rule.name_hash, each.rule.name_words), *each.rule.names)
    }
    for path in sorted(folder.data.rglob("*")):
        if path.is_file() and path != folder.store and names_someone(_text(path), hashes, keyed):
            path.unlink()
            changed += 1
    return changed


def _text(path: Path) -> str:
    if path.suffix.lower() in _TEXTS:
        return path.read_text(encoding="utf-8", errors="replace")
    if path.suffix.lower() not in (".xlsx", ".docx") or not zipfile.is_zipfile(path):
        return ""
    with zipfile.ZipFile(path) as packed:
        parts = [packed.read(name) for name in packed.namelist() if name.endswith(".xml")]
    return " | ".join(_TAG.sub(b" ", each).decode("utf-8", errors="replace") for each in parts)


def _entry(value: dict[str, Any]) -> Erased:
    return Erased(rule=rule_from(value.pop("rule")), **value)
