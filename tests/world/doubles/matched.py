"""What the registers take for doubles, in the words of the truth."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from programme.folder import Folder
from programme.text import fold
from tests.world.doubles import judged
from tests.world.doubles.judged import Judged
from tests.world.doubles.truth import DoublesWorld
from tests.world.ground import reconciled, rows


def matched(root: Path, world: DoublesWorld) -> dict[str, Judged]:
    """Reconcile a world and judge its candidates: clubs, members, borrowers, names of clubs."""
    folder = reconciled(root, world.records, world.as_of)
    keys = _keys(folder)
    found = rows(folder, "candidate")
    clubs = [
        (keys[row["left_code"]], keys[row["right_code"]]) for row in found if row["kind"] == "club"
    ]
    members = [
        (keys[row["left_member"]], keys[row["right_member"]])
        for row in found
        if row["kind"] == "member"
    ]
    borrowers = {
        keys[row["left_code"]]: keys[row["right_member"]] for row in _best(found, "borrower")
    }
    return {
        "club": judged.clubs(world, clubs),
        "member": judged.members(world, members),
        "borrower": judged.words(world.borrowers_meant, borrowers),
        "words": judged.words(world.clubs_meant, _understood(world, folder, found, keys)),
    }


def _keys(folder: Folder) -> Mapping[str, str]:
    """Give what the truth calls clubs, members and loans, by the registers' codes."""
    with closing(sqlite3.connect(folder.store)) as store:
        coded = store.execute("SELECT code, key FROM issued_code WHERE kind IN ('club', 'loan')")
        people = store.execute(
            "SELECT code, root_uuid || '/' || row FROM code_row WHERE kind = 'member'"
        )
        return dict(coded.fetchall()) | dict(people.fetchall())


def _best(found: list[dict[str, Any]], kind: str) -> Iterator[dict[str, Any]]:
    """Give the likeliest meaning of each; candidates come with the likeliest first."""
    seen = set()
    for row in found:
        if row["kind"] == kind and row["left_code"] not in seen:
            seen.add(row["left_code"])
            yield row


def _understood(
    world: DoublesWorld, folder: Folder, found: list[dict[str, Any]], keys: Mapping[str, str]
) -> dict[str, str]:
    """Give whom words mean: by the registers themselves, else by the likeliest candidate."""
    first = {pair.right: pair.left for pair in world.clubs if pair.same}  # of clubs that are one
    clubs = {row["_root_uuid"]: row["club_code"] for row in rows(folder, "submission")}
    communes = {
        row["_root_uuid"]: row["commune"] for row in rows(folder, world.clubs_meant[0].form)
    }
    offered = {
        (said["commune_code"], _plain(said["name"])): row["right_code"]
        for row in _best(found, "words")
        for said in [json.loads(row["left_shown"])]
    }
    understood = {}
    for meant in world.clubs_meant:
        code = clubs[meant.root] or offered.get((communes[meant.root], _plain(meant.words)))
        if code:
            understood[meant.root] = first.get(keys[code], keys[code])
    return understood


def _plain(words: str) -> str:
    return " ".join(re.split("[^a-z0-9]+", fold(words))).strip()
