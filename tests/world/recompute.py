"""The registers once more, in plain pandas over the forms' tables, for some clubs.

It shares nothing with the SQL but the codes that were issued (a club, person, loan or
recommendation is known by the row it was first said in). Decisions of people and clubs that ended
are left out: their members and loans move, which has examples of its own.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from connectors.store.tables import TableSet
from programme.text import fold

Rows = Mapping[Any, Any]
REFUSED = "validation_status_not_approved"


def differences(tables: TableSet, clubs: Collection[str]) -> dict[str, list[str]]:
    """Compare what the registers hold with what pandas makes of the forms; {} when equal."""
    wrong = {}
    for name, wanted in recompute(tables, clubs).items():
        found = KEPT[name](_Source(tables, clubs))
        keys = [key for key in {*wanted, *found} if wanted.get(key) != found.get(key)]
        if keys:
            wrong[name] = [
                f"{key}: wanted {wanted.get(key)}, found {found.get(key)}"
                for key in sorted(keys, key=str)
            ]
    return wrong


def recompute(tables: TableSet, clubs: Collection[str]) -> dict[str, Rows]:
    """Give the registers of some clubs, each as values by key.

    Args:
        tables: a run, identified.
        clubs: codes; those that ended are left out.
    """
    source = _Source(tables, clubs)
    return {name: make(source) for name, make in MAKERS.items()}


class _Source:
    """The forms' answers that speak of some clubs, up to the cut-off date."""

    def __init__(self, tables: TableSet, clubs: Collection[str]) -> None:
        self.tables, self.as_of = tables, tables.as_of
        register = self.read("club")
        lasting = register[register["status"].isin(["active", "suspended"])]
        self.clubs = lasting[lasting["club_code"].isin(set(clubs))]
        self.codes = set(self.clubs["club_code"])
        self.of_root = dict(zip(register["_root_uuid"], register["club_code"], strict=True))
        named: dict[tuple[str, str], set[str]] = {}
        for row in self.registrations().itertuples():
            named.setdefault((row.commune, _name(row.club_name)), set()).add(row.club_code)
        self.by_name = {key: codes.pop() for key, codes in named.items() if len(codes) == 1}

    def read(self, name: str) -> pd.DataFrame:
        table = pq.read_table(self.tables.path(name))
        return table.to_pandas(date_as_object=True, ignore_metadata=True)

    def form(self, name: str, day: str) -> pd.DataFrame:
        """Give a form's submissions with the club they mean, up to the cut-off date."""
        rows = self.read(name)
        rows = rows[rows["_validation"].fillna("") != REFUSED]
        words = zip(rows["commune"], rows["club_words"], strict=True)
        by_name = [self.by_name.get((commune, _name(said))) for commune, said in words]
        listed = rows["club"].where(rows["club"].notna(), pd.Series(by_name, rows.index))
        rows = rows.assign(club_code=listed, day=rows[day])
        rows = rows[rows["club_code"].isin(self.codes) & rows["day"].notna()]
        return rows[rows["day"] <= self.as_of]

    def registrations(self) -> pd.DataFrame:
        rows = self.read("club_registration")
        rows = rows[rows["action"].fillna("register") == "register"]
        return rows.assign(club_code=rows["_root_uuid"].map(self.of_root)).dropna(
            subset=["club_code"]
        )

    def months(self) -> pd.DataFrame:
        """Give the monthly reports in the order in which they win, the winner last."""
        rows = self.form("monthly_activity_report", "month")
        rows = rows.assign(
            replaces=rows["report_kind"] == "replaces",
            month=[day.isoformat()[:7] for day in rows["month"]],
        )
        return rows.sort_values(["club_code", "month", "replaces", "end", "_root_uuid"])

    def winners(self) -> pd.DataFrame:
        return self.months().groupby(["club_code", "month"]).tail(1)

    def rows_of(self, form: str, repeat: str, parents: pd.DataFrame) -> pd.DataFrame:
        """Give the rows of a repeat with some columns of the submission they stand in."""
        kept = parents[["_source", "_id", "club_code", *parents.columns.intersection(["month"])]]
        return self.read(f"{form}__{repeat}").merge(kept, on=["_source", "_id"])


def _name(words: Any) -> str:
    plain = fold(words) if isinstance(words, str) else ""
    for start in ("clb", "cau lac bo"):
        if plain.startswith(f"{start} "):
            plain = plain.removeprefix(f"{start} ")
            for kind in ("lthtgn", "lth tgn", "lien the he tu giup nhau", "lien the he"):
                plain = plain.removeprefix(f"{kind} ")
    return plain


def _month(source: _Source) -> Rows:
    rows = source.months()
    sent = rows.groupby(["club_code", "month"]).size()
    return {
        (row.club_code, row.month): (row._root_uuid, sent[row.club_code, row.month],
                                     _whole(row.income_closing_cash))
        for row in source.winners().itertuples(name=None and "Row")
    } if False else {  # fmt: skip
        (each["club_code"], each["month"]): (
            each["_root_uuid"],
            int(sent[each["club_code"], each["month"]]),
            _whole(each["income_closing_cash"]),
        )
        for each in source.winners().to_dict("records")
    }
