"""One human with two codes: on the board and in the roster, or in two clubs after a merger."""

from collections.abc import Sequence

from connectors.persons.rows import Person, everybody
from connectors.store.erased import folded, is_gone
from connectors.store.tables import TableSet
from programme.sql import open_guarded


def other_codes(tables: TableSet, people: Sequence[Person]) -> list[Person]:
    """Give who may be the same human under another code: somebody has to say whether it is so.

    Same club, name (marks and capitals do not matter) and year of birth; or a member who moved
    with the club. Codes that people decided to be one are one already.

    Args:
        people: who is meant.
    """
    mine = {each.code for each in people}
    faces = {(each.club, folded(each.name), each.birth_year) for each in people if _known(each)}
    moved = _moved(tables) if "member" in tables.names else {}
    linked = {moved.get(code) for code in mine} | {
        code for code, heir in moved.items() if heir in mine
    }
    return [
        each
        for each in everybody(tables)
        if each.code not in mine
        and (
            each.code in linked
            or (_known(each) and (each.club, folded(each.name), each.birth_year) in faces)
        )
    ]


def _known(person: Person) -> bool:
    return not is_gone(person.name) and person.birth_year is not None


def _moved(tables: TableSet) -> dict[str, str]:
    with open_guarded({"member": tables.path("member")}) as connection:
        return dict(
            connection.execute(
                "SELECT member_code, moved_to FROM member WHERE moved_to IS NOT NULL"
            ).fetchall()
        )
