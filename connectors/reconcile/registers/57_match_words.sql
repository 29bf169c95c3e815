-- Submissions, and rows of trainings, that name a club in words and nobody knows which, and the clubs
-- that may be meant: three at most for the same words of a commune.
WITH said AS (
    SELECT w.words, w.club_words, w._root_uuid, s.commune_code, s.club_code
    FROM club_in_words w
    JOIN submission s ON s.form = w.form AND s._source = w._source AND s._id = w._id
    WHERE NOT s.refused
    UNION ALL
    SELECT p.words, p.club_words, p._root_uuid, p.commune_code, p.club_code
    FROM club_part p
    JOIN submission s ON s.form = 'training_record' AND s._source = p._source AND s._id = p._id
    WHERE NOT s.refused AND p.club_words IS NOT NULL
),
unknown AS (
    SELECT
        words, any_value(club_words ORDER BY _root_uuid, club_words) AS name,
        count(DISTINCT _root_uuid) AS times, commune_code, min(_root_uuid) AS _root_uuid
    FROM said
    WHERE club_code IS NULL OR EXISTS (
        SELECT 1 FROM decided d WHERE d.kind = 'words' AND d.left_code = said.words)
    GROUP BY words, commune_code
    QUALIFY row_number() OVER (PARTITION BY words ORDER BY commune_code) = 1
),
worded AS (
    SELECT u.*, village(name) AS village, place_word(name) AS place_word FROM unknown u
),
faced AS (
    SELECT
        w.*, replace(village, ' ', '') AS letters, numbers(village) AS numbers,
        last_words(marked(w.name), len(string_split(village, ' '))) AS marked,
        area.latitude, area.longitude
    FROM worded w
    LEFT JOIN area ON area.commune_code = w.commune_code
),
pair AS (
    SELECT w.words, f.code
    FROM faced w JOIN club_face f ON f.commune_code = w.commune_code
    WHERE f.letters = w.letters OR one_letter(f.letters, w.letters)
    UNION
    SELECT w.words, f.code
    FROM faced w
    JOIN club_face f
        ON f.letters = w.letters
        AND kilometres(w.latitude, w.longitude, f.latitude, f.longitude) <= 15
    UNION
    SELECT left_code, right_code FROM decided WHERE kind = 'words'
),
compared AS (
    SELECT
        w.*, f.code, f AS f,
        CASE
            WHEN w.letters = f.letters AND w.place_word <> f.place_word
                AND NOT regexp_matches(w.letters, '[a-z]{2}') THEN NULL
            WHEN w.letters = f.letters AND NOT marks_agree(w.marked, f.marked) THEN 'name_marks'
            WHEN w.letters = f.letters AND w.place_word <> f.place_word
                THEN 'name_place_word'
            WHEN w.letters = f.letters THEN 'name_same'
            WHEN one_letter(w.letters, f.letters) AND w.numbers = f.numbers THEN 'name_letter'
        END AS alike,
        EXISTS (
            SELECT 1 FROM decided d
            WHERE d.kind = 'words' AND d.left_code = w.words AND d.right_code = f.code
        ) AS ruled
    FROM pair
    JOIN faced w USING (words)
    JOIN club_face f ON f.code = pair.code
),
reasoned AS (
    SELECT *, reasons_of([
        alike,
        CASE WHEN numbers = f.numbers THEN NULL
            WHEN len(numbers) > 0 AND len(f.numbers) > 0 THEN 'number_differs'
            ELSE 'number_missing' END,
        CASE WHEN commune_code = f.commune_code THEN 'commune_same'
            ELSE with_figure('near', CAST(round(
                kilometres(latitude, longitude, f.latitude, f.longitude)) AS BIGINT)) END,
        CASE WHEN count(DISTINCT f.club_code) OVER (PARTITION BY words) = 1 THEN 'only_one' END
    ]) AS reasons
    FROM compared
    WHERE alike IS NOT NULL OR ruled
)
SELECT
    'words' AS kind, r.words AS left_code, r.code AS right_code, reasons,
    score('words', reasons) AS score, f.club_code, f.commune_code, r._root_uuid,
    {'name': name, 'commune_code': commune_code, 'times': times} AS left_shown,
    {'name': f.name, 'commune_code': f.commune_code, 'on_date': f.founded_on} AS right_shown
FROM reasoned r
WHERE ruled OR (score('words', reasons) >= least_score('words') AND f.code = f.club_code)
QUALIFY ruled OR row_number() OVER (
    PARTITION BY words ORDER BY score('words', reasons) DESC, r.code
) <= 3
