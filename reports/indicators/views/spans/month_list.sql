-- One row a club and month: whether a report was expected, whether one came, and which of the 8
-- areas were integrated with another strand, as bits. A month has the number year × 12 + month.
-- Balances from before reporting began are no reports.
WITH known AS (
    SELECT club_code, month, expected, FALSE AS reported, 0 AS areas
    FROM club_month_expected
    UNION ALL
    SELECT
        club_code, month, FALSE, TRUE,
        {areas}
    FROM club_month
    WHERE {is_report}
)
SELECT
    club_base.club_no, club_base.unit_no,
    CAST(SUBSTRING(month, 1, 4) AS INTEGER) * 12 + CAST(SUBSTRING(month, 6, 2) AS INTEGER)
        AS month_no,
    MAX(month) AS month,
    BOOL_OR(expected) AS expected, BOOL_OR(reported) AS reported,
    CAST(MAX(areas) AS INTEGER) AS areas
FROM known
JOIN club_base ON club_base.club_code = known.club_code
GROUP BY
    club_base.club_no, club_base.unit_no,
    CAST(SUBSTRING(month, 1, 4) AS INTEGER) * 12 + CAST(SUBSTRING(month, 6, 2) AS INTEGER)
