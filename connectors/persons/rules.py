"""How the row of a person is rid of what identifies them, and still counts."""

from dataclasses import replace
from datetime import date

from connectors.persons.rows import Person, Row
from connectors.persons.traces import Traces
from connectors.store.age_groups import born_in_group
from connectors.store.erased import GONE, Keyed, Rule


def base_rule(keyed: Keyed, person: Person, traces: Traces) -> Rule:
    """Give the rule for texts that name a person, however the name was written."""
    names = traces.spelt(keyed)
    first, rest = (names[0], names[1:]) if names else (("", 0), ())
    tail = person.code.rpartition("-")[2]
    return Rule(*first, mark=f"{GONE} {tail}", names=rest)


def rule_of_row(base: Rule, row: Row, traces: Traces, today: date) -> Rule:
    """Give the rule for a row that is the person's, and for the texts around it.

    Args:
        base: of the person, ``base_rule``.
        traces: what the person was called there.
        today: decides the age group, of which one year of birth is left.
    """
    name, birth, sex = row.face
    blank = tuple(
        each.path
        for each in row.table.columns
        if each.data_class == "personal" and each.path not in (name, birth)
    )
    return replace(
        base,
        repeat=row.table.path,
        identity=" ".join(sorted(traces.identities.get(row.root_uuid, ()))),
        name=name,
        birth=birth,
        sex=sex,
        born=born_in_group(row.said("_birth_year"), today.year),
        blank=blank,
    )
