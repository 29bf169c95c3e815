"""Monthly reports, from the words."""

from fractions import Fraction

import pandas as pd

from tests.reports.oracle.registry import Oracle, Target, oracle
from tests.reports.oracle.tally import Parts, Tally, count, total
from tests.reports.oracle.truth import SOURCES, Truth


def _coverage(now: Truth) -> tuple[Tally, Tally]:
    due = now.months[now.months["expected"]]
    return count(due[due["reported"]]), count(due)


def _of_reports(now: Truth, wanted: pd.DataFrame) -> Parts:
    known, expected = _coverage(now)
    return Parts(count(wanted), count(now.reports), known, expected)


def _area(name: str) -> Oracle:
    def share(now: Truth, _: Target | None) -> Parts:
        done = now.reports["areas_done"].map(
            lambda areas: isinstance(areas, list) and name in areas
        )
        return _of_reports(now, now.reports[done.astype(bool)])

    return share


for _name in "income health home_care self_help rights awareness culture resources".split():
    oracle(f"area_{_name}")(_area(_name))


def _all_8(sent: pd.DataFrame) -> "pd.Series[bool]":
    done = sent["areas_done"].map(lambda areas: isinstance(areas, list) and len(set(areas)) >= 8)
    return done.astype(bool)


@oracle("monthly_all_areas")
def _whole_months(now: Truth, _: Target | None) -> Parts:
    sent = now.reports
    whole = (
        _all_8(sent) & (sent["meeting_held"] == "yes") & (sent["digital_lesson"] == "yes")
        & (sent["green_lesson"] == "yes")
    )  # fmt: skip
    return _of_reports(now, sent[whole])


@oracle("reporting")
def _reporting(now: Truth, _: Target | None) -> Parts:
    return Parts(*_coverage(now))


def _sum_of(column: str) -> Oracle:
    return lambda now, _: Parts(total(now.months, column), None, *_coverage(now))


for _code, _column in {
    "sum_iga_participants": "iga_participants", "sum_jobs": "jobs_made",
    "people_cared_at_home": "people_cared", "sum_people_checked": "people_checked",
    "sum_health_talks": "health_talks",
    "sum_insurance": "insurance_cards", "sum_iga_groups": "iga_groups",
    "sum_iga_need_helped": "iga_need_helped", "sum_exercise": "exercise_sessions",
    "sum_health_listeners": "health_listeners", "sum_help_actions": "help_actions",
    "sum_help_value": "help_value", "sum_rights_sessions": "rights_sessions",
    "sum_proposals": "proposals_accepted", "sum_awareness_listeners": "awareness_listeners",
    "sum_awareness_digital": "awareness_digital", "sum_awareness_green": "awareness_green",
    "sum_culture_participants": "culture_participants", "elderly_days": "events_elderly_day",
    "exchanges_public": "events_exchange", "model_clubs": "events_model_club",
    "press_items": "press_items", "awards_central": "awards_central",
    "awards_province": "awards_province", "awards_commune": "awards_commune",
    "fund_in_contributions": "income_in_contributions", "fund_in_grants": "income_in_grants",
    "fund_in_sales": "income_in_sales", "fund_in_other": "income_in_other",
    "sum_care_visits": "care_visits", "sum_people_helped": "people_helped",
    "sum_work_days": "work_days", "sum_benefit_people": "benefit_people",
    "sum_dialogues": "dialogues", "sum_awareness_sessions": "awareness_sessions",
    "sum_generation_exchanges": "generation_exchanges", "sum_culture_events": "culture_events",
    "interest_cash_book": "income_in_interest", **{source: source for source in SOURCES},
}.items():  # fmt: skip
    oracle(_code)(_sum_of(_column))


def _sum_of_all(columns: list[str]) -> Oracle:
    """Add several questions up; a month that answers none of them is unknown."""

    def whole(now: Truth, _: Target | None) -> Parts:
        answers = now.months[columns]
        sums = [None if row.isna().all() else int(row.dropna().sum())
                for _, row in answers.iterrows()]  # fmt: skip
        return Parts(
            total(
                now.months.assign(whole=pd.Series(sums, now.months.index, dtype=object)), "whole"
            ),
            None,
            *_coverage(now),
        )

    return whole


