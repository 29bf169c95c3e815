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
trained AS (
    SELECT
        asked.period_no, board_training.board_code,
        MAX(CASE WHEN board_training.kind = 'initial' THEN 1 ELSE 0 END) = 1 AS initial,
        MAX(CASE WHEN board_training.kind = 'refresher'
            AND YEAR(board_training.on_date) = YEAR(asked.cut_off) THEN 1 ELSE 0 END) = 1
            AS refreshed
    FROM board_training
    JOIN asked ON board_training.on_date <= asked.cut_off
    GROUP BY asked.period_no, board_training.board_code
),
recorded AS (
    SELECT asked.period_no, training.province_code
    FROM training
    JOIN asked ON training.starts_on <= asked.cut_off
    UNION
    SELECT asked.period_no, club_base.province_code
    FROM training_club
    JOIN club_base ON club_base.club_code = training_club.club_code
    JOIN asked ON training_club.starts_on <= asked.cut_off
)
SELECT
    asked.period_no, asked.period, club_spans.unit_no, club_spans.club_no, club_spans.club_code,
    club_spans.province_code, club_spans.commune_code, club_spans.founded_on,
    seats.sex, seats.age, seats.age >= 60 AS older_60, seats.chair,
    recorded.province_code IS NOT NULL AS recorded,
    CASE WHEN recorded.province_code IS NOT NULL THEN COALESCE(trained.initial, FALSE) END
        AS trained_initial,
    CASE WHEN recorded.province_code IS NOT NULL THEN COALESCE(trained.refreshed, FALSE) END
        AS trained_refresher
FROM seats
JOIN asked ON asked.period_no = seats.period_no
JOIN club_spans ON club_spans.club_code = seats.club_code
    AND club_spans.from_day <= asked.cut_off AND club_spans.until_day > asked.cut_off
LEFT JOIN trained
    ON trained.board_code = seats.board_code AND trained.period_no = seats.period_no
LEFT JOIN recorded ON recorded.province_code = club_spans.province_code
    AND recorded.period_no = seats.period_no
WHERE club_spans.active
