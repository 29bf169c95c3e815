-- One row a club and month: the report that wins, without what names people.
-- with: public_monthly_activity_report without club
SELECT club_code, month, reports, _source, _id
FROM monthly
WHERE wins
