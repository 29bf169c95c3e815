-- One row a period and person on the board of an active club on the day of the cut-off. Training is
-- known by name only from training records; where a province has none yet, nothing is known of its
-- boards, which is not zero. A refresher counts in the year of the cut-off.
WITH begun AS (
    SELECT board_code, MIN(on_date) AS on_date
    FROM board_training WHERE kind = 'initial' GROUP BY board_code
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
),
people AS (
    SELECT
        CAST(ROW_NUMBER() OVER (ORDER BY seated.club_code, seated.board_code) AS INTEGER)
            AS person_no,
        seated.club_code, seated.board_code, club_base.club_no,
        begun.on_date AS begun_on, recorded.starts_on AS recorded_on
    FROM (SELECT DISTINCT club_code, board_code FROM board_member) AS seated
    JOIN club_base ON club_base.club_code = seated.club_code
    LEFT JOIN begun ON begun.board_code = seated.board_code
    LEFT JOIN recorded ON recorded.province_code = club_base.province_code
),
refreshed AS (
    SELECT people.person_no, YEAR(on_date) AS year, MIN(on_date) AS on_date
    FROM board_training
    JOIN people ON people.board_code = board_training.board_code
    WHERE kind = 'refresher'
    GROUP BY people.person_no, YEAR(on_date)
),
numbered AS (
    SELECT
        people.person_no, board_member.sex, board_member.birth_year, board_member.role,
        COALESCE(board_member.since, DATE '1900-01-01') AS from_day,
        COALESCE(board_member.until, DATE '9999-12-31') AS until_day
    FROM board_member
    JOIN people ON people.club_code = board_member.club_code
        AND people.board_code = board_member.board_code
),
seats AS (
    SELECT
        asked.period_no, numbered.person_no,
        MAX(numbered.sex) AS sex,
        MAX(YEAR(asked.cut_off) - numbered.birth_year) AS age,
        MAX(CASE WHEN numbered.role = 'chair' THEN 1 ELSE 0 END) = 1 AS chair
    FROM numbered
    JOIN asked ON numbered.from_day <= asked.cut_off AND numbered.until_day > asked.cut_off
    GROUP BY asked.period_no, numbered.person_no
)
SELECT
    asked.period_no, asked.period, club_spans.unit_no, club_spans.club_no, club_spans.club_code,
    club_spans.province_code, club_spans.commune_code, club_spans.founded_on,
    seats.sex, seats.age, seats.age >= 60 AS older_60, seats.chair,
    COALESCE(people.recorded_on <= asked.cut_off, FALSE) AS recorded,
    CASE WHEN people.recorded_on <= asked.cut_off
        THEN COALESCE(people.begun_on <= asked.cut_off, FALSE) END AS trained_initial,
    CASE WHEN people.recorded_on <= asked.cut_off
        THEN refreshed.person_no IS NOT NULL END AS trained_refresher
FROM seats
JOIN asked ON asked.period_no = seats.period_no
JOIN people ON people.person_no = seats.person_no
JOIN club_spans ON club_spans.club_no = people.club_no
    AND club_spans.from_day <= asked.cut_off AND club_spans.until_day > asked.cut_off
LEFT JOIN refreshed ON refreshed.person_no = seats.person_no
    AND refreshed.year = YEAR(asked.cut_off) AND refreshed.on_date <= asked.cut_off
WHERE club_spans.active
