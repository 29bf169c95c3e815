-- One row a club and month of the period: expected, reported, and every answer of the report that
-- counts. A month that was not reported has NULL answers, never zero; a source that is not ticked
-- on a quarterly page gave nothing in that quarter.
WITH months AS (
    SELECT club_code, month, expected FROM club_month_expected
    UNION
    SELECT club_code, month, FALSE FROM club_month
    WHERE (club_code, month) NOT IN (SELECT (club_code, month) FROM club_month_expected)
),
integrated AS (
    SELECT club_code, month,
        list_distinct(flatten(list_value(
            COALESCE(strand_digital, []), COALESCE(strand_green, []),
            COALESCE(strand_startup, []), COALESCE(strand_jobs, [])))) AS areas_integrated
    FROM club_month
),
quarterly AS (
    SELECT club_code, month, 0 AS nothing FROM club_month WHERE mobilised_total IS NOT NULL
)
SELECT
    province_code, commune_code, founded_on,
    -- a month is due when it is over
    months.expected AND last_day(CAST(months.month || '-01' AS DATE)) <= cut_off AS expected,
    club_month.club_code IS NOT NULL AS reported,
    list_contains(areas_done, 'income') AS area_income,
    list_contains(areas_done, 'health') AS area_health,
    list_contains(areas_done, 'home_care') AS area_home_care,
    list_contains(areas_done, 'self_help') AS area_self_help,
    list_contains(areas_done, 'rights') AS area_rights,
    list_contains(areas_done, 'awareness') AS area_awareness,
    list_contains(areas_done, 'culture') AS area_culture,
    list_contains(areas_done, 'resources') AS area_resources,
    len(list_distinct(areas_done)) >= 8 AS all_areas,
    areas_integrated,
    months.club_code, months.month,
    club_month.* EXCLUDE (club_code, month) REPLACE (
        COALESCE(mobilised_members, quarterly.nothing) AS mobilised_members,
        COALESCE(mobilised_interest, quarterly.nothing) AS mobilised_interest,
        COALESCE(mobilised_community, quarterly.nothing) AS mobilised_community,
        COALESCE(mobilised_families, quarterly.nothing) AS mobilised_families,
        COALESCE(mobilised_businesses, quarterly.nothing) AS mobilised_businesses,
        COALESCE(mobilised_charities, quarterly.nothing) AS mobilised_charities,
        COALESCE(mobilised_authority, quarterly.nothing) AS mobilised_authority,
        COALESCE(mobilised_production, quarterly.nothing) AS mobilised_production,
        COALESCE(mobilised_events, quarterly.nothing) AS mobilised_events,
        COALESCE(mobilised_goods, quarterly.nothing) AS mobilised_goods)
FROM months CROSS JOIN asked
JOIN club_state ON club_state.club_code = months.club_code
LEFT JOIN club_month ON club_month.club_code = months.club_code AND club_month.month = months.month
LEFT JOIN integrated ON integrated.club_code = months.club_code AND integrated.month = months.month
LEFT JOIN quarterly ON quarterly.club_code = months.club_code AND quarterly.month = months.month
WHERE months.month BETWEEN strftime(period_start, '%Y-%m') AND strftime(cut_off, '%Y-%m')
