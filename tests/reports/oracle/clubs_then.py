"""Clubs and their members on the last day of a period."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Self

import pandas as pd

from tests.reports.oracle.frames import (
    Commune,
    Frames,
    Settings,
    bools,
    last_day_of,
    month_of,
    number_of,
    plain,
)


class Clubs:
    """The clubs on the last day of a period, and what happened in it.

    Args:
        registers: every register as a frame of plain Python values.
        communes: all there are.
        start, end: first day of the period, last day that counts.
        settings: of the workbook.
    """

    def __init__(self, registers: Frames, communes: Mapping[str, Commune], start: date, end: date,
                 settings: Settings) -> None:  # fmt: skip
        self.registers, self.communes = registers, communes
        self.start, self.end, self.settings = start, end, settings

    @property
    def first_month(self) -> int:
        """Number of the period's first month."""
        return number_of(month_of(self.start))

    @property
    def last_month(self) -> int:
        """Number of the month of the last day that counts."""
        return number_of(month_of(self.end))

    def only(self, **frames: pd.DataFrame) -> "Self":
        """Give the same truth with other frames in place of some of its own."""
        other = type(self)(self.registers, self.communes, self.start, self.end, self.settings)
        other.__dict__.update(frames)
        return other

    def before(self, day: date) -> "Self":
        """Give what was so on another day."""
        return type(self)(self.registers, self.communes, day, day, self.settings)

    @cached_property
    def clubs(self) -> pd.DataFrame:
        """Clubs founded by then, with their status on that day: what was said of it last."""
        clubs = self.registers["club"]
        clubs = clubs[clubs["founded_on"] <= self.end].copy()
        said = self.registers["club_status"]
        said = said[said["on_date"] <= self.end].sort_values("place")
        last = said.groupby("club_code").tail(1).set_index("club_code")
        clubs["status"] = [last["status"].get(code, "active") for code in clubs["club_code"]]
        clubs["since"] = clubs["club_code"].map(last["on_date"])
        clubs["years"] = [
            (self.last_month - number_of(month_of(day))) // 12 for day in clubs["founded_on"]
        ]
        return clubs.reset_index(drop=True)

    @cached_property
    def active(self) -> pd.DataFrame:
        """Clubs in operation on that day."""
        return self.clubs[self.clubs["status"] == "active"]

    def of_clubs(self, frame: pd.DataFrame, clubs: pd.DataFrame | None = None) -> pd.DataFrame:
        """Keep what belongs to clubs founded by then, or to some of them."""
        kept = (self.clubs if clubs is None else clubs)["club_code"]
        return frame[frame["club_code"].isin(set(kept))].reset_index(drop=True)

    def of_all_clubs(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Keep what belongs to a club of the register, founded later too."""
        return self.of_clubs(frame, self.registers["club"])

    @cached_property
    def imported(self) -> pd.DataFrame:
        """Clubs founded by then that were taken over from paper, and when they ended."""
        sent = self.registers["submission"]
        paper = sent[(sent["form"] == "club_registration") & (sent["_source"] == "import")]
        ended = self.registers["club_status"]
        ended = ended[ended["status"].isin(["merged", "split", "closed"])]
        first = ended.groupby("club_code")["on_date"].min()
        clubs = self.clubs[self.clubs["_root_uuid"].isin(set(paper["_root_uuid"]))]
        return clubs.assign(ended_on=clubs["club_code"].map(first))

    @cached_property
    def people(self) -> pd.DataFrame:
        """Members of clubs in operation; those without a name in rows of several persons.

        ``older`` tells whether they are 60 or over, None where nobody knows.
        """
        member = self.of_clubs(self.registers["member"], self.active)
        joined = member["joined_on"].isna() | (member["joined_on"] <= self.end)
        there = member[joined & (member["left_on"].isna() | (member["left_on"] > self.end))]
        columns = ["club_code", "sex", "household", "needs_support", "volunteer"]
        named = there[columns].assign(
            age=[None if pd.isna(born) else self.end.year - int(born)
                 for born in there["birth_year"]],
            persons=1, listed=True,
        )  # fmt: skip
        named["older"] = [None if age is None else age >= 60 for age in plain(named["age"])]
        return pd.concat([named.astype(object), self._unlisted()], ignore_index=True)

    def _unlisted(self) -> pd.DataFrame:
        rows = self.of_clubs(self.registers["member_unlisted"], self.active)
        rows = rows[rows["on_date"] <= self.end].sort_values("on_date")
        cells = []
        for row in rows.groupby("club_code").tail(1).to_dict("records"):
            women, older, both = row["women"], row["sixty_plus"], row["women_sixty_plus"]
            rest = row["total"] - women - older + both
            for sex, is_older, persons in (
                ("female", True, both), ("female", False, women - both),
                ("male", True, older - both), ("male", False, rest),
            ):  # fmt: skip
                if persons > 0:
                    cells.append({"club_code": row["club_code"], "sex": sex, "older": is_older,
                                  "persons": persons, "listed": False})  # fmt: skip
        columns = ["club_code", "sex", "household", "needs_support", "volunteer", "age", "persons",
                   "listed", "older"]  # fmt: skip
        return pd.DataFrame(cells, columns=columns, dtype=object)

    @cached_property
    def sized(self) -> pd.DataFrame:
        """Clubs in operation with their members, named or not."""
        people = self.people.assign(persons=self.people["persons"].astype(int))
        sizes = people.groupby("club_code")["persons"].sum()
        members = [int(sizes.get(code, 0)) for code in self.active["club_code"]]
        return self.active.assign(members=members)

    def _moved(self, column: str, unlisted: str) -> pd.DataFrame:
        """Who came or went in the period; those without a name on the last day of the month."""
        named = self.of_all_clubs(self.registers["member"]).assign(persons=1)
        named = named.assign(day=named[column], how=named["left_how"])
        sent = self.of_all_clubs(self.registers["club_month"])
        sent = sent[sent[unlisted].map(lambda each: not pd.isna(each) and each > 0).astype(bool)]
        counted = sent.assign(day=[last_day_of(month) for month in sent["month"]],
                              persons=sent[unlisted], sex=None, household=None,
                              how=None)  # fmt: skip
        columns = ["club_code", "sex", "household", "how", "day", "persons"]
        rows = pd.concat([named[columns].astype(object), counted[columns].astype(object)],
                         ignore_index=True)  # fmt: skip
        inside = bools(not pd.isna(day) and self.start <= day <= self.end for day in rows["day"])
        return rows[inside]

    @cached_property
    def joined(self) -> pd.DataFrame:
        """Members who joined, those of a club's first day left out."""
        rows = self._moved("joined_on", "joined_unlisted_total")
        founded = self.registers["club"].set_index("club_code")["founded_on"]
        return rows[bools(row["day"] > founded[row["club_code"]]
                          for row in rows.to_dict("records")).set_axis(rows.index)]  # fmt: skip

    @cached_property
    def left(self) -> pd.DataFrame:
        """Members who left, died or moved."""
        return self._moved("left_on", "left_unlisted_total")
