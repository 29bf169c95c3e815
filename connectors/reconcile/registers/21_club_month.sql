-- One row a club and month: the report that wins, without what names people.
SELECT w.club_code, w.month, w.reports, p.* EXCLUDE (month, club)
FROM monthly w
JOIN public_monthly_activity_report p USING (_source, _id)
WHERE w.wins
ORDER BY w.club_code, w.month
