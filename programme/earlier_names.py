"""Names that provinces and communes had before, each with the days on which it was right.

The lists of provinces and communes hold today's names; these say what a report of an earlier day
has to print. Where a name ended and the next one is not known, that is said too.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from programme.area import KINDS
from programme.dates import parse_date
from programme.lists import Row, read_list
from programme.problem import Place, Problem, ProblemError, Text

SHIPPED = Path(__file__).with_name("earlier_names.csv")
OWN = "earlier_names.csv"

_COLUMNS = ("code", "label", "kind", "valid_from", "valid_until", "next_known", "ended_by")


@dataclass(frozen=True, slots=True)
class EarlierName:
    """A name that an area had.

    Args:
        label: the name with its kind, "Xã Tiên Du".
        kind: ``xã``.
        valid_from: first day.
        valid_until: first day on which it was no longer right.
        next_known: False where nobody could tell what it is called since; the list then still
            holds this name.
        ended_by: the resolution.
    """

    label: str
    kind: str
    valid_from: date
    valid_until: date
    next_known: bool
    ended_by: str


def load_earlier_names(own: Path | None = None) -> Mapping[str, tuple[EarlierName, ...]]:
    """Read the names that areas had before: those that come with the product, and a folder's own.

    Args:
        own: a list with the same columns; what it says of a code replaces what is shipped.

    Returns:
        Code → names, the oldest first.

    Raises:
        ProblemError: ``list-…`` when a list is broken; ``earlier-name`` with row and column.
    """
    names = _read(SHIPPED)
    return names | _read(own) if own and own.is_file() else names


def _read(path: Path) -> dict[str, tuple[EarlierName, ...]]:
    problems: list[Problem] = []
    names: dict[str, list[EarlierName]] = defaultdict(list)
    for row in read_list(path, _COLUMNS):
        wrong = _wrong_column(row)
        if wrong:
            problems.append(_problem(Place(file=path.name, row=row.number, column=wrong)))
            continue
        names[row["code"]].append(
            EarlierName(
                label=row["label"],
                kind=row["kind"],
                valid_from=parse_date(row["valid_from"]),
                valid_until=parse_date(row["valid_until"]),
                next_known=row["next_known"] == "yes",
                ended_by=row["ended_by"],
            )
        )
    if problems:
        raise ProblemError(problems)
    return {code: tuple(sorted(each, key=lambda name: name.valid_from))
            for code, each in names.items()}  # fmt: skip


def _wrong_column(row: Row) -> str | None:
    for column in ("valid_from", "valid_until"):
        try:
            parse_date(row[column])
        except ValueError:
            return column
    if parse_date(row["valid_from"]) >= parse_date(row["valid_until"]):
        return "valid_until"
    if row["kind"] not in KINDS:
        return "kind"
    if row["next_known"] not in ("yes", "no"):
        return "next_known"
    return None if row["label"] else "label"


def _problem(place: Place) -> Problem:
    kinds = ", ".join(KINDS)
    return Problem(
        "earlier-name",
        Text(vi="ô này không đúng mẫu", en="this cell is not as it should be"),
        Text(
            vi=f"label: tên đầy đủ; kind: {kinds}; ngày dạng 2026-09-20, "
            "valid_from trước valid_until; next_known: yes hoặc no",
            en=f"label: the full name; kind: {kinds}; dates like 2026-09-20, "
            "valid_from before valid_until; next_known: yes or no",
        ),
        place,
    )
