"""Clubs, boards and rosters as registrations, and as updates of clubs that are known already."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from connectors.importing.known import Club, club_root
from connectors.importing.people import BOARD, MEMBER, Roster, roster, totals
from connectors.importing.places import Places
from connectors.importing.read import ImportRow
from connectors.importing.records import Imported, root_uuid
from connectors.importing.sheets import REGISTRATION

UNLISTED = ("unlisted_total", "unlisted_women", "unlisted_60plus", "unlisted_women_60plus")
_ASKED = (
    "club_name", "founded_on", "decision_number", "decision_date", "decision_issuer",
    "villages_count", "meeting_place", "meeting_day", "funds_self_managed",
)  # fmt: skip


def club_of(row: ImportRow, source: str, places: Places) -> Club:
    """Give the club that a row of the sheet ``clubs`` registers.

    Raises:
        ProblemError: its place is not known.
    """
    commune = places.commune(row)
    key = row.get("club_no")
    root = str(club_root(source, key))
    return Club(key, root, commune.province, commune.code, here=True,
                founded_on=row.get("founded_on"))  # fmt: skip


def registrations(
    clubs: Mapping[Club, ImportRow],
    boards: Mapping[Club, Sequence[ImportRow]],
    rosters: Mapping[Club, Sequence[ImportRow]],
    source: str,
    as_of: date,
) -> tuple[list[Imported], dict[Club, tuple[Imported, Roster]]]:
    """Make the registrations of new clubs, their status, and updates of known ones.

    Args:
        clubs: row of the sheet ``clubs`` of each new club.
        boards, rosters: rows of the other sheets by club, new or known.
        source: who gave the data.
        as_of: the day on which all this was so.

    Returns:
        The records, and the roster of each club that has one with the record it is in.
    """
    made: list[Imported] = []
    named: dict[Club, tuple[Imported, Roster]] = {}
    for club in dict.fromkeys([*clubs, *boards, *rosters]):
        listed = roster(rosters.get(club, ()), as_of.year)
        row = clubs.get(club)
        if row is None:
            first = (rosters.get(club) or boards[club])[0]
            record = _update(club, first, source, as_of)
        else:
            record = _registration(club, row)
            made += _status(club, row, source)
        repeats = {BOARD: [each.answers for each in boards.get(club, ())], MEMBER: listed.rows}
        record.repeats = {name: rows for name, rows in repeats.items() if rows}
        if row is not None or rosters.get(club):
            record.answers |= _counts(record, listed, row, as_of)
        if listed.rows:
            named[club] = (record, listed)
        made.append(record)
    return made, named


def _registration(club: Club, row: ImportRow) -> Imported:
    answers = {
        "report_kind": "new",
        "action": "register",
        "province": club.province,
        "commune": club.commune,
        "founded_from": "new",
        "temporary_code": club.name,
        **{name: row.get(name) for name in _ASKED},
    }
    return Imported(REGISTRATION, _root(club), row.place, answers)


def _root(club: Club) -> UUID:
    return UUID(club.name)


def _update(club: Club, row: ImportRow, source: str, as_of: date) -> Imported:
    answers = {**club.answers(), "action": "update", "action_date": as_of.isoformat()}
    return Imported(REGISTRATION, root_uuid(source, "people", club.key), row.place, answers)


def _status(club: Club, row: ImportRow, source: str) -> Iterator[Imported]:
    if action := row.get("status"):
        answers = {**club.answers(), "action": action, "action_date": row.get("status_on")}
        yield Imported(REGISTRATION, root_uuid(source, "status", club.key), row.place, answers)


def _counts(
    record: Imported, listed: Roster, row: ImportRow | None, as_of: date
) -> Mapping[str, str]:
    said = [row.get(name) if row else "" for name in UNLISTED]
    if not listed.rows and not any(said) and not any(listed.unlisted):
        return {}  # nothing is known of the members, which is not the same as none
    total, women, older, older_women = (
        int(text or 0) + more for text, more in zip(said, listed.unlisted, strict=True)
    )
    unlisted = (total, women, older, older_women)
    answers = {"membership_by": "roster"}
    answers |= {name: str(value) for name, value in zip(UNLISTED, unlisted, strict=True)}
    return answers | totals(listed, unlisted, as_of.year)
