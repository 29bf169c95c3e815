"""Our side of the comparisons: ``python -m tests.bench.ours HOW FOLDER``.

HOW is ``followed`` or ``proven`` (what a nightly job does: pull, then the tables of the forms)
or ``oneshot`` (a notebook: pull, tables, and each of them as a labelled frame).
"""

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectors.pull import pull
from connectors.reconcile.form_tables import make_tables, read_forms
from connectors.store.raw import RawStore
from connectors.store.runs import begin_run, show_run
from programme.dates import today
from programme.folder import Folder
from programme.settings import load


def main(how: str, folder: Folder) -> dict[str, Any]:
    """Do it once; give what it did and how long the steps took."""
    settings = load(folder)
    started = time.perf_counter()
    (done,) = pull(
        settings, folder, environ=os.environ, now=datetime.now(UTC), proven=how != "followed"
    ).forms
    pulled = time.perf_counter()
    forms = read_forms(settings, folder)
    pair = begin_run(folder)
    with RawStore.open(folder.store) as store:
        made = make_tables(forms, store, pair, settings.timezone, folder.media)
    show_run(folder, pair, today(settings.timezone))
    tabled = time.perf_counter()
    tables = [table.name for form in forms for table in form.schema.tables]
    frames = _frames(folder, tables) if how == "oneshot" else []
    return {
        "kind": done.kind if done.agreed else None,
        "new": done.new,
        "changed": done.changed,
        "deleted": done.deleted,
        "rejects": made.rows["rejects"],
        "rows": [made.rows[name] for name in tables],
        "frames": frames,
        "seconds": {
            "pull": pulled - started,
            "tables": tabled - pulled,
            "frames": time.perf_counter() - tabled,
        },
    }


def _frames(folder: Folder, tables: list[str]) -> list[tuple[int, int]]:
    from connectors.export.frame import read_frame  # noqa: PLC0415 - pandas, as late as may be

    return [read_frame(folder, name, "vi", identified=True).shape for name in tables]


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Folder(Path(sys.argv[2])))))
