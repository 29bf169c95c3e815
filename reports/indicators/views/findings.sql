-- One row a period and finding of the checks about a club or a report of the area and the period;
-- not what somebody explained to be right.
SELECT
    asked.period_no, asked.period,
    COALESCE(club_base.unit_no, commune_unit.unit_no, province_unit.unit_no) AS unit_no,
    club_base.club_no, finding.*
FROM finding
JOIN asked ON finding.month IS NULL
    OR CAST(SUBSTRING(finding.month, 1, 4) AS INTEGER) * 12
        + CAST(SUBSTRING(finding.month, 6, 2) AS INTEGER)
        BETWEEN asked.first_month AND asked.last_month
LEFT JOIN club_base ON club_base.club_code = finding.club_code
LEFT JOIN unit_list AS commune_unit ON commune_unit.area_code = finding.commune_code
LEFT JOIN unit_list AS province_unit ON province_unit.area_code = finding.province_code
WHERE finding.state <> 'waived'
  AND COALESCE(club_base.unit_no, commune_unit.unit_no, province_unit.unit_no) IS NOT NULL
