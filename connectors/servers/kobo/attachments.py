"""Files of submissions."""

from collections.abc import Callable
from pathlib import Path

from connectors.servers.contract import Attachment, Server
from connectors.servers.http import Downloaded
from connectors.servers.kobo.urls import api
from connectors.servers.originals import fetch_original


def fetch_attachment(
    server: Server,
    attachment: Attachment,
    into: Path,
    told: Callable[[int], None] | None = None,
) -> Downloaded:
    """Write the original of a file to ``into``; see ``fetch_original``.

    The address is built here from ids; the one in the submission is the server's word.
    """
    place = ("data", attachment.submission, "attachments", attachment.uid)
    url = api(server, "assets", attachment.asset, *place)
    return fetch_original(server, url, attachment, into, told)
