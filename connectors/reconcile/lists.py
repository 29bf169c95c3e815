"""Registers → the lists on the phones: clubs, boards, members, loans, advice, the sample.

People are codes and initials, never names. Money is in thousand đồng, as the forms ask it.
"""

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from connectors.reconcile import drawn_list
from connectors.reconcile.initials import initials, without_names
from connectors.store.casts import VND_PER_THOUSAND
from connectors.store.cells import safe_text
from connectors.store.raw import RawStore
from connectors.store.restricted import names_of_restricted, restricted
from connectors.store.tables import TableSet, open_tables
from programme.folder import Folder
from programme.sql import open_guarded
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
    "open_actions.csv": ("name", "label", "club", "by_date"),
    "sample.csv": drawn_list.COLUMNS,
}  # fmt: skip
ON_PHONES = frozenset({"active", "suspended"})  # a suspended club can resume

_CLUB = "SELECT club_code, name, commune_code, founded_on, status FROM club"
_MONEY = """
SELECT club_code, month, income_closing_cash, income_closing_bank, loans_outstanding,
    operating_closing_cash, operating_closing_bank
FROM club_month
QUALIFY row_number() OVER (PARTITION BY club_code ORDER BY month DESC) = 1
"""
_GRADE = """
SELECT club_code, grade FROM inspection
QUALIFY row_number() OVER (PARTITION BY club_code ORDER BY visit_date DESC, _root_uuid DESC) = 1
"""
_LISTED = """
SELECT club_code, count(*) AS total, count(*) FILTER (WHERE sex = 'female') AS women,
    count(*) FILTER (WHERE age_band IN ('60_69', '70_79', '80plus')) AS sixty_plus
FROM member WHERE left_on IS NULL GROUP BY club_code
"""
_UNLISTED = """
SELECT club_code, total, women, sixty_plus FROM member_unlisted
QUALIFY row_number() OVER (PARTITION BY club_code ORDER BY on_date DESC) = 1
"""
_BOARD = "SELECT board_code, board_name, club_code FROM board_member WHERE until IS NULL"
_MEMBER = "SELECT member_code, member_name, club_code FROM member WHERE left_on IS NULL"
_OPEN_LOAN = """
WITH happened AS (
    SELECT
        loan_code,
        sum(principal) FILTER (WHERE event IN ('repaid', 'written_off')) AS gone,
        arg_max(new_due_on, place) FILTER (WHERE event = 'rescheduled') AS new_due_on
    FROM loan_event GROUP BY loan_code
)
SELECT
    l.loan_code, l.club_code, l.borrower_code, m.member_name, l.lent_on,
    CAST(coalesce(l.principal, 0) - coalesce(h.gone, 0) AS BIGINT) AS outstanding,
    coalesce(h.new_due_on, l.due_on) AS due_on
FROM loan l
LEFT JOIN happened h USING (loan_code)
LEFT JOIN member m ON m.member_code = l.borrower_code
WHERE outstanding > 0
"""
_OPEN_ACTION = """
SELECT action_code, club_code, what, by_date FROM action WHERE open ORDER BY action_code
"""
_NAMES = """
SELECT club_code, member_name AS name FROM member WHERE member_name IS NOT NULL
UNION SELECT club_code, board_name FROM board_member WHERE board_name IS NOT NULL
"""
_WHAT_LETTERS = 100

Row = Mapping[str, Any]


def write_lists(folder: Folder) -> list[Path]:
    """Write ``data/lists`` from the current registers, each list replaced at once.

    People who asked that their data be restricted are on none, nor their loans.
    A list without rows has its header, so that a form that uses it still compiles. The list of the
    sample is left alone where nobody was drawn on this computer. A programme whose own registers
    have no clubs keeps its lists in ``xlsforms``.

    Raises:
        ProblemError: ``tables-missing`` when nothing was reconciled yet.
    """
    tables = open_tables(folder, identified=True)
    if "club" not in tables.names:
        return []
    target = folder.private(folder.lists)
    clubs = [row for row in _ask(tables, _CLUB, "club") if row["status"] in ON_PHONES]
    known = {row["club_code"] for row in clubs}
    limited, names = _limited(folder)
    makers: Mapping[str, Callable[[], Iterable[Row]]] = {
        "clubs.csv": lambda: _clubs(tables, clubs),
        "boards.csv": lambda: _boards(tables, known, limited),
        "members.csv": lambda: _members(tables, known, limited),
        "loans.csv": lambda: _loans(tables, known, limited),
        "open_actions.csv": lambda: _actions(tables, known, names),
    }
    written = [_write(target / name, COLUMNS[name], make()) for name, make in makers.items()]
    if (drawn := _drawn(folder, tables, clubs, limited)) is not None:
        written.append(_write(target / "sample.csv", COLUMNS["sample.csv"], drawn))
    return written


