"""The search language of the lists of assets and of the history."""

import pytest

from connectors.servers.sandbox.answers import FaultError
from connectors.servers.sandbox.search import matching

ROWS = [
    {
        "uid": "a1",
        "name": "Báo cáo tháng",
        "asset_type": "survey",
        "owner__username": "an",
        "date_modified": "2026-11-21T20:00:00Z",
        "metadata": {"submission": {"root_uuid": "5862"}},
    },
    {
        "uid": "a2",
        "name": "Phiếu vay",
        "asset_type": "block",
        "owner__username": "an",
        "date_modified": "2026-11-22T20:00:00Z",
        "metadata": {},
    },
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (None, ["a1", "a2"]),
        ("", ["a1", "a2"]),
        ("asset_type:survey", ["a1"]),
        ('name__icontains:"BÁO CÁO"', ["a1"]),
        ("owner__username:an AND NOT asset_type:block", ["a1"]),
        ("asset_type:block OR (asset_type:survey AND name__icontains:vay)", ["a2"]),
        ("phiếu", ["a2"]),
        ("cáo tháng", ["a1"]),
        ("metadata__submission__root_uuid:5862", ["a1"]),
        ("date_modified__gt:2026-11-22", ["a2"]),
        ('date_modified__gte:"2026-11-22T20:00:00Z"', ["a2"]),
        # without quotation marks a time is read as something else, and nothing is found
        ("date_modified__gte:2026-11-22T20:00:00Z", []),
        ("no_such_field:1", []),
        ("asset_type:(", []),
        ("(asset_type:survey", []),
        ("asset_type:survey AND", []),
        (")", []),
    ],
)
def test_finds(query: str | None, found: list[str]) -> None:
    assert [row["uid"] for row in matching(query, ROWS, ("name", "uid"))] == found


def test_a_date_that_is_none_breaks_the_server() -> None:
    with pytest.raises(FaultError):
        matching("date_modified__gte:yesterday", ROWS)