oracle("awards")(_sum_of_all(["awards_central", "awards_province", "awards_commune"]))

oracle("events")(_sum_of_all(
    ["events_elderly_day", "events_exchange", "events_model_club", "press_items"]))  # fmt: skip

oracle("mobilised", "mobilised_total")(_sum_of_all(SOURCES))


@oracle("areas_integrated")
def _integrated(now: Truth, _: Target | None) -> Parts:
    """Areas in which a strand was served in the period, of clubs that reported a due month."""
    strands = ("strand_digital", "strand_green", "strand_startup", "strand_jobs")
    served: dict[str, set[str]] = {}
    for row in now.months.to_dict("records"):
        mine = served.setdefault(row["club_code"], set())
        for strand in strands:
            mine.update(row[strand] if isinstance(row[strand], list) else [])
    due = now.months[now.months["expected"] & now.months["reported"]]
    clubs = now.active[now.active["club_code"].isin(set(due["club_code"]))]
    clubs = clubs.assign(areas=[len(served[code]) for code in clubs["club_code"]])
    return Parts(total(clubs, "areas"), count(clubs), count(clubs), count(now.active))


@oracle("sum_people_cared")
def _people_cared(now: Truth, _: Target | None) -> Parts:
    """How many a club cares for at a time: the average of its quarters, added up over clubs."""
    told = now.months[now.months["people_cared"].notna()]
    means = [(code, Fraction(sum(int(each) for each in rows["people_cared"]), len(rows)))
             for code, rows in told.groupby("club_code")]  # fmt: skip
    return Parts(Tally([code for code, _ in means], [mean for _, mean in means], "sum"))


@oracle("care_volunteers")
def _care_volunteers(now: Truth, _: Target | None) -> Parts:
    """What each club said last."""
    told = now.months[now.months["care_volunteers"].notna()].sort_values("month")
    return Parts(total(told.groupby("club_code").tail(1), "care_volunteers"))


@oracle("meetings_held")
def _meetings(now: Truth, _: Target | None) -> Parts:
    return _of_reports(now, now.reports[now.reports["meeting_held"] == "yes"])


@oracle("all_eight_areas")
def _all_eight(now: Truth, _: Target | None) -> Parts:
    return _of_reports(now, now.reports[_all_8(now.reports)])


for _lesson in ("digital", "green"):
    oracle(f"lesson_{_lesson}")(
        lambda now, _, column=f"{_lesson}_lesson": _of_reports(
            now, now.reports[now.reports[column] == "yes"]
        )
    )
for _strand in ("digital", "green", "startup", "jobs"):
    oracle(f"strand_{_strand}")(
        lambda now, _, column=f"strand_{_strand}": _of_reports(
            now,
            now.reports[
                now.reports[column]
                .map(lambda told: isinstance(told, list) and len(told) > 0)
                .astype(bool)
            ],
        )
    )


@oracle("attendance")
def _attendance(now: Truth, _: Target | None) -> Parts:
    known = now.reports[now.reports["attendance"].notna()]
    return Parts(total(known, "attendance"), count(known))


@oracle("attendance_women")
def _women_attending(now: Truth, _: Target | None) -> Parts:
    both = now.reports[now.reports["attendance"].notna() & now.reports["attendance_women"].notna()]
    return Parts(total(both, "attendance_women"), total(both, "attendance"))


@oracle("own_resources")
def _own_resources(now: Truth, _: Target | None) -> Parts:
    """Contributions, interest and production, of everything that was mobilised."""
    own = _sum_of_all(["mobilised_members", "mobilised_interest", "mobilised_production"])
    return Parts(own(now, None).numerator, _sum_of_all(SOURCES)(now, None).numerator)


@oracle("reports_expected")
def _due(now: Truth, _: Target | None) -> Parts:
    return Parts(_coverage(now)[1])


@oracle("reports_received")
def _received(now: Truth, _: Target | None) -> Parts:
    return Parts(_coverage(now)[0])


for _severity in ("error", "warning"):
    oracle(f"findings_{_severity}s")(
        lambda now, _, severity=_severity: Parts(
            count(now.findings[now.findings["severity"] == severity])
        )
    )
