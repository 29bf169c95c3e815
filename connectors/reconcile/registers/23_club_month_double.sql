-- Plain reports beside another one for the same club and month, and the answers that differ:
-- what people said, not what a form calculates from it.
-- The first plain report of a month is no double; nor is a replacement.
WITH plain AS (
    SELECT
        *,
        row_number() OVER w AS place,
        lag(_source) OVER w AS first_source,
        lag(_id) OVER w AS first_id
    FROM monthly
    WHERE NOT replaces AND reports > 1
    WINDOW w AS (PARTITION BY club_code, month ORDER BY finished, _root_uuid)
),
double AS (SELECT * FROM plain WHERE place > 1),
answer AS (
    SELECT _source, _id, question, value
    FROM (SELECT _source, _id, CAST(COLUMNS('^[^_]') AS VARCHAR) FROM monthly_beside)
    UNPIVOT (value FOR question IN (COLUMNS('^[^_]')))
    WHERE question IN (SELECT question FROM asked)
),
compared AS (
    SELECT
        d._source, d._id, coalesce(mine.question, other.question) AS question,
        mine.value AS mine, other.value AS other
    FROM double d
    JOIN (SELECT DISTINCT question FROM answer) q ON true
    LEFT JOIN answer mine
        ON mine._source = d._source AND mine._id = d._id AND mine.question = q.question
    LEFT JOIN answer other
        ON other._source = d.first_source AND other._id = d.first_id
        AND other.question = q.question
    WHERE mine.value IS DISTINCT FROM other.value
)
SELECT
    d.club_code, d.month, d._source, d._id, d._root_uuid, d.first_source, d.first_id,
    list(c.question ORDER BY c.question) FILTER (WHERE c.question IS NOT NULL) AS questions
FROM double d LEFT JOIN compared c USING (_source, _id)
GROUP BY ALL
ORDER BY d.club_code, d.month, d._root_uuid
