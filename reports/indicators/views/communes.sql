-- One row a period and commune, those without a club included. Each commune belongs to one target
-- only: mountain, border and island come before delta. Kinds and villages are official figures
-- from the workbook; unknown stays unknown.
WITH inside AS (
    SELECT
        period_no, commune_code,
        COUNT(*) AS clubs,
        COUNT(*) FILTER (WHERE up_to_standard) AS clubs_up_to_standard,
        SUM(villages_served) AS villages_served,
        SUM(members) AS members
    FROM clubs WHERE active
    GROUP BY period_no, commune_code
)
SELECT
    asked.period_no, asked.period, commune_list.*,
    COALESCE(inside.clubs, 0) AS clubs,
    COALESCE(inside.clubs_up_to_standard, 0) AS clubs_up_to_standard,
    CAST(inside.villages_served AS BIGINT) AS villages_served,
    CAST(inside.members AS BIGINT) AS members
FROM commune_list
CROSS JOIN asked
LEFT JOIN inside
    ON inside.period_no = asked.period_no AND inside.commune_code = commune_list.commune_code
