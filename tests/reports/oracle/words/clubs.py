"""Clubs, their funds and inspections, from the words."""

from dataclasses import replace
from datetime import date

import pandas as pd

from tests.reports.oracle.registry import Target, is_true, oracle
from tests.reports.oracle.tally import Parts, count, distinct, total
from tests.reports.oracle.truth import Truth


@oracle("clubs")
def _clubs(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.active))


@oracle("clubs_resting")
def _resting(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.clubs[now.clubs["status"] == "suspended"]))


@oracle("clubs_new")
def _founded(now: Truth, _: Target | None) -> Parts:
    clubs = now.clubs[(now.clubs["founded_on"] >= now.start) & (now.clubs["status"] != "merged")]
    return Parts(count(clubs))


@oracle("clubs_ended")
def _ended(now: Truth, _: Target | None) -> Parts:
    gone = now.clubs[now.clubs["status"].isin(["merged", "split", "closed"])]
    return Parts(count(gone[gone["since"] >= now.start]))


@oracle("clubs_3_years")
def _surviving(now: Truth, _: Target | None) -> Parts:
    old = now.clubs[(now.clubs["years"] >= 3) & (now.clubs["status"] != "merged")]
    return Parts(count(old[old["status"] == "active"]), count(old))


@oracle("clubs_overlap")
def _overlap(now: Truth, _: Target | None) -> Parts:
    """Decisions 1533 and 1336 share the end of 2020, 1336 and 1648 that of 2025."""
    day = now.clubs["founded_on"]
    shared = day.between(date(2020, 8, 31), date(2020, 12, 31)) | day.between(
        date(2025, 8, 1), date(2025, 12, 31)
    )
    return Parts(count(now.clubs[shared & (now.clubs["status"] != "merged")]))


@oracle("imported_clubs")
def _imported(now: Truth, target: Target | None) -> Parts:
    """Where none were taken over, nothing is known."""
    clubs = _there_at_the_end(now, target)
    return Parts(total(clubs.assign(one=1), "one"))


@oracle("imported_provinces")
def _imported_provinces(now: Truth, target: Target | None) -> Parts:
    return Parts(distinct(_there_at_the_end(now, target), "province_code"))


def _there_at_the_end(now: Truth, target: Target | None) -> pd.DataFrame:
    assert target is not None
    clubs = now.imported
    ended = clubs["ended_on"].map(lambda day: not pd.isna(day) and day <= target.end).astype(bool)
    return clubs[(clubs["founded_on"] <= target.end) & ~ended]


@oracle("imported_new_clubs")
def _imported_new(now: Truth, _: Target | None) -> Parts:
    return Parts(total(now.imported.assign(one=1), "one"))


@oracle("clubs_reporting")
def _reporting(now: Truth, _: Target | None) -> Parts:
    due = now.months[now.months["expected"]]
    sent = due[due["reported"]]
    return Parts(count(sent.drop_duplicates("club_code")), count(due.drop_duplicates("club_code")))


@oracle("clubs_silent")
def _silent(now: Truth, _: Target | None) -> Parts:
    due = now.months[now.months["expected"]]
    sent = set(due[due["reported"]]["club_code"])
    return Parts(count(due[~due["club_code"].isin(sent)].drop_duplicates("club_code")))


@oracle("new_clubs")
def _new_clubs(now: Truth, _: Target | None) -> Parts:
    """Clubs founded, those that closed since too; one that merged into another is not counted."""
    return Parts(count(now.clubs[now.clubs["status"] != "merged"]))


@oracle("members_a_club")
def _average_size(now: Truth, _: Target | None) -> Parts:
    return Parts(total(now.sized, "members"), count(now.active))


@oracle("clubs_50_70")
def _usual_size(now: Truth, _: Target | None) -> Parts:
    clubs = now.sized
    return Parts(count(clubs[clubs["members"].between(50, 70)]), count(clubs))


# funds


@oracle("fund_50_million")
def _funds(now: Truth, target: Target | None) -> Parts:
    known = now.of_clubs(now.income_funds, now.active)
    least = target.threshold_min if target and target.threshold_min is not None else 50_000_000
    return Parts(
        count(known[known["balance"] >= least]), count(known), count(known), count(now.active),
        remark=count(known[known["age"] > 0]),
    )  # fmt: skip


