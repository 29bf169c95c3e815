"""The list of who is asked in the yearly survey: codes and initials."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from connectors.sample.keep import Sampled, draw_of, last_year, sampled
from connectors.store.raw import RawStore
from programme.folder import Folder

COLUMNS = (
    "name", "label", "member", "club", "club_label", "commune", "stratum", "weight", "year",
    "list_date",
)  # fmt: skip
COMMUNE_DIGITS = 5  # a club's code begins with the commune that it was founded in


def newest_sample(folder: Folder) -> tuple[date, list[Sampled]] | None:
    """Give who is asked in the newest sample and when it was drawn; None: nobody was, here."""
    if not folder.store.is_file():
        return None
    with RawStore.open(folder.store) as store:
        year = last_year(store)
        how = None if year is None else draw_of(store, year)
        if how is None:
            return None
        people = [each for each in sampled(store, how.year) if each.state == "asked"]
    return how.drawn_on, people


def drawn_rows(
    drawn_on: date,
    people: Iterable[Sampled],
    members: Mapping[str, str],
    clubs: Mapping[str, tuple[str, str]],
) -> Iterator[dict[str, Any]]:
    """Give the rows of the list.

    Args:
        members: how members are shown on phones, by code.
        clubs: name and commune of clubs, by code.
    """
    for each in people:
        club, commune = clubs.get(each.club, (each.club, each.club[:COMMUNE_DIGITS]))
        shown = members.get(each.member) or each.member.removeprefix(f"{each.club}-")
        yield {
            "name": each.code,
            "label": f"{shown} – {club}",
            "member": each.member,
            "club": each.club,
            "club_label": club,
            "commune": commune,
            "stratum": each.stratum,
            "weight": f"{each.weight:.6g}",
            "year": each.year,
            "list_date": drawn_on.isoformat(),
        }
