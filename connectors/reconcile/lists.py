"""Registers → the lists on the phones: clubs, boards, members, open loans.

People are codes and initials, never names. Money is in thousand đồng, as the forms ask it.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from connectors.store.casts import VND_PER_THOUSAND
from connectors.store.cells import safe_text
from connectors.store.tables import TableSet, open_tables
from programme.folder import Folder
from programme.text import tidy
from programme.writing import write_text

COLUMNS: Mapping[str, Sequence[str]] = {
    "clubs.csv": (
        "name", "label", "code", "commune", "founded", "status", "members", "women", "sixty_plus",
        "closing_cash", "closing_bank", "loans_outstanding", "operating_cash", "operating_bank",
        "last_month", "grade", "list_date",
    ),
    "boards.csv": ("name", "label", "club"),
    "members.csv": ("name", "label", "club"),
    "loans.csv": ("name", "label", "club", "borrower", "outstanding", "due_on"),
}  # fmt: skip
ON_PHONES = frozenset({"active", "suspended"})  # a suspended club can resume
SIXTY_PLUS = frozenset({"60_69", "70_79", "80plus"})
GOES_DOWN = frozenset({"repaid", "written_off"})

Row = Mapping[str, Any]


def write_lists(folder: Folder) -> list[Path]:
    """Write ``data/lists`` from the current registers, each list replaced at once.

    A list without rows has its header, so that a form that uses it still compiles.

    Raises:
        ProblemError: ``tables-missing`` when nothing was reconciled yet.
    """
    tables = open_tables(folder, identified=True)
    target = folder.private(folder.lists)
    clubs = [row for row in _rows(tables, "club") if row["status"] in ON_PHONES]
    known = {row["club_code"] for row in clubs}
    makers: Mapping[str, Callable[[], Iterable[Row]]] = {
        "clubs.csv": lambda: _clubs(tables, clubs),
        "boards.csv": lambda: _boards(tables, known),
        "members.csv": lambda: _members(tables, known),
        "loans.csv": lambda: _loans(tables, known),
    }
    return [_write(target / name, COLUMNS[name], make()) for name, make in makers.items()]


def initials(name: str | None) -> str:
    """Give the initials of a person: "Nguyễn Văn An" → "N.V.A."."""
    return "".join(f"{word[0].upper()}." for word in tidy(name or "").split())


def _rows(tables: TableSet, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(tables.path(name)).to_pylist()
    return rows


def _clubs(tables: TableSet, clubs: Sequence[Row]) -> Iterator[Row]:
    money = _last(_rows(tables, "club_month"), "month")
    grades = _last(_rows(tables, "inspection"), "visit_date")
    sizes = _sizes(tables)
    for club in clubs:
        code = club["club_code"]
        month = money.get(code, {})
        members, women, sixty_plus = sizes.get(code, (0, 0, 0))
        yield {
            "name": code,
            "label": safe_text(tidy(club["name"] or code)),
            "code": code,  # forms look it up: in entity lists of ODK Central names are uuids
            "commune": club["commune_code"],
            "founded": _day(club["founded_on"]),
            "status": club["status"],
            "members": members,
            "women": women,
            "sixty_plus": sixty_plus,
            "closing_cash": _thousand(month.get("income_closing_cash")),
            "closing_bank": _thousand(month.get("income_closing_bank")),
            "loans_outstanding": _thousand(month.get("loans_outstanding")),
            "operating_cash": _thousand(month.get("operating_closing_cash")),
            "operating_bank": _thousand(month.get("operating_closing_bank")),
            "last_month": month.get("month"),
            "grade": grades.get(code, {}).get("grade"),
            "list_date": _day(tables.as_of),
        }


def _sizes(tables: TableSet) -> dict[str, tuple[int, int, int]]:
    """Members now, women, 60 and over: listed by name and not."""
    sizes: dict[str, tuple[int, int, int]] = {
        code: (row["total"], row["women"], row["sixty_plus"])
        for code, row in _last(_rows(tables, "member_unlisted"), "on_date").items()
    }
    for row in _rows(tables, "member"):
        if row["left_on"] is None:
            members, women, older = sizes.get(row["club_code"], (0, 0, 0))
            sizes[row["club_code"]] = (
                members + 1,
                women + (row["sex"] == "female"),
                older + (row["age_band"] in SIXTY_PLUS),
            )
    return sizes


def _boards(tables: TableSet, clubs: set[str]) -> Iterator[Row]:
    people = {
        row["board_code"]: row
        for row in _rows(tables, "board_member")
        if row["club_code"] in clubs and row["until"] is None
    }
    yield from (_person(code, row["board_name"], row["club_code"]) for code, row in people.items())


def _members(tables: TableSet, clubs: set[str]) -> Iterator[Row]:
    for row in _rows(tables, "member"):
        if row["club_code"] in clubs and row["left_on"] is None:
            yield _person(row["member_code"], row["member_name"], row["club_code"])


def _person(code: str, name: str | None, club: str) -> Row:
    return {"name": code, "label": f"{_tail(code, club)} {initials(name)}".strip(), "club": club}


def _loans(tables: TableSet, clubs: set[str]) -> Iterator[Row]:
    names = {row["member_code"]: row["member_name"] for row in _rows(tables, "member")}
    rest: dict[str, int] = {}
    due: dict[str, date] = {}
    for event in sorted(_rows(tables, "loan_event"), key=lambda row: row["place"]):
        code, principal = event["loan_code"], event["principal"] or 0
        rest[code] = rest.get(code, 0) + (-principal if event["event"] in GOES_DOWN else 0)
        if event["event"] == "rescheduled" and event["new_due_on"]:
            due[code] = event["new_due_on"]
    for loan in _rows(tables, "loan"):
        code, club = loan["loan_code"], loan["club_code"]
        outstanding = (loan["principal"] or 0) + rest.get(code, 0)
        if club in clubs and outstanding > 0:
            who = initials(names.get(loan["borrower_code"]))
            lent = f"{loan['lent_on']:%d/%m/%Y}" if loan["lent_on"] else ""
            yield {
                "name": code,
                "label": " ".join(word for word in (_tail(code, club), who, lent) if word),
                "club": club,
                "borrower": loan["borrower_code"],
                "outstanding": _thousand(outstanding),
                "due_on": _day(due.get(code, loan["due_on"])),
            }


def _last(rows: Iterable[Row], order: str) -> dict[str, Row]:
    return {row["club_code"]: row for row in sorted(rows, key=lambda row: row[order])}


def _tail(code: str, club: str) -> str:
    return code.removeprefix(f"{club}-")


def _thousand(vnd: int | None) -> int | None:
    return None if vnd is None else round(vnd / VND_PER_THOUSAND)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: str(row["name"])))
    write_text(path, text.getvalue())
    return path
