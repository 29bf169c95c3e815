"""What was so in a period, in plain pandas, straight from the registers.

Written from the words of ``docs/tables.md`` and of the programme's rules, not from the SQL of the
analysis tables. Every frame has the column ``club_code`` or ``commune_code``: where a row counts.
"""

from functools import cached_property
from typing import Any

import pandas as pd

from tests.reports.oracle.frames import VULNERABLE, bools, group_of, is_true, month_of
from tests.reports.oracle.money import SOURCES, Money

__all__ = ["SOURCES", "VULNERABLE", "Truth"]


class Truth(Money):
    """Also visits, boards, trainings, surveys, findings and communes."""

    @cached_property
    def visits(self) -> pd.DataFrame:
        """Inspections in the period, the last one of each club marked."""
        visits = self.of_clubs(self.registers["inspection"])
        inside = (visits["visit_date"] >= self.start) & (visits["visit_date"] <= self.end)
        visits = visits[inside].sort_values(["visit_date", "_root_uuid"])
        used = self.registers["inspection"]
        used = used[(used["visit_date"] <= self.end) & used["ruleset"].notna()]["ruleset"]
        rules = self.settings.ruleset or (max(used) if len(used) else None)
        same = [rules is None or pd.isna(each) or each == rules for each in visits["ruleset"]]
        return visits.assign(latest=~visits.duplicated("club_code", keep="last"),
                             same_rules=pd.Series(same, visits.index, dtype=bool))  # fmt: skip

    @cached_property
    def inspected(self) -> pd.DataFrame:
        """The last visit of the period to each club in operation."""
        return self.of_clubs(self.visits[self.visits["latest"]], self.active)

    @cached_property
    def scored(self) -> pd.DataFrame:
        """Those of them whose score may be compared with others."""
        return self.inspected[self.inspected["same_rules"].astype(bool)]

    @cached_property
    def board(self) -> pd.DataFrame:
        """Persons on boards of clubs in operation, and what training records say of them."""
        seats = self.of_clubs(self.registers["board_member"], self.active)
        begun = seats["since"].isna() | (seats["since"] <= self.end)
        seats = seats[begun & (seats["until"].isna() | (seats["until"] > self.end))]
        chairs = set(seats[seats["role"] == "chair"]["board_code"])
        people = seats.drop_duplicates("board_code").reset_index(drop=True)
        told = self.registers["board_training"]
        told = told[told["on_date"] <= self.end]
        initial = set(told[told["kind"] == "initial"]["board_code"])
        this_year = bools(day.year == self.end.year for day in told["on_date"]).set_axis(told.index)
        refresher = set(told[(told["kind"] == "refresher") & this_year]["board_code"])
        provinces = people["club_code"].map(self.clubs.set_index("club_code")["province_code"])
        codes = people["board_code"]
        return people.assign(
            chair=codes.isin(chairs), initial=codes.isin(initial), refresher=codes.isin(refresher),
            recorded=provinces.isin(self._provinces_with_training()),
        )  # fmt: skip

    def _provinces_with_training(self) -> set[str]:
        held = self.registers["training"]
        clubs = self.of_all_clubs(self.registers["training_club"])
        clubs = clubs[clubs["starts_on"] <= self.end]
        where = self.registers["club"].set_index("club_code")["province_code"]
        return set(held[held["starts_on"] <= self.end]["province_code"]) | set(
            clubs["club_code"].map(where)
        )

    @cached_property
    def trainings(self) -> pd.DataFrame:
        """Trainings that began in the period, where they were held."""
        rows = self.registers["training"]
        rows = rows[(rows["starts_on"] >= self.start) & (rows["starts_on"] <= self.end)]
        places = [commune if commune in self.communes else province for commune, province
                  in zip(rows["commune_code"], rows["province_code"], strict=True)]  # fmt: skip
        return rows.assign(
            commune_code=pd.Series(places, rows.index, dtype=object),
            priority=rows["province_code"].isin(self.settings.priority),
            region=[self.settings.regions.get(code, "elsewhere") for code in rows["province_code"]],
        )

    @cached_property
    def actions(self) -> pd.DataFrame:
        """Recommendations made by then to clubs in operation, as they stood."""
        rows = self.of_clubs(self.registers["action"], self.active)
        rows = rows[rows["visit_date"] <= self.end]
        stands = [state if not pd.isna(day) and day <= self.end else "not" for state, day
                  in zip(rows["state"], rows["followed_on"], strict=True)]  # fmt: skip
        return rows.assign(stands=pd.Series(stands, rows.index, dtype=object))

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """Members drawn for the latest survey of the period, with their answers."""
        rows = self.of_all_clubs(self.registers["survey_weight"])
        rows = rows[(rows["year"] >= self.start.year) & (rows["year"] <= self.end.year)]
        rows = rows[rows["interview_date"].isna() | (rows["interview_date"] <= self.end)]
        years = rows[rows["outcome"] != "none"]["year"]
        rows = rows[rows["year"] == (years.max() if len(years) else None)]
        answers = self.registers["member_survey"].drop(columns=["club", "weight", "stratum"])
        return rows.drop(columns=["interview_date"]).merge(answers, on=["_source", "_id"],
            how="left", suffixes=("", "_said"))  # fmt: skip

    @cached_property
    def interviews(self) -> pd.DataFrame:
        """Those of them who answered."""
        answered = (self.drawn["outcome"] == "interviewed") & self.drawn["weight"].notna()
        return self.drawn[answered]

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Data problems of the period that nobody explained, where their club lies."""
        rows = self.registers["finding"]
        months = bools(month is None or month_of(self.start) <= month <= month_of(self.end)
                       for month in rows["month"]).set_axis(rows.index)  # fmt: skip
        rows = rows[months & (rows["state"] != "waived")]
        clubs = set(self.registers["club"]["club_code"])
        places = [row["club_code"] if row["club_code"] in clubs
                  else row["commune_code"] or row["province_code"]
                  for row in rows.to_dict("records")]  # fmt: skip
        return rows.assign(club_code=pd.Series(places, rows.index, dtype=object))

    @cached_property
    def areas(self) -> pd.DataFrame:
        """Communes with their kinds, villages, and clubs in operation."""
        good = set(self.scored[is_true(self.scored["up_to_standard"])]["club_code"])
        clubs: dict[str, list[dict[str, Any]]] = {}
        for club in self.active.to_dict("records"):
            clubs.setdefault(club["commune_code"], []).append(club)
        rows = []
        for commune in self.communes.values():
            own = clubs.get(commune.code, [])
            served = [
                int(club["villages_served"]) for club in own if not pd.isna(club["villages_served"])
            ]
            group = group_of(commune, self.settings.midland)
            rows.append({
                "commune_code": commune.code, "classified": bool(commune.kinds),
                "kinds": commune.kinds, "group": group, "province": commune.province,
                "villages": commune.villages, "served": sum(served) if served else None,
                "clubs": len(own), "good": sum(club["club_code"] in good for club in own),
            })  # fmt: skip
        return pd.DataFrame(rows, dtype=object)
