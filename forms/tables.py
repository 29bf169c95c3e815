"""Records of what a form's submissions become: tables of typed columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.classes import DataClass
from forms.questions import Kind

# Lists whose rows are people: what picks from them is a pseudonym in tables/.
PEOPLE_FILES = frozenset({"members.csv", "boards.csv", "sample.csv"})
UNITS = ("thousand_vnd",)  # typed in thousand đồng, kept in đồng
VALUE_TYPES: tuple[Kind, ...] = ("text", "integer", "decimal", "date")  # of calculates
SEPARATOR = "__"  # between the form id and the name of a repeat


@dataclass(frozen=True, slots=True)
class Column:
    """One question as a column.

    Args:
        name: name of the question, and of the column.
        path: key in KoBo's JSON, groups and repeats joined by ``/``.
        kind: kind of value.
        data_class: who may see it.
        unit: ``thousand_vnd`` when typed in thousand đồng; None otherwise.
        list_name: list on the sheet ``choices``.
        list_file: file that the choices come from.
        labels: the question by language code.
        person_key: the value names a person on a list, by code.
    """

    name: str
    path: str
    kind: Kind
    data_class: DataClass
    unit: str | None
    list_name: str | None
    list_file: str | None
    labels: Mapping[str, str]
    person_key: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The form itself, or one of its repeats.

    Args:
        name: ``form_id`` or ``form_id__repeat``.
        path: key of the repeat in KoBo's JSON; empty for the form.
        parent: name of the table that this one repeats in; None for the form.
        columns: in the order of the form.
    """

    name: str
    path: str
    parent: str | None
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class FormSchema:
    """Everything the tables need to know of a form.

    Args:
        form_id: id of the form.
        version: version of the form, empty when the workbook has none.
        digest: SHA-256 of the workbook's cells.
        tables: the form first, then its repeats in order.
        choices: label by list, choice and language code.
        shown: paths of notes; those that show a calculation are in submissions, as no answers.
    """

    form_id: str
    version: str
    digest: str
    tables: tuple[Table, ...]
    choices: Mapping[str, Mapping[str, Mapping[str, str]]]
    shown: frozenset[str] = frozenset()

    @property
    def root(self) -> Table:
        """The table of the form itself."""
        return self.tables[0]

    def table(self, name: str) -> Table:
        """Give a table by its own name or by that of its repeat.

        Raises:
            KeyError: the form has no such table.
        """
        for table in self.tables:
            if name in (table.name, table.name.removeprefix(f"{self.form_id}{SEPARATOR}")):
                return table
        raise KeyError(name)

    def column(self, name: str) -> Column:
        """Find a question anywhere in the form (names are unique in a form).

        Raises:
            KeyError: the form has no such question.
        """
        for table in self.tables:
            for column in table.columns:
                if column.name == name:
                    return column
        raise KeyError(name)
