-- When and how members left, as monthly reports that count said first.
SELECT
    coalesce(a.member_code, l.left_code) AS member_code,
    coalesce(l.left_on, CAST(w.month || '-01' AS DATE)) AS left_on, l.left_how, w.month
FROM monthly_activity_report__left_member l
JOIN monthly w USING (_source, _id)
LEFT JOIN member_alias a ON a.code = l.left_code
CROSS JOIN run
WHERE w.wins AND l.left_code IS NOT NULL
    AND coalesce(l.left_on, CAST(w.month || '-01' AS DATE)) <= run.as_of