@oracle("fund_total")
def _fund_total(now: Truth, _: Target | None) -> Parts:
    known = now.of_clubs(now.income_funds, now.active)
    return Parts(total(known, "balance"), known=count(known), expected=count(now.active),
                 remark=count(known[known["age"] > 0]))  # fmt: skip


@oracle("fund_use")
def _fund_use(now: Truth, _: Target | None) -> Parts:
    """What is outstanding of clubs with a fund, 0 of those without loans, over the funds."""
    known = now.of_clubs(now.income_funds, now.active)
    funded = known[known["balance"] > 0]
    lent = total(now.of_clubs(now.loans, funded), "left")
    without = sorted(set(funded["club_code"]) - set(now.loans["club_code"]))
    lent = replace(lent, where=lent.where + without, values=lent.values + [0] * len(without))
    return Parts(lent, total(known, "balance"))


@oracle("both_funds")
def _both(now: Truth, _: Target | None) -> Parts:
    """Both balances known, and whether the club runs them itself."""
    income = now.of_clubs(now.income_funds, now.active)
    operating = now.of_clubs(now.operating_funds, now.active)
    both = income.merge(operating, on="club_code", suffixes=("", "_operating"))
    both = both.merge(now.active[["club_code", "funds_self_managed"]], on="club_code")
    told = both[both["funds_self_managed"].notna()]
    run = told[is_true(told["funds_self_managed"]) & (told["balance"] > 0)
               & (told["balance_operating"] > 0)]  # fmt: skip
    return Parts(count(run), count(told), count(both), count(now.active))


def _grown(now: Truth) -> pd.DataFrame:
    """Clubs whose fund is known at the start and at the end."""
    end = now.of_clubs(now.income_funds, now.active)
    both = end.merge(now.funds_before, on="club_code", suffixes=("", "_start"))
    growth = [last - first
              for last, first in zip(both["balance"], both["balance_start"],
                                 strict=True)]  # fmt: skip
    return both.assign(growth=pd.Series(growth, both.index, dtype=object))


@oracle("fund_start")
def _fund_start(now: Truth, _: Target | None) -> Parts:
    return Parts(total(_grown(now), "balance_start"))


@oracle("fund_growth")
def _fund_growth(now: Truth, _: Target | None) -> Parts:
    both = _grown(now)
    without = now.active[~now.active["club_code"].isin(set(both["club_code"]))]
    return Parts(total(both, "growth"), total(both, "balance_start"), remark=count(without))


# inspections


@oracle("visits")
def _visits(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.visits))


@oracle("other_ruleset")
def _other_rules(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.inspected[~is_true(now.inspected["same_rules"])]))


@oracle("quality_kept")
def _quality(now: Truth, _: Target | None) -> Parts:
    good = now.scored[is_true(now.scored["up_to_standard"])]
    return Parts(count(good), count(now.active), count(now.inspected), count(now.active),
                 remark=count(_not_visited(now)))  # fmt: skip


def _not_visited(now: Truth) -> pd.DataFrame:
    return now.active[~now.active["club_code"].isin(set(now.inspected["club_code"]))]


@oracle("inspected")
def _visited(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.inspected), count(now.active))


@oracle("not_inspected")
def _unvisited(now: Truth, _: Target | None) -> Parts:
    return Parts(count(_not_visited(now)))


for _grade in ("very_strong", "strong", "average", "weak"):
    oracle(f"grade_{_grade}")(
        lambda now, _, grade=_grade: Parts(
            count(now.scored[now.scored["grade"] == grade]),
            count(now.scored[now.scored["grade"].notna()]),
        )
    )


@oracle("up_to_standard")
def _standard(now: Truth, _: Target | None) -> Parts:
    known = now.scored[now.scored["up_to_standard"].notna()]
    return Parts(count(known[is_true(known["up_to_standard"])]), count(known))


@oracle("score")
def _score(now: Truth, _: Target | None) -> Parts:
    known = now.scored[now.scored["score"].notna()]
    return Parts(total(known, "score"), count(known))
