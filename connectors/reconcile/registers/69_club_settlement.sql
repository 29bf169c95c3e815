-- What happened to a club's members, loans and balances when it ended. Balances are those of its
-- last monthly report.
WITH last AS (
    SELECT m.*
    FROM club_month m JOIN club_end e USING (club_code)
    WHERE m.month <= strftime(e.on_date, '%Y-%m')
    QUALIFY row_number() OVER (PARTITION BY m.club_code ORDER BY m.month DESC) = 1
),
people AS (
    SELECT coalesce(m.moved_from, m.club_code) AS club_code, count(*) AS members,
        count(*) FILTER (WHERE m.moved_from IS NOT NULL OR m.moved_to IS NOT NULL) AS members_moved
    FROM member m JOIN club_end e ON e.club_code = coalesce(m.moved_from, m.club_code)
    WHERE m.left_on IS NULL OR m.left_on >= e.on_date
    GROUP BY ALL
),
lent AS (
    SELECT l.lent_by AS club_code, count(*) AS loans, sum(l.outstanding) AS outstanding,
        count(*) FILTER (WHERE l.club_code <> l.lent_by) AS loans_moved
    FROM loan l JOIN club_end e ON e.club_code = l.lent_by
    WHERE l.outstanding > 0
    GROUP BY ALL
)
SELECT
    e.club_code, e.on_date, e.status, e.settlement, e.successors, e.heir,
    coalesce(people.members, 0) AS members, coalesce(people.members_moved, 0) AS members_moved,
    coalesce(lent.loans, 0) AS loans, coalesce(lent.loans_moved, 0) AS loans_moved,
    CAST(lent.outstanding AS BIGINT) AS loans_outstanding, last.month AS balances_month,
    last.income_closing_cash, last.income_closing_bank, last.operating_closing_cash,
    last.operating_closing_bank, e._root_uuid
FROM club_end e
LEFT JOIN people USING (club_code)
LEFT JOIN lent USING (club_code)
LEFT JOIN last USING (club_code)
ORDER BY e.club_code
