"""Copies of the workbooks that servers run, kept when a form is deployed."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors.carry_out import Deployed
from connectors.elsewhere import from_here
from connectors.plan import Planned
from connectors.ready import Ready
from connectors.servers import verbs
from connectors.store.deployed import keep_workbook
from connectors.store.faults import told
from connectors.visit import Visit
from programme.problem import ProblemError


def keep_replaced(data: Path, planned: Planned, here: Visit) -> None:
    """Keep what an asset runs that was deployed by other means, before it is replaced.

    A server that does not give it away stops nothing: answers without a column are kept beside
    the tables.

    Raises:
        ProblemError: with ``Exit.STORE`` when the disk is full or read-only.
    """
    if planned.asset is None or planned.doing != "replace":
        return
    if planned.offered is not None and from_here(here, planned.asset, planned.offered):
        return
    with TemporaryDirectory() as scratch:
        old = Path(scratch) / "old.xlsx"
        with suppress(ProblemError):
            verbs(here.server).deployed_workbook(here.server, planned.asset, old)
        if old.is_file():
            with told(data):
                keep_workbook(data, here.form, old)


def keep_deployed(data: Path, forms: Iterable[Ready], done: Iterable[Deployed]) -> None:
    """Keep the workbooks that servers run now.

    Raises:
        ProblemError: with ``Exit.STORE`` when the disk is full or read-only.
    """
    running = {each.form for each in done}
    with told(data):
        for form in forms:
            if form.settings.name in running:
                keep_workbook(data, form.settings.name, form.workbook)
