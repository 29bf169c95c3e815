"""What a phone is set up with: the settings of ODK Collect as the text of a QR code."""

from pathlib import Path

from connectors.phones.packed import packed
from connectors.servers.central.app_users import AppUser, phone_url
from connectors.servers.contract import Server
from programme.folder import Folder
from programme.writing import write_text


def settings_code(server: Server, user: AppUser, project: str) -> str:
    """Give the text that a QR code holds, from which ODK Collect sets itself up.

    It holds the phone's key.

    Args:
        project: what Collect shows as the project's name.
    """
    general = {
        "server_url": phone_url(server, user),
        "form_update_mode": "match_exactly",  # forms and lists come by themselves
        "autosend": "wifi_and_cellular",
    }
    return packed(general, project)


def code_file(folder: Folder, server: Server, user: AppUser) -> Path:
    """Give where a phone's settings lie, for its owner's eyes only."""
    return folder.data / "phones" / f"{server.name}-{user.id}.txt"


def write_code(folder: Folder, server: Server, user: AppUser, project: str) -> Path:
    """Write a phone's settings to a file that only its owner can read; give that file."""
    path = code_file(folder, server, user)
    folder.private(path.parent)
    write_text(path, settings_code(server, user, project))
    return path
