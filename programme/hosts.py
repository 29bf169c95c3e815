"""Where the host of an address stands, as far as its name tells."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Give the host of an address in small letters, empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Tell whether it is this computer itself, which no phone reaches under that name."""
    return host in ("localhost", "::1") or host.endswith(".localhost") or host.startswith("127.")


def is_near(host: str) -> bool:
    """Tell whether it is this computer or one of the same house."""
    try:
        return is_loopback(host) or ip_address(host).is_private
    except ValueError:
        return False
