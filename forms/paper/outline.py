"""What stands on the paper: sections, numbered questions, notes and tables for repeats."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.questions import QuestionType
from forms.tables import PEOPLE_FILES


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Args:
        number: as printed, ``12`` or, in a table, ``12a``.
        label: what is asked; markdown and ``${…}`` as the author wrote them.
        hints: lines below: the author's hints, limits, how to answer.
        only_if: when to answer, in words; empty means always.
        choices: labels to tick by name; empty when there are none or too many to print.
        from_list: chosen from a list too long to print.
        unit: as in the workbook's column ``unit``.
        digits: boxes to draw for a number; None when its size is not known.
    """

    name: str
    number: str
    type: QuestionType
    label: str
    hints: tuple[str, ...] = ()
    only_if: str = ""
    required: bool = False
    choices: Mapping[str, str] | None = None
    from_list: bool = False
    unit: str = ""
    appearance: str = ""
    parameters: str = ""
    digits: int | None = None

    @property
    def codes_only(self) -> bool:
        """Tell whether it is chosen from a list of people, whose names are not written down."""
        return self.type.list_file in PEOPLE_FILES


@dataclass(frozen=True, slots=True)
class Note:
    """A text to read."""

    label: str
    hints: tuple[str, ...] = ()
    only_if: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """What is asked for each of several: a table.

    Args:
        inside: number of the table that each row belongs to, for a repeat in a repeat.
        rows: how many are asked for, if the form fixes it.
        rows_as: number of the question that says how many.
    """

    number: str
    label: str
    columns: tuple[Question, ...]
    notes: tuple[Note, ...] = ()
    only_if: str = ""
    inside: str = ""
    rows: int | None = None
    rows_as: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group; ``level`` 1 is a part of the form."""

    label: str
    level: int
    items: tuple["Item", ...]
    only_if: str = ""


Item = Question | Note | Repeat | Section


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A form to print."""

    form_id: str
    title: str
    version: str
    items: tuple[Item, ...]


def questions(items: tuple[Item, ...]) -> tuple[Question, ...]:
    """Give every question in order, those in tables too."""
    found: list[Question] = []
    for item in items:
        match item:
            case Question():
                found.append(item)
            case Repeat():
                found += item.columns
            case Section():
                found += questions(item.items)
            case Note():
                pass
    return tuple(found)
