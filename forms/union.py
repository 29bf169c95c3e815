"""All versions of a form as one: its tables have every question that was ever asked.

The newest version says how a question is called, read and shown. Whole and decimal numbers become
decimal numbers, days and moments become moments; every other change of type leaves the newest,
and what does not fit it goes to the ledger of rejects.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce

from forms.distinct import distinct
from forms.questions import Kind
from forms.tables import SEPARATOR, Column, FormSchema, Table, last

Choices = Mapping[str, Mapping[str, Mapping[str, str]]]
_WIDER: tuple[tuple[frozenset[Kind], Kind], ...] = (
    (frozenset({"integer", "decimal"}), "decimal"),
    (frozenset({"date", "datetime"}), "datetime"),
)


def union(newest: FormSchema, earlier: Iterable[FormSchema]) -> FormSchema:
    """Give the tables of a form with what its earlier versions had.

    Args:
        newest: the version that names, types, classes and labels are of.
        earlier: the versions that were in use before, the newest of them first.
    """
    return reduce(_joined, earlier, newest)


def wider(one: Kind, other: Kind) -> Kind | None:
    """Give the kind of value that holds those of two kinds; None when there is no such kind."""
    if one == other:
        return one
    return next((wide for kinds, wide in _WIDER if {one, other} == kinds), None)


def _joined(newest: FormSchema, old: FormSchema) -> FormSchema:
    counterparts = _counterparts(newest, old)
    tables = []
    for table in newest.tables:
        found = [each for each in old.tables if counterparts.get(each.name) == table.name]
        tables.append(reduce(_with_columns, found, table))
    taken = {table.name for table in tables}
    for table in old.tables:
        if table.name not in counterparts:
            name = _name(newest, table, taken)
            taken.add(name)
            counterparts[table.name] = name
            tables.append(replace(table, name=name, parent=counterparts[table.parent or ""]))
    return replace(
        newest,
        tables=tuple(tables),
        choices=_choices(newest, old, _lists(tables, old, counterparts)),
        shown=newest.shown | old.shown,
        former_choices=_former_choices(newest, old),
    )


def _counterparts(newest: FormSchema, old: FormSchema) -> dict[str, str]:
    """Pair repeats: by name, or by a name that the repeat had; in the same repeat."""
    found = {old.root.name: newest.root.name}
    for table in old.tables[1:]:
        for each in newest.tables[1:]:
            same_place = found.get(table.parent or "") == each.parent
            if same_place and each.has_been(last(table.path)) and each.name not in found.values():
                found[table.name] = each.name
                break
    return found


def _name(newest: FormSchema, table: Table, taken: set[str]) -> str:
    name, number = f"{newest.form_id}{SEPARATOR}{last(table.path)}", 1
    base = name
    while name in taken:
        number += 1
        name = f"{base}{SEPARATOR}{number}"
    return name


def _with_columns(table: Table, old: Table) -> Table:
    columns = {column.path: column for column in table.columns}
    gone = []
    for column in old.columns:
        same = _same(table, column)
        if same is None:
            gone.append(column)
        else:
            columns[same.path] = _merged(table, columns[same.path], column)
    added = distinct(gone, old.path, kept=table.columns)
    former = tuple(dict.fromkeys([*table.former, last(old.path), *old.former]))
    return replace(
        table,
        columns=(*columns.values(), *added),
        former=tuple(each for each in former if each and each != last(table.path)),
    )


def _same(table: Table, column: Column) -> Column | None:
    """Find the question of now: at the same path, else the only one of that name."""
    for each in table.columns:
        if each.path == column.path:
            return each
    found = table.named(column.question)
    return found[0] if len(found) == 1 else None


def _merged(table: Table, new: Column, old: Column) -> Column:
    present = {each.question for each in table.columns}
    former = dict.fromkeys([*new.former, old.question, *old.former])
    return replace(
        new,
        kind=wider(new.kind, old.kind) or new.kind,
        labels={**old.labels, **new.labels},
        former=tuple(each for each in former if each not in present),
    )


def _lists(
    tables: Sequence[Table], old: FormSchema, counterparts: Mapping[str, str]
) -> set[tuple[str, str]]:
    """Pair the list of each question with the list that it had."""
    pairs = {(name, name) for name in old.choices}
    by_name = {table.name: table for table in tables}
    for table in old.tables:
        for column in table.columns:
            same = _same(by_name[counterparts[table.name]], column)
            if same and same.list_name and column.list_name:
                pairs.add((same.list_name, column.list_name))
    return pairs


def _choices(newest: FormSchema, old: FormSchema, pairs: set[tuple[str, str]]) -> Choices:
    found = {name: dict(choices) for name, choices in newest.choices.items()}
    for new_name, old_name in sorted(pairs):
        renamed = newest.former_choices.get(new_name, {})
        there = found.setdefault(new_name, {})
        for choice, labels in old.choices.get(old_name, {}).items():
            if choice not in renamed:
                there[choice] = {**labels, **there.get(choice, {})}
    return found


def _former_choices(newest: FormSchema, old: FormSchema) -> Mapping[str, Mapping[str, str]]:
    """Follow a choice that was renamed twice."""
    found = {name: dict(former) for name, former in newest.former_choices.items()}
    for name, former in old.former_choices.items():
        here = found.setdefault(name, {})
        present = newest.choices.get(name, {})
        for before, after in former.items():
            if before not in present:
                here.setdefault(before, here.get(after, after))
    return found
