"""Records of what a form's submissions become: tables of typed columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.classes import DataClass
from forms.questions import Kind

# Lists whose rows are people: what picks from them is a pseudonym in tables/.
PEOPLE_FILES = frozenset({"members.csv", "boards.csv", "sample.csv"})
# Lists whose labels tell who somebody is, by initials at least.
TELLING_FILES = PEOPLE_FILES | {"loans.csv"}
UNITS = ("thousand_vnd",)  # typed in thousand đồng, kept in đồng
VALUE_TYPES: tuple[Kind, ...] = ("text", "integer", "decimal", "date")  # of calculates
SEPARATOR = "__"  # between the form id and the name of a repeat, groups and the name of a question
GEOPOINT_PARTS = ("latitude", "longitude", "altitude", "accuracy")


@dataclass(frozen=True, slots=True)
class Column:
    """One question as a column.

    Args:
        name: name of the column: that of the question, after its groups when two questions of a
            table share theirs.
        path: key in KoBo's JSON, groups and repeats joined by ``/``.
        kind: kind of value.
        data_class: who may see it.
        unit: ``thousand_vnd`` when typed in thousand đồng; None otherwise.
        list_name: list on the sheet ``choices``.
        list_file: file that the choices come from.
        labels: the question by language code.
        person_key: the value names a person on a list, by code.
        former: names that the question had in earlier versions.
        label_column: column of ``list_file`` that has the words.
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
    former: tuple[str, ...] = ()
    label_column: str = "label"

    @property
    def question(self) -> str:
        """Name of the question; names of columns differ only where two questions share it."""
        return last(self.path)


@dataclass(frozen=True, slots=True)
class Table:
    """The form itself, or one of its repeats.

    Args:
        name: ``form_id`` or ``form_id__repeat``.
        path: key of the repeat in KoBo's JSON; empty for the form.
        parent: name of the table that this one repeats in; None for the form.
        columns: in the order of the form.
        former: names that the repeat had in earlier versions.
    """

    name: str
    path: str
    parent: str | None
    columns: tuple[Column, ...]
    former: tuple[str, ...] = ()

    def named(self, name: str) -> tuple[Column, ...]:
        """Give the questions that have a name, or had it in an earlier version."""
        return tuple(each for each in self.columns if name in (each.question, *each.former))

    def has_been(self, name: str) -> bool:
        """Tell whether the repeat has a name, or had it in an earlier version."""
        return name in (last(self.path), *self.former)


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
        former_choices: by list the name that a choice has now, by its names in earlier versions.
    """

    form_id: str
    version: str
    digest: str
    tables: tuple[Table, ...]
    choices: Mapping[str, Mapping[str, Mapping[str, str]]]
    shown: frozenset[str] = frozenset()
    former_choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

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


def last(path: str) -> str:
    """Give the last part of a path: the name of the question, note or repeat itself."""
    return path.rpartition("/")[2]


def columns_of(column: Column) -> tuple[str, ...]:
    """Give the names of the table's columns for one question; a geopoint has four."""
    if column.kind == "geopoint":
        return tuple(f"{column.name}_{part}" for part in GEOPOINT_PARTS)
    return (column.name,)
