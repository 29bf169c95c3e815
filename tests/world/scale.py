"""Tens of thousands of clubs over many months, streamed; and what one night brings.

A world has two parts: the ``evening``, which a store holds already, and the ``night``: records
that are new (most of the last month's) and edited ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import islice

import orjson

from ishc.demo.happened import ClubHistory
from ishc.demo.history import histories
from ishc.demo.model import Place
from ishc.demo.plan import Plan, add_months
from programme.areas import load_areas
from programme.folder import shipped
from tests.world.builder import FORMS, build, issue_codes
from tests.world.clones import ClubPattern, Copy, club_codes, club_pattern, copied, copies
from tests.world.records import Answers, Record, dumped, kept, paths_of, schemas

NEW, EDITED, OF_CLUBS = 15_000, 500, 20_000  # one night of the largest world
LOANS_OF = 7  # members of a club who borrow
_STRIDE = 1_009  # a prime: neighbours in number are far apart on the map


@dataclass(frozen=True)
class Scale:
    """A large world; equal arguments give equal records.

    Args:
        clubs: how many.
        patterns: the clubs that are copied, in order, over and over.
    """

    clubs: int
    patterns: Sequence[ClubPattern]

    @cached_property
    def members(self) -> tuple[Copy, ...]:
        """Give every club's place and code."""
        spots = [(place.province, place.commune) for place in places(self.clubs)]
        founded = []
        for number, (_, commune) in enumerate(spots):
            pattern, copy = self._pattern(number)
            founded.append((commune, pattern.founded_on, copied(pattern.root, copy)))
        return tuple(
            Copy(number, number // len(self.patterns), *spot, code)
            for number, (spot, code) in enumerate(zip(spots, club_codes(founded), strict=True))
        )

    def _pattern(self, number: int) -> tuple[ClubPattern, int]:
        copy, place = divmod(number, len(self.patterns))
        return self.patterns[place], copy

    def records(self) -> Iterator[Record]:
        """Give everything, club after club."""
        number = 1
        for club in self.members:
            pattern, _ = self._pattern(club.number)
            yield from copies(pattern, club, number)
            number += len(pattern.records)

    @property
    def new(self) -> int:
        """How many records are new in the night."""
        return max(1, NEW * self.clubs // OF_CLUBS)

    @property
    def edited(self) -> int:
        """How many records of the evening are edited in the night."""
        return max(1, EDITED * self.clubs // OF_CLUBS)

    @property
    def last_month(self) -> str:
        """The last month that anything tells of."""
        return max(each.month for pattern in self.patterns for each in pattern.records)

    def evening(self) -> Iterator[Record]:
        """Give what was there before the night."""
        last, kept_back = self.last_month, 0
        for record in self.records():
            if record.month == last and kept_back < self.new:
                kept_back += 1
            else:
                yield record

    def night(self) -> Iterator[Record]:
        """Give the new records of the night, then new versions of earlier ones."""
        last = self.last_month
        yield from islice((one for one in self.records() if one.month == last), self.new)
        every = max(1, self.clubs // self.edited)
        wanted = {club.code for club in self.members[::every][: self.edited]}
        yield from self._edits(wanted)

    def _edits(self, wanted: set[str]) -> Iterator[Record]:
        number = 1
        for club in self.members:
            pattern, _ = self._pattern(club.number)
            if club.code in wanted:
                reports = (
                    one
                    for one in copies(pattern, club, number)
                    if one.form == "monthly_activity_report" and one.month < self.last_month
                )
                yield edit(next(reports))
            number += len(pattern.records)


def edit(record: Record) -> Record:
    """Make the next version of a monthly report, as an edit on the server does: other sum."""
    answers: Answers = orjson.loads(record.body)
    uuid = f"eeeeeeee{record.root[8:]}"
    name = "income_fund/income_closing_page/income_closing_cash"
    answers[name] = str(int(answers[name]) + 1)
    answers |= {
        "_uuid": uuid,
        "meta/instanceID": f"uuid:{uuid}",
        "meta/deprecatedID": f"uuid:{record.root}",
    }
    return Record(
        record.form, record.id, record.root, uuid, record.month, record.received, dumped(answers)
    )


def world_patterns(
    clubs: int = 200, months: int = 120, seed: int = 1648
) -> tuple[ClubPattern, ...]:
    """Draw clubs to copy: 50 members each, about 100 loan events in 120 months, and the rest.

    Args:
        clubs: how many different ones.
        months: up to October 2026.
        seed: chooses one world among many.
    """
    first = add_months(date(2026, 10, 1), 1 - months)
    plan = Plan(
        seed=seed,
        places=places(clubs),
        first_month=first,
        months=months,
        members=50 * clubs,
        borrowers=LOANS_OF * clubs,
        inspections=clubs * max(1, months // 15),
        mobilised=clubs * months * 800,
        founded=(first.replace(year=first.year - 6), first - timedelta(days=40)),
        lending_every=1,
        turns=3,
        trainings=clubs * max(1, months // 12),
    )
    return tuple(_patterns(plan))


def places(clubs: int) -> tuple[Place, ...]:
    """Give so many places, each in a commune of its own as long as there are enough."""
    communes = _communes()
    return tuple(Place(*communes[number * _STRIDE % len(communes)]) for number in range(clubs))


def places_of(province: str, clubs: int, communes: int) -> tuple[Place, ...]:
    """Give so many places in the first communes of one province, in turn."""
    here = [spot for spot in _communes() if spot[0] == province][:communes]
    return tuple(Place(*here[number % len(here)]) for number in range(clubs))


def _patterns(plan: Plan) -> Iterator[ClubPattern]:
    made = [_followed(history) for history in histories(plan)]
    codes = issue_codes(made)
    known = {form: paths_of(schema) for form, schema in schemas(FORMS).items()}
    for history in made:
        sent = [
            (each.form, each.root, kept(each.answers, known[each.form]))
            for each in build(history, codes, plan.calendar)
        ]
        yield club_pattern(codes.club(history.club), history.club.number, sent)


def _followed(history: ClubHistory) -> ClubHistory:
    """Leave only the last visit's recommendations open, as where inspectors come back."""
    *before, last = history.inspections
    done = (replace(visit, recommendations=()) for visit in before)
    return replace(history, inspections=(*done, last))


def _communes() -> list[tuple[str, str]]:
    areas = load_areas(shipped() / "xlsforms")
    return sorted((each.province, each.code) for each in areas.communes.values())
