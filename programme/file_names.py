"""Names that every system takes for a file: Windows refuses some that Linux does not."""

import re

MOST_LETTERS = 100  # of a name that we make, well below what any system takes
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.I)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def is_fit(name: str) -> bool:
    """Tell whether a name can be that of a file on Windows, Linux and macOS.

    Windows takes no ``: ? * < > | "``, no blank or full stop at the end, and no name of a
    device (``CON``, ``NUL``, ``AUX``, ``COM1`` …), whatever stands behind its first full stop
    (Microsoft, “Naming Files, Paths, and Namespaces”).
    """
    return (
        0 < len(name) <= MOST_LETTERS
        and not _FORBIDDEN.search(name)
        and not name.endswith((" ", "."))
        and not _DEVICES.fullmatch(name)
    )


def fit(name: str) -> str:
    """Change as little of a name as makes it one that every system takes.

    Two different names may become the same.
    """
    plain = _FORBIDDEN.sub("-", name)[:MOST_LETTERS].rstrip(" .") or "-"
    return f"_{plain}"[:MOST_LETTERS].rstrip(" .") if _DEVICES.fullmatch(plain) else plain
