"""Tries checks on the tables that are there, without writing anything."""

from collections.abc import Collection

from connectors.reconcile.check_problems import no_check
from connectors.reconcile.check_sheet import read_checks
from connectors.reconcile.checks import Found, run_checks
from connectors.reconcile.form_tables import all_labels, read_forms
from connectors.store.tables import open_tables
from programme.folder import Folder
from programme.problem import ProblemError
from programme.progress import Progress, silent
from programme.settings import Settings


def try_checks(
    settings: Settings, folder: Folder, codes: Collection[str] = (), *, progress: Progress = silent
) -> Found:
    """Run checks as they stand in ``checks.xlsx`` now over the tables of the last run.

    Args:
        codes: of the checks to try; all of them where none is named.
        progress: told at each check.

    Raises:
        ProblemError: ``check-unknown``, ``tables-missing``, and whatever is wrong with a check.
    """
    checks = read_checks(folder.checks)
    known = [each.code for each in checks]
    if unknown := [no_check(code, known) for code in codes if code not in known]:
        raise ProblemError(unknown)
    tables, forms = open_tables(folder), read_forms(settings, folder)
    return run_checks(
        [each for each in checks if not codes or each.code in codes],
        tables.views(),
        all_labels(forms),
        {"as_of": tables.as_of, "due_day": settings.due.monthly_report},
        forms=[each.schema.form_id for each in forms],
        progress=progress,
    )
