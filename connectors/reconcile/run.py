"""From what was pulled to one true picture: tables, registers, findings, at once or not at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from connectors.reconcile.check_sheet import read_checks
from connectors.reconcile.consent import without_consent
from connectors.reconcile.decided import NOTHING_DECIDED, Decided
from connectors.reconcile.finding_tables import make_finding_tables
from connectors.reconcile.findings import write_findings
from connectors.reconcile.form_tables import (
    Last,
    all_labels,
    asked_questions,
    make_tables,
    read_forms,
)
from connectors.reconcile.matching.work import take_decisions, write_decisions
from connectors.reconcile.own_registers import build_own_registers, own_registers
from connectors.reconcile.registers import build_registers
from connectors.reconcile.returned import take_answers
from connectors.store.changes import forget_changes
from connectors.store.ledger import last_number
from connectors.store.lock import locked
from connectors.store.made import read_made, write_made
from connectors.store.parquet import Pair
from connectors.store.raw import RawStore
from connectors.store.runs import abandon_run, begin_run, read_current, show_run
from connectors.store.uncounted import not_counted, uncounted
from programme.folder import Folder
from programme.interrupts import heeding
from programme.memory import share_heaps
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
        findings: number of findings by check, without those that are waived.
        states: number of findings by state: new, open, mended, waived, came_back.
        answers: number of answers that were read from workbooks.
        decisions: number of decisions in the workbook of decisions that were new.
        undecided: number of pairs that wait for one by kind: club, member, loan, borrower, words.
        titles: what each check is about, in the order of ``checks.xlsx``.
        files: workbooks of findings.
        problems: what a person should know and that did not stop the work.
        anew: forms whose tables were made from every submission, although there were some before:
            the form, the settings, the store or the product is another.
    """

    as_of: date
    run: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    states: dict[str, int] = field(default_factory=dict)
    answers: int = 0
    decisions: int = 0
    undecided: Counter[str] = field(default_factory=Counter)
    titles: dict[str, Text] = field(default_factory=dict)
    files: Sequence[Path] = ()
    problems: list[Problem] = field(default_factory=list)
    anew: list[str] = field(default_factory=list)


def reconcile(
    settings: Settings,
    folder: Folder,
    as_of: date,
    *,
    decided: Decided = NOTHING_DECIDED,
    rebuild: bool = False,
    progress: Progress = silent,
) -> ReconcileResult:
    """Make tables, registers, codes and findings from everything that was pulled.

    What has not changed since the run before is taken over from it; the result is the same.
    Killed at any moment it leaves the earlier run as it was; codes that were issued stay issued.

    Args:
        settings: forms, language and time zone.
        folder: the programme.
        as_of: events after this day do not count; the day itself does.
        decided: what people decided, besides what stands in the workbook of decisions.
        rebuild: take nothing over.
        progress: told what is being done.

    Raises:
        ProblemError: ``store-missing``, ``store-busy``, ``form-missing``, problems of the
            workbooks, of ``checks.xlsx`` and of the registers.
    """
    if not folder.store.is_file():
        raise ProblemError(_nothing_pulled(folder), Exit.STORE)
    forms = read_forms(settings, folder)
    labels = all_labels(forms)
    checks, own = read_checks(folder.checks), own_registers(folder)
    folder.private(folder.data)
    share_heaps()
    with heeding(), locked(folder.data / LOCK), RawStore.open(folder.store) as store:
        result = ReconcileResult(as_of, titles={each.code: each.title for each in checks})
        answered = take_answers(folder, store)
        result.answers = answered.taken
        people = take_decisions(folder, store)
        result.decisions = people.new
        pair, pulled = begin_run(folder), last_number(store)
        try:
            made = make_tables(
                forms,
                store,
                pair,
                settings.timezone,
                folder.media,
                last=None if rebuild else _last(folder, pair),
                progress=progress,
            )
            result.rows, result.problems, result.anew = made.rows, made.problems, made.anew
            result.problems += not_counted(uncounted(store, settings), settings.timezone)
            if own:
                registered = build_own_registers(own, pair, as_of, progress=progress)
            else:
                registered = build_registers(
                    pair,
                    store,
                    as_of,
                    folder=folder,
                    asked=asked_questions(forms),
                    decided=decided.and_more(people.decided),
                    progress=progress,
                )
            result.rows |= registered.rows
            result.codes = registered.codes
            result.problems += without_consent(pair)
            values = {"as_of": as_of, "due_day": settings.due.monthly_report}
            found = make_finding_tables(
                checks,
                pair,
                store,
                folder,
                labels,
                values,
                forms=[each.schema.form_id for each in forms],
                progress=progress,
            )
            result.rows |= found.rows
            result.findings, result.states = Counter(found.counts), found.states
            result.problems += found.problems
            write_made(pair.identified, made.made)
        except BaseException:
            abandon_run(pair)
            raise
        result.run = show_run(folder, pair, as_of, pulled).run
        forget_changes(store, made.made.mark)
        result.problems += [*answered.problems, *people.problems]
        result.files = write_findings(folder, settings, labels, store, progress=progress)
        result.undecided = write_decisions(folder, settings, store, people.unread)
    return result


def _last(folder: Folder, pair: Pair) -> Last | None:
    current = read_current(folder)
    if current is None:
        return None
    shown = Pair(folder.identified / current.run, folder.tables / current.run, pair.pseudonyms)
    return Last(shown, read_made(shown.identified))


def _nothing_pulled(folder: Folder) -> Problem:
    return Problem(
        "store-missing",
        Text(vi="chưa tải phiếu nào về", en="nothing was pulled yet"),
        Text(vi="hãy chạy «ishc pull»", en="run “ishc pull”"),
        Place(file=str(folder.store)),
    )
