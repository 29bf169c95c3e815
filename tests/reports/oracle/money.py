"""Monthly reports, funds and loans of a period."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from tests.reports.oracle.clubs_then import Clubs
from tests.reports.oracle.frames import bools, last_day_of, month_of, number_of

SOURCES = (
    "mobilised_members mobilised_interest mobilised_community mobilised_families "
    "mobilised_businesses mobilised_charities mobilised_authority mobilised_production "
    "mobilised_events mobilised_goods"
).split()
LOAN_COLUMNS = ("borrower in_need due left at_start repaid interest written_off beyond rescheduled "
                "late is_new is_open served").split()  # fmt: skip


class Money(Clubs):
    """What was reported, what the funds held, what was lent."""

    @cached_property
    def months(self) -> pd.DataFrame:
        """Months of the period in which a club had to report, or did, with the report's answers.

        A report is due when its month is over; what was imported from before is no report. A
        source that a quarterly page does not tick gave nothing, where the page adds sources up.
        """
        due = self.of_clubs(self.registers["club_month_expected"])[
            ["club_code", "month", "expected"]
        ]
        sent = self.of_clubs(self.registers["club_month"])
        both = due.merge(sent, on=["club_code", "month"], how="outer")
        first, last = month_of(self.start), month_of(self.end)
        both = both[(both["month"] >= first) & (both["month"] <= last)].reset_index(drop=True)
        over = [last_day_of(month) <= self.end for month in both["month"]]
        both["expected"] = bools(value is True and done
                                  for value, done in zip(both["expected"], over,
                                                          strict=True))  # fmt: skip
        own = set(zip(sent["club_code"], sent["month"], strict=True)) - {
            (row["club_code"], row["month"])
            for row in sent.to_dict("records")
            if row["_source"] == "import"
        }
        both["reported"] = bools(key in own
                                  for key in zip(both["club_code"], both["month"],
                                                 strict=True))  # fmt: skip
        paged = both["mobilised_total"].notna()
        for source in SOURCES:
            both.loc[paged & both[source].isna(), source] = 0
        return both

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The reports of the period."""
        return self.months[self.months["reported"]]

    def balance(self, column: str) -> pd.DataFrame:
        """Give the latest balance of each club where it may still count, and how old it is.

        Its age is counted to the last month that was due in the period, else to the last month.
        """
        sent = self.of_clubs(self.registers["club_month"])
        sent = sent[(sent["month"] <= month_of(self.end)) & sent[column].notna()]
        latest = sent.sort_values("month").groupby("club_code").tail(1)
        due = self.months[self.months["expected"]].groupby("club_code")["month"].max()
        until = [due.get(code, month_of(self.end)) for code in latest["club_code"]]
        age = [number_of(last) - number_of(month)
               for last, month in zip(until, latest["month"], strict=True)]  # fmt: skip
        told = pd.DataFrame({"club_code": latest["club_code"], "balance": latest[column],
                             "age": age}, dtype=object).reset_index(drop=True)  # fmt: skip
        return told[bools(each <= self.settings.carry_months for each in age)]

    @cached_property
    def income_funds(self) -> pd.DataFrame:
        """Income funds at the end of the period."""
        return self.balance("income_fund_total")

    @cached_property
    def operating_funds(self) -> pd.DataFrame:
        """Operating funds at the end of the period."""
        return self.balance("operating_fund_total")

    @cached_property
    def funds_before(self) -> pd.DataFrame:
        """Income funds at the end of the month before the period, carried over as usual."""
        sent = self.of_clubs(self.registers["club_month"])
        months = bools(number_of(month) < self.first_month for month in sent["month"])
        sent = sent[months & sent["income_fund_total"].notna()]
        latest = sent.sort_values("month").groupby("club_code").tail(1)
        age = [self.first_month - 1 - number_of(month) for month in latest["month"]]
        told = pd.DataFrame({"club_code": latest["club_code"],
                             "balance": latest["income_fund_total"]},
                            dtype=object).reset_index(drop=True)  # fmt: skip
        return told[bools(each <= self.settings.carry_months for each in age)]

    @cached_property
    def loans(self) -> pd.DataFrame:
        """Loans made by then: what is left, what moved in the period, how late they are."""
        loans = self.of_clubs(self.registers["loan"])
        loans = loans[loans["lent_on"] <= self.end]
        events = self.registers["loan_event"]
        events = events[events["on_date"] <= self.end].sort_values("place")
        members = self.registers["member"].drop_duplicates("member_code").set_index("member_code")
        told = []
        for loan in loans.to_dict("records"):
            its = events[events["loan_code"] == loan["loan_code"]].to_dict("records")
            told.append(loan | self._loan(loan, its))
        frame = pd.DataFrame(told, columns=[*loans.columns, *LOAN_COLUMNS], dtype=object)
        for column in ("sex", "household"):
            frame[column] = frame["borrower_code"].map(members[column])
        # of all loans of a borrower the first is not "again"
        every = self.of_all_clubs(self.registers["loan"]).sort_values(["lent_on", "loan_code"])
        whose = every["borrower_code"].where(every["borrower_code"].notna(), every["loan_code"])
        later = set(every["loan_code"][whose.duplicated()])
        frame["again"] = [code in later for code in frame["loan_code"]]
        return frame

    def _loan(self, loan: Mapping[str, Any], events: list[dict[str, Any]]) -> dict[str, Any]:
        def paid(kinds: tuple[str, ...], what: str, rows: list[dict[str, Any]]) -> int:
            return sum(
                int(row[what]) for row in rows if row["event"] in kinds and not pd.isna(row[what])
            )

        gone = ("repaid", "written_off")
        earlier = [row for row in events if row["on_date"] < self.start]
        now = [row for row in events if row["on_date"] >= self.start]
        moved = [row for row in events if row["event"] == "rescheduled"]
        due = next((row["new_due_on"] for row in reversed(moved) if not pd.isna(row["new_due_on"])),
                   loan["due_on"])  # fmt: skip
        lent, is_new = loan["principal"], loan["lent_on"] >= self.start
        known = not pd.isna(lent)
        left = max(int(lent) - paid(gone, "principal", events), 0) if known else None
        at_start = max(int(lent) - paid(gone, "principal", earlier), 0) if known else None
        beyond = [max(paid(gone, "principal", rows) - int(lent), 0) if known else None
                  for rows in (events, earlier)]  # fmt: skip
        late = 0 if pd.isna(due) else (self.end - due).days
        repaid = paid(("repaid",), "principal", now)
        is_open = left is not None and left > 0
        return {
            "borrower": loan["loan_code" if pd.isna(loan["borrower_code"]) else "borrower_code"],
            "in_need": loan["borrower_in_need"] is True,
            "due": due, "left": left, "at_start": 0 if is_new else at_start,
            "repaid": repaid, "interest": paid(("repaid",), "interest", now),
            "written_off": paid(("written_off",), "principal", now),
            "beyond": None if beyond[0] is None else beyond[0] - beyond[1],
            "rescheduled": bool(moved), "late": max(late, 0) if is_open else 0,
            "is_new": is_new, "is_open": is_open,
            "served": is_new or is_open or repaid > 0,
        }  # fmt: skip
