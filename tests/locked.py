"""The lists of locked requirements as tests read them: name, version, condition, hashes."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name
from packaging.version import Version

REPOSITORY = Path(__file__).parents[1]
_PIN = re.compile(r"([A-Za-z0-9._-]+)==([^ ;\\]+)(?: *; *([^\\]+?))? *\\?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """One line of a lock: exactly this version, where the condition holds."""

    name: str
    version: Version
    marker: Marker | None
    hashes: frozenset[str]

    @property
    def here(self) -> bool:
        """Whether it is installed with this Python, on this machine."""
        return self.marker is None or self.marker.evaluate()


def pins(file: str) -> list[Pin]:
    """Read ``requirements.lock`` or another; a line that is neither pin nor hash fails."""
    found: list[Pin] = []
    text = (REPOSITORY / file).read_text(encoding="utf-8")
    for part in re.split(r"\n(?=\S)", text):
        lines = [each.strip() for each in part.splitlines() if not each.strip().startswith("#")]
        if not lines:
            continue
        match = _PIN.fullmatch(lines[0])
        assert match, f"{file}: {lines[0]}"
        hashes = [_HASH.match(each) for each in lines[1:]]
        assert all(hashes), f"{file}: {part}"
        found.append(
            Pin(
                canonicalize_name(match[1]),
                Version(match[2]),
                Marker(match[3]) if match[3] else None,
                frozenset(each[1] for each in hashes if each),
            )
        )
    return found
