"""Files of submissions."""

from pathlib import Path

from connectors.servers.contract import Attachment, Server
from connectors.servers.http import Downloaded
from connectors.servers.kobo.urls import api


def fetch_attachment(server: Server, attachment: Attachment, into: Path) -> Downloaded:
    """Write the original of a file to ``into``.

    The address is built here from ids; the one in the submission is the server's word.

    Raises:
        ServerFault: ``server-not-found`` when it was deleted meanwhile, ``server-too-large``.
    """
    return server.http.download(
        api(
            server,
            "assets",
            attachment.asset,
            "data",
            attachment.submission,
            "attachments",
            attachment.uid,
        ),
        into,
    )
