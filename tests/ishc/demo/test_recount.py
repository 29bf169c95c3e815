"""The report's main figures again, from the posted XML alone, with pandas.

Written from the programme's rules, without the registers' SQL: winning reports, members who joined
and left, loans and repayments, money in thousand đồng.
"""

import re
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import docx
import pandas as pd
import pytest

from connectors.store.tables import open_tables
from ishc.demo.run import DemoResult
from programme.areas import load_areas
from reports.indicators.compute import compute
from reports.indicators.figures import Figure
from reports.indicators.rating import Rating
from reports.indicators.workbook import load_definitions
from reports.periods import parse_period

AS_OF_YEAR = 2026
MOBILISED = (
    "members interest community families businesses charities authority production events goods"
)
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


# the report's code for a figure, and what of it is compared
SHOWN = {
    "clubs": ("clubs", "value"),
    "communes_with_club": ("communes_with_club", "value"),
    "members": ("members", "value"),
    "women_members": ("women", "numerator"),
    "older": ("D4_all", "value"),
    "older_women": ("D5_all", "numerator"),
    "in_need": ("D12", "denominator"),
    "reports": ("D20", "numerator"),
    "mobilised": ("D24", "value"),
    "clubs_with_50_million": ("D11", "numerator"),
    "inspected": ("inspected", "numerator"),
    "up_to_standard": ("up_to_standard", "numerator"),
    "score": ("score", "value"),
}


@pytest.fixture(scope="module")
def recounted(finished_demo: DemoResult) -> dict[str, float]:
    return Recount(finished_demo.folder.data / "sandbox").figures()


@pytest.fixture(scope="module")
def figures(finished_demo: DemoResult) -> dict[str, Figure]:
    folder = finished_demo.folder
    areas = load_areas(folder.xlsforms)
    tables = open_tables(folder, identified=True)
    definitions = load_definitions(folder.indicators)
    months = parse_period("2025-11..2026-10", definitions.phases)
    as_of, levels = finished_demo.as_of, ("province",)
    computed = compute(definitions, tables, areas, [months], as_of, levels=levels, within="20")
    return {figure.code: figure for figure in computed.of("20", months)}


def test_what_is_known_beforehand(recounted: dict[str, float]) -> None:
    assert recounted["clubs"] == 46
    assert recounted["members"] == 2_400
    assert recounted["borrowers"] == 52
    assert recounted["inspected"] == 45
    assert recounted["mobilised"] == 436_000_000


def test_the_report_has_the_figures_of_the_posted_forms(
    recounted: dict[str, float], figures: dict[str, Figure]
) -> None:
    for name, expected in recounted.items():
        code, part = SHOWN.get(name, (name, "numerator"))
        assert getattr(figures[code], part) == pytest.approx(expected, abs=1e-9), name


def test_support_with_loans_has_both_lines(
    recounted: dict[str, float], figures: dict[str, Figure]
) -> None:
    rated, compared = figures["D12"], figures["D12_all"]
    assert (rated.numerator, rated.denominator) == (52, recounted["in_need"])
    assert (compared.numerator, compared.denominator) == (52, 2_400)
    assert rated.rating is Rating.NOT_MET
    assert compared.rating is Rating.NOT_RATED
    assert compared.achieved is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_word_files_show_them(
    finished_demo: DemoResult, recounted: dict[str, float], language: str
) -> None:
    (path,) = [each for each in finished_demo.reports if each.name.endswith(f".{language}.docx")]
    shown = cells(path)
    dot = "." if language == "vi" else ","
    for name in ("mobilised", "fund_total", "loans_made_vnd", "outstanding", "interest", "members"):
        assert f"{recounted[name]:,.0f}".replace(",", dot) in shown, name
    for part, whole in (
        ("borrowers", recounted["in_need"]),
        ("borrowers", 2_400),
        ("clubs_with_50_million", 46),
        ("up_to_standard", 45),
        ("older_women", recounted["older"]),
        ("reports", 552),
    ):
        ratio = f"{recounted[part]:,.0f}/{whole:,.0f}".replace(",", dot)
        assert any(re.search(rf"(^|\(){ratio}($|\))", each) for each in shown), part


def cells(path: Path) -> set[str]:
    """Give the text of every cell of every table."""
    tables = docx.Document(str(path)).tables
    return {cell.text.strip() for table in tables for row in table.rows for cell in row.cells}
