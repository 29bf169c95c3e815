-- One row a period and person on the board of an active club on the day of the cut-off. Training is
-- known by name only from training records; where a province has none yet, nothing is known of its
-- boards, which is not zero. A refresher counts in the year of the cut-off.
WITH seats AS (
    SELECT
        asked.period_no, board_member.club_code, board_member.board_code,
        MAX(board_member.sex) AS sex,
        MAX(YEAR(asked.cut_off) - board_member.birth_year) AS age,
        MAX(CASE WHEN board_member.role = 'chair' THEN 1 ELSE 0 END) = 1 AS chair
    FROM board_member
    JOIN asked ON COALESCE(board_member.since, DATE '1900-01-01') <= asked.cut_off
        AND COALESCE(board_member.until, DATE '9999-12-31') > asked.cut_off
    GROUP BY asked.period_no, board_member.club_code, board_member.board_code
),
begun AS (
    SELECT board_code, MIN(on_date) AS on_date
    FROM board_training WHERE kind = 'initial' GROUP BY board_code
),
refreshed AS (
    SELECT board_code, YEAR(on_date) AS year, MIN(on_date) AS on_date
    FROM board_training WHERE kind = 'refresher' GROUP BY board_code, YEAR(on_date)
),
recorded AS (
    SELECT province_code, MIN(starts_on) AS starts_on
    FROM (
        SELECT province_code, starts_on FROM training
        UNION ALL
        SELECT club_base.province_code, training_club.starts_on
        FROM training_club
        JOIN club_base ON club_base.club_code = training_club.club_code
    ) AS known
    GROUP BY province_code
)
SELECT
    asked.period_no, asked.period, club_spans.unit_no, club_spans.club_no, club_spans.club_code,
    club_spans.province_code, club_spans.commune_code, club_spans.founded_on,
    seats.sex, seats.age, seats.age >= 60 AS older_60, seats.chair,
    recorded.province_code IS NOT NULL AS recorded,
    CASE WHEN recorded.province_code IS NOT NULL THEN begun.board_code IS NOT NULL END
        AS trained_initial,
    CASE WHEN recorded.province_code IS NOT NULL THEN refreshed.board_code IS NOT NULL END
        AS trained_refresher
FROM seats
JOIN asked ON asked.period_no = seats.period_no
JOIN club_spans ON club_spans.club_code = seats.club_code
    AND club_spans.from_day <= asked.cut_off AND club_spans.until_day > asked.cut_off
LEFT JOIN begun
    ON begun.board_code = seats.board_code AND begun.on_date <= asked.cut_off
LEFT JOIN refreshed ON refreshed.board_code = seats.board_code
    AND refreshed.year = YEAR(asked.cut_off) AND refreshed.on_date <= asked.cut_off
LEFT JOIN recorded ON recorded.province_code = club_spans.province_code
    AND recorded.starts_on <= asked.cut_off
WHERE club_spans.active