def _limited(folder: Folder) -> tuple[Collection[str], Sequence[str]]:
    """Give codes and names of the people whose data are restricted."""
    if not folder.store.is_file():
        return (), ()
    with RawStore.read(folder.store) as store:
        return restricted(store), names_of_restricted(store)


def _ask(tables: TableSet, sql: str, *names: str) -> list[dict[str, Any]]:
    with open_guarded({name: tables.path(name) for name in names}) as connection:
        rows: list[dict[str, Any]] = connection.sql(sql).to_arrow_table().to_pylist()
    return rows


def _by_club(tables: TableSet, sql: str, name: str) -> dict[str, dict[str, Any]]:
    return {row["club_code"]: row for row in _ask(tables, sql, name)}


def _clubs(tables: TableSet, clubs: Sequence[Row]) -> Iterator[Row]:
    money = _by_club(tables, _MONEY, "club_month")
    grades = _by_club(tables, _GRADE, "inspection")
    listed = _by_club(tables, _LISTED, "member")
    unlisted = _by_club(tables, _UNLISTED, "member_unlisted")
    for club in clubs:
        code = club["club_code"]
        month = money.get(code, {})
        sizes = [each.get(code, {}) for each in (listed, unlisted)]
        total, women, sixty_plus = (
            sum(size.get(name, 0) for size in sizes) for name in ("total", "women", "sixty_plus")
        )
        yield {
            "name": code,
            "label": safe_text(tidy(club["name"] or code)),
            "code": code,  # forms look it up: in entity lists of ODK Central names are uuids
            "commune": club["commune_code"],
            "founded": _day(club["founded_on"]),
            "status": club["status"],
            "members": total,
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


def _boards(tables: TableSet, clubs: set[str], limited: Collection[str]) -> Iterator[Row]:
    people = {
        row["board_code"]: row
        for row in _ask(tables, _BOARD, "board_member")
        if row["club_code"] in clubs and row["board_code"] not in limited
    }
    yield from (_person(code, row["board_name"], row["club_code"]) for code, row in people.items())


def _members(tables: TableSet, clubs: set[str], limited: Collection[str]) -> Iterator[Row]:
    for row in _ask(tables, _MEMBER, "member"):
        if row["club_code"] in clubs and row["member_code"] not in limited:
            yield _person(row["member_code"], row["member_name"], row["club_code"])


def _person(code: str, name: str | None, club: str) -> Row:
    return {"name": code, "label": f"{_tail(code, club)} {initials(name)}".strip(), "club": club}


def _loans(tables: TableSet, clubs: set[str], limited: Collection[str]) -> Iterator[Row]:
    for loan in _ask(tables, _OPEN_LOAN, "loan", "loan_event", "member"):
        code, club = loan["loan_code"], loan["club_code"]
        if club in clubs and loan["borrower_code"] not in limited:
            who = initials(loan["member_name"])
            lent = f"{loan['lent_on']:%d/%m/%Y}" if loan["lent_on"] else ""
            yield {
                "name": code,
                "label": " ".join(word for word in (_tail(code, club), who, lent) if word),
                "club": club,
                "borrower": loan["borrower_code"],
                "outstanding": _thousand(loan["outstanding"]),
                "due_on": _day(loan["due_on"]),
            }


def _actions(tables: TableSet, clubs: set[str], also: Sequence[str]) -> Iterator[Row]:
    names: dict[str, list[str]] = {}
    for row in _ask(tables, _NAMES, "member", "board_member"):
        names.setdefault(row["club_code"], []).append(row["name"])
    for row in _ask(tables, _OPEN_ACTION, "action"):
        club = row["club_code"]
        if club in clubs:
            what = without_names(tidy(row["what"] or ""), [*names.get(club, ()), *also])
            short = what if len(what) <= _WHAT_LETTERS else f"{what[:_WHAT_LETTERS].rstrip()}…"
            yield {
                "name": row["action_code"],
                "label": safe_text(f"{_tail(row['action_code'], club)} {short}".strip()),
                "club": club,
                "by_date": _day(row["by_date"]),
            }


def _drawn(
    folder: Folder, tables: TableSet, clubs: Sequence[Row], limited: Collection[str]
) -> Iterable[Row] | None:
    sample = drawn_list.newest_sample(folder)
    if sample is None:
        return None
    people = pq.read_table(
        tables.path("member"),
        columns=["member_code", "member_name", "club_code"],
        filters=[("member_code", "in", [each.member for each in sample[1]])],
    )
    shown = [(row["member_code"], _person(*row.values())) for row in people.to_pylist()]
    known = {
        code: (
            safe_text(tidy(row["name"] or code)),
            row["commune_code"] or code[: drawn_list.COMMUNE_DIGITS],
        )
        for row in clubs
        for code in [row["club_code"]]
    }
    asked = [each for each in sample[1] if each.member not in limited]
    return drawn_list.drawn_rows(
        sample[0], asked, {code: row["label"] for code, row in shown}, known
    )


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
