"""Watches a process: what it connects to, what names it looks up, which programs it starts."""

import json
import os
import sys
from pathlib import Path
from typing import Any

_SEEN = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "subprocess.Popen": 0,
    "os.posix_spawn": 0,
}  # which argument tells where to


def watch(into: Path) -> None:
    """Write down everything from now on, of child processes too.

    Args:
        into: a JSON list a line: the event, and where to.
    """
    os.environ["ISHC_WATCHED"] = str(into)
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = f"{Path(__file__).with_name('watching')}{os.pathsep}{before}"
    record(into)


def record(into: Path) -> None:
    """Watch this process."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _SEEN:
            about = arguments[_SEEN[event]]
            told = list(about) if isinstance(about, tuple) else str(about)
            handle = os.open(into, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.write(handle, f"{json.dumps([event, told])}\n".encode())
            os.close(handle)

    sys.addaudithook(hook)
