"""The categories of every breakdown, in words, and a truth that holds one of them only."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from tests.reports.oracle.truth import Truth

Row = Mapping[str, Any]
Category = Callable[[Row], str | None]


def _of(column: str) -> Category:
    return lambda row: None if pd.isna(row[column]) else str(row[column])


def _age(member: Row) -> str | None:
    """Years of birth are known of members who are listed only."""
    if not member["listed"]:
        return "unlisted"
    if pd.isna(member["age"]):
        return None
    bands = {15: "under_16", 30: "16_30", 54: "31_54", 59: "55_59", 69: "60_69", 79: "70_79"}
    return next((name for last, name in bands.items() if member["age"] <= last), "80_plus")


def _age_of_club(club: Row) -> str:
    bands = {1: "under_1", 3: "1_2", 6: "3_5"}
    return next((name for years, name in bands.items() if club["years"] < years), "6_plus")


def _size(club: Row) -> str:
    members = club["members"]
    return "under_50" if members < 50 else "50_70" if members <= 70 else "over_70"


# breakdown → frames whose rows it parts, and the category of a row
BREAKDOWNS: Mapping[str, tuple[tuple[str, ...], Category]] = {
    "sex": (("people",), _of("sex")),
    "age": (("people",), _age),
    "household": (("people",), _of("household")),
    "borrower_sex": (("loans",), _of("sex")),
    "loan_kind": (("loans",), _of("kind")),
    "purpose": (("loans",), _of("purpose")),
    "age_of_club": (("active",), _age_of_club),
    "club_size": (("active",), _size),
    "board_sex": (("board",), _of("sex")),
    "movement_sex": (("joined", "left"), _of("sex")),
    "left_how": (("left",), _of("how")),
    "training_kind": (("trainings",), _of("kind")),
    "training_level": (("trainings",), _of("level")),
    "region": (("trainings",), _of("region")),
    "inspection_level": (("visits",), _of("level")),
}


def parted(now: Truth, breakdown: str) -> Mapping[str, Truth]:
    """Give for every category what was so of it alone; "" is not known."""
    names, category = BREAKDOWNS[breakdown]
    found: dict[str, dict[str, list[int]]] = {}
    frames = {name: now.sized if name == "active" else getattr(now, name) for name in names}
    for name, frame in frames.items():
        for place, row in enumerate(frame.to_dict("records")):
            found.setdefault(category(row) or "", {}).setdefault(name, []).append(place)
    return {
        told: now.only(**{name: frames[name].iloc[places.get(name, [])] for name in names})
        for told, places in found.items()
    }
