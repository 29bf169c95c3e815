"""The demo's world: 46 clubs of Lạng Sơn, twelve months, some of it wrong on purpose."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from ishc.demo.happened import Fault
from ishc.demo.model import Place
from ishc.demo.plan import Plan
from programme.crosswalk import Crosswalk, OldCommune, load_crosswalk

PROVINCE = "20"
OLD_PROVINCE = "Tỉnh Lạng Sơn"
SEED = 1657  # chosen so that every kind of loan event occurs
DISTRICTS, COMMUNES_EACH, TWICE = 11, 4, 2  # 44 old communes, two of them with two clubs
FAULTS: Mapping[Fault, int] = {
    "reported_twice": 2,
    "unregistered": 1,
    "closing_difference": 2,
    "opening_difference": 2,
    "repaid_too_much": 1,
    "month_missing": 6,
    "does_not_fit": 1,
}


def demo_plan() -> Plan:
    """Give the demo's parameters: S1's published totals, and synthetic everything else."""
    return Plan(
        seed=SEED,
        places=demo_places(load_crosswalk()),
        first_month=date(2025, 11, 1),
        months=12,
        members=2_400,
        borrowers=52,
        inspections=45,
        mobilised=436_000,
        faults=FAULTS,
        replacements=2,
    )


def demo_places(crosswalk: Crosswalk) -> tuple[Place, ...]:
    """Choose four old communes in each old district and find today's communes for them.

    Communes that were split are left out: only a person can say where their clubs are now.
    """
    by_district: dict[str, list[OldCommune]] = defaultdict(list)
    for commune in crosswalk.communes:
        if commune.province == OLD_PROVINCE and not commune.is_split:
            by_district[commune.district].append(commune)
    chosen = [
        commune
        for district in sorted(by_district)
        for commune in _spread(sorted(by_district[district], key=lambda each: each.code))
    ]
    places = [
        Place(PROVINCE, commune.new_codes[0], commune.label, commune.district) for commune in chosen
    ]
    step = len(places) // TWICE
    return tuple(places + places[::step][:TWICE])


def _spread(communes: list[OldCommune]) -> list[OldCommune]:
    return [communes[len(communes) * place // COMMUNES_EACH] for place in range(COMMUNES_EACH)]
