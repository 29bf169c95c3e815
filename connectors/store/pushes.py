"""The ledger of validation states that this programme set: any other state is a person's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import orjson

from connectors.servers.contract import ManifestRow, StateName
from connectors.store.raw import RawStore
from connectors.store.versions import Origin

# A push that was cut off asked for a state and never saw it. What the server shows is taken for
# ours only when it was set this many seconds from then: clocks differ a little.
_NEAR = 3600
_HELD = """
SELECT last.source, last.id, given.wanted
FROM (SELECT source, form, id, MAX(number) AS number FROM push WHERE form = ?
    GROUP BY source, form, id) AS newest
JOIN push AS last USING (number)
JOIN push AS given ON given.number = (
    SELECT MAX(number) FROM push AS each WHERE each.source = last.source
        AND each.form = last.form AND each.id = last.id AND each.wanted IS NOT NULL)
JOIN submission USING (source, form, id)
WHERE (last.wanted IS NOT NULL OR NOT last.done) AND submission.deleted IS NULL
"""


@dataclass(frozen=True, slots=True)
class Push:
    """A state that was asked for.

    Args:
        number: its line in the ledger.
        uuid: of the version that was judged.
        wanted: None took ours away.
        state, at: as the server showed it afterwards, seconds since 1970.
        pushed: when it was asked for, UTC.
        done: it was read back.
    """

    number: int
    uuid: str
    wanted: StateName | None
    state: str | None
    at: int | None
    pushed: str
    done: bool

    def is_of(self, row: ManifestRow, shown: Mapping[StateName, str]) -> bool:
        """Tell whether the state that a server shows is the one asked for here.

        Args:
            shown: how the server shows each state.
        """
        if row.validation is None or self.wanted is None:
            return False
        if self.done:
            return (self.state, self.at) == (row.validation, row.validated)
        asked = datetime.fromisoformat(self.pushed).timestamp()
        near = row.validated is not None and abs(row.validated - asked) <= _NEAR
        return near and shown[self.wanted] == row.validation


def pushes(store: RawStore, origin: Origin, ids: Iterable[int]) -> dict[int, list[Push]]:
    """Give what was asked for of each of some submissions, the last first."""
    rows = store.connection.execute(
        "SELECT id, number, uuid, wanted, state, at, pushed, done FROM push"
        " WHERE source = ? AND form = ? AND id IN (SELECT value FROM json_each(?))"
        " ORDER BY number DESC",
        (origin.source, origin.form, orjson.dumps(sorted(ids)).decode()),
    )
    found: dict[int, list[Push]] = defaultdict(list)
    for number, line, uuid, wanted, state, at, pushed, done in rows:
        push = Push(line, uuid, cast(StateName | None, wanted), state, at, pushed, bool(done))
        found[number].append(push)
    return found


def held(store: RawStore, form: str) -> dict[tuple[str, int], StateName]:
    """Give the states that this programme set last and did not take away, by source and id.

    Of submissions that are live; what was to be taken away when the push was cut off may still
    stand. What has no reason any more is to be taken away: the caller compares.
    """
    rows = store.connection.execute(_HELD, (form,))
    return {(source, number): wanted for source, number, wanted in rows}


def begin_push(
    store: RawStore, origin: Origin, rows: Iterable[ManifestRow], wanted: StateName | None, now: str
) -> None:
    """Note what is about to be asked for, so that an end in between leaves a trace."""
    with store.transaction() as connection:
        connection.executemany(
            "INSERT INTO push (source, form, id, uuid, wanted, pushed) VALUES (?, ?, ?, ?, ?, ?)",
            [(origin.source, origin.form, row.id, row.uuid, wanted, now) for row in rows],
        )


def end_push(store: RawStore, origin: Origin, rows: Iterable[ManifestRow], now: str) -> None:
    """Note that ours is gone: taken away by an edit, or by a push that was cut off."""
    with store.transaction() as connection:
        connection.executemany(
            "INSERT INTO push (source, form, id, uuid, pushed, done) VALUES (?, ?, ?, ?, ?, 1)",
            [(origin.source, origin.form, row.id, row.uuid, now) for row in rows],
        )


def finish_push(
    store: RawStore, origin: Origin, standing: Iterable[ManifestRow], others: Iterable[int]
) -> None:
    """Note what stands on the server now; what was asked for in vain leaves the ledger.

    Args:
        standing: rows with the state that was asked for last.
        others: ids that do not have it.
    """
    open_ = "source = ? AND form = ? AND id = ? AND NOT done"
    key = (origin.source, origin.form)
    with store.transaction() as connection:
        connection.executemany(
            f"UPDATE push SET state = ?, at = ?, done = 1 WHERE {open_}",  # noqa: S608 fixed text
            [(row.validation, row.validated, *key, row.id) for row in standing],
        )
        connection.executemany(
            f"DELETE FROM push WHERE {open_}",  # noqa: S608 fixed text
            [(*key, number) for number in others],
        )


def adopt(store: RawStore, push: Push, row: ManifestRow) -> None:
    """Note that a push which was cut off reached the server."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE push SET state = ?, at = ?, done = 1 WHERE number = ?",
            (row.validation, row.validated, push.number),
        )
