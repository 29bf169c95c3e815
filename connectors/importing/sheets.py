"""What a workbook of existing clubs has: its sheets and their columns, from ``columns.csv``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from programme.lists import read_list
from programme.problem import Text

FieldKind = Literal["text", "whole", "decimal", "money", "day", "month", "choice"]

ABOUT, CLUBS, BOARDS, MEMBERS = "about", "clubs", "boards", "members"
LOANS, BALANCES, VILLAGES, AREA_KINDS = "loans", "balances", "villages", "area_kinds"
REGISTRATION, LOAN, REPORT = "club_registration", "loan_record", "monthly_activity_report"

# the form whose questions the columns of a sheet are
FORMS: Mapping[str, str] = {
    CLUBS: REGISTRATION,
    BOARDS: REGISTRATION,
    MEMBERS: REGISTRATION,
    LOANS: LOAN,
    BALANCES: REPORT,
}
TITLES: Mapping[str, Text] = {
    ABOUT: Text("Nguồn số liệu", "Source"),
    CLUBS: Text("Câu lạc bộ", "Clubs"),
    BOARDS: Text("Ban Chủ nhiệm", "Boards"),
    MEMBERS: Text("Thành viên", "Members"),
    LOANS: Text("Khoản vay còn nợ", "Open loans"),
    BALANCES: Text("Số dư ban đầu", "Opening balances"),
    VILLAGES: Text("Thôn, bản, tổ dân phố", "Villages"),
    AREA_KINDS: Text("Loại địa bàn của xã", "Kinds of area"),
}
# the status of a club as its rows may say it: those actions that end or rest a club
STATUSES = ("suspend", "close")

_COLUMNS = ("sheet", "name", "kind", "required", "choices",
            "title_vi", "title_en", "note_vi", "note_en")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A column.

    Args:
        name: stands below the title in the header; what problems call it.
        title: the header in words.
        kind: what its cells hold; ``money`` is in đồng.
        required: may not be empty.
        choices: question whose choices the cells are one of, with ``choice``.
        note: what the explanation says besides the title; empty where the title is enough.
    """

    name: str
    title: Text
    kind: FieldKind
    required: bool
    choices: str
    note: Text


@cache
def fields() -> Mapping[str, tuple[Field, ...]]:
    """Give the columns by sheet, in order."""
    kinds = {kind: kind for kind in get_args(FieldKind)}
    found: dict[str, list[Field]] = {name: [] for name in TITLES}
    for row in read_list(Path(__file__).with_name("columns.csv"), _COLUMNS):
        found[row["sheet"]].append(
            Field(
                row["name"],
                Text(row["title_vi"], row["title_en"]),
                kinds[row["kind"]],
                row["required"] == "yes",
                row["choices"],
                Text(row["note_vi"], row["note_en"]),
            )
        )
    return {name: tuple(columns) for name, columns in found.items()}
