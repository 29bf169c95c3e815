"""One reconcile as a process: ``python -m tests.bench.reconciling FOLDER DAY [rebuild]``.

Prints as JSON how long each part took, by what it told of its progress.
"""

import json
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from connectors.reconcile.run import reconcile
from programme.folder import Folder
from programme.problem import Text
from programme.settings import load

PARTS = {
    "Making tables": "tables",
    "Building registers": "registers",
    "Running checks": "checks",
    "Writing findings": "workbooks",
}


class Clock:
    """Adds up the time until the next part is told of; what follows a part is its own."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._part, self._since = "start", time.perf_counter()

    def __call__(self, text: Text, done: int | None = None, total: int | None = None) -> None:
        """Take a word of progress."""
        now = time.perf_counter()
        self.spent[self._part] += now - self._since
        named = (part for words, part in PARTS.items() if text.en.startswith(words))
        self._part, self._since = next(named, self._part), now


def main(root: str, day: str, *more: str) -> dict[str, object]:
    """Reconcile once; give times, rows, findings, and what was made anew."""
    folder, clock = Folder(Path(root)), Clock()
    result = reconcile(
        load(folder), folder, date.fromisoformat(day), rebuild="rebuild" in more, progress=clock
    )
    clock(Text("", ""))
    return {
        "spent": clock.spent,
        "rows": result.rows,
        "findings": result.findings.total(),
        "codes": result.codes.total(),
        "anew": result.anew,
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
