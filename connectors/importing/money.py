"""Open loans and opening balances as records of the forms."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from connectors.importing.known import Club
from connectors.importing.people import Roster
from connectors.importing.read import ImportRow
from connectors.importing.records import Imported, root_uuid
from connectors.importing.sheets import LOAN, REPORT

_LENT = ("loan_kind", "purpose", "amount", "interest_percent_month", "term_months",
         "repayment", "lent_on", "due_on")  # fmt: skip
_BALANCES = ("month", "income_closing_cash", "income_closing_bank", "loans_outstanding",
             "operating_closing_cash", "operating_closing_bank")  # fmt: skip


def loans(
    rows: Iterable[tuple[ImportRow, Club]],
    rosters: Mapping[Club, tuple[Imported, Roster]],
    source: str,
    as_of: date,
) -> Iterator[Imported]:
    """Make two records of each loan: what was lent, and what was paid back until the day.

    The interest paid until then is not known and stays so.
    """
    for row, club in rows:
        root = root_uuid(source, "loan", club.key, row.get("loan_no"))
        lent = {name: row.get(name) for name in _LENT}
        lent["loan_kind"] = lent["loan_kind"] or "money"
        answers = club.answers() | lent | {"event": "lent", "event_date": row.get("lent_on")}
        yield Imported(LOAN, root, row.place, answers | _borrower(row, rosters.get(club)))
        paid = int(row.get("amount")) - int(row.get("outstanding"))
        if paid:
            yield Imported(
                LOAN,
                root_uuid(source, "repaid", club.key, row.get("loan_no")),
                row.place,
                {
                    **club.answers(),
                    "event": "repaid",
                    "event_date": as_of.isoformat(),
                    "loan_in_list": "listed",
                    "loan": str(root),
                    "repaid_on": as_of.isoformat(),
                    "principal": str(paid),
                },
            )


def _borrower(row: ImportRow, found: tuple[Imported, Roster] | None) -> dict[str, str]:
    name = row.get("borrower")
    at = found[1].borrowers.get(name, 0) if found else 0
    if found and at:
        # the code that the registers give to this row of this record, by the key it is kept under
        return {"borrower_in_list": "listed", "borrower": f"{found[0].root}/{at}"}
    return {"borrower_in_list": "not_listed", "borrower_words": name}


def balances(rows: Iterable[tuple[ImportRow, Club]], source: str) -> Iterator[Imported]:
    """Make of each row the last monthly report before the club's first own one."""
    for row, club in rows:
        root = root_uuid(source, "balance", club.key, row.get("month"))
        answers = {name: row.get(name) for name in _BALANCES}
        yield Imported(REPORT, root, row.place, club.answers() | answers)
