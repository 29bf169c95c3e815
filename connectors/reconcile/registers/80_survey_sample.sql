-- One row a member who was drawn for a year's survey, reserves too: in which stratum, with which
-- chances, and whether this one is asked, stands by, or was replaced.
SELECT
    year, code AS sample_code, stratum, club AS club_code, member AS member_code, weight,
    club_chance, member_chance, place, state, replaces
FROM sample
ORDER BY year, code
