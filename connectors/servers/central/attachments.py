"""Files of submissions."""

from collections.abc import Callable
from pathlib import Path

from connectors.servers.central.urls import form
from connectors.servers.contract import Attachment, Server
from connectors.servers.http import Downloaded
from connectors.servers.originals import fetch_original


def fetch_attachment(
    server: Server,
    attachment: Attachment,
    into: Path,
    told: Callable[[int], None] | None = None,
) -> Downloaded:
    """Write a file of a submission to ``into``; see ``fetch_original``."""
    url = form(server, attachment.asset, "submissions", attachment.uid)
    return fetch_original(server, url, attachment, into, told)
