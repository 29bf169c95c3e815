"""Who has not consented is counted and never named: such rows are kept without their names.

The forms ask for consent before a name and say that whoever refuses is only counted. A name that
came all the same, from an edit, another program, or of a child without the guardian, is not stored.
"""

from collections.abc import Mapping
from typing import Any

from connectors.store.age_groups import born_in_group
from connectors.store.erased import UNNAMED

# repeats that list people by name, who are asked
LISTS = frozenset({"member", "joined"})
GUARDIAN = frozenset({"guardian_paper", "guardian_spoken"})
AGREED = frozenset({"paper", "spoken"}) | GUARDIAN
_REFUSED = frozenset({"no", "not_met"})
_TELLING = ("_phone", "_consent_number", "_words", "_address", "_note")
_INTERVIEW = "interview/"  # what a survey asks once somebody agreed


def with_consent(record: Mapping[str, Any], guardian_age: int) -> Mapping[str, Any]:
    """Give a record without the names of people who did not consent; it counts as before.

    Args:
        record: as the server gave it.
        guardian_age: below this age the guardian's consent is needed.
    """
    changed: dict[str, Any] = {}
    refused = False
    for path, value in record.items():  # of every submission that is pulled: cheap tests first
        if value.__class__ is list:
            name = path.rpartition("/")[2]
            if name in LISTS:
                rows = _listed(path, name, value, _year(record), guardian_age)
                if rows != value:
                    changed[path] = rows
        elif value.__class__ is str and value in _REFUSED and path.endswith("/consent"):
            refused = True
    if refused:
        return {
            path: changed.get(path, value)
            for path, value in record.items()
            if not path.startswith(_INTERVIEW) and not path.endswith(_TELLING)
        }
    return {**record, **changed} if changed else record


def _listed(path: str, name: str, rows: list[Any], year: int, guardian_age: int) -> list[Any]:
    done = []
    for number, row in enumerate(rows, start=1):
        key = f"{path}/{name}"
        if (
            not isinstance(row, Mapping)
            or not row.get(f"{key}_name")
            or _agreed(row, key, year, guardian_age)
        ):
            done.append(row)
            continue
        kept = {each: said for each, said in row.items() if not each.endswith(_TELLING)}
        kept[f"{key}_name"] = f"{UNNAMED} {number}"  # two without a name stay two
        if born := born_in_group(str(row.get(f"{key}_birth_year") or ""), year):
            kept[f"{key}_birth_year"] = born
        done.append(kept)
    return done


def _agreed(row: Mapping[str, Any], key: str, year: int, guardian_age: int) -> bool:
    said = row.get(f"{key}_consent")
    born = str(row.get(f"{key}_birth_year") or "")
    if born.isdigit() and year - int(born) < guardian_age:
        return said in GUARDIAN
    return said in AGREED


def _year(record: Mapping[str, Any]) -> int:
    for name in ("today", "end", "_submission_time"):
        if (year := str(record.get(name) or "")[:4]).isdigit():
            return int(year)
    return 0
