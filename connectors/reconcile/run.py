"""From what was pulled to one true picture: tables, registers, findings, at once or not at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from connectors.reconcile.checks import read_checks, run_checks
from connectors.reconcile.decided import NOTHING_DECIDED, Decided
from connectors.reconcile.findings import write_findings
from connectors.reconcile.form_tables import all_labels, asked_questions, make_tables, read_forms
from connectors.reconcile.registers import build_registers
from connectors.store.ledger import last_number
from connectors.store.lock import locked
from connectors.store.raw import RawStore
from connectors.store.runs import abandon_run, begin_run, show_run
from connectors.store.uncounted import not_counted, uncounted
from programme.folder import Folder
from programme.interrupts import heeding
from programme.problem import Exit, Place, Problem, ProblemError, Text
from programme.progress import Progress, silent
from programme.settings import Settings

LOCK = "reconcile.lock"


@dataclass(slots=True)
class ReconcileResult:
    """What reconciling gave.

    Args:
        run: name of the run's folder.
        as_of: events after this day do not count.
        rows: number of rows by table, forms and registers.
        codes: codes issued in this run by kind: club, member, board, loan.
        findings: number of findings by check.
        titles: what each check is about, in the order of ``checks.xlsx``.
        files: workbooks of findings.
        problems: what a person should know and that did not stop the work.
    """

    as_of: date
    run: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    titles: dict[str, Text] = field(default_factory=dict)
    files: Sequence[Path] = ()
    problems: list[Problem] = field(default_factory=list)


def reconcile(
    settings: Settings,
    folder: Folder,
    as_of: date,
    *,
    decided: Decided = NOTHING_DECIDED,
    progress: Progress = silent,
) -> ReconcileResult:
    """Make tables, registers, codes and findings from everything that was pulled.

    Killed at any moment it leaves the earlier run as it was; codes that were issued stay issued.

    Args:
        settings: forms, language and time zone.
        folder: the programme.
        as_of: events after this day do not count; the day itself does.
        decided: what people decided on clubs, members, loans and places.
        progress: told what is being done.

    Raises:
        ProblemError: ``store-missing``, ``store-busy``, ``form-missing``, problems of the
            workbooks, of ``checks.xlsx`` and of the registers.
    """
    if not folder.store.is_file():
        raise ProblemError(_nothing_pulled(folder), Exit.STORE)
    forms = read_forms(settings, folder)
    labels = all_labels(forms)
    checks = read_checks(folder.checks)
    folder.private(folder.data)
    with heeding(), locked(folder.data / LOCK), RawStore.open(folder.store) as store:
        result = ReconcileResult(as_of, titles={each.code: each.title for each in checks})
        pair, pulled = begin_run(folder), last_number(store)
        try:
            made = make_tables(
                forms, store, pair, settings.timezone, folder.media, progress=progress
            )
            result.rows, result.problems = made.rows, made.problems
            result.problems += not_counted(uncounted(store, settings), settings.timezone)
            registered = build_registers(
                pair,
                store,
                as_of,
                asked=asked_questions(forms),
                decided=decided,
                progress=progress,
            )
            result.rows |= registered.rows
            result.codes = registered.codes
            result.findings = run_checks(checks, pair, labels, as_of, progress=progress)
            result.rows["finding"] = result.findings.total()
        except BaseException:
            abandon_run(pair)
            raise
        result.run = show_run(folder, pair, as_of, pulled).run
        result.files = write_findings(folder, settings, labels, progress=progress)
    return result


def _nothing_pulled(folder: Folder) -> Problem:
    return Problem(
        "store-missing",
        Text(vi="chưa tải phiếu nào về", en="nothing was pulled yet"),
        Text(vi="hãy chạy «ishc pull»", en="run “ishc pull”"),
        Place(file=str(folder.store)),
    )
