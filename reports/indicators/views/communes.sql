-- One row a commune of the area, those without a club included. Each commune belongs to one target
-- only: mountain, border and island come before delta. Kinds and villages are official figures
-- from the workbook; unknown stays unknown.
SELECT
    commune_list.commune_code,
    commune_list.province_code,
    len(kinds) > 0 AS classified,
    list_contains(kinds, 'mountain') OR list_contains(kinds, 'border')
        OR list_contains(kinds, 'island') AS mountain_border_island,
    list_contains(kinds, 'minority') AS minority,
    list_contains(kinds, 'delta') AND NOT list_contains(kinds, 'mountain')
        AND NOT list_contains(kinds, 'border') AND NOT list_contains(kinds, 'island') AS delta,
    villages,
    COUNT(clubs.club_code) FILTER (WHERE active) AS clubs,
    COUNT(clubs.club_code) FILTER (WHERE active AND up_to_standard) AS clubs_up_to_standard,
    SUM(villages_served) FILTER (WHERE active) AS villages_served,
    SUM(members) FILTER (WHERE active) AS members
FROM commune_list
LEFT JOIN clubs ON clubs.commune_code = commune_list.commune_code
GROUP BY ALL
