"""Lists of submissions: limits, keyset pages, and conditions that run in the database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.servers.sandbox import Filled, Running, serve

MANY = 1003
_SORT = {"_id": 1}


@pytest.fixture
def form(client: Any) -> str:
    uid: str = client.deployed("bieu_nho.xlsx")
    for number in range(12):
        client.submit(uid, f"<ma>{number}</ma>")
    for number in (3, 4, 8):
        client.call("DELETE", f"/api/v2/assets/{uid}/data/{number}/")
    return uid


def test_a_page_has_100_rows_by_default_and_never_more_than_1000(
    client: Any, running: Running
) -> None:
    uid = client.deployed("bieu_nho.xlsx")
    filled = (client.filled(uid, f"<ma>{number}</ma>").encode() for number in range(MANY))
    assert running.load(Filled(xml) for xml in filled) == MANY
    path = f"/api/v2/assets/{uid}/data/"
    default = client.get(path)
    assert (default["count"], len(default["results"])) == (MANY, 100)
    assert default["next"].endswith("/data/?limit=100&start=100")
    clamped = client.get(path, limit="30000", fields=["_id"])
    assert len(clamped["results"]) == 1000
    assert clamped["next"].endswith("limit=1000&start=1000")
    last = client.get(clamped["next"])
    assert (len(last["results"]), last["next"]) == (3, None)
    assert last["previous"].endswith("limit=1000")
    assert _walk(client, uid, 250) == list(range(1, MANY + 1))


def test_a_server_set_up_as_before_december_2025_gives_everything_at_once(
    tmp_path: Path, token: str, connect: Callable[[str], Any]
) -> None:
    with serve(tmp_path / "state", token, page=30_000) as running:
        client = connect(running.url)
        uid = client.deployed("bieu_nho.xlsx")
        running.load(Filled(client.filled(uid).encode()) for _ in range(MANY))
        everything = client.get(f"/api/v2/assets/{uid}/data/")
        assert (len(everything["results"]), everything["next"]) == (MANY, None)
        assert len(client.records(uid, limit="7")) == 7


def _walk(client: Any, uid: str, limit: int) -> list[int]:
    """Give all ids by keyset, as the connector lists them."""
    ids: list[int] = []
    while True:
        query = {"_id": {"$gt": ids[-1] if ids else 0}}
        rows = client.records(uid, query=query, sort=_SORT, limit=limit, fields=["_id"])
        if not rows:
            return ids
        ids += [row["_id"] for row in rows]


def test_keyset_pages_lose_and_double_nothing(client: Any, form: str) -> None:
    for limit in range(1, 11):
        assert _walk(client, form, limit) == [1, 2, 5, 6, 7, 9, 10, 11, 12]


_number = st.integers(0, 14)
_condition = st.one_of(
    _number,
    st.dictionaries(st.sampled_from(["$gt", "$gte", "$lt", "$lte"]), _number, min_size=1),
    st.fixed_dictionaries({"$in": st.lists(_number, max_size=5)}),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(condition=_condition, direction=st.sampled_from([1, -1]), limit=st.integers(1, 12))
def test_conditions_in_the_database_find_what_testing_each_record_finds(
    client: Any, form: str, condition: Any, direction: int, limit: int
) -> None:
    sort, path = {"_id": direction}, f"/api/v2/assets/{form}/data/"
    fast = client.get(path, query={"_id": condition}, sort=sort, limit=limit)
    slow = client.get(path, query={"$and": [{"_id": condition}]}, sort=sort, limit=limit)
    assert fast["results"] == slow["results"]
    assert fast["count"] == slow["count"]
    mixed = client.get(path, query={"_id": condition, "ma": {"$exists": True}}, sort=sort)
    assert [row["_id"] for row in mixed["results"]][:limit] == [
        row["_id"] for row in fast["results"]
    ]
