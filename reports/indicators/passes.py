"""Computes everything: one pass over each analysis table, a batch of periods at a time."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta

from programme.dates import Month
from reports.indicators.area_tree import AreaTree, commune_list
from reports.indicators.cells import Cells, Values
from reports.indicators.definitions import Definitions
from reports.indicators.engine import Engine
from reports.indicators.given import (
    Span,
    asked,
    club_given,
    day_number,
    days_of,
    months_asked,
    overlap_list,
    region_list,
    unit_list,
)
from reports.indicators.lines import Line
from reports.indicators.pieces import Piece, joined, numbers, parts, piece_of
from reports.indicators.queries import Checked, Query, TableQueries, tables_of
from reports.indicators.views import BY_DAY, KEPT, SPANS, needed, statements

GROUPS_AT_ONCE = 6_000_000  # numbers of one query: areas × periods × columns
ROWS_AT_ONCE = 600_000  # rows of kept tables: clubs × periods
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Job:
    """What is computed.

    Args:
        spans: the periods.
        batch: periods at once; None: as many as fit.
        answers: columns of the register ``club_month``.
        clubs: how many clubs there are.
    """

    definitions: Definitions
    checked: Checked
    lines: Sequence[Line]
    tree: AreaTree
    spans: Sequence[Span]
    answers: Sequence[str]
    clubs: int
    batch: int | None = None


@dataclass(slots=True)
class Computed:
    """What the passes give: numbers, and in which column each stands."""

    cells: Cells
    column_of: dict[tuple[str, str], str] = field(default_factory=dict)


def prepare(
    engine: Engine,
    definitions: Definitions,
    tree: AreaTree,
    province_of: Mapping[str, str],
    clubs: Sequence[tuple[str, str | None, str | None]],
    answers: Sequence[str],
    *,
    kept: bool = True,
) -> int:
    """Make what does not depend on periods; give how many clubs there are.

    Args:
        engine: with the registers.
        definitions: kinds of communes, regions.
        tree: the areas.
        province_of: commune → province.
        clubs: code, commune and province of every club.
        answers: columns of the register ``club_month``.
        kept: False where only columns are wanted.
    """
    given = club_given(clubs, tree)
    engine.give("club_given", given)
    engine.give("unit_list", unit_list(tree))
    engine.give("region_list", region_list(definitions))
    engine.give("overlap_list", overlap_list(definitions))
    engine.give("commune_list", commune_list(tree, province_of, definitions.area_facts))
    engine.give("area_of", tree.area_of())
    for name, select in statements(SPANS, answers):
        engine.make(name, select, kept=kept)
    return int(given.num_rows)


def compute_all(
    engine: Engine, job: Job, more: Mapping[int, Mapping[str, Values]] | None = None
) -> Computed:
    """Compute every line in every area and period.

    Args:
        engine: with what ``prepare`` made.
        job: what is computed.
        more: number of a period → further columns that are kept beside.
    """
    pieces: dict[int, list[Piece]] = {span.number: [] for span in job.spans}
    for number, beside in (more or {}).items():
        if beside:
            pieces[number].append(piece_of(beside))
    found = Computed(Cells({}, {}))
    by_table = tables_of(job.lines)
    by_table.setdefault("clubs", [])  # they tell how many reported
    targets = list(job.definitions.targets.values())
    for group in _groups(by_table):
        work = [TableQueries(name, job.checked, targets, by_table[name]) for name in group]
        queries = [(each, list(each.queries())) for each in work]
        columns = max(len(query.columns) for _, some in queries for query in some)
        columns = max(columns, *(_parts_of(job, each) for each in work))
        trend = any(line.trend for each in work for line in each.lines)
        asking = [query.sql for query in _all_queries(job, queries)]
        for spans in _batches(job, columns, rows=group[0] not in BY_DAY):
            _give(engine, job, spans, group, asking, before=trend)
            for each, some in queries:
                for query in some:
                    _add_numbers(engine, job, each, query, spans, pieces)
                _add_parts(engine, job, each, spans, found.cells)
        for name in KEPT:
            engine.forget(name)
        for each in work:
            found.column_of |= each.column_of
    with ThreadPoolExecutor(2) as pool:  # packing is done outside of Python
        for number, whole in zip(pieces, pool.map(joined, pieces.values()), strict=True):
            found.cells.packed[number] = whole
    return found


def _parts_of(job: Job, table: TableQueries) -> int:
    """Give how many numbers of an area the largest breakdown of a table has."""
    return max(
        (
            (1 + len(each.categories)) * sum(len(query.columns) for query in table.sliced(each))
            for each in job.definitions.breakdowns.values()
            if each.table == table.table
        ),
        default=0,
    )


def _all_queries(
    job: Job, queries: Iterable[tuple[TableQueries, Sequence[Query]]]
) -> Iterator[Query]:
    """Give all queries of tables, those of their breakdowns too."""
    for table, some in queries:
        yield from some
        for each in job.definitions.breakdowns.values():
            if each.table == table.table:
                yield from table.sliced(each)


def _groups(tables: Mapping[str, object]) -> Iterator[list[str]]:
    """Give tables that are computed together: the two large ones are read alone."""
    alone = [name for name in ("members", "club_months") if name in tables]
    yield from ([name] for name in alone)
    rest = [name for name in tables if name not in alone]
    yield sorted(rest, key=needed(rest).index)


def _batches(job: Job, columns: int, *, rows: bool) -> Iterator[Sequence[Span]]:
    """Cut the periods, those with the same last day together."""
    size = job.batch
    if size is None:
        size = GROUPS_AT_ONCE // max(1, columns * len(job.tree.nodes))
        if rows:
            size = min(size, ROWS_AT_ONCE // max(1, job.clubs))
        size = max(1, size)
    ordered = sorted(job.spans, key=lambda span: (span.cut_off, span.start, span.number))
    for first in range(0, len(ordered), size):
        yield ordered[first : first + size]


def _give(
    engine: Engine,
    job: Job,
    spans: Sequence[Span],
    group: Sequence[str],
    asking: Sequence[str],
    *,
    before: bool,
) -> None:
    """Make the analysis tables of some periods.

    Args:
        engine: with what ``prepare`` made.
        job: what is computed.
        spans: the periods.
        group: tables that are computed together.
        asking: the queries over them.
        before: the day before each period is wanted too.
    """
    wanted, days = list(spans), [span.cut_off for span in spans]
    if before:
        days += [_day_before(span) for span in spans]
        if not BY_DAY.issuperset(group):
            wanted += _spans_before(spans)
    engine.give("asked", asked(wanted, job.definitions))
    engine.give("asked_months", months_asked(wanted))
    engine.give("days", days_of(days))
    first, last = (Month.of(day) for day in (min(w.start for w in wanted), max(days)))
    made = dict(statements(needed(group), job.answers, (str(first), str(last))))
    for name, select in made.items():
        reading = [
            words
            for words in map(
                _WORD.findall, (*asking, *(made[each] for each in made if each != name))
            )
            if name in words
        ]
        read = Counter(word for words in reading for word in words)
        if name not in KEPT or read[name] == 1:
            engine.make(name, select, kept=False)
            continue
        whole = f"whole_{name}"
        engine.make(whole, select, kept=False)
        columns = ", ".join(f'"{each}"' for each in engine.columns(whole) if each in read)
        # names of columns of our own tables
        engine.make(name, f"SELECT {columns} FROM {whole}", kept=True)  # noqa: S608


def _day_before(span: Span) -> date:
    return span.start - timedelta(days=1)


def _spans_before(spans: Sequence[Span]) -> list[Span]:
    """Give the day before each period as a period; its number is that of the day, below zero."""
    days = {_day_before(span) for span in spans}
    return [Span(-day_number(day), f"-{day}", day, day) for day in sorted(days)]


def _add_numbers(
    engine: Engine,
    job: Job,
    table: TableQueries,
    query: Query,
    spans: Sequence[Span],
    pieces: Mapping[int, list[Piece]],
) -> None:
    piece = numbers(engine.rows(query.sql), engine.rows(query.nothing), query.columns, job.tree)
    trend = [name for name in query.columns if name in table.trends]
    for span in spans:
        pieces[span.number].append(piece(_key(table, span), query.columns, ""))
        if trend:
            day = day_number(_day_before(span))
            before = day if table.by == "day_no" else -day
            pieces[span.number].append(piece(before, trend, "before."))


def _add_parts(
    engine: Engine, job: Job, table: TableQueries, spans: Sequence[Span], cells: Cells
) -> None:
    for place, breakdown in enumerate(job.definitions.breakdowns.values()):
        queries = table.sliced(breakdown) if breakdown.table == table.table else []
        if queries:
            rows = [engine.rows(query.sql) for query in queries]
            names = [name for query in queries for name in query.columns]
            keys = {span.number: _key(table, span) for span in spans}
            for number, packed in parts(rows, names, job.tree, keys):
                cells.parted[number, place] = packed


def _key(table: TableQueries, span: Span) -> int:
    return day_number(span.cut_off) if table.by == "day_no" else span.number
