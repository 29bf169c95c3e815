"""The same as the commands, as functions for notebooks; each imports what it needs when called."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

# ruff: noqa: PLC0415 - `ishc --help` comes through here and must not wait for pandas

if TYPE_CHECKING:
    import pandas as pd

    from connectors.reconcile.run import ReconcileResult
    from connectors.results import PullResult


def pull(folder: str | Path = ".") -> "PullResult":
    """Fetch what is new, edited or deleted on the servers, as ``ishc pull`` does.

    Args:
        folder: the programme's, with ``ishc.toml``.

    Returns:
        A line a form and source in ``forms``; ``proven`` tells whether nothing is missing;
        a source that failed is named in ``problems``.

    Raises:
        ProblemError: when nothing could be stored.
    """
    from connectors.pull import pull
    from programme.folder import find
    from programme.settings import load

    programme = find(Path(folder))
    settings = load(programme)
    return pull(settings, programme, environ=os.environ, now=datetime.now(settings.timezone))


def reconcile(folder: str | Path = ".", as_of: date | str | None = None) -> "ReconcileResult":
    """Make tables, registers and findings of what was pulled, as ``ishc reconcile`` does.

    Args:
        folder: the programme's.
        as_of: nothing later counts: a day, or ``"2026-10-31"``; today if None.

    Raises:
        ProblemError: a day that is none or has not come, and what is wrong with what people edit.
    """
    from connectors.reconcile.cut_off import cut_off
    from connectors.reconcile.run import reconcile
    from programme.dates import today
    from programme.folder import find
    from programme.settings import load

    programme = find(Path(folder))
    settings = load(programme)
    return reconcile(settings, programme, cut_off(as_of, today(settings.timezone)))


def tables(folder: str | Path = ".", identified: bool = False) -> tuple[str, ...]:
    """Name the tables there are: forms, their repeats, registers and findings.

    Raises:
        ProblemError: ``tables-missing`` when nothing was reconciled yet.
    """
    from connectors.store.tables import open_tables
    from programme.folder import find

    return open_tables(find(Path(folder)), identified).names


def table(
    name: str,
    folder: str | Path = ".",
    *,
    labels: str | None = None,
    identified: bool = False,
) -> "pd.DataFrame":
    """Read a table of the last ``reconcile`` as a pandas frame.

    Money is in đồng, times are Vietnamese, whole numbers stay whole where one is missing.

    Args:
        name: as in ``tables()``, for example ``"monthly_activity_report"``.
        folder: the programme's.
        labels: a language of the forms, ``"vi"`` or ``"en"``: their labels as headers and in
            place of the names of choices, and a yes/no column for each choice of a question
            with several.
        identified: with the columns that name people.

    Raises:
        ProblemError: ``tables-missing``; ``table-unknown`` with the nearest right name;
            ``language-unknown`` with those there are.
    """
    from connectors.export.frame import read_frame
    from ishc.people_log import note_use
    from programme.folder import find
    from programme.settings import load

    programme = find(Path(folder))
    frame = read_frame(programme, name, labels, identified)
    if identified:  # each use of names is written down
        note_use(programme, datetime.now(load(programme).timezone), f"table {name}", "*")
    return frame
