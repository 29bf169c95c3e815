"""Who uses a server: users of the web page, app users, and their sessions."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Actor:
    """A user of the web page, or an app user (a phone)."""

    id: int
    type: str  # "user" or "field_key"
    name: str
    created: str
    password: str = field(default="", repr=False)
    logged_in: str | None = None
    admin: bool = False
    projects: set[int] = field(default_factory=set)  # those that a viewer may read
    token: str | None = field(default=None, repr=False)  # of an app user, until it is revoked

    def told(self) -> dict[str, Any]:
        """As it stands within other answers."""
        return {
            "id": self.id,
            "type": self.type,
            "displayName": self.name,
            "createdAt": self.created,
            "updatedAt": None,
            "deletedAt": None,
        }


@dataclass
class Session:
    """What a token stands for."""

    actor: Actor
    created: str
    expires: str
