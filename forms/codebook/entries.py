"""What a codebook says of one form."""

from dataclasses import dataclass
from typing import Literal

from forms.classes import DataClass
from programme.problem import Language, Text

What = Literal["group", "repeat", "question", "note", "computed", "metadata"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a form.

    Args:
        what: what kind of row it is.
        depth: groups and repeats around it.
        number: as on the paper version; empty where it is not on paper.
        name: in the workbook.
        label: what is asked, in both languages.
        kind: type of the answer in words; the type cell of structure.
        list_name: list of choices or file that it is chosen from; empty for none.
        required: an answer is wanted before the form can be sent.
        only_if: when it is asked, in words of the codebook's language.
        limits: what is allowed, in words.
        expressions: relevant, constraint and calculation as the workbook has them.
        data_class: None for what holds no answer.
        table: where the answers lie; empty for none.
        columns: there; a place has four.
        since: version of the form from which on it was asked; empty for none.
    """

    what: What
    depth: int
    number: str
    name: str
    label: Text
    kind: str
    list_name: str = ""
    required: bool = False
    only_if: str = ""
    limits: str = ""
    expressions: tuple[str, str, str] = ("", "", "")
    data_class: DataClass | None = None
    table: str = ""
    columns: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list."""

    list_name: str
    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class Codebook:
    """One form.

    Args:
        form_id: its id.
        title: in both languages, where the form has both.
        version: of the workbook.
        language: of the words that are not the form's own.
        entries: in the order of the form.
        choices: of all its lists.
    """

    form_id: str
    title: Text
    version: str
    language: Language
    entries: tuple[Entry, ...]
    choices: tuple[Choice, ...]
