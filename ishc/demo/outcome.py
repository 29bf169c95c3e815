"""What was planted beside what the checks found of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq

from connectors.store.tables import open_tables
from ishc.demo.happened import ClubHistory, Fault, Planted
from programme.folder import Folder

# the check that has to find each fault
CHECKS: Mapping[Fault, str] = {
    "reported_twice": "month_reported_twice",
    "unregistered": "club_not_registered",
    "closing_difference": "income_closing_differs",
    "opening_difference": "income_opening_differs",
    "repaid_too_much": "loan_overpaid",
    "never_inspected": "club_never_inspected",
    "month_missing": "month_missing",
    "does_not_fit": "value_does_not_fit",
}
BY_SUBMISSION = frozenset(
    {"unregistered", "closing_difference", "opening_difference", "repaid_too_much", "does_not_fit"}
)
Spot = tuple[str, ...]  # root uuid; or club code and month


@dataclass(frozen=True, slots=True)
class Outcome:
    """One kind of fault.

    Args:
        fault: its kind.
        check: code of the check that has to find it.
        planted: how often it was planted.
        found: how many of these the check found.
        besides: what the check found where nothing was planted.
    """

    fault: Fault
    check: str
    planted: int
    found: int
    besides: int


def outcomes(folder: Folder, histories: Iterable[ClubHistory]) -> tuple[Outcome, ...]:
    """Compare what was planted with the findings of the last run.

    Args:
        folder: the demo's folder, reconciled.
        histories: the world that was filled.
    """
    tables = open_tables(folder)
    findings = pq.read_table(tables.path("finding")).to_pylist()
    clubs = pq.read_table(tables.path("club"), columns=["club_code", "_root_uuid"]).to_pylist()
    codes = {row["_root_uuid"]: row["club_code"] for row in clubs}
    planted = [
        (one, codes.get(history.club.sent.root, ""))
        for history in histories
        for one in history.planted
    ]
    return tuple(_outcome(fault, planted, findings) for fault in CHECKS)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the registers hold: active clubs, members now, distinct borrowers, loans, visits."""

    clubs: int
    members: int
    borrowers: int
    loans: int
    inspections: int


def counts(folder: Folder) -> Counts:
    """Count what the last run's registers hold; members with those who are not named."""
    tables = open_tables(folder)

    def rows(name: str, *columns: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = pq.read_table(
            tables.path(name), columns=list(columns)
        ).to_pylist()
        return found

    here = [row for row in rows("member", "left_on") if row["left_on"] is None]
    unlisted = {
        row["club_code"]: row["total"]
        for row in sorted(
            rows("member_unlisted", "club_code", "on_date", "total"),
            key=lambda row: row["on_date"],
        )
    }
    loans = rows("loan", "borrower_code")
    return Counts(
        clubs=sum(row["status"] == "active" for row in rows("club", "status")),
        members=len(here) + sum(unlisted.values()),
        borrowers=len({row["borrower_code"] for row in loans}),
        loans=len(loans),
        inspections=len(rows("inspection", "club_code")),
    )


def _outcome(
    fault: Fault, planted: Sequence[tuple[Planted, str]], findings: Iterable[Mapping[str, Any]]
) -> Outcome:
    wanted = Counter(_planted_spot(one, code) for one, code in planted if one.fault == fault)
    found = Counter(
        _found_spot(fault, row) for row in findings if row["check_code"] == CHECKS[fault]
    )
    return Outcome(
        fault=fault,
        check=CHECKS[fault],
        planted=wanted.total(),
        found=(wanted & found).total(),
        besides=(found - wanted).total(),
    )


def _planted_spot(one: Planted, club_code: str) -> Spot:
    if one.fault in BY_SUBMISSION:
        return (one.root or "",)
    return (club_code, f"{one.month:%Y-%m}" if one.month else "")


def _found_spot(fault: Fault, row: Mapping[str, Any]) -> Spot:
    if fault in BY_SUBMISSION:
        return (row["_root_uuid"] or "",)
    return (row["club_code"] or "", row["month"] or "")
