-- One row a period and club with its latest figures at the cut-off. A fund balance is carried over
-- missing months, at most `carry_months` of them, and then it is marked; older ones are no data.
WITH changed AS (
    SELECT
        day_no, year_no, club_no,
        SUM(persons * weight) AS members,
        SUM(persons * weight) FILTER (WHERE sex = 'female') AS women,
        SUM(persons * weight) FILTER (WHERE older_60) AS older,
        SUM(weight) FILTER (WHERE listed AND needs_support) AS in_need
    FROM member_changes GROUP BY day_no, year_no, club_no
),
persons AS (
    SELECT
        days.day_no, changed.club_no,
        SUM(members) AS members, SUM(women) AS women, SUM(older) AS older,
        CAST(SUM(in_need) AS BIGINT) AS in_need
    FROM changed
    JOIN days ON days.year_no = changed.year_no AND days.day_no >= changed.day_no
    GROUP BY days.day_no, changed.club_no
),
each_borrower AS (
    SELECT
        period_no, club_no, borrower_no,
        MAX(CASE WHEN served THEN 1 ELSE 0 END) AS served,
        MAX(CASE WHEN served AND borrower_in_need THEN 1 ELSE 0 END) AS served_in_need,
        SUM(outstanding) AS outstanding
    FROM loans GROUP BY period_no, club_no, borrower_no
),
borrowers AS (
    SELECT
        period_no, club_no,
        CAST(SUM(served) AS BIGINT) AS borrowers,
        CAST(SUM(served_in_need) AS BIGINT) AS borrowers_in_need,
        SUM(outstanding) AS outstanding
    FROM each_borrower GROUP BY period_no, club_no
),
reporting AS (
    SELECT
        asked_months.period_no, month_list.club_no,
        COUNT(*) FILTER (WHERE expected AND month_list.month_no <= whole_month) AS months_expected,
        COUNT(*) FILTER (WHERE expected AND reported AND month_list.month_no <= whole_month)
            AS months_reported,
        MAX(CASE WHEN expected AND month_list.month_no <= whole_month
            THEN month_list.month_no END) AS expected_last,
        BIT_COUNT(BIT_OR(areas)) AS areas_integrated
    FROM month_list
    JOIN asked_months ON asked_months.month_no = month_list.month_no
    GROUP BY asked_months.period_no, month_list.club_no
),
-- of these months only, not to try the balances of all others
balances AS (
    SELECT fund_spans.*
    FROM fund_spans
    JOIN (
        -- a period that has not begun starts after its cut-off
        SELECT
            MIN(LEAST(first_month, last_month)) AS first_month,
            MAX(GREATEST(first_month, last_month)) AS last_month
        FROM asked
    ) AS months ON from_month <= months.last_month AND until_month >= months.first_month
),
visits AS (SELECT * FROM inspections WHERE latest)
SELECT
    asked.period_no, asked.period, club_spans.unit_no, club_spans.club_no,
    club_spans.club_code, club_spans.name, club_spans.province_code, club_spans.commune_code,
    club_spans.founded_on, club_spans.villages_served, club_spans.funds_self_managed,
    club_spans.status, club_spans.active,
    club_spans.founded_on >= asked.period_start AS founded_in_period,
    overlap_list.first_day IS NOT NULL AS founded_in_overlap,
    NOT club_spans.active AND club_spans.status <> 'suspended'
        AND club_spans.from_day >= asked.period_start AS ended_in_period,
    CAST(FLOOR((YEAR(asked.cut_off) * 12 + MONTH(asked.cut_off)
        - YEAR(club_spans.founded_on) * 12 - MONTH(club_spans.founded_on)) / 12) AS INTEGER)
        AS years_old,
    CAST(COALESCE(persons.members, 0) AS BIGINT) AS members,
    CAST(COALESCE(persons.women, 0) AS BIGINT) AS women,
    CAST(COALESCE(persons.older, 0) AS BIGINT) AS older,
    COALESCE(persons.in_need, 0) AS in_need,
    COALESCE(borrowers.borrowers, 0) AS borrowers,
    COALESCE(borrowers.borrowers_in_need, 0) AS borrowers_in_need,
    -- a club without loans has nothing outstanding; of a loan of unknown amount nothing is known
    CASE WHEN borrowers.club_no IS NULL THEN CAST(0 AS BIGINT)
        ELSE CAST(borrowers.outstanding AS BIGINT) END AS outstanding,
    CASE WHEN COALESCE(expected_last, last_month) - fund_spans.fund_month <= carry_months
        THEN fund_spans.income_fund END AS income_fund,
    CASE WHEN COALESCE(expected_last, last_month) - fund_spans.fund_month <= carry_months
        THEN fund_spans.operating_fund END AS operating_fund,
    COALESCE(expected_last, last_month) - fund_spans.fund_month BETWEEN 1 AND carry_months
        AS fund_carried,
    CASE WHEN first_month - 1 - fund_before.fund_month <= carry_months
        THEN fund_before.income_fund END AS income_fund_start,
    COALESCE(months_expected, 0) AS months_expected,
    COALESCE(months_reported, 0) AS months_reported,
    CASE WHEN months_reported > 0 THEN CAST(areas_integrated AS BIGINT) END AS areas_integrated,
    visits.club_code IS NOT NULL AS inspected,
    COALESCE(NOT visits.same_rules, FALSE) AS other_ruleset,
    CASE WHEN visits.same_rules THEN visits.grade END AS grade,
    CASE WHEN visits.same_rules THEN visits.score END AS score,
    CASE WHEN visits.same_rules THEN visits.up_to_standard END AS up_to_standard
FROM club_spans
JOIN asked ON club_spans.from_day <= asked.cut_off AND club_spans.until_day > asked.cut_off
LEFT JOIN persons ON persons.day_no = asked.day_no AND persons.club_no = club_spans.club_no
LEFT JOIN borrowers
    ON borrowers.period_no = asked.period_no AND borrowers.club_no = club_spans.club_no
LEFT JOIN reporting
    ON reporting.period_no = asked.period_no AND reporting.club_no = club_spans.club_no
LEFT JOIN balances AS fund_spans ON fund_spans.club_no = club_spans.club_no
    AND fund_spans.from_month <= asked.last_month AND fund_spans.until_month > asked.last_month
LEFT JOIN balances AS fund_before ON fund_before.club_no = club_spans.club_no
    AND fund_before.from_month < asked.first_month AND fund_before.until_month >= asked.first_month
LEFT JOIN overlap_list
    ON club_spans.founded_on BETWEEN overlap_list.first_day AND overlap_list.last_day
LEFT JOIN visits ON visits.period_no = asked.period_no AND visits.club_no = club_spans.club_no
