"""Reads the sheet ``survey`` into tables, and says with sheet and row what it cannot read."""

from dataclasses import dataclass, field

from forms import survey_problems as say
from forms.classes import METADATA_CLASSES, DataClass, data_class
from forms.distinct import distinct
from forms.former import Claim, claim_problems, former_names
from forms.questions import Kind, QuestionType, question_type
from forms.tables import (
    PEOPLE_FILES,
    SEPARATOR,
    UNITS,
    VALUE_TYPES,
    Column,
    Table,
    columns_of,
)
from forms.translations import labels
from forms.workbook import Row, Workbook
from programme.problem import Problem
from programme.text import nearest

SHEET = "survey"


@dataclass(slots=True)
class _Open:
    """A group or repeat that has begun and not ended."""

    row: Row
    repeats: bool
    name: str
    table: "_Table"  # where questions inside go


@dataclass(slots=True)
class _Table:
    name: str
    path: str
    parent: str | None
    former: tuple[str, ...] = ()
    columns: list[Column] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)  # groups by column in lower case

    def finished(self) -> Table:
        columns = distinct(self.columns, self.path)
        return Table(self.name, self.path, self.parent, columns, self.former)


class SurveyReader:
    """Walks the rows of a survey once.

    Args:
        workbook: the workbook, read.
        classes: a missing class is a problem.
    """

    def __init__(self, workbook: Workbook, *, classes: bool) -> None:
        self.workbook = workbook
        self.classes = classes
        self.problems: list[Problem] = []
        self.shown: set[str] = set()  # notes: in submissions where they show a calculation
        self._open: list[_Open] = []
        self._tables = [_Table(workbook.form_id, "", None)]
        self._claims: list[Claim] = []
        for row in workbook.rows(SHEET):
            self._row(row)
        for each in self._open:
            self._say(say.not_closed, each.row, each.name)
        self.problems += claim_problems(workbook, SHEET, self._claims)

    def tables(self) -> tuple[Table, ...]:
        """Give the form's table and those of its repeats, in order."""
        return tuple(table.finished() for table in self._tables)

    def _row(self, row: Row) -> None:
        if row.get("disabled").lower() in ("yes", "true", "true()"):
            return
        written = row.get("type")
        if not written:
            if row.get("name") or labels(self.workbook, row):
                self._say(say.no_type, row, "")
            return
        kind = question_type(written)
        if kind is None:
            self._say(say.unknown_type, row, written)
            meant = question_type(nearest(written, ("begin_group", "begin_repeat")) or "")
            if meant is not None and written.lower().startswith("begin"):
                self._begin(row, meant)  # else its end and what is inside would be told too
        elif kind.role == "begin":
            self._begin(row, kind)
        elif kind.role == "end":
            self._end(row, kind)
        elif kind.kind is not None:
            self._question(row, kind, kind.kind)
        elif kind.name == "note" and row.get("name"):
            self.shown.add(self._path(row.get("name")))

    def _begin(self, row: Row, kind: QuestionType) -> None:
        name = row.get("name")
        if not name:
            self._say(say.no_name, row, row.get("type"))
        table = self._table
        repeats = kind.name == "repeat"
        if repeats:
            parent = table
            table = _Table(
                f"{self.workbook.form_id}{SEPARATOR}{name}",
                self._path(name),
                parent.name,
                former_names(row),
            )
            self._claims.append(Claim(parent.name, row))
            if any(table.name.lower() == each.name.lower() for each in self._tables):
                self._say(say.repeat_twice, row, name)
            self._tables.append(table)
        self._open.append(_Open(row, repeats, name, table))

    def _end(self, row: Row, kind: QuestionType) -> None:
        if not self._open or self._open[-1].repeats != (kind.name == "repeat"):
            opened = self._open[-1] if self._open else None
            self._say(say.wrong_end, row, f"{opened.name} ({opened.row.number})" if opened else "")
        if self._open:
            self._open.pop()

    def _question(self, row: Row, kind: QuestionType, value: Kind) -> None:
        name = row.get("name")
        if not name:
            self._say(say.no_name, row, row.get("type"))
            return
        if kind.role == "computed":
            value = self._value_type(row)
        elif kind.name == "range" and _whole_steps(row.get("parameters")):
            value = "integer"
        column = Column(
            name=name,
            path=self._path(name),
            kind=value,
            data_class=self._class(row, kind),
            unit=self._unit(row, value),
            list_name=kind.list_name,
            list_file=kind.list_file,
            labels=labels(self.workbook, row),
            person_key=kind.list_file in PEOPLE_FILES,
            former=former_names(row),
            label_column=_parameter(row, "label") or "label",
        )
        self._claims.append(Claim(self._table.name, row))
        self._add(row, column)
        if kind.or_other:
            self._add(row, _other(column))

    def _add(self, row: Row, column: Column) -> None:
        table = self._table
        if column.name.startswith("_"):
            self._say(say.reserved_name, row, column.name)
        groups = column.path.rpartition("/")[0].lower()
        for name in columns_of(column):
            if name.lower() in table.taken:
                same = table.taken[name.lower()] == groups
                self._say(say.name_twice if same else say.name_shared, row, name)
            table.taken.setdefault(name.lower(), groups)
        table.columns.append(column)

    def _class(self, row: Row, kind: QuestionType) -> DataClass:
        written = row.get("class")
        found = data_class(written)
        if found:
            return found
        if written:
            self._say(say.unknown_class, row, written)
        elif kind.name in METADATA_CLASSES:
            return METADATA_CLASSES[kind.name]
        elif self.classes:
            self._say(say.no_class, row, row.get("name"))
        return "personal"  # what nobody classified is kept out of sight

    def _unit(self, row: Row, kind: Kind) -> str | None:
        written = row.get("unit").lower()
        if not written:
            return None
        if written not in UNITS:
            self._say(say.unknown_unit, row, written)
        elif kind not in ("integer", "decimal"):
            self._say(say.unit_on_words, row, written)
        else:
            return written
        return None

    def _value_type(self, row: Row) -> Kind:
        written = row.get("value_type").lower() or "text"
        for kind in VALUE_TYPES:
            if kind == written:
                return kind
        self._say(say.unknown_value_type, row, written)
        return "text"

    @property
    def _table(self) -> _Table:
        return self._open[-1].table if self._open else self._tables[0]

    def _path(self, name: str) -> str:
        return "/".join([*(each.name for each in self._open), name])

    def _say(self, what: say.Said, row: Row, text: str) -> None:
        self.problems.append(what.problem(self.workbook.place(SHEET, row.number), text))


def _other(column: Column) -> Column:
    return Column(
        name=f"{column.name}_other",
        path=f"{column.path}_other",
        kind="text",
        data_class=column.data_class,
        unit=None,
        list_name=None,
        list_file=None,
        labels=column.labels,
        person_key=False,
        former=tuple(f"{name}_other" for name in column.former),
    )


def _parameter(row: Row, name: str) -> str:
    for part in row.get("parameters").replace(";", " ").replace(",", " ").split():
        key, _, value = part.partition("=")
        if key == name:
            return value
    return ""


def _whole_steps(parameters: str) -> bool:
    values = [part.partition("=")[2] for part in parameters.replace(";", " ").split()]
    return all(value.strip().lstrip("-").isdigit() for value in values)
