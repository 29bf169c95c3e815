"""What all forms ask: who reports, about which club."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ishc.demo.model import BoardMember, Club

Answers: TypeAlias = "dict[str, Answer]"
# text as typed, choices ticked, or the rows of a repeat
Answer: TypeAlias = str | tuple[str, ...] | Sequence[Answers]


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes that the registers have issued.

    Args:
        clubs: by root uuid of the registration.
        members: by ``root uuid/row`` of the roster.
        loans: by root uuid of the record that lent.
    """

    clubs: Mapping[str, str]
    members: Mapping[str, str]
    loans: Mapping[str, str]

    def club(self, club: Club) -> str:
        """Give a club's code."""
        return self.clubs[club.sent.root]

    def member(self, club: Club, row: int) -> str:
        """Give the code of the member in a row of the club's first roster."""
        return self.members[f"{club.sent.root}/{row}"]


def yes_no(value: bool) -> str:
    """Write a choice of ``yes_no``."""
    return "yes" if value else "no"


def about(club: Club, code: str, reporter: BoardMember) -> Answers:
    """Answer the first page: a new report, by whom, about which club on the list."""
    return {
        "report_kind": "new",
        "reporter_name": reporter.name,
        "reporter_role": reporter.role,
        "province": club.place.province,
        "commune": club.place.commune,
        "club_in_list": "listed",
        "club": code,
        "confirmed": "OK",
    }
