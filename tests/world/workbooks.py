"""Workbooks compiled to forms: the survey sheet read from top to bottom."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from forms.workbook import read_workbook
from tests.world import calculated
from tests.world.expressions import Names, compiled
from tests.world.forms import Compute, Form, Step

_REFERENCE = re.compile(r"\$\{([\w.-]+)\}")
_FUNCTIONS = {
    name: getattr(calculated, name)
    for name in ("num", "num_or", "shown", "concat", "int_of", "div", "mod", "format_date")
}


def read_form(path: Path) -> Form:
    """Compile a workbook.

    Raises:
        ValueError: for an expression that is not understood.
    """
    workbook = read_workbook(path)
    rows = [row.cells for row in workbook.rows("survey") if row.get("type")]
    settings = workbook.rows("settings")[0].cells
    names = _names(rows)
    reader = _Reader(rows, names)
    steps = tuple(reader.steps())
    title = settings.get("instance_name")
    return Form(
        form_id=settings["form_id"],
        steps=steps,
        order=_ordered(steps, reader.uses),
        title=_compute(title, names) if title else None,
        choices=_choices(workbook.rows("choices"), rows),
    )


def _choices(
    choices: Sequence[Any], rows: Sequence[Mapping[str, str]]
) -> Mapping[str, Mapping[str, str]]:
    """Give the first language's labels of each question's choices."""
    lists: dict[str, dict[str, str]] = {}
    for row in choices:
        label = next(text for header, text in row.cells.items() if header.startswith("label"))
        lists.setdefault(row.get("list_name"), {})[row.get("name")] = label
    asked = ((row["name"], row["type"].split()) for row in rows if row.get("name"))
    return {name: lists[kind[1]] for name, kind in asked if len(kind) > 1 and kind[1] in lists}


def _names(rows: Sequence[Mapping[str, str]]) -> Names:
    inside: dict[str, str] = {}
    figures, repeats, here = set(), set(), ""
    for row in rows:
        kind, name = row["type"].replace(" ", "_", 1), row.get("name", "")
        if kind == "begin_repeat":
            here = name
            repeats.add(name)
        elif kind == "end_repeat":
            here = ""
        elif here and not kind.startswith(("begin", "end")):
            inside[name] = here
        if row["type"] in ("integer", "decimal"):
            figures.add(name)
    return Names(frozenset(repeats), inside, frozenset(figures))


def _compute(expression: str, names: Names) -> Compute:
    code = f"lambda v, r, c: {compiled(expression, names).text}"
    made: Compute = eval(code, dict(_FUNCTIONS))  # our own workbooks
    return made


def _decide(expression: str, names: Names) -> Compute:
    code = f"lambda v, r, c: {compiled(expression, names).truth}"
    made: Compute = eval(code, dict(_FUNCTIONS))  # our own workbooks
    return made


class _Reader:
    """Reads the survey sheet from top to bottom."""

    def __init__(self, rows: Sequence[Mapping[str, str]], names: Names) -> None:
        self.rows = iter(rows)
        self.names = names
        self.uses: dict[str, set[str]] = {}

    def steps(self, above: str = "", gate: str = "", here: str = "") -> Iterator[Step]:
        """Give the steps up to the end of the group or repeat that is being read."""
        for row in self.rows:
            kind, name = row["type"].split()[0], row.get("name", "")
            if kind.startswith("end_"):
                return
            path = f"{above}/{name}" if above else name
            if kind == "begin_group":
                yield from self._group(row, path, gate, here)
            elif kind == "begin_repeat":
                yield self._repeat(row, path, gate)
            elif kind != "note" or row.get("calculation"):
                yield self._step(row, kind, name, path, gate, here)

    def _group(self, row: Mapping[str, str], path: str, gate: str, here: str) -> Iterator[Step]:
        if row.get("relevant"):
            step = self._step(row, "group", f"#{path}", path, gate, here)
            yield step
            gate = step.name
        yield from self.steps(path, gate, here)

    def _repeat(self, row: Mapping[str, str], path: str, gate: str) -> Step:
        name = row["name"]
        step = self._step(row, "repeat", name, path, gate, "")
        inside = tuple(self.steps(path, "", name))
        self.uses[name] |= {use for each in inside for use in self.uses.pop(each.name)} - {name}
        own = {each.name for each in inside}
        self.uses[name] = {use for use in self.uses[name] if use not in own}
        return replace(step, steps=inside)

    def _step(
        self, row: Mapping[str, str], kind: str, name: str, path: str, gate: str, here: str
    ) -> Step:
        relevant, calculation = row.get("relevant", ""), row.get("calculation", "")
        names = replace(self.names, here=here)
        used = {*_REFERENCE.findall(f"{relevant} {calculation}"), *([gate] if gate else [])}
        self.uses[name] = {self.names.inside.get(each, each) if not here else each for each in used}
        return Step(
            name,
            path,
            kind,
            gate,
            _decide(relevant, names) if relevant else None,
            _compute(calculation, names) if calculation else None,
            row.get("default", ""),
        )


def _ordered(steps: Sequence[Step], uses: Mapping[str, set[str]]) -> tuple[Step, ...]:
    by_name = {step.name: step for step in steps}
    graph = {name: {use for use in uses[name] if use in by_name} for name in by_name}
    return tuple(by_name[name] for name in TopologicalSorter(graph).static_order())
