"""What a backup says of itself: the last member of its content."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

NAME = "manifest.json"
FORMAT = 1


class UnreadableManifestError(Exception):
    """The manifest is missing or damaged, or of a newer format."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What lies in a backup.

    Args:
        made: local time, ISO 8601.
        expires: the day after which it should be destroyed.
        store: version of the raw store, None when there was none.
        files: path → sha256 of every file, the manifest left out.
    """

    made: str
    expires: date
    store: int | None
    files: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> bytes:
        """Write it."""
        value: dict[str, Any] = {
            "format": FORMAT,
            "made": self.made,
            "expires": self.expires.isoformat(),
            "store": self.store,
            "files": dict(self.files),
        }
        return json.dumps(value, ensure_ascii=False, indent=1).encode()


def read_manifest(written: bytes) -> Manifest:
    """Read it.

    Raises:
        UnreadableManifestError: it is not one of ours.
    """
    try:
        value = json.loads(written)
        if value["format"] > FORMAT:
            raise UnreadableManifestError
        return Manifest(
            str(value["made"]),
            date.fromisoformat(value["expires"]),
            value["store"],
            {str(path): str(digest) for path, digest in value["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableManifestError from error
