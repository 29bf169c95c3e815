"""Files that only their owner may read."""

import os
from pathlib import Path

OWNER_MAY = 0o600


def write_private(path: Path, text: str) -> None:
    """Write a small secret file at once, readable by its owner from the first byte."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_MAY)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    beside.replace(path)
