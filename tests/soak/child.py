"""A pull in a process of its own, so that it can be killed."""

import sys
from datetime import datetime
from pathlib import Path

from connectors.pull import pull
from connectors.servers import kobo
from programme.folder import Folder
from programme.settings import load


def pull_once(root: Path, token: str, now: datetime, page: int) -> None:
    """Pull, and end with 0 when it came to its end."""
    kobo.data.PAGE, kobo.data.TOGETHER = page, max(1, page // 3)
    folder = Folder(root)
    result = pull(load(folder), folder, environ={"ISHC_TOKEN": token}, now=now)
    sys.exit(0 if all(form.agreed for form in result.forms) else 9)
