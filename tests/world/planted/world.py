"""A world of clubs in which faults stand at known places among harmless look-alikes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle
from random import Random

from ishc.demo.answers import Codes
from ishc.demo.happened import ClubHistory
from ishc.demo.history import club_history
from ishc.demo.outcome import CHECKS
from ishc.demo.plan import Plan, add_months, numbered
from tests.world.builder import Built, fill_all, issue_codes, staged
from tests.world.planted import ledgers, loans, members, people, reports, visits
from tests.world.planted.together import merged, one_inspector, one_phone, one_team
from tests.world.planted.truth import Planted
from tests.world.planted.work import Kind, Work
from tests.world.records import Record, as_kobo, dumped, with_number
from tests.world.scale import places_of

PROVINCE, COMMUNES = "20", 20  # at least so many; a commune has several clubs
LENDING_EVERY = 4
FOUNDED_BEFORE = 5  # years
MODULES = (reports, members, ledgers, loans, visits, people)
KINDS: Sequence[Kind] = tuple(
    kind for module in MODULES for kind in (*module.FAULTS, *module.HARMLESS)
)
PEACEFUL = frozenset(  # kinds in which the whole time is reported, and visits are as they were
    kind.name
    for module in (reports, members, ledgers)
    for kind in module.HARMLESS
    if not kind.later and "closes" not in kind.name and "founded" not in kind.name
)


@dataclass(frozen=True)
class PlantedWorld:
    """What clubs sent, and the truth about it.

    Args:
        records: as the server gives them, numbered in the order of receipt.
        planted: every fault.
        kinds: what was planted, or only looks so, by club code.
        as_of: the last day.
        codes: of the clubs, as the registers issue them.
    """

    records: tuple[Record, ...]
    planted: tuple[Planted, ...]
    kinds: dict[str, str]
    as_of: date
    codes: tuple[str, ...]


def planted_plan(clubs: int, months: int, seed: int) -> Plan:
    """Give the parameters of a world without faults, for faults to be planted in."""
    first = add_months(date(2026, 10, 1), 1 - months)
    lenders = -(-clubs // LENDING_EVERY)
    return Plan(
        seed=seed,
        places=places_of(PROVINCE, clubs, max(COMMUNES, clubs // 10)),
        first_month=first,
        months=months,
        members=52 * clubs,
        borrowers=6 * lenders,
        inspections=clubs * max(1, round(months / 8)),
        mobilised=clubs * months * 800,
        founded=(first.replace(year=first.year - FOUNDED_BEFORE), add_months(first, -3)),
        lending_every=LENDING_EVERY,
        trainings=clubs * max(2, months // 8),
        one_rate=True,
    )


def planted_world(clubs: int = 40, months: int = 12, seed: int = 5) -> PlantedWorld:
    """Make a world: every club has at most one kind of fault, so that none hides another.

    Args:
        clubs: how many; every kind occurs when there are at least as many clubs as kinds.
        months: how many, up to October 2026.
        seed: chooses one world among many.
    """
    plan = planted_plan(clubs, months, seed)
    made = list(_histories(plan))
    codes = issue_codes(history for _, _, history in made)
    works = [_spoilt(kind, own, history, codes, plan) for kind, own, history in made]
    harmless = [
        work for work, (kind, _, _) in zip(works, made, strict=True) if kind.name in PEACEFUL
    ]
    one_phone(harmless)
    one_team(harmless[:4])
    one_inspector(harmless[4:])
    merged(harmless[4:])
    sent = [built for work in works for built in fill_all(work.history, codes, work.staged)]
    sent.sort(key=lambda each: (each.received, each.root))
    records = tuple(_record(number, each) for number, each in enumerate(sent, 1))
    return PlantedWorld(
        records,
        tuple(one for work in works for one in work.planted),
        {work.code: kind.name for work, (kind, _, _) in zip(works, made, strict=True)},
        plan.as_of,
        tuple(work.code for work in works),
    )


def _histories(plan: Plan) -> Iterator[tuple[Kind, Plan, ClubHistory]]:
    """Draw the clubs, each with the kind of fault that it gets and its own plan."""
    wheels = {lends: cycle([one for one in KINDS if one.lends == lends]) for lends in (True, False)}
    for number, place, _ in numbered(plan):
        kind = next(wheels[number % LENDING_EVERY == 0])
        own = _later(plan, kind.later) if kind.later else plan
        assigned = kind.assigned(Random(f"{plan.seed}/{number}/kind"), own.months)
        history = tidied(club_history(own, number, place, assigned))
        yield kind, own, kind.history(history, own)


def _later(plan: Plan, months: int) -> Plan:
    """Let a club begin later: founded in the month before its first report."""
    first = add_months(plan.first_month, months)
    founded = add_months(first, -1).replace(day=5)
    return replace(
        plan,
        first_month=first,
        months=plan.months - months,
        founded=(founded, founded.replace(day=6)),
    )


def tidied(history: ClubHistory) -> ClubHistory:
    """Take away what is really wrong in an ordinary history: what inspectors find and ask for."""
    return replace(
        history,
        inspections=tuple(
            replace(visit, members_missing=0, cash_missing=0, recommendations=())
            for visit in history.inspections
        ),
    )


def _spoilt(kind: Kind, own: Plan, history: ClubHistory, codes: Codes, plan: Plan) -> Work:
    number = history.club.number
    work = Work(
        rng=Random(f"{plan.seed}/{number}/spoilt"),
        history=history,
        codes=codes,
        calendar=own.calendar,
        as_of=plan.as_of,
        staged=list(staged(history, codes, own.calendar)),
    )
    work.planted += _by_generator(history, work.code)
    work.planted += loans.overdue(history, work.code, plan.as_of)
    kind.edit(work)
    return work


def _by_generator(history: ClubHistory, code: str) -> Iterator[Planted]:
    """Give the faults that the demo's generator planted itself."""
    for one in history.planted:
        month = f"{one.month:%Y-%m}" if one.month else None
        club = None if one.fault == "unregistered" else code
        form = "loan_record" if one.fault == "repaid_too_much" else "monthly_activity_report"
        yield Planted(CHECKS[one.fault], form, one.root, club, month)


def _record(number: int, built: Built) -> Record:
    body = with_number(number, dumped(as_kobo(built.answers, built.root, built.received)))
    return Record(built.form, number, built.root, built.root, "", built.received, body)
