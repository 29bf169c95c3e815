"""The list of who is asked in the yearly survey: codes and initials."""

from collections.abc import Iterator, Mapping
from typing import Any

from connectors.sample.keep import Sampled, draw_of, last_year, sampled
from connectors.store.raw import RawStore
from programme.folder import Folder

COLUMNS = (
    "name", "label", "member", "club", "club_label", "commune", "stratum", "weight", "year",
    "list_date",
)  # fmt: skip
_COMMUNE_DIGITS = 5  # a club's code begins with the commune that it was founded in


def drawn_rows(
    folder: Folder, members: Mapping[str, str], clubs: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]] | None:
    """Give the rows of the newest sample; None where nobody was drawn on this computer.

    Args:
        members: how members are shown on phones, by code.
        clubs: name and commune of clubs, by code.
    """
    if not folder.store.is_file():
        return None
    with RawStore.open(folder.store) as store:
        year = last_year(store)
        how = None if year is None else draw_of(store, year)
        if how is None:
            return None
        people = sampled(store, how.year)
    return list(_rows(people, how.drawn_on.isoformat(), members, clubs))


def _rows(
    people: list[Sampled],
    drawn_on: str,
    members: Mapping[str, str],
    clubs: Mapping[str, tuple[str, str]],
) -> Iterator[dict[str, Any]]:
    for each in people:
        if each.state != "asked":
            continue
        club, commune = clubs.get(each.club, (each.club, each.club[:_COMMUNE_DIGITS]))
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
            "list_date": drawn_on,
        }
