"""What a rule says: one stable code, and its words in both languages."""

from dataclasses import dataclass
from typing import Literal

from programme.problem import Place, Problem, Severity, Text

# ``house``: a warning in a programme's own folder, a note for a workbook from elsewhere;
# ``strict``: an error in a programme's own folder, a note for a workbook from elsewhere.
Level = Literal["error", "warning", "note", "house", "strict"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault.

    Args:
        code: stable name, also the name to write in the column ``waive``.
        what: what is wrong; ``{name}`` stands for a value of the cell.
        do: the remedy, likewise.
        level: how bad it is.
        waivable: an author may accept it with a reason; warnings and notes always are.
    """

    code: str
    what: Text
    do: Text
    level: Level = "error"
    waivable: bool = False


def filled(text: Text, values: dict[str, str]) -> Text:
    """Put values into ``{name}``; braces of a formula, ``${name}``, stay as they are."""
    vi, en = text.vi, text.en
    for name, value in values.items():
        vi, en = vi.replace(f"{{{name}}}", value), en.replace(f"{{{name}}}", value)
    return Text(vi=vi, en=en)


def at_list(
    fault: Fault,
    file: str,
    row: int,
    column: str | None,
    values: dict[str, str],
    severity: Severity = "error",
) -> Problem:
    """Tell a fault at a row of a list itself."""
    place = Place(file=file, row=row, column=column)
    return Problem(
        fault.code, filled(fault.what, values), filled(fault.do, values), place, severity
    )
