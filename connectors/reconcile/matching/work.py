"""The workbook of decisions in a run: read before anything is built, written when it is."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any

import pyarrow.parquet as pq

from connectors.reconcile.decided import Decided
from connectors.reconcile.finding_files import Written, move_to
from connectors.reconcile.findings import in_use
from connectors.reconcile.matching import problems
from connectors.reconcile.matching.book import Read, Unread, read_book
from connectors.reconcile.matching.decisions import (
    all_decisions,
    issued_order,
    keep_decisions,
    last_decisions,
)
from connectors.reconcile.matching.resolve import resolve
from connectors.reconcile.matching.sheets import candidate_rows, decision_sheets
from connectors.reconcile.sheet_layout import Row, save_book
from connectors.store.raw import RawStore
from connectors.store.tables import TableSet, open_tables
from programme.areas import load_areas
from programme.folder import Folder
from programme.problem import Exit, Problem, ProblemError
from programme.settings import Settings
from programme.writing import write_saved

LAYOUT = 2  # raised when the workbook of the same candidates looks otherwise
KEPT = "decisions-before.xlsx"  # what people had last written in, whatever else stood there
UNREADABLE = "decisions-unreadable"


@dataclass(slots=True)
class Taken:
    """What people decided.

    Args:
        decided: for the register files.
        new: number of decisions that were new, or taken back.
        unread: what could not be understood, to be written again.
        problems: told to the person.
    """

    decided: Decided
    new: int = 0
    unread: Sequence[Unread] = ()
    problems: list[Problem] = field(default_factory=list)


def take_decisions(folder: Folder, store: RawStore) -> Taken:
    """Read ``data/decisions.xlsx``, keep what is new, and say what follows from all of it.

    Args:
        folder: the programme.
        store: keeps decisions.

    Raises:
        ProblemError: ``file-in-use`` when a workbook that cannot be read is open in Excel.
    """
    order = issued_order(store)
    read = _read(folder, store, order)
    new = keep_decisions(store, read.decisions)
    resolved = resolve(last_decisions(store).values(), order)
    told = [problems.contradiction(folder.decisions.name, each) for each in resolved.contradictions]
    return Taken(resolved.decided, new, read.unread, [*read.problems, *told])


def _read(folder: Folder, store: RawStore, codes: Mapping[str, int]) -> Read:
    path = folder.decisions
    if not path.is_file() or Written.load(folder.data).untouched(path):
        return Read()
    try:
        return read_book(path, all_decisions(store), codes.keys())
    except ProblemError:
        try:
            kept = move_to(path, folder.private(folder.data / UNREADABLE))
        except PermissionError as error:
            raise ProblemError(in_use(path), Exit.STORE) from error
        return Read(problems=[problems.unreadable(path.name, f"{UNREADABLE}/{kept.name}")])


def write_decisions(
    folder: Folder, settings: Settings, store: RawStore, unread: Sequence[Unread] = ()
) -> Counter[str]:
    """Write ``data/decisions.xlsx`` anew, unless it would say the same as it does.

    What people had written in before lies beside it once more, as it was.

    Args:
        folder: the programme; its current tables are read.
        settings: the language of the workbook.
        store: keeps decisions.
        unread: what people wrote and nobody understood.

    Returns:
        How many pairs wait for a decision, by kind.

    Raises:
        ProblemError: ``tables-missing``; ``file-in-use`` when the workbook is open in Excel.
    """
    tables = open_tables(folder, identified=True)
    if "candidate" not in tables.names:  # a programme of something else
        return Counter()
    found = pq.read_table(tables.path("candidate")).to_pylist()
    rows = candidate_rows(found, last_decisions(store), _names(folder, tables, settings))
    _write(folder, rows, unread, tables, settings)
    return Counter(row["kind"] for row in rows if not row["decision"])


def _names(folder: Folder, tables: TableSet, settings: Settings) -> Mapping[str, str]:
    clubs = pq.read_table(tables.path("club"), columns=["club_code", "name"]).to_pylist()
    areas = load_areas(folder.xlsforms)
    named = {row["club_code"]: f"{row['name']} ({row['club_code']})" for row in clubs}
    return named | {code: area.in_(settings.language) for code, area in areas.communes.items()}


def _write(
    folder: Folder, rows: Sequence[Row], unread: Sequence[Unread], tables: TableSet,
    settings: Settings,
) -> None:  # fmt: skip
    path, language = folder.decisions, settings.language
    written = Written.load(folder.data)
    said = [LAYOUT, language, settings.synthetic, list(_said(rows)), list(map(repr, unread))]
    content = sha256(json.dumps(said, default=str).encode()).hexdigest()[:16]
    if written.holds(path, content):
        return
    sheets = decision_sheets(rows, unread, tables, language, synthetic=settings.synthetic)
    try:
        if path.is_file() and not written.untouched(path):
            path.replace(path.with_name(KEPT))
        write_saved(path, partial(save_book, sheets, language))
    except PermissionError as error:
        raise ProblemError(in_use(path), Exit.STORE) from error
    written.note(path, content)
    written.save()


def _said(rows: Sequence[Row]) -> Iterator[list[Any]]:
    for row in rows:
        yield [row[name] for name in sorted(row)]
