-- One row a period and inspection visit in it; `latest` marks the last one of each club. Scores are
-- compared under one rule set: that of the settings, else the latest that was used by then.
WITH rules AS (
    SELECT
        asked.period_no,
        COALESCE(NULLIF(MAX(asked.ruleset), ''), MAX(inspection.ruleset)) AS ruleset
    FROM asked
    LEFT JOIN inspection ON inspection.visit_date <= asked.cut_off
    GROUP BY asked.period_no
)
SELECT
    asked.period_no, asked.period, club_spans.unit_no, club_spans.club_no,
    club_spans.province_code, club_spans.commune_code, club_spans.founded_on, club_spans.active,
    inspection.*,
    COALESCE(inspection.ruleset = rules.ruleset, TRUE) AS same_rules,
    ROW_NUMBER() OVER (
        PARTITION BY asked.period_no, inspection.club_code
        ORDER BY visit_date DESC, inspection._root_uuid DESC
    ) = 1 AS latest
FROM inspection
JOIN asked ON inspection.visit_date BETWEEN asked.period_start AND asked.cut_off
JOIN rules ON rules.period_no = asked.period_no
JOIN club_spans ON club_spans.club_code = inspection.club_code
    AND club_spans.from_day <= asked.cut_off AND club_spans.until_day > asked.cut_off
