-- Clubs that may have been registered twice, and why. A club that came after another one is not the
-- same.
WITH compared AS (
    SELECT
        n.*, a.*, b.code AS b_code, b.name AS b_name, b.village AS b_village,
        b.letters AS b_letters, b.numbers AS b_numbers, b.marked AS b_marked,
        b.place_word AS b_place_word, b.commune_code AS b_commune, b.founded_on AS b_founded_on,
        b.decision AS b_decision, b.decision_number AS b_decision_number,
        b.decision_date AS b_decision_date, b._source AS b_source, b._id AS b_id,
        b._root_uuid AS b_root, b.club_code AS b_club,
        len(list_intersect(a.board, b.board)) AS board_shared,
        least(len(a.board), len(b.board)) AS board_least,
        least(one_listed, other_listed) AS listed_least,
        coalesce(abs(date_diff('day', a.founded_on, b.founded_on)), -1) AS days,
        kilometres(a.north, a.east, b.north, b.east) AS metres_apart,
        round(coalesce(kilometres(a.latitude, a.longitude, b.latitude, b.longitude),
            kilometres(a.north, a.east, b.north, b.east))) AS apart
    FROM club_near n
    JOIN club_face a ON a.code = n.one
    JOIN club_face b ON b.code = n.other
),
reasoned AS (
    SELECT *, reasons_of([
        CASE
            -- thôn 1 and khu 1 are two places
            WHEN letters = b_letters AND place_word <> b_place_word
                AND NOT regexp_matches(letters, '[a-z]{2}') THEN NULL
            WHEN letters = b_letters AND tones_differ(marked, b_marked) THEN 'name_tone'
            WHEN letters = b_letters AND NOT marks_agree(marked, b_marked) THEN 'name_marks'
            WHEN letters = b_letters AND place_word <> b_place_word
                THEN 'name_place_word'
            WHEN letters = b_letters THEN 'name_same'
            WHEN one_letter(letters, b_letters) AND numbers = b_numbers THEN 'name_letter'
        END,
        CASE WHEN numbers = b_numbers THEN NULL
            WHEN len(numbers) > 0 AND len(b_numbers) > 0 THEN 'number_differs'
            ELSE 'number_missing' END,
        CASE WHEN commune_code = b_commune THEN 'commune_same'
            WHEN apart IS NOT NULL THEN with_figure('near', CAST(apart AS BIGINT)) END,
        CASE WHEN days = 0 THEN 'founded_same'
            WHEN days BETWEEN 1 AND 31 THEN with_figure('founded_near', days)
            WHEN days > 31 THEN 'founded_far' END,
        CASE WHEN decision = '' OR b_decision = '' THEN NULL
            WHEN decision = b_decision AND coalesce(decision_date = b_decision_date, true)
                THEN 'decision_same'
            ELSE 'decision_differs' END,
        CASE WHEN board_shared >= 2 AND 2 * board_shared >= board_least
                THEN with_figure('board_shared', board_shared)
            WHEN board_shared = 0 AND board_least >= 3 THEN 'board_none' END,
        CASE WHEN shared >= 3 AND 2 * shared >= listed_least
                THEN with_figure('roster_shared', shared)
            WHEN 10 * shared < listed_least AND listed_least >= 5 THEN 'roster_none' END,
        CASE WHEN metres_apart <= 1 THEN 'point_near' END
    ]) AS reasons
    FROM compared
)
SELECT
    'club' AS kind, one AS left_code, other AS right_code, reasons,
    score('club', reasons) AS score, b_club AS club_code, b_commune AS commune_code,
    'club_registration' AS form, b_source AS _source, b_id AS _id, b_root AS _root_uuid,
    {'name': name, 'commune_code': commune_code, 'on_date': founded_on,
        'number': decision_number} AS left_shown,
    {'name': b_name, 'commune_code': b_commune, 'on_date': b_founded_on,
        'number': b_decision_number} AS right_shown
FROM reasoned
WHERE score('club', reasons) >= least_score('club')
        AND NOT EXISTS (
            SELECT 1 FROM club_end e
            WHERE (e.club_code = one AND list_contains(e.successors, other))
                OR (e.club_code = other AND list_contains(e.successors, one))
        )
    OR EXISTS (
        SELECT 1 FROM decided d
        WHERE d.kind = 'club' AND d.left_code = one AND d.right_code = other
    )
