"""Computes everything: one pass over each analysis table, a batch of periods at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reports.indicators.area_tree import AreaTree, commune_list
from reports.indicators.cells import Cells, Values, packed, packed_table, unpacked
from reports.indicators.definitions import Definitions
from reports.indicators.engine import Engine
from reports.indicators.given import (
    Span,
    asked,
    club_given,
    day_number,
    days_of,
    overlap_list,
    region_list,
    unit_list,
)
from reports.indicators.lines import Line
from reports.indicators.queries import Checked, Query, TableQueries, tables_of
from reports.indicators.views import BY_DAY, KEPT, SPANS, needed, statements

GROUPS_AT_ONCE = 15_000_000  # numbers of one query: areas × periods × columns
ROWS_AT_ONCE = 600_000  # rows of kept tables: clubs × periods


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


def compute_all(engine: Engine, job: Job) -> Computed:
    """Compute every line in every area and period."""
    # packed as they come: unpacked they would not fit
    found: dict[int, list[bytes]] = {span.number: [] for span in job.spans}
    parts: dict[int, list[pa.Table]] = {span.number: [] for span in job.spans}
    column_of: dict[tuple[str, str], str] = {}
    by_table = tables_of(job.lines)
    by_table.setdefault("clubs", [])  # they tell how many reported
    for group in _groups(by_table):
        work = [
            TableQueries(name, job.checked, list(job.definitions.targets.values()), by_table[name])
            for name in group
        ]
        queries = [list(each.queries()) for each in work]
        for each in work:
            column_of |= each.column_of
        columns = max(len(query.columns) for some in queries for query in some)
        trend = any(line.target and line.target.rule == "trend" for w in work for line in w.lines)
        for spans in _batches(job, columns, rows=group[0] not in BY_DAY | {"club_months"}):
            _give(engine, job, spans, group, before=trend)
            for each, some in zip(work, queries, strict=True):
                for query in some:
                    for number, packed_ in _numbers(engine, job, each, query, spans, trend=trend):
                        found[number].append(packed_)
                for number, rows in _parted(engine, job, each, spans):
                    parts[number].append(rows)
    return Computed(
        Cells(
            {number: _joined(pieces) for number, pieces in found.items()},
            {number: packed_table(_sorted(rows)) for number, rows in parts.items() if rows},
        ),
        column_of,
    )


def _joined(pieces: Sequence[bytes]) -> bytes:
    columns: dict[str, Values] = {}
    for piece in pieces:
        columns |= unpacked(piece)
    return packed(columns)


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
    engine: Engine, job: Job, spans: Sequence[Span], group: Sequence[str], *, before: bool
) -> None:
    wanted, days = list(spans), [span.cut_off for span in spans]
    if before:
        days += [_day_before(span) for span in spans]
        if not BY_DAY.issuperset(group):
            wanted += _spans_before(spans)
    engine.give("asked", asked(wanted, job.definitions))
    engine.give("days", days_of(days))
    for name, select in statements(needed(group), job.answers):
        engine.make(name, select, kept=name in KEPT)


def _day_before(span: Span) -> date:
    return span.start - timedelta(days=1)


def _spans_before(spans: Sequence[Span]) -> list[Span]:
    """Give the day before each period as a period; its number is that of the day, below zero."""
    days = {_day_before(span) for span in spans}
    return [Span(-day_number(day), f"-{day}", day, day) for day in sorted(days)]


def _numbers(
    engine: Engine,
    job: Job,
    table: TableQueries,
    query: Query,
    spans: Sequence[Span],
    *,
    trend: bool,
) -> Iterator[tuple[int, bytes]]:
    rows = engine.rows(query.sql)
    nothing = engine.rows(query.nothing)
    by_day = table.by == "day_no"
    order = np.argsort(rows.column("by_no").to_numpy(), kind="stable")
    keys = rows.column("by_no").to_numpy()[order]
    places = _places(job.tree)[rows.column("area_no").to_numpy()[order]]
    values = {name: _floats(rows.column(name))[order] for name in query.columns}
    default = {name: _floats(nothing.column(name))[0] for name in query.columns}

    def of(key: int) -> dict[str, Values]:
        first, last = np.searchsorted(keys, key, "left"), np.searchsorted(keys, key, "right")
        found = {}
        for name in query.columns:
            column = np.full(len(job.tree.asked), default[name])
            column[places[first:last]] = values[name][first:last]
            found[name] = column
        return found

    for span in spans:
        columns = of(day_number(span.cut_off) if by_day else span.number)
        if trend:
            day = day_number(_day_before(span))
            columns |= {
                f"before.{name}": each for name, each in of(day if by_day else -day).items()
            }
        yield span.number, packed(columns)


def _parted(
    engine: Engine, job: Job, table: TableQueries, spans: Sequence[Span]
) -> Iterator[tuple[int, pa.Table]]:
    for breakdown in job.definitions.breakdowns.values():
        query = table.sliced(breakdown) if breakdown.table == table.table else None
        if query is None:
            continue
        rows = engine.rows(query.sql)
        keys = rows.column("by_no")
        for span in spans:
            key = day_number(span.cut_off) if table.by == "day_no" else span.number
            some = rows.filter(pc.equal(keys, pa.scalar(key, keys.type)))
            for line in table.lines:
                if breakdown.code in line.indicator.breakdowns:
                    yield span.number, _parts_of(some, breakdown.code, line, job.tree)


def _parts_of(rows: pa.Table, breakdown: str, line: Line, tree: AreaTree) -> pa.Table:
    count = rows.num_rows
    nothing = pa.nulls(count, pa.float64())
    named = {part: f"{line.code}.{part}" for part in ("numerator", "denominator")}
    return pa.table(
        {
            "breakdown": pa.array([breakdown] * count, pa.string()),
            "line": pa.array([line.code] * count, pa.string()),
            "area_no": pa.array(_places(tree)[rows.column("area_no").to_numpy()], pa.int32()),
            "category": pc.fill_null(rows.column("category").cast(pa.string()), ""),
            **{
                part: rows.column(name) if name in rows.column_names else nothing
                for part, name in named.items()
            },
        }
    )


def _sorted(tables: Sequence[pa.Table]) -> pa.Table:
    whole = pa.concat_tables(tables).combine_chunks()
    keys = ("breakdown", "line", "area_no", "category")
    return whole.sort_by([(name, "ascending") for name in keys])


def _places(tree: AreaTree) -> Values:
    """Give number of an area → its place among those asked for."""
    found = np.full(len(tree.nodes), -1, dtype=np.int64)
    for place, node in enumerate(tree.asked):
        found[tree.number[node.code]] = place
    return found


def _floats(column: pa.ChunkedArray) -> Values:
    numbers: Values = column.combine_chunks().to_numpy(zero_copy_only=False)
    return numbers.astype(np.float64)
