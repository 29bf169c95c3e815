"""A pull in a process of its own, so that it can be killed."""

import sys
from datetime import datetime
from pathlib import Path

from connectors.pull import pull
from programme.folder import Folder
from programme.settings import load
from tests.soak.ground import SECRET, pages_of


def pull_once(root: Path, now: datetime, page: int) -> None:
    """Pull, and end with 0 when it came to its end."""
    for module, name, rows in pages_of(page):
        setattr(module, name, rows)
    folder = Folder(root)
    result = pull(load(folder), folder, environ={"ISHC_TOKEN": SECRET}, now=now)
    sys.exit(0 if all(form.agreed for form in result.forms) else 9)
