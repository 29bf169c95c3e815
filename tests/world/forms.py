"""A form as a function: answers by question name in, a record's answers by path out.

Everything comes from the workbook: which questions are asked, what is calculated, under which path
an answer stands. The engine of ODK Collect does the same; a test compares the two.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Values = dict[str, Any]


class Context(Protocol):
    """What expressions ask of the phone."""

    today: str

    @property
    def uuid(self) -> str:
        """Give a uuid that belongs to the submission."""

    def rows(self, file: str) -> Sequence[Mapping[str, str]]:
        """Give the rows of a list."""

    def pull(self, file: str, column: str, key: str, value: str) -> str:
        """Give a value from a list, empty when there is none."""

    def label(self, value: str, question: str) -> str:
        """Give the label of a choice; the question as ``${name}``."""


Compute = Callable[[Values, Values, Context], Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One question, group or repeat.

    Args:
        name: of the question; of a group its path with ``#`` before it.
        path: as in records.
        kind: type in the workbook, the first word; ``group`` and ``repeat``.
        gate: the nearest group around it that is asked only sometimes.
        relevant, calculation: compiled; None when always, or when people answer.
        default: what is there before anybody answers.
        steps: of a repeat, those of a row.
    """

    name: str
    path: str
    kind: str
    gate: str = ""
    relevant: Compute | None = None
    calculation: Compute | None = None
    default: str = ""
    steps: tuple["Step", ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled form.

    Args:
        steps: in the order of the form.
        order: the same in the order in which they can be calculated.
        title: what a submission is called in the phone's list.
        choices: labels of choices by question.
    """

    form_id: str
    steps: tuple[Step, ...]
    order: tuple[Step, ...]
    title: Compute | None = None
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fill(self, answers: Mapping[str, Any], context: Context) -> Values:
        """Fill the form in.

        Args:
            answers: by question name: texts, tuples of choices, lists of rows.
            context: the phone.
        """
        values: Values = {}
        for step in self.order:
            values[step.name] = _value(step, answers, values, values, context)
        record = dict(_told(self.steps, values))
        if self.title:
            record["meta/instanceName"] = self.title(values, values, context)
        return record


def _value(step: Step, answers: Mapping[str, Any], v: Values, r: Values, c: Context) -> Any:
    """Give a step's text; whether a group is asked; a repeat's rows."""
    gate = step.gate
    asked = not gate or (r[gate] if gate in r else v[gate])
    asked = asked and (step.relevant is None or step.relevant(v, r, c))
    if step.kind == "group":
        return asked
    if step.kind == "repeat":
        return _rows(step, answers.get(step.name, ()), v, c) if asked else []
    if not asked:
        return ""
    said = answers.get(step.name)
    if said is None:
        return step.calculation(v, r, c) if step.calculation else step.default
    return _written(step.kind, said)


def _rows(step: Step, said: Sequence[Mapping[str, Any]], v: Values, c: Context) -> list[Values]:
    rows = []
    for answers in said:
        row: Values = {}
        for each in step.steps:
            row[each.name] = _value(each, answers, v, row, c)
        rows.append(row)
    return rows


def _written(kind: str, said: Any) -> str:
    if isinstance(said, tuple):
        return " ".join(said)
    if kind == "decimal":
        return repr(float(said))
    if kind == "geopoint":
        return " ".join(repr(float(each)) for each in said.split())
    return str(said)


def _told(steps: Sequence[Step], values: Values) -> Iterator[tuple[str, Any]]:
    for step in steps:
        if step.kind == "repeat":
            rows = [dict(_told(step.steps, row)) for row in values[step.name]]
            if any(rows):
                yield step.path, [row for row in rows if row]
        elif step.kind != "group" and values[step.name]:
            yield step.path, values[step.name]
