"""The settings that all phones of a KoBo account share: everything but who signs in."""

from connectors.phones.packed import packed
from programme.account import ServerSettings


def shared_code(account: ServerSettings, project: str, username: str = "") -> str:
    """Give the text of a QR code that sets KoboCollect or ODK Collect up for a KoBo server.

    It holds no password: that is typed on the phone.

    Args:
        project: what Collect shows as the project's name.
        username: of the account that phones share; empty to have it typed, too.
    """
    general = {
        "server_url": account.openrosa_url,
        "form_update_mode": "previously_downloaded",
        "periodic_form_updates_check": "every_24_hours",
        "automatic_update": True,
        "autosend": "wifi_and_cellular",
        **({"username": username} if username else {}),
    }
    return packed(general, project)
