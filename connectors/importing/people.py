"""Boards and rosters of a club: who is named, and who is only counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from connectors.importing.read import ImportRow

OLDER = 60
BOARD, MEMBER = "board", "member"
VULNERABLE = frozenset({"poor", "near_poor", "disadvantaged"})


@dataclass(slots=True)
class Roster:
    """The members of a club as the registration form asks for them.

    Args:
        rows: people who agreed to be named, as answers.
        unlisted: total, women, 60 and over, women of these: those who did not.
        borrowers: row in the repeat, from 1, by number and by name.
    """

    rows: list[Mapping[str, str]] = field(default_factory=list)
    unlisted: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    borrowers: dict[str, int] = field(default_factory=dict)


def roster(rows: Iterable[ImportRow], year: int) -> Roster:
    """Take the rows of one club.

    Args:
        year: ages are of this year, as everywhere.
    """
    found = Roster()
    for row in rows:
        if not row.get("member_consent"):
            woman = row.get("member_sex") == "female"
            older = year - int(row.get("member_birth_year")) >= OLDER
            for at, counts in enumerate((True, woman, older, woman and older)):
                found.unlisted[at] += counts
            continue
        found.rows.append(row.answers)
        for name in (row.get("member_no"), row.get("member_name")):
            if name:
                # of two of one name neither is meant
                found.borrowers[name] = 0 if name in found.borrowers else len(found.rows)
    return found


def totals(found: Roster, unlisted: tuple[int, int, int, int], year: int) -> dict[str, str]:
    """Give the totals that the form calculates, of those named and those counted."""
    women = [row for row in found.rows if row["member_sex"] == "female"]

    def older(rows: Iterable[Mapping[str, str]]) -> int:
        return sum(year - int(row["member_birth_year"]) >= OLDER for row in rows)

    listed = (len(found.rows), len(women), older(found.rows), older(women))
    names = ("members_total", "members_women", "members_60plus", "members_women_60plus")
    sums = {name: a + b for name, a, b in zip(names, listed, unlisted, strict=True)}
    sums["members_vulnerable"] = sum(row["member_household"] in VULNERABLE for row in found.rows)
    return {name: str(value) for name, value in sums.items()}
