"""The query language: what matches, and what matches nothing without a word."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.servers.sandbox.answers import FaultError
from connectors.servers.sandbox.query import matches

RECORD = {
    "_id": 7,
    "thang": "2026-10",
    "quy/thu": "120",
    "attendance": [{"attendance/so_nguoi": "45"}, {"attendance/so_nguoi": "30"}],
    "_validation_status": {"uid": "validation_status_on_hold"},
}


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"_id": "7"},
        {"thang": "2026-10", "quy/thu": "120"},
        {"quy/thu": {"$gt": "1", "$lt": "2"}},
        {"quy/thu": {"$lt": "50"}},
        {"quy/chi": {"$exists": False}},
        {"quy/chi": {"$nin": ["1"]}},
        {"_validation_status.uid": {"$ne": "validation_status_approved"}},
        {"attendance": {"$elemMatch": {"attendance/so_nguoi": "30"}}},
        {"$or": [{"thang": "2026-09"}, {"thang": {"$regex": "^2026-1"}}]},
        {"thang": {"$not": {"$in": ["2026-09"]}}},
    ],
)
def test_fits(query: dict[str, Any]) -> None:
    assert matches(RECORD, query)


@pytest.mark.parametrize(
    "query",
    [
        {"quy/thu": 120},
        {"quy/thu": {"$gt": 50}},
        {"quy/thu": {"$eq": "120"}},
        {"attendance": {"$size": 2}},
        {"$where": "1"},
        {"_validation_status.uid": "validation_status_approved"},
        {"quy.thu": "120"},
        {"quy/chi": {"$lt": "9"}},
    ],
)
def test_fits_not(query: dict[str, Any]) -> None:
    assert not matches(RECORD, query)


@pytest.mark.parametrize("query", [[], 1, "x", {"$or": 1}, {"thang": {"$regex": "("}}])
def test_breaks_the_server(query: Any) -> None:
    with pytest.raises(FaultError):
        matches(RECORD, query)


@given(st.text(), st.text())
def test_answers_compare_as_text(left: str, right: str) -> None:
    assert matches({"a": left}, {"a": {"$gt": right}}) == (left > right)
    assert matches({"a": left}, {"a": {"$lte": right}}) == (left <= right)
    assert matches({"a": left}, {"a": {"$in": [right]}}) == (left == right)
