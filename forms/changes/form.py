"""A form as it is compared: questions with their rows and the groups that they stand in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from forms.questions import QuestionType, question_type
from forms.schema import examine
from forms.tables import Column, FormSchema
from forms.workbook import Row, Workbook, read_workbook
from programme.problem import Place, ProblemError

OTHER = "_other"  # what pyxform adds to the name of a select with “or other”


@dataclass(frozen=True, slots=True)
class Container:
    """A group or a repeat."""

    name: str
    repeats: bool


Chain = tuple[Container, ...]  # from the outside in


@dataclass(frozen=True, slots=True)
class Question:
    """A question that becomes a column.

    Args:
        column: the column.
        type: what its type cell says.
        row: its row.
        chain: the groups and repeats around it.
        added: the text question that pyxform adds to a select with “or other”.
    """

    column: Column
    type: QuestionType
    row: Row
    chain: Chain
    added: bool = False

    @property
    def name(self) -> str:
        """Name of the question."""
        return self.column.question

    @property
    def repeats(self) -> tuple[str, ...]:
        """Names of the repeats around it: they say which table it is in."""
        return repeat_names(self.chain)


@dataclass(frozen=True)
class Form:
    """One version of a form.

    Args:
        workbook: its rows.
        schema: its tables.
        file: how its file is called in messages.
        questions: in the order of the form.
        containers: the row of each group and repeat, by the chain that ends in it.
    """

    workbook: Workbook
    schema: FormSchema
    file: str
    questions: tuple[Question, ...]
    containers: Mapping[Chain, Row]

    @cached_property
    def choice_rows(self) -> Mapping[tuple[str, str], int]:
        """Row number of each choice, by list and name."""
        rows = self.workbook.rows("choices")
        return {(row.get("list_name"), row.get("name")): row.number for row in reversed(rows)}

    def place(self, sheet: str, row: int | None = None, column: str | None = None) -> Place:
        """Say where something is in this version."""
        place = self.workbook.place(sheet, row, column)
        return Place(file=self.file, sheet=place.sheet, row=row, column=column)

    def active_rows(self) -> Iterator[tuple[Row, QuestionType]]:
        """Give the rows that are part of the form, with their types."""
        for row in self.workbook.rows("survey"):
            kind = question_type(row.get("type"))
            if kind and row.get("disabled").lower() not in ("yes", "true", "true()"):
                yield row, kind


def repeat_names(chain: Chain) -> tuple[str, ...]:
    """Give the names of the repeats in a chain."""
    return tuple(each.name for each in chain if each.repeats)


def read_form(path: Path, file: str) -> Form:
    """Read one version of a form.

    Args:
        path: the workbook.
        file: how to call it in messages.

    Raises:
        ProblemError: the workbook cannot be read, or has rows whose meaning is unknown: they
            would look as if they were gone. A missing class is no such problem.
    """
    workbook = read_workbook(path)
    schema, problems = examine(workbook, classes=False)
    if errors := [each for each in problems if each.severity == "error"]:
        raise ProblemError(errors)
    form = Form(workbook, schema, file, (), {})
    columns = {column.path: column for table in schema.tables for column in table.columns}
    containers: dict[Chain, Row] = {}
    questions = tuple(_questions(form, columns, containers))
    return Form(workbook, schema, file, questions, containers)


def _questions(
    form: Form, columns: Mapping[str, Column], containers: dict[Chain, Row]
) -> Iterator[Question]:
    chain: Chain = ()
    for row, kind in form.active_rows():
        if kind.role == "begin":
            chain = (*chain, Container(row.get("name"), kind.name == "repeat"))
            containers[chain] = row
        elif kind.role == "end":
            chain = chain[:-1]
        elif kind.kind is not None:
            path = "/".join([*(each.name for each in chain), row.get("name")])
            yield Question(columns[path], kind, row, chain)
            if kind.or_other:
                yield Question(columns[path + OTHER], kind, row, chain, added=True)
