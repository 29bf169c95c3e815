"""Who is on no list any more, and since when."""

from datetime import date

from connectors.persons.rows import Person, everybody
from connectors.store.tables import TableSet
from programme.sql import open_guarded

# a term on a board ends with its list; whoever has another one is still there
_BOARD = """
SELECT board_code FROM board_member
GROUP BY board_code
HAVING count(*) FILTER (WHERE until IS NULL) = 0 AND max(until) < $day
"""
# debts outlive a membership: whoever still owes is needed by name
_MEMBER = """
WITH owed AS (
    SELECT l.borrower_code
    FROM loan l
    LEFT JOIN loan_event e ON e.loan_code = l.loan_code AND e.event IN ('repaid', 'written_off')
    WHERE l.borrower_code IS NOT NULL
    GROUP BY l.loan_code, l.borrower_code, l.principal
    HAVING coalesce(l.principal, 0) > coalesce(sum(e.principal), 0)
)
SELECT member_code FROM member
WHERE left_on < $day AND moved_to IS NULL
    AND NOT EXISTS (SELECT 1 FROM owed WHERE owed.borrower_code = member.member_code)
"""
_NEEDED = {
    _BOARD: ("board_member",),
    _MEMBER: ("member", "loan", "loan_event"),
}


def left_before(tables: TableSet, day: date) -> list[Person]:
    """Give the people who left their club or board before a day and owe it nothing."""
    codes: set[str] = set()
    for sql, names in _NEEDED.items():
        if all(name in tables.names for name in names):
            with open_guarded({name: tables.path(name) for name in names}) as connection:
                codes.update(code for (code,) in connection.execute(sql, {"day": day}).fetchall())
    if not codes:
        return []
    return [each for each in everybody(tables) if each.code in codes]
