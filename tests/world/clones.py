"""One club's records turned into those of many other clubs: other codes, places, names, uuids.

The demo's generator draws every club anew, which is too slow for twenty thousand. So a few hundred
clubs are drawn, and each is copied: what tells clubs and people apart is cut out of the JSON once
and filled in for every copy. Copies of one club have equal dates and sums.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.world.records import Answers, Record, as_kobo, dumped, received_at, with_number

# control characters never stand in JSON text, so they mark what differs between copies
_CODE, _COMMUNE, _PROVINCE, _TAIL, _COPY, _NUMBER = (bytes([each]) for each in range(1, 7))
_MIX = 0x9E3779B1  # odd: equal tails only for equal copies
_EVENT = ("month", "action_date", "founded_on", "visit_date", "event_date", "starts_on")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One record of a club with the places marked that differ between copies."""

    form: str
    root: str
    month: str
    received: str
    text: bytes


@dataclass(frozen=True, slots=True)
class ClubPattern:
    """All records of one club, the registration first.

    Args:
        root: root uuid of the registration.
        founded_on: ISO day; with the root uuid it gives the order of codes in a commune.
    """

    root: str
    founded_on: str
    records: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """Which club a copy of a pattern is.

    Args:
        number: of the club, from 0.
        copy: which copy of its pattern, from 0.
        province, commune: where it is.
        code: its code.
    """

    number: int
    copy: int
    province: str
    commune: str
    code: str


def club_pattern(code: str, number: int, sent: Iterable[tuple[str, str, Answers]]) -> ClubPattern:
    """Mark what differs between copies in everything that one club sent.

    Args:
        code: its code in these records.
        number: its number in them, from 0; stands in its name.
        sent: form, root uuid and answers by path; the registration first.
    """
    records = tuple(_pattern(code, number, *each) for each in sent)
    first = records[0]
    founded = re.search(rb'/founded_on":"([\d-]+)"', first.text)
    assert founded, "the first record of a club registers it"
    return ClubPattern(first.root, founded[1].decode(), records)


def _pattern(code: str, number: int, form: str, root: str, answers: Answers) -> Pattern:
    received = received_at(datetime.fromisoformat(answers["end"]).replace(tzinfo=None))
    text = dumped(as_kobo(answers, root, received))
    commune = code.partition("-")[0]
    for old, new in (
        (code, _CODE),
        (f'"{commune}"', b'"' + _COMMUNE + b'"'),
        (root, root[:-8].encode() + _TAIL),
        ("Mẫu-", "Mẫu-".encode() + _COPY),
        ('"collect:', b'"collect:' + _COPY),
        (f"(mẫu {number + 1:02d})", "(mẫu ".encode() + _NUMBER + b")"),
    ):
        text = text.replace(old.encode(), new)
    text = re.sub(rb'(/province":")\d\d"', rb"\g<1>" + _PROVINCE + b'"', text)
    return Pattern(form, root, _month(answers), received, text)


def _month(answers: Mapping[str, Any]) -> str:
    named = {path.rpartition("/")[2]: value for path, value in answers.items()}
    return str(next(named[name] for name in _EVENT if name in named))[:7]


def copies(pattern: ClubPattern, copy: Copy, first: int) -> Iterator[Record]:
    """Give a copy's records, numbered from ``first``."""
    code, commune, province = copy.code.encode(), copy.commune.encode(), copy.province.encode()
    mark = f"{copy.copy}." if copy.copy else ""
    number = f"{copy.number + 1:02d}".encode()
    for at, each in enumerate(pattern.records, first):
        root = copied(each.root, copy.copy)
        text = (
            each.text.replace(_CODE, code)
            .replace(_COMMUNE, commune)
            .replace(_PROVINCE, province)
            .replace(_TAIL, root[-8:].encode())
            .replace(_COPY, mark.encode())
            .replace(_NUMBER, number)
        )
        yield Record(each.form, at, root, root, each.month, each.received, with_number(at, text))


def copied(root: str, copy: int) -> str:
    """Give the root uuid that a copy of a record has.

    Only the end differs, so that a club's records keep their order, and with it their codes.
    """
    return f"{root[:-8]}{(int(root[-8:], 16) + copy * _MIX) & 0xFFFFFFFF:08x}"


def club_codes(clubs: Sequence[tuple[str, str, str]]) -> list[str]:
    """Give the codes that the registers issue when all clubs are reconciled at once.

    Args:
        clubs: commune, founding day and root uuid of each.
    """
    codes = [""] * len(clubs)
    taken: dict[str, int] = {}
    for place in sorted(range(len(clubs)), key=lambda place: clubs[place]):
        commune = clubs[place][0]
        taken[commune] = taken.get(commune, 0) + 1
        codes[place] = f"{commune}-{taken[commune]:02d}"
    return codes
