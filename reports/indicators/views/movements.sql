-- One row a period and member who joined a club in it, or left it (`how`: left, died, moved,
-- club_ended). Members who are counted and not named stand in one row a monthly report, `persons`
-- of them. Who was in the club from its first day founded it and did not join later.
WITH moves AS (
    SELECT
        club_code, 'joined' AS movement, CAST(NULL AS VARCHAR) AS how, sex, birth_year, household,
        joined_on AS on_date, CAST(1 AS BIGINT) AS persons
    FROM member
    WHERE joined_on IS NOT NULL
    UNION ALL
    SELECT club_code, 'left', left_how, sex, birth_year, household, left_on, 1
    FROM member
    WHERE left_on IS NOT NULL
    UNION ALL
    SELECT
        club_code, 'joined', NULL, NULL, NULL, NULL, LAST_DAY(CAST(month || '-01' AS DATE)),
        joined_unlisted_total
    FROM club_month
    WHERE joined_unlisted_total > 0
    UNION ALL
    SELECT
        club_code, 'left', NULL, NULL, NULL, NULL, LAST_DAY(CAST(month || '-01' AS DATE)),
        left_unlisted_total
    FROM club_month
    WHERE left_unlisted_total > 0
)
SELECT
    asked.period_no, asked.period, club_base.unit_no, club_base.club_no, club_base.club_code,
    club_base.province_code, club_base.commune_code, club_base.founded_on,
    moves.movement, moves.how, moves.sex, YEAR(asked.cut_off) - moves.birth_year AS age,
    YEAR(asked.cut_off) - moves.birth_year >= 60 AS older_60, moves.household,
    moves.household IN ('poor', 'near_poor', 'disadvantaged') AS vulnerable,
    moves.movement = 'joined' AND moves.on_date <= club_base.founded_on AS founder, moves.persons
FROM moves
JOIN club_base ON club_base.club_code = moves.club_code
JOIN asked ON moves.on_date BETWEEN asked.period_start AND asked.cut_off
