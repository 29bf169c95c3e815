-- Clubs as they were registered, by their own code, whatever people decided: what tells whether two
-- registrations are of one club.
WITH counted AS (
    SELECT k.code, k.club_code, k.commune_code, k._source, k._id, k._root_uuid
    FROM club_known k
    WHERE k.counts AND k.commune_code IS NOT NULL
),
board AS (
    SELECT _source, _id, list(DISTINCT fold(board_name)) AS board
    FROM club_registration__board
    WHERE fold(board_name) <> ''
    GROUP BY _source, _id
),
named AS (
    SELECT
        n.*, coalesce(c.name, r.club_name) AS name, r.founded_on,
        coalesce(regexp_extract(r.decision_number, '[0-9]+'), '') AS decision, r.decision_number,
        r.decision_date, r.meeting_point_latitude AS north, r.meeting_point_longitude AS east,
        coalesce(b.board, []) AS board
    FROM counted n
    JOIN registered r USING (_source, _id)
    LEFT JOIN club c ON c.club_code = n.code
    LEFT JOIN board b USING (_source, _id)
),
worded AS (
    SELECT *, village(name) AS village, place_word(name) AS place_word FROM named
)
SELECT
    w.*, replace(village, ' ', '') AS letters, numbers(village) AS numbers,
    last_words(marked(w.name), len(string_split(village, ' '))) AS marked,
    area.province_code, area.latitude, area.longitude
FROM worded w
LEFT JOIN area ON area.commune_code = w.commune_code
