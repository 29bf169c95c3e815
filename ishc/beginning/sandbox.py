"""An address for a new programme's sandbox: one where nothing answers yet."""

import socket
from dataclasses import replace
from urllib.parse import urlsplit

from ishc.beginning.chosen import SANDBOX, Place

_TRIED = 20


def free_sandbox() -> Place:
    """Give the sandbox at the usual port, or at the next where no other sandbox answers."""
    parts = urlsplit(SANDBOX.url)
    assert parts.hostname and parts.port
    for port in range(parts.port, parts.port + _TRIED):
        with socket.socket() as trying:
            trying.settimeout(1)
            if trying.connect_ex((parts.hostname, port)):
                return replace(SANDBOX, url=f"http://{parts.hostname}:{port}")
    return SANDBOX
