"""How the row of a person is rid of what identifies them, and still counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from connectors.persons.rows import Person, Row
from connectors.store.erased import GONE, Keyed, Rule, identity_of, is_gone, name_hash

# one year for all of an age group, so that counts by age stay what they are: the groups in which
# forms and reports count
_GROUPS = ((80, 85), (70, 75), (60, 65), (55, 57), (31, 45), (16, 23), (0, 10))


def base_rule(keyed: Keyed, person: Person, rows: Sequence[Row]) -> Rule:
    """Give the rule for texts that name a person."""
    names = [row.said("_name") for row in rows] or [person.name]
    name = names[0] or person.name
    spelt, words = name_hash(keyed, name)
    # a name of one word is a common word: taken out of texts it would take others with it
    tail = person.code.rpartition("-")[2]
    return Rule(spelt, 0 if words == 1 or is_gone(name) else words, mark=f"{GONE} {tail}")


def rule_of_row(base: Rule, row: Row, keyed: Keyed, today: date) -> Rule:
    """Give the rule for a row that is the person's, and for the texts around it.

    Args:
        base: of the person, ``base_rule``.
        today: decides the age group, of which one year of birth is left.
    """
    name, birth, sex = row.path("_name"), row.path("_birth_year"), row.path("_sex")
    said = [row.said(each) for each in ("_name", "_birth_year", "_sex")]
    blank = tuple(
        each.path
        for each in row.table.columns
        if each.data_class == "personal" and each.path not in (name, birth)
    )
    return replace(
        base,
        repeat=row.table.path,
        identity=identity_of(keyed, *said),
        name=name,
        birth=birth,
        sex=sex,
        born=born_in_group(said[1], today),
        blank=blank,
    )


def born_in_group(year: str, today: date) -> str:
    """Give the year of birth that stands for an age group; empty where none was said."""
    if not year.isdigit():
        return ""
    age = today.year - int(year)
    return next((str(today.year - usual) for least, usual in _GROUPS if age >= least), "")
