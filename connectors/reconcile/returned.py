"""Takes answers out of workbooks that came back, before anything is written over them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from connectors.reconcile import answer_problems as problems
from connectors.reconcile.answer_book import read_answers
from connectors.reconcile.finding_answers import keep_answers, known_findings
from connectors.reconcile.finding_files import OVERVIEW, READ, RETURNED, Written, move_to, workbooks
from connectors.store.raw import RawStore
from programme.folder import Folder
from programme.problem import Problem, ProblemError


@dataclass(slots=True)
class Taken:
    """What came back.

    Args:
        taken: answers that were new.
        files: workbooks that were read.
        problems: rows and files that could not be understood.
    """

    taken: int = 0
    files: int = 0
    problems: list[Problem] = field(default_factory=list)


def take_answers(folder: Folder, store: RawStore) -> Taken:
    """Read what people answered in ``data/findings`` and in ``data/findings/returned``.

    Files from ``returned`` go to ``returned/read`` once everything in them was understood. A
    workbook that was answered where it lay, and not understood, is kept in ``returned``.

    Args:
        folder: the programme.
        store: keeps the answers.
    """
    taken = Taken()
    folder.private(folder.findings)
    returned = folder.private(folder.findings / RETURNED)  # there before anything is answered
    done = folder.private(returned / READ)
    known = known_findings(store)
    written = Written.load(folder.findings)
    for path in list(workbooks(returned)):
        if not _take(path, store, known, taken, f"{RETURNED}/{path.name}"):
            move_to(path, done)
    for path in list(workbooks(folder.findings)):
        if written.untouched(path) or path.stem == OVERVIEW:  # nothing is asked there
            continue
        ours = path.name in written.files
        if _take(path, store, known, taken):
            kept = move_to(path, returned)
            taken.problems.append(problems.still_there(path.name, f"{RETURNED}/{kept.name}"))
        elif not ours:
            move_to(path, done)
    return taken


def read_files(paths: Iterable[Path], store: RawStore) -> Taken:
    """Read answered workbooks from anywhere; they stay where they are."""
    taken, known = Taken(), known_findings(store)
    for path in paths:
        _take(path, store, known, taken)
    return taken


def _take(
    path: Path, store: RawStore, known: frozenset[str], taken: Taken, shown: str = ""
) -> list[Problem]:
    """Read one workbook and keep its answers; give what was not understood."""
    try:
        read = read_answers(path, shown or path.name, known)
    except ProblemError as error:
        taken.problems += error.problems
        return list(error.problems)
    taken.taken += keep_answers(store, read.answers)
    taken.files += 1
    taken.problems += read.problems
    return read.problems
