"""The generator: exact totals, books that roll forward, faults only where they were planted."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ishc.demo.happened import ClubHistory, Report
from ishc.demo.history import histories
from ishc.demo.model import Place
from ishc.demo.plan import Plan, share

FAULTS = {
    "reported_twice": 2,
    "unregistered": 1,
    "closing_difference": 2,
    "opening_difference": 2,
    "repaid_too_much": 1,
    "month_missing": 5,
    "does_not_fit": 1,
}


def plan(seed: int = 1, clubs: int = 46, **changes) -> Plan:
    places = tuple(Place("20", f"{5900 + number:05d}") for number in range(clubs))
    base = Plan(
        seed, places, date(2025, 11, 1), 12, 52 * clubs + 8, clubs + 6, clubs - 1, clubs * 9_400
    )
    return replace(base, faults=FAULTS, replacements=2, **changes)


def winning(history: ClubHistory) -> list[Report]:
    """The club's own reports, the later of two for one month."""
    own = [report for report in history.reports if not report.club_words]
    latest = {report.month: report for report in sorted(own, key=lambda each: each.sent.end)}
    return [latest[month] for month in sorted(latest)]


def members_at_the_end(history: ClubHistory) -> int:
    first = len(history.club.roster) + history.club.unlisted.total
    return first + sum(len(report.joined) - len(report.left) for report in winning(history))


@pytest.mark.parametrize("seed", [1, 2])
def test_totals_are_exactly_those_of_the_plan(seed):
    made = list(histories(plan(seed)))
    borrowers = {(one.club.number, loan.borrower) for one in made for loan in one.loans}
    assert sum(map(members_at_the_end, made)) == 2_400
    assert len(borrowers) == 52
    assert all(made[club].club.roster[row - 1].needs for club, row in borrowers)
    assert sum(len(one.inspections) for one in made) == 45
    assert (
        sum(
            amount
            for one in made
            for report in winning(one)
            for question, amount in report.quarter.items()
            if question.startswith("mobilised_")
        )
        == 46 * 9_400
    )


def test_equal_plans_give_equal_histories_and_other_seeds_others():
    assert list(histories(plan(7))) == list(histories(plan(7)))
    assert list(histories(plan(7))) != list(histories(plan(8)))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), months=st.integers(7, 30))
def test_books_roll_forward_but_for_what_was_planted(seed, months):
    made = list(histories(plan(seed, 24, months=months)))
    planted = {(one.fault, one.club, one.month) for each in made for one in each.planted}
    for history in made:
        before = None
        for report in winning(history):
            spot = (history.club.number, report.month)
            assert report.operating.difference == 0
            assert (report.income.difference != 0) == (("closing_difference", *spot) in planted)
            if before is not None and _is_next_month(before.month, report.month):
                opened = (report.income.opening_cash, report.income.opening_bank)
                closed = (before.income.closing_cash, before.income.closing_bank)
                assert (opened != closed) == (("opening_difference", *spot) in planted)
                assert report.debts.opening == before.debts.outstanding
            before = report


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_only_the_planted_loan_is_repaid_above_what_is_outstanding(seed):
    for history in histories(plan(seed, 24)):
        wrong = {one.root for one in history.planted if one.fault == "repaid_too_much"}
        for loan in history.loans:
            rest = loan.amount
            for event in loan.events:
                assert (event.principal > rest) == (event.sent.root in wrong)
                assert event.on >= loan.lent_on
                rest -= event.principal


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_sum_is_negative_and_parts_stay_within_the_whole(seed):
    for history in histories(plan(seed, 24)):
        for report in history.reports:
            for book in (report.income, report.operating):
                assert min(book.closing_cash, book.closing_bank, *book.flows_in.values()) >= 0
                assert all(amount > 0 for amount in book.flows_out.values())
            meeting = report.meeting
            assert max(meeting.women, meeting.sixty_plus) <= meeting.attendance
            assert all(set(areas) <= set(meeting.areas) for areas in meeting.strands.values())
            assert report.debts.outstanding >= 0


def test_every_fault_is_planted_as_often_as_asked():
    made = list(histories(plan()))
    counted = Counter(one.fault for history in made for one in history.planted)
    assert counted == FAULTS | {"never_inspected": 1}
    twice = next(
        one for history in made for one in history.planted if one.fault == "reported_twice"
    )
    versions = [each for each in made[twice.club].reports if each.month == twice.month]
    assert len(versions) == 2
    assert versions[0].meeting != versions[1].meeting
    assert versions[0].income != versions[1].income
    assert not any(version.replaces for version in versions)


def test_nothing_happens_after_the_last_day():
    wanted = plan()
    assert wanted.as_of == date(2026, 10, 31)
    for history in histories(wanted):
        ends = [report.sent.end.date() for report in history.reports]
        ends += [event.sent.end.date() for loan in history.loans for event in loan.events]
        ends += [visit.sent.end.date() for visit in history.inspections]
        assert max(ends) <= wanted.as_of
        assert history.club.sent.end.date() < wanted.first_month


def test_every_person_and_phone_is_plainly_made_up():
    for history in histories(plan(clubs=24)):
        people = [*history.club.roster, *(one for each in history.reports for one in each.joined)]
        assert all(" Mẫu-" in person.name for person in people)
        assert all(" Mẫu-" in member.name for member in history.club.board)
        assert all(member.phone[:4] in ("", "0000") for member in history.club.board)
        assert "(mẫu " in history.club.name


def test_roots_are_random_uuids_of_their_own():
    roots = [
        sent.root
        for history in histories(plan())
        for sent in [
            history.club.sent,
            *(report.sent for report in history.reports),
            *(loan.sent for loan in history.loans),
            *(event.sent for loan in history.loans for event in loan.events),
            *(visit.sent for visit in history.inspections),
        ]
    ]
    assert len(set(roots)) == len(roots)
    assert all(root[14] == "4" and root[19] in "89ab" for root in roots)


@given(st.integers(0, 10_000), st.integers(1, 100))
def test_shares_add_up(total, parts):
    shares = [share(total, parts, index) for index in range(parts)]
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1


def test_more_faults_than_clubs_are_refused():
    with pytest.raises(ValueError, match="more planted faults"):
        list(histories(plan(clubs=4)))


def _is_next_month(before: date, after: date) -> bool:
    return (after.year * 12 + after.month) - (before.year * 12 + before.month) == 1
