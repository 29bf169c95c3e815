-- One row a finding of the checks about a club or a report of the area and the period; not what
-- somebody explained to be right.
SELECT finding.*
FROM finding CROSS JOIN asked
WHERE finding.state <> 'waived'
  AND (area = 'VN' OR finding.province_code = area OR finding.commune_code = area
       OR finding.club_code IN (SELECT club_code FROM club_state))
  AND (month IS NULL
       OR month BETWEEN strftime(period_start, '%Y-%m') AND strftime(cut_off, '%Y-%m'))
