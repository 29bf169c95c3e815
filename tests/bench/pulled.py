"""A pull without tables: ``python -m tests.bench.pulled HOW FOLDER``, HOW as for ``ours``."""

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from connectors.pull import pull
from programme.folder import Folder
from programme.settings import load


def main(how: str, folder: Folder) -> None:
    """Pull; print what came, and in how many seconds."""
    settings = load(folder)
    started = time.perf_counter()
    now = datetime.now(UTC)
    (done,) = pull(settings, folder, environ=os.environ, now=now, proven=how == "proven").forms
    told = {
        "kind": done.kind if done.agreed else None,
        "new": done.new,
        "changed": done.changed,
        "problems": [each.code for each in done.problems],
        "seconds": time.perf_counter() - started,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Folder(Path(sys.argv[2])))
