-- One row a commune of today, with its kinds of area from the official table and its clubs.
SELECT
    a.commune_code, a.province_code, a.name, a.kind, a.area_kinds,
    a.area_kinds IS NOT NULL AS classified, count(c.club_code) AS clubs,
    count(c.club_code) FILTER (WHERE c.status = 'active') AS active_clubs
FROM area a LEFT JOIN club c USING (commune_code)
GROUP BY ALL
ORDER BY a.commune_code
