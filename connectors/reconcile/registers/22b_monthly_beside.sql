-- Plain reports that stand beside another plain one for the same club and month, with all answers.
-- with: public_monthly_activity_report
SELECT _source, _id
FROM monthly
WHERE NOT replaces AND reports > 1
QUALIFY count(*) OVER (PARTITION BY club_code, month) > 1
