"""Who looked at or changed what is held on people: a line each, without any name of theirs."""

import getpass
import json
import os
from datetime import datetime
from pathlib import Path

from programme.folder import Folder
from programme.writing import OWNER_MAY

NAME = "people.log"


def note_use(folder: Folder, now: datetime, what: str, code: str, file: Path | None = None) -> None:
    """Write down that names were used.

    Args:
        what: the command.
        code: whom it was about, or the club that was searched; ``*`` for everybody.
        file: what was written with names in it.
    """
    logs = folder.private(folder.data / "logs")
    handle = os.open(logs / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, OWNER_MAY)
    entry = {"at": now.isoformat(timespec="seconds"), "who": _who(), "what": what, "code": code}
    entry |= {"file": str(file)} if file else {}
    with os.fdopen(handle, "a", encoding="utf-8") as opened:
        opened.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return str(os.getuid()) if hasattr(os, "getuid") else ""
