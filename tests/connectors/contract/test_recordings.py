"""The same of real servers, as they were recorded: what every list of submissions shows.

Each recorded exchange for itself is read in ``kobo/replay`` and ``central/recorded``.
"""

from collections.abc import Iterator

import pytest

from connectors.servers import verbs
from connectors.store.versions import mark
from tests.connectors.contract.capabilities import can
from tests.connectors.contract.tape import Row, Tape, played


@pytest.fixture(params=["kobo", "central"])
def tape(request: pytest.FixtureRequest) -> Iterator[Tape]:
    """The recordings of one kind of server."""
    with played(request.param) as playing:
        yield playing


def root_of(row: Row) -> str:
    return str(row.get("meta/rootUuid") or row["__id"]).removeprefix("uuid:")


def shown(row: Row) -> object:
    """What of a recorded row tells that something has happened."""
    if "__system" in row:
        told = row["__system"]
        return [told[name] for name in ("updatedAt", "reviewState", "attachmentsPresent")]
    files = sorted((each["uid"], each["is_deleted"]) for each in row["_attachments"])
    return [row["_uuid"], row["_validation_status"], files]


def test_ids_rise_and_stay_whatever_happens(tape: Tape) -> None:
    met = 0
    for scenario in tape.lists():
        known: dict[tuple[str, str], int] = {}
        for form, rows, read in scenario:
            assert sorted(each.root_uuid for each in read) == sorted(map(root_of, rows))
            ids = [each.id for each in read]
            assert ids == sorted(set(ids))
            for each in read:
                before = known.get((form, each.root_uuid), each.id)
                assert each.id == before or (can(tape.kind, "sent-again") and each.id > before)
                known[form, each.root_uuid] = each.id
                met += 1
    assert met > 50


def test_a_mark_changes_when_something_happened_and_only_then(tape: Tape) -> None:
    changed = same = 0
    for scenario in tape.lists():
        before: dict[tuple[str, str], tuple[object, str]] = {}
        for form, rows, read in scenario:
            marks = {each.root_uuid: mark(each) for each in read}
            for row in rows:
                # the product always asks for the newest instance id, the recordings not always
                key = (f"{form} {'meta' in row}", root_of(row))
                now = (shown(row), marks[root_of(row)])
                was = before.setdefault(key, now)
                assert (was[0] == now[0]) == (was[1] == now[1]), key
                changed, same = changed + (was != now), same + (was == now)
                before[key] = now
    assert changed > 5 and same > 50


def test_every_state_is_met_in_the_same_words(tape: Tape) -> None:
    words = set(verbs(tape.server).STATES.values())
    met = {each.validation for scenario in tape.lists() for *_, read in scenario for each in read}
    assert met <= {None, *words} and None in met and len(met & words) > 1
