"""Estimates of the yearly survey, from the words: whom the answers stand for, of those who know."""

from collections.abc import Collection

import pandas as pd

from tests.reports.oracle.registry import Oracle, Target, oracle
from tests.reports.oracle.tally import Parts, count, total
from tests.reports.oracle.truth import Truth


@oracle("survey_interviews")
def _interviews(now: Truth, _: Target | None) -> Parts:
    return Parts(count(now.interviews))


@oracle("survey_response")
def _response(now: Truth, _: Target | None) -> Parts:
    """Of those drawn who still are members where they were."""
    there = now.drawn[now.drawn["outcome"] != "out_of_population"]
    return Parts(count(now.interviews), count(there))


def _estimate(known: pd.DataFrame, so: "pd.Series[bool]") -> Parts:
    return Parts(total(known[so], "weight"), total(known, "weight"), sample=known.assign(so=so))


def _answered(question: str, wanted: Collection[str]) -> Oracle:
    def share(now: Truth, _: Target | None) -> Parts:
        asked = now.interviews
        known = asked[asked[question].notna() & (asked[question] != "unknown")]
        return _estimate(known, known[question].isin(list(wanted)))

    return share


for _code, (_question, _wanted) in {
    "survey_income": ("income_change", ["better"]),
    "survey_health": ("health_change", ["better"]),
    "survey_borrowed": ("borrowed", ["yes"]),
    "survey_needed_loan": ("borrowed", ["no_but_needed"]),
    "survey_helped": ("help_received", ["weekly", "sometimes"]),
    "survey_helping": ("help_given", ["weekly", "sometimes"]),
    "survey_smartphone": ("smartphone", ["alone"]),
    "survey_content": ("content", ["very", "content"]),
}.items():
    oracle(_code)(_answered(_question, _wanted))


def _poor(question: str) -> Oracle:
    """Of those who told both years, so that the two compare."""

    def share(now: Truth, _: Target | None) -> Parts:
        both = now.interviews
        for each in ("household_now", "household_before"):
            both = both[both[each].notna() & (both[each] != "unknown")]
        return _estimate(both, both[question].isin(["poor", "near_poor"]))

    return share


oracle("survey_poor_now")(_poor("household_now"))
oracle("survey_poor_before")(_poor("household_before"))


@oracle("survey_insured")
def _insured(now: Truth, _: Target | None) -> Parts:
    told = now.interviews[
        now.interviews["benefits"].map(lambda each: isinstance(each, list)).astype(bool)
    ]
    known = told[~told["benefits"].map(lambda each: "unknown" in each).astype(bool)]
    return _estimate(
        known, known["benefits"].map(lambda each: "insurance_card" in each).astype(bool)
    )
