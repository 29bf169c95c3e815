SELECT later.club_code, later._root_uuid, 'club_registration' AS form, 'club_name' AS question,
    earlier.club_code AS expected
FROM club earlier
JOIN club later
    ON later.commune_code = earlier.commune_code AND later.club_code > earlier.club_code
    AND lower(strip_accents(later.name)) = lower(strip_accents(earlier.name))
