-- What changes who is a member, for figures that add up: everybody who is one on the first day of a
-- year that is asked for, then who came (1) and who went (-1) until each later one. The members of
-- a day are the sum of the year up to it, and nobody has to be counted anew for every month.
SELECT
    1 AS weight, days.day_no, days.year_no, days.cut_off, member_spans.*
FROM member_spans
JOIN days ON member_spans.from_day <= days.cut_off AND member_spans.until_day > days.cut_off
WHERE days.day_before IS NULL
UNION ALL
SELECT
    1, days.day_no, days.year_no, days.cut_off, member_spans.*
FROM member_spans
JOIN days ON member_spans.from_day > days.day_before AND member_spans.from_day <= days.cut_off
WHERE member_spans.until_day > days.cut_off
UNION ALL
SELECT
    -1, days.day_no, days.year_no, days.cut_off, member_spans.*
FROM member_spans
JOIN days ON member_spans.until_day > days.day_before AND member_spans.until_day <= days.cut_off
WHERE member_spans.from_day <= days.day_before
