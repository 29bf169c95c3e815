-- What may be the same, and what people decided of it: clubs registered twice, members listed twice,
-- loans recorded twice, borrowers and clubs named in words. Nothing is merged without a decision.
-- People's codes stand in columns of their own. left_shown and right_shown (JSON) are for the
-- workbook.
WITH every AS (
    SELECT * FROM match_club
    UNION ALL BY NAME
    SELECT * FROM match_member
    UNION ALL BY NAME
    SELECT * FROM match_loan
    UNION ALL BY NAME
    SELECT * FROM match_borrower
    UNION ALL BY NAME
    SELECT * FROM match_words
)
SELECT
    e.kind,
    CASE WHEN e.kind <> 'member' THEN e.left_code END AS left_code,
    CASE WHEN e.kind NOT IN ('member', 'borrower') THEN e.right_code END AS right_code,
    CASE WHEN e.kind = 'member' THEN e.left_code END AS left_member,
    CASE WHEN e.kind IN ('member', 'borrower') THEN e.right_code END AS right_member,
    e.score, array_to_string(e.reasons, ' ') AS reasons, d.decision AS decided,
    e.club_code, e.commune_code, e.form, e._source, e._id,
    e._root_uuid, CAST(to_json(e.left_shown) AS VARCHAR) AS left_shown,
    CAST(to_json(e.right_shown) AS VARCHAR) AS right_shown
FROM every e
LEFT JOIN decided d
    ON d.kind = e.kind AND d.left_code = e.left_code AND d.right_code = e.right_code
ORDER BY e.kind, e.score DESC, e.left_code, e.right_code
