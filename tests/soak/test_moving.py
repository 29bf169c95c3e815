"""Submissions come, change and go while a pull reads: between two pages, and in any order."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.store.raw import RawStore
from tests.soak.ground import FORM
from tests.soak.office import Record
from tests.soak.office_central import CentralOffice
from tests.soak.truth import assert_store_is_the_server
from tests.soak.village import FOLLOWING, Village

PAGE = 3


def stored(village: Village) -> dict[int, Record]:
    with RawStore.open(village.folder.store) as store:
        return {each.id: orjson.loads(each.json) for each in store.submissions(FORM)}


def send(here: Village, count: int = 1) -> None:
    here.office.send([here.filled() for _ in range(count)])


def edit(here: Village, position: int) -> None:
    here.office.edit(here.office.rows()[position], here.filled())


def delete(here: Village, *positions: int) -> None:
    rows = here.office.rows()
    here.office.delete([rows[position]["_id"] for position in positions])


def restore(here: Village) -> None:
    if isinstance(here.office, CentralOffice):
        here.office.restore(here.office.trash()[0])


ACTIONS: dict[str, Callable[[Village], Any]] = {
    "nothing": lambda here: None,
    "a new one": send,
    "an edit of the first": lambda here: edit(here, 0),
    "an edit of the last but one": lambda here: edit(here, 6),
    "an edit on the edge of the page": lambda here: edit(here, PAGE),
    "a deletion at the beginning": lambda here: delete(here, 1),
    "a deletion at the end": lambda here: delete(here, 5),
    "a deletion on one edge of the page": lambda here: delete(here, PAGE - 1),
    "a deletion on the other edge of the page": lambda here: delete(here, -PAGE),
    "the deletion of a whole page": lambda here: delete(here, 3, 4, 5),
    "the deletion of the last": lambda here: delete(here, -1),
    "the deletion of all": lambda here: delete(here, *range(len(here.office.rows()))),
    "a state": lambda here: here.office.judge(here.office.rows()[0]["_id"], "approved"),
    "a restored one": restore,
    "all at once": lambda here: (send(here), edit(here, 0), edit(here, 6), delete(here, 4, 5)),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_between_two_pages_of_a_first_pull(calm: Village, action: str) -> None:
    here = calm
    send(here, 9)
    delete(here, 4)
    highest = here.office.rows()[-1]["_id"]
    here.weather.watch({2: lambda: ACTIONS[action](here)})
    (form,) = here.pull().forms
    assert (form.kind, form.agreed, form.problems) == ("proven", True, ())
    assert here.weather.before == {}  # it did happen
    # what arrived meanwhile belongs to the next pull
    rows = {one["_id"]: one for one in here.office.rows() if one["_id"] <= highest}
    assert stored(here) == rows
    (form,) = here.pull().forms
    assert form.agreed
    assert_store_is_the_server(here)


@pytest.mark.parametrize("proven", [False, True], ids=["followed", "proven"])
@pytest.mark.parametrize("action", ACTIONS)
def test_between_two_pages_of_a_later_pull(calm: Village, action: str, proven: bool) -> None:
    here = calm
    send(here, 9)
    here.pull()
    send(here)
    delete(here, 8)
    edit(here, 2)
    here.weather.watch({2: lambda: ACTIONS[action](here)})
    (form,) = here.pull(proven=proven).forms
    assert form.agreed, form.problems
    assert here.weather.before == {}
    (form,) = here.pull().forms
    assert form.agreed, form.problems
    assert_store_is_the_server(here)


# --- any order of nights and events


def _add(here: Village, chosen: int) -> None:
    filled = here.filled_with(f"<note>{chosen}</note>", picture=True)
    if chosen % 2:
        here.owed.append(filled)
        filled = replace(filled, picture=None)
    here.office.send([filled])


def _one(here: Village, chosen: int) -> list[Record]:
    rows = here.office.rows()
    return [rows[chosen % len(rows)]] if rows else []


def _judge(here: Village, chosen: int) -> None:
    for one in _one(here, chosen):
        here.office.judge(one["_id"], ("approved", "not_approved", "on_hold")[chosen % 3])


def _edit(here: Village, chosen: int) -> None:
    for one in _one(here, chosen):
        here.office.edit(one, here.filled())


def _delete(here: Village, chosen: int) -> None:
    here.office.delete([one["_id"] for one in _one(here, chosen)])


def _late(here: Village, chosen: int) -> None:
    if here.owed:
        here.office.late(here.owed.pop(chosen % len(here.owed)))


def _restore(here: Village, chosen: int) -> None:
    if isinstance(here.office, CentralOffice) and (trash := here.office.trash()):
        here.office.restore(trash[chosen % len(trash)])


EVENTS: dict[str, Callable[[Village, int], Any]] = {
    "add": _add,
    "edit": _edit,
    "delete": _delete,
    "judge": _judge,
    "late": _late,
    "restore": _restore,
    "month": lambda here, chosen: here.month(),
}
EVENT = st.tuples(
    st.sampled_from(["add", "add", "edit", "delete", "judge", "late", "restore", "month"]),
    st.integers(0, 99),
)
NIGHTS = st.lists(st.tuples(st.lists(EVENT, max_size=5), st.booleans()), min_size=1, max_size=4)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nights=NIGHTS, recent=st.sampled_from([1, 14]))
def test_any_nights_leave_what_the_server_has(
    kept: Village, tmp_path_factory: pytest.TempPathFactory, nights: Any, recent: int
) -> None:
    here = kept
    here.begin_anew(tmp_path_factory.mktemp("nights"))
    here.settings = replace(here.settings, pull=replace(FOLLOWING, recent_days=recent))
    for number in range(4):
        _add(here, number)
    assert here.pull().forms[0].agreed
    young = recent > 1
    for events, proven in nights:
        for event, chosen in events:
            EVENTS[event](here, chosen)
            young = young and event != "month"
        (form,) = here.pull(proven=proven).forms
        assert form.agreed, form.problems
        if form.kind == "proven" or young:
            assert_store_is_the_server(here)
        else:  # a picture that comes late to an older submission waits for the next proof
            _assert_nearly(here)
    here.pull(proven=True)
    assert_store_is_the_server(here)


def _assert_nearly(here: Village) -> None:
    def told(records: list[Record]) -> set[tuple[Any, ...]]:
        return {(one["_id"], one["_uuid"], one["_validation_status"].get("uid")) for one in records}

    assert told(list(stored(here).values())) == told(here.office.rows())
