"""What is to be scheduled."""

import sys
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asked:
    """A night on a machine.

    Args:
        program: the ``ishc`` of this installation.
        root: the programme's folder.
        at: local time at which it begins.
        limit: after so long it is stopped; the next run goes on.
    """

    program: Path
    root: Path
    at: time
    limit: timedelta

    @property
    def name(self) -> str:
        """A name for the task that two programmes on one machine do not share."""
        letters = (each if each.isascii() and each.isalnum() else "-" for each in self.root.name)
        return f"ishc-{''.join(letters).strip('-').lower() or 'programme'}"


def this_program() -> Path:
    """Find the ``ishc`` that is running: beside the Python that runs it."""
    folder = Path(sys.executable).parent
    return folder / ("ishc.exe" if sys.platform == "win32" else "ishc")
