"""Who looked at or changed what is held on a person: a line each, without any name of theirs."""

import getpass
import json
import os
from datetime import datetime

from programme.folder import Folder
from programme.writing import OWNER_MAY

NAME = "people.log"


def note_use(folder: Folder, now: datetime, what: str, code: str) -> None:
    """Write down that names were used.

    Args:
        what: the command.
        code: whom it was about, or the club that was searched.
    """
    logs = folder.private(folder.data / "logs")
    handle = os.open(logs / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, OWNER_MAY)
    entry = {"at": now.isoformat(timespec="seconds"), "who": _who(), "what": what, "code": code}
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return str(os.getuid()) if hasattr(os, "getuid") else ""
