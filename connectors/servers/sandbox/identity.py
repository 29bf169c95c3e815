"""Names and times as KoBoToolbox writes them."""

import secrets
import uuid
from datetime import UTC, datetime

# letters and digits that nobody confuses when reading aloud; KoBoToolbox draws from the same set
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def new_uid(prefix: str) -> str:
    """Draw an identifier such as ``aXfokG99pqYA262kyUgTip`` (prefix ``a``: an asset)."""
    return prefix + _draw(21)


def new_kuid() -> str:
    """Draw the nine characters that mark a row of a form's content."""
    return _draw(9)


def _draw(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def new_uuid() -> str:
    """Draw a UUID with hyphens."""
    return str(uuid.uuid4())


def utc_now() -> datetime:
    """Give the present moment in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Write a moment with microseconds and ``Z``, as dates of assets are written."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seconds(text: str) -> str:
    """Cut a stamp to whole seconds without zone, as ``_submission_time`` is written."""
    return text[:19]


def offset(text: str) -> str:
    """Write a stamp with ``+00:00``, as OpenRosa answers have it."""
    return text.removesuffix("Z") + "+00:00"
