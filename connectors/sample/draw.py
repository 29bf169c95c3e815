"""``ishc sample``: a year's sample drawn from the registers, or what was drawn before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pyarrow.parquet as pq

from connectors.sample import problems as say
from connectors.sample.design import draw, expected_margin
from connectors.sample.frame import read_frame
from connectors.sample.keep import (
    Draw,
    Sampled,
    draw_of,
    keep_replacement,
    keep_sample,
    last_year,
    sampled,
)
from connectors.store.raw import RawStore
from connectors.store.tables import TableSet, open_tables
from programme.folder import Folder
from programme.problem import ProblemError
from programme.settings import Settings
from programme.text import nearest

SURVEY = "member_survey"


@dataclass(frozen=True, slots=True)
class SampleResult:
    """A year's sample.

    Args:
        how: how it was drawn.
        new: it was drawn just now.
        people: everybody in it, reserves too.
    """

    how: Draw
    new: bool
    people: tuple[Sampled, ...]

    @property
    def asked(self) -> tuple[Sampled, ...]:
        """Those who are to be asked."""
        return tuple(each for each in self.people if each.state == "asked")

    @property
    def clubs(self) -> int:
        """How many clubs are visited."""
        return len({each.club for each in self.asked})

    @property
    def margin(self) -> float:
        """How far off a share of one half may be, in percentage points."""
        return expected_margin(len(self.asked), self.clubs, self.how.members, self.how.clubs)


def draw_sample(
    settings: Settings,
    folder: Folder,
    year: int,
    *,
    seed: str,
    today: date,
    again: bool = False,
) -> SampleResult:
    """Draw the sample of a year and keep it; one that was drawn before stays as it is.

    Args:
        seed: draws the same sample again from the same registers.
        today: the day to write down.
        again: draw it anew, as long as nobody has answered.

    Raises:
        ProblemError: ``tables-missing``, ``sample-nobody``, ``sample-answered``.
    """
    tables = open_tables(folder, identified=True)
    with RawStore.open(folder.store) as store:
        before = draw_of(store, year)
        if before and not again:
            return SampleResult(before, False, tuple(sampled(store, year)))
        if before and (answers := _answers(tables, {each.code for each in sampled(store, year)})):
            raise ProblemError(say.answered(year, answers))
        frame = read_frame(tables, settings.sample.youngest)
        if not frame.members:
            raise ProblemError(say.nobody())
        wanted = settings.sample
        drawn = draw(frame.clubs, wanted.clubs, wanted.members, wanted.reserves, f"{year}/{seed}")
        how = Draw(
            year, seed, today, tables.as_of, sum(bool(each.members) for each in frame.clubs),
            frame.members, frame.counted_only,
        )  # fmt: skip
        keep_sample(store, how, drawn)
        return SampleResult(how, True, tuple(sampled(store, year)))


def replace_sampled(folder: Folder, code: str) -> tuple[Sampled, Sampled]:
    """Let the next reserve of the club be asked in the place of somebody who was not met.

    Returns:
        Who is asked no more, and who instead.

    Raises:
        ProblemError: ``sample-missing``, ``sample-unknown``, ``sample-no-reserve``.
    """
    with RawStore.open(folder.store) as store:
        year = int(code[:4]) if code[:4].isdecimal() else last_year(store) or 0
        people = sampled(store, year)
        if not people:
            raise ProblemError(say.no_sample(year))
        asked = {each.code: each for each in people if each.state == "asked"}
        gone = asked.get(code)
        if gone is None:
            raise ProblemError(say.not_asked(code, nearest(code, list(asked))))
        there = [each for each in people if each.state == "reserve" and each.club == gone.club]
        if not there:
            raise ProblemError(say.no_reserve(code, gone.club))
        reserve = min(there, key=lambda each: each.place)
        keep_replacement(store, gone, reserve)
        return gone, reserve


def _answers(tables: TableSet, codes: Collection[str]) -> int:
    if SURVEY not in tables.names:
        return 0
    answers = pq.read_table(tables.path(SURVEY), columns=["sampled"])
    return sum(code in codes for code in answers.column("sampled").to_pylist())
