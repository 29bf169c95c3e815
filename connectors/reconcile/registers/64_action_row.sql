-- What inspections recommended, row by row; "own_code" is the code from an earlier run.
WITH said AS (
    SELECT
        i.club_code, i.visit_date, r._source, r._id, r._root_uuid, r._row,
        keyed('action|' || coalesce(fold(r.recommend_what), '')) AS face
    FROM inspection_checklist__recommendation r
    JOIN inspection i USING (_source, _id)
),
numbered AS (
    SELECT * EXCLUDE (face), namesake(
        face, row_number() OVER (PARTITION BY _source, _id, face ORDER BY _row)
    ) AS identity
    FROM said
)
SELECT numbered.*, known.code AS own_code
FROM numbered
LEFT JOIN code_row known
    ON known.kind = 'action' AND known.root_uuid = numbered._root_uuid
    AND known.identity = numbered.identity
