"""What is to be scheduled."""

import hashlib
import re
import sys
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

from programme.text import fold


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
        words = re.findall("[a-z0-9]+", fold(self.root.name))
        # two folders may have one name, or names that differ only in what is left out here
        mark = hashlib.sha256(str(self.root).encode()).hexdigest()[:6]
        return "-".join(["ishc", *words, mark])


def this_program() -> Path:
    """Find the ``ishc`` that is running: beside the Python that runs it."""
    folder = Path(sys.executable).parent
    return folder / ("ishc.exe" if sys.platform == "win32" else "ishc")
