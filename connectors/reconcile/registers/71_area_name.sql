-- Names of provinces and communes, each with the days on which it was right; an open end is today.
SELECT area_code, name, valid_from, valid_until
FROM name_of_area
ORDER BY area_code, valid_until NULLS LAST
