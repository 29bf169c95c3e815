"""What cannot be in an import workbook, row by row and between rows."""

from collections.abc import Iterator, Sequence
from datetime import date

from connectors.importing import problems
from connectors.importing.clubs import UNLISTED
from connectors.importing.read import ImportBook, ImportRow
from connectors.importing.sheets import BALANCES, BOARDS, CLUBS, LOANS, MEMBERS
from programme.problem import Problem, Text
from programme.text import fold

OLDEST = 120  # years
EARLIEST = "1980-01-01"  # of a founding, as the registration form has it
LONGEST = 120  # months of a loan
DAYS = 31

_FUTURE = Text("ngày này sau ngày chốt số liệu", "this day is after the day of the data")


def nonsense(book: ImportBook) -> Iterator[Problem]:
    """Give what cannot be true, each with its row."""
    for name, check in _CHECKS.items():
        rows = book.rows.get(name, ())
        for row in rows:
            yield from check(row, book.as_of)
        yield from _twice(name, rows)


def _club(row: ImportRow, as_of: date) -> Iterator[Problem]:
    founded = row.get("founded_on")
    if founded < EARLIEST:
        yield _at(row, "founded_on", "ngày thành lập quá sớm", "founded too early")
    yield from _future(row, as_of, "founded_on", "decision_date", "status_on")
    if row.get("status") and row.get("status_on") < founded:
        yield _at(
            row, "status_on", "cần ngày, không trước ngày thành lập",
            "a day is needed, not before the founding",
        )  # fmt: skip
    if (day := row.get("meeting_day")) and not 1 <= int(day) <= DAYS:
        yield _at(row, "meeting_day", "ngày trong tháng là 1 đến 31", "days are 1 to 31")
    total, women, older, both = (int(row.get(name) or 0) for name in UNLISTED)
    if total and (left_out := [name for name in UNLISTED if not row.get(name)]):
        yield from (problems.part_missing(row.at(name)) for name in left_out)
        return
    if max(women, older) > total or both > min(women, older) or both < women + older - total:
        yield _at(
            row, "unlisted_total", "các số thành viên không khớp nhau",
            "these numbers of members cannot be together",
        )  # fmt: skip


def _board(row: ImportRow, as_of: date) -> Iterator[Problem]:
    yield from _born(row, "board_birth_year", as_of)
    yield from _future(row, as_of, "board_since")


def _member(row: ImportRow, as_of: date) -> Iterator[Problem]:
    yield from _born(row, "member_birth_year", as_of)
    yield from _future(row, as_of, "member_joined")


def _loan(row: ImportRow, as_of: date) -> Iterator[Problem]:
    yield from _future(row, as_of, "lent_on")
    if int(row.get("outstanding")) > int(row.get("amount")):
        yield _at(row, "outstanding", "còn nợ nhiều hơn đã vay", "more is owed than was lent")
    if row.get("amount") == "0":
        yield _at(row, "amount", "số vay bằng 0", "nothing was lent")
    if not 1 <= int(row.get("term_months")) <= LONGEST:
        yield _at(row, "term_months", "số tháng từ 1 đến 120", "1 to 120 months")
    if row.get("due_on") and row.get("due_on") < row.get("lent_on"):
        yield _at(row, "due_on", "hạn trả trước ngày vay", "due before it was lent")


def _balance(row: ImportRow, as_of: date) -> Iterator[Problem]:
    yield from _future(row, as_of, "month")


def _future(row: ImportRow, as_of: date, *names: str) -> Iterator[Problem]:
    for name in names:
        if row.get(name) > as_of.isoformat():
            yield problems.impossible(row.at(name), _FUTURE)


def _born(row: ImportRow, name: str, as_of: date) -> Iterator[Problem]:
    if not as_of.year - OLDEST <= int(row.get(name)) <= as_of.year:
        yield _at(row, name, "năm sinh không thể đúng", "nobody is born in this year")


def _at(row: ImportRow, column: str, vi: str, en: str) -> Problem:
    return problems.impossible(row.at(column), Text(vi, en))


def _twice(name: str, rows: Sequence[ImportRow]) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    columns, what = _KEYS[name]
    for row in rows:
        key = tuple(fold(row.get(each)) for each in columns)
        if not key[-1]:
            continue
        if key in seen:
            yield problems.repeated(row.at(columns[-1]), what)
        seen.add(key)


_CHECKS = {CLUBS: _club, BOARDS: _board, MEMBERS: _member, LOANS: _loan, BALANCES: _balance}
_KEYS = {
    CLUBS: (("club_no",), Text("số hiệu CLB này", "this club number")),
    BOARDS: (("club_no", "board_birth_year", "board_name"), Text("người này", "this person")),
    MEMBERS: (("club_no", "member_no"), Text("số hiệu thành viên này", "this member number")),
    LOANS: (("club_no", "loan_no"), Text("số hiệu khoản vay này", "this loan number")),
    BALANCES: (("club_no", "month"), Text("số dư của tháng này", "a balance of this month")),
}
