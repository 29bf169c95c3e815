-- One row a person on the board of an active club on the day of the cut-off. Training is known by
-- name only from training records; where a province has none yet, nothing is known of its boards,
-- which is not zero. A refresher counts in the year of the cut-off.
WITH seats AS (
    SELECT
        asked.period, board_member.club_code, board_member.board_code,
        MAX(board_member.sex) AS sex,
        MAX(year(asked.cut_off) - board_member.birth_year) AS age,
        MAX(CASE WHEN board_member.role = 'chair' THEN 1 ELSE 0 END) = 1 AS chair
    FROM board_member CROSS JOIN asked
    WHERE COALESCE(board_member.since, DATE '1900-01-01') <= asked.cut_off
      AND (board_member.until IS NULL OR board_member.until > asked.cut_off)
    GROUP BY asked.period, board_member.club_code, board_member.board_code
),
trained AS (
    SELECT
        asked.period, board_training.board_code,
        MAX(CASE WHEN board_training.kind = 'initial' THEN 1 ELSE 0 END) = 1 AS initial,
        MAX(CASE WHEN board_training.kind = 'refresher'
            AND year(board_training.on_date) = year(asked.cut_off) THEN 1 ELSE 0 END) = 1
            AS refreshed
    FROM board_training CROSS JOIN asked
    WHERE board_training.on_date <= asked.cut_off
    GROUP BY asked.period, board_training.board_code
),
recorded AS (
    SELECT asked.period, training.province_code
    FROM training CROSS JOIN asked
    WHERE training.starts_on <= asked.cut_off
    UNION
    SELECT asked.period, club_state.province_code
    FROM training_club CROSS JOIN asked
    JOIN club_state ON club_state.club_code = training_club.club_code
        AND club_state.period = asked.period
    WHERE training_club.starts_on <= asked.cut_off
)
SELECT
    seats.period, seats.club_code, club_state.province_code, club_state.commune_code,
    club_state.founded_on, seats.sex, seats.age, seats.age >= 60 AS older_60, seats.chair,
    recorded.province_code IS NOT NULL AS recorded,
    CASE WHEN recorded.province_code IS NOT NULL THEN COALESCE(trained.initial, FALSE) END
        AS trained_initial,
    CASE WHEN recorded.province_code IS NOT NULL THEN COALESCE(trained.refreshed, FALSE) END
        AS trained_refresher
FROM seats
JOIN club_state ON club_state.club_code = seats.club_code AND club_state.period = seats.period
LEFT JOIN trained ON trained.board_code = seats.board_code AND trained.period = seats.period
LEFT JOIN recorded ON recorded.province_code = club_state.province_code
    AND recorded.period = seats.period
WHERE club_state.active
