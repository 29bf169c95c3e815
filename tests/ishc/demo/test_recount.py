"""The report's main figures again, from the posted XML alone, with pandas.

Written from the programme's rules, without the registers' SQL: winning reports, members who joined
and left, loans and repayments, money in thousand đồng.
"""

import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

AS_OF_YEAR = 2026
MOBILISED = "members interest community families businesses charities authority production events goods"
MARKS = {
    "founded_on": "registration",
    "month": "report",
    "event": "loan",
    "visit_date": "inspection",
}


class Posted:
    """Everything that the sandbox received, as frames: one a form, one a repeat.

    Args:
        state: the sandbox's folder.
    """

    def __init__(self, state: Path) -> None:
        self._rows: dict[str, list[dict[str, str]]] = {}
        with sqlite3.connect(state / "sandbox.sqlite") as connection:
            for (xml,) in connection.execute("SELECT xml FROM submission"):
                self._read(ET.fromstring(xml))

    def __getitem__(self, name: str) -> pd.DataFrame:
        return pd.DataFrame(self._rows.get(name, []))

    def _read(self, root: ET.Element) -> None:
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        form = next(form for mark, form in MARKS.items() if mark in names)
        answers = dict(leaves(root))
        key = answers["instanceID"].removeprefix("uuid:")
        self._rows.setdefault(form, []).append({**answers, "root": key})
        for repeat in ("member", "joined", "left_member", "changed_member"):
            for number, row in enumerate(root.iter(repeat), 1):
                inside = {**dict(leaves(row)), "root": key, "row": number}
                if len(row):
                    self._rows.setdefault(repeat, []).append(inside)


def leaves(element: ET.Element) -> Iterator[tuple[str, str]]:
    for child in element.iter():
        if not len(child) and child.text and child.text.strip():
            yield child.tag.rpartition("}")[2], child.text.strip()


class Recount:
    """The figures.

    Args:
        state: the sandbox's folder.
    """

    def __init__(self, state: Path) -> None:
        self.posted = Posted(state)
        self.clubs = self._clubs()
        self.reports = self._winning()
        self.members = self._members()

    def _clubs(self) -> pd.DataFrame:
        clubs = self.posted["registration"].sort_values(["commune", "founded_on", "root"])
        number = clubs.groupby("commune").cumcount() + 1
        return clubs.assign(club=clubs["commune"] + "-" + number.map("{:02d}".format))

    def _winning(self) -> pd.DataFrame:
        reports = self.posted["report"]
        known = reports[reports["club"].isin(self.clubs["club"])]
        order = known.assign(first=known["report_kind"].eq("replaces")).sort_values(
            ["first", "end", "root"]
        )
        return order.drop_duplicates(["club", "month"], keep="last")

    def _members(self) -> pd.DataFrame:
        club_of = self.clubs.set_index("root")["club"]
        roster = self.posted["member"]
        roster["code"] = roster["root"].map(club_of) + "-M" + roster["row"].map("{:03d}".format)
        roster = roster.rename(columns=lambda name: name.removeprefix("member_"))
        joined = self.posted["joined"].rename(columns=lambda name: name.removeprefix("joined_"))
        joined = joined[joined["root"].isin(self.reports["root"])]
        left = self.posted["left_member"]
        left = left[left["root"].isin(self.reports["root"])]
        people = pd.concat([roster[~roster["code"].isin(left["left_code"])], joined])
        changed = self.posted["changed_member"]
        changed = changed[changed["root"].isin(self.reports["root"])].set_index("changed_code")
        needs = people["code"].map(changed["changed_needs"]).fillna(people["needs"])
        return people.assign(
            older=AS_OF_YEAR - people["birth_year"].astype(int) >= 60,
            woman=people["sex"].eq("female"),
            needs=needs.eq("yes"),
        )

    def unlisted(self, question: str) -> int:
        """Members who are counted and not named."""
        return total(self.clubs, f"unlisted_{question}")

    def figures(self) -> dict[str, float]:
        """Give every figure by the code that the report has for it."""
        return {**self._people(), **self._money(), **self._loans(), **self._visits()}

    def _people(self) -> dict[str, float]:
        people = self.members
        return {
            "clubs": len(self.clubs),
            "communes_with_club": self.clubs["commune"].nunique(),
            "members": len(people) + self.unlisted("total"),
            "women_members": people["woman"].sum() + self.unlisted("women"),
            "older": people["older"].sum() + self.unlisted("60plus"),
            "older_women": (people["older"] & people["woman"]).sum()
            + self.unlisted("women_60plus"),
            "in_need": people["needs"].sum(),
            "reports": len(self.reports),
        }

    def _money(self) -> dict[str, float]:
        latest = self.reports.sort_values("month").drop_duplicates("club", keep="last")
        parts = ("income_closing_cash", "income_closing_bank")
        parts += ("loans_outstanding", "goods_outstanding")
        fund = sum(column(latest, part) for part in parts)
        sources = {f"mobilised_{name}": name for name in MOBILISED.split()}
        raised = {name: 1000 * total(self.reports, name) for name in sources}
        return {
            **raised,
            "mobilised": sum(raised.values()),
            "fund_total": 1000 * fund.sum(),
            "clubs_with_50_million": (fund >= 50_000).sum(),
        }

    def _loans(self) -> dict[str, float]:
        records = self.posted["loan"]
        lent = records[records["event"].eq("lent")]
        repaid = records[records["event"].eq("repaid")]
        order = lent.sort_values(["club", "lent_on", "root"])
        codes = order["club"] + "-L" + (order.groupby("club").cumcount() + 1).map("{:03d}".format)
        down = repaid.groupby("loan")["principal"].apply(lambda each: each.astype(int).sum())
        gone = records[records["event"].eq("written_off")].set_index("loan")["written_off_amount"]
        rest = column(order, "amount").set_axis(codes)
        rest = rest.sub(down, fill_value=0).sub(gone.astype(int), fill_value=0).clip(lower=0)
        return {
            "borrowers": lent["borrower"].nunique(),
            "loans_made": len(lent),
            "loans_made_vnd": 1000 * total(lent, "amount"),
            "interest": 1000 * total(repaid, "interest"),
            "outstanding": 1000 * rest.sum(),
            "loans_open": (rest > 0).sum(),
            "written_off": 1000 * gone.astype(int).sum(),
        }

    def _visits(self) -> dict[str, float]:
        visits = self.posted["inspection"]
        return {
            "inspected": visits["club"].nunique(),
            "score": visits["score"].astype(float).mean(),
            "up_to_standard": visits["up_to_standard"].eq("yes").sum(),
            **{f"grade_{each}": count for each, count in visits["grade"].value_counts().items()},
        }


def column(frame: pd.DataFrame, question: str) -> pd.Series:
    return pd.to_numeric(frame[question], errors="coerce").fillna(0).astype(int)


def total(frame: pd.DataFrame, question: str) -> int:
    return int(column(frame, question).sum())
