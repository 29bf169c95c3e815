-- Một điện thoại, hai nơi, nhanh hơn $tolerance km/giờ (đường chim bay)
-- one phone at two places, faster than $tolerance km an hour as the crow flies
WITH visits AS (
    SELECT *, lag(finished) OVER w AS last_finished, lag(latitude) OVER w AS last_latitude,
        lag(longitude) OVER w AS last_longitude
    FROM filling
    WHERE form = 'inspection_checklist' AND phone IS NOT NULL AND latitude IS NOT NULL
    WINDOW w AS (PARTITION BY phone ORDER BY finished, _root_uuid)
),
ways AS (
    -- ở Việt Nam một độ kinh tuyến dài khoảng 105 km · a degree of longitude is about 105 km there
    SELECT *, sqrt(pow((latitude - last_latitude) * 111, 2)
            + pow((longitude - last_longitude) * 105, 2)) AS kilometres,
        date_diff('minute', last_finished, finished) AS minutes
    FROM visits
)
SELECT club_code, form, _source, _id, _root_uuid, 'visit_point' AS question,
    strftime(finished, '%Y-%m') AS month, round(kilometres) AS kilometres, minutes
FROM ways
WHERE kilometres > 20 AND kilometres * 60 > $tolerance * greatest(minutes, 1)
