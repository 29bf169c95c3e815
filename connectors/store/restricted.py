"""People whose data are kept and counted and used for nothing else, as they asked.

Codes stand here, no names. Registers leave out the name of such a person, lists for phones the
person, exports the name and the code.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from connectors.store.erased import is_gone
from connectors.store.raw import RawStore

# what kind of people a repeat lists
KIND_OF = {"member": "member", "joined": "member", "board": "board"}


def restrict(store: RawStore, codes: Iterable[str], moment: str) -> None:
    """Restrict the use of the data of people from a moment on; who is restricted stays so."""
    with store.transaction() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO restricted VALUES (?, ?)", [(each, moment) for each in codes]
        )


def lift(store: RawStore, codes: Iterable[str]) -> None:
    """End restrictions."""
    with store.transaction() as connection:
        connection.executemany("DELETE FROM restricted WHERE code = ?", [(each,) for each in codes])


def restricted(store: RawStore) -> dict[str, str]:
    """Give the codes of the people whose data are restricted, with the moment since when."""
    run = store.connection.execute
    if not run("SELECT 1 FROM sqlite_master WHERE name = 'restricted'").fetchone():
        return {}  # a store of an earlier version that is only looked at
    return dict(run("SELECT code, since FROM restricted ORDER BY code"))


def set_restricted(store: RawStore, people: Mapping[str, str]) -> None:
    """Put a list in place of the one that is there, as after a backup was brought back."""
    with store.transaction() as connection:
        connection.execute("DELETE FROM restricted")
        connection.executemany("INSERT INTO restricted VALUES (?, ?)", sorted(people.items()))


def rows_of_restricted(store: RawStore, codes: Iterable[str] = ()) -> set[tuple[str, str, int]]:
    """Give the rows of repeats in which they stand: kind of person, root uuid, number of the row.

    Args:
        codes: only of these people; of all by default.
    """
    wanted = list(codes) or list(restricted(store))
    return {
        (kind, root, row)
        for kind, root, row in store.connection.execute(
            "SELECT kind, root_uuid, row FROM code_row WHERE row IS NOT NULL"
            " AND code IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
    }


def names_of_restricted(store: RawStore, codes: Iterable[str] = ()) -> list[str]:
    """Give their names as they were said, to take them out of texts.

    Args:
        codes: only of these people; of all by default.
    """
    rows = rows_of_restricted(store, codes)
    found = store.connection.execute(
        "SELECT root_uuid, json FROM submission WHERE deleted IS NULL AND json IS NOT NULL"
        " AND root_uuid IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted({root for _, root, _ in rows})),),
    )
    names = {
        name
        for root, written in found
        for kind, number, name in _named(orjson.loads(written))
        if (kind, root, number) in rows
    }
    return sorted(each for each in names if not is_gone(each))


def _named(record: Mapping[str, Any]) -> Iterable[tuple[str, int, str]]:
    for listed, value in record.items():
        kind = KIND_OF.get(listed.rpartition("/")[2], "")
        for number, row in enumerate(value if isinstance(value, list) else (), start=1):
            if isinstance(row, Mapping):
                yield from (
                    (kind, number, str(said))
                    for path, said in row.items()
                    if path.endswith("_name")
                )
