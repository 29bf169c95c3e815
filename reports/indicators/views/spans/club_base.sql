-- One row a club of the areas asked, with its number and that of the smallest area it counts in.
SELECT
    club_given.club_no, club_given.unit_no, club.club_code, club.name, club.province_code,
    club.commune_code, club.founded_on, club.villages_served, club.funds_self_managed
FROM club
JOIN club_given ON club_given.club_code = club.club_code
