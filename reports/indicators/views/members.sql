-- One row a member of an active club on the day of the cut-off. Members who are counted and not
-- named stand in up to four rows a club (sex by older or younger), `persons` of them each.
-- Age is the year of the cut-off less the year of birth.
SELECT
    {weight}day_no, unit_no, club_no, club_code, province_code, commune_code, founded_on, member_code,
    sex, YEAR(cut_off) - birth_year AS age,
    COALESCE(older, YEAR(cut_off) - birth_year >= 60) AS older_60,
    YEAR(cut_off) - birth_year >= 55 AS older_55,
    COALESCE(NOT older, YEAR(cut_off) - birth_year < 60) AS younger,
    YEAR(cut_off) - birth_year BETWEEN 31 AND 59 AS middle_aged,
    YEAR(cut_off) - birth_year BETWEEN 16 AND 30 AS young,
    YEAR(cut_off) - birth_year < 16 AS teenage,
    household,
    household IN ('poor', 'near_poor', 'disadvantaged') AS vulnerable,
    needs_support, volunteer, listed, persons
FROM {people}
