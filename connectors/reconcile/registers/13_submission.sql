-- Every submission with the club it speaks of: by code, by a person's decision, or by name when
-- exactly one club of the commune is called so. club_code stays empty when nobody registered such a club.
WITH said AS (
    SELECT 'club_registration' AS form, _source, _id, _root_uuid, province, commune, club,
        club_words, coalesce(action, 'register') = 'register' AS registers,
        CASE WHEN coalesce(action, 'register') = 'register' THEN coalesce(founded_on, "today")
            ELSE coalesce(action_date, "today") END AS event_date,
        "end" AS finished, _submission_time
    FROM club_registration
    UNION ALL
    SELECT 'monthly_activity_report', _source, _id, _root_uuid, province, commune, club,
        club_words, false, CAST(date_trunc('month', month) AS DATE), "end", _submission_time
    FROM monthly_activity_report
    UNION ALL
    SELECT 'loan_record', _source, _id, _root_uuid, province, commune, club, club_words, false,
        CASE event WHEN 'lent' THEN lent_on WHEN 'repaid' THEN repaid_on
            WHEN 'rescheduled' THEN rescheduled_on ELSE written_off_on END,
        "end", _submission_time
    FROM loan_record
    UNION ALL
    SELECT 'inspection_checklist', _source, _id, _root_uuid, province, commune, club, club_words,
        false, visit_date, "end", _submission_time
    FROM inspection_checklist
),
named AS (
    SELECT commune_code, folded, any_value(club_code) AS club_code
    FROM club_known
    WHERE folded <> ''
    GROUP BY commune_code, folded
    HAVING count(DISTINCT club_code) = 1
)
SELECT
    said.form, said._source, said._id, said._root_uuid,
    coalesce(own.club_code, listed.club_code, meant_club.club_code, named.club_code) AS club_code,
    said.province AS province_code, said.commune AS commune_code, said.registers,
    said.event_date, said.finished, said._submission_time,
    coalesce(said.event_date <= run.as_of, false) AS counts
FROM said
CROSS JOIN run
LEFT JOIN club_known own ON said.registers AND own._root_uuid = said._root_uuid
LEFT JOIN club_alias listed ON NOT said.registers AND listed.code = said.club
LEFT JOIN meant
    ON NOT said.registers AND meant.form = said.form AND meant._source = said._source
    AND meant._root_uuid = said._root_uuid
LEFT JOIN club_alias meant_club ON meant_club.code = meant.club_code
LEFT JOIN named
    ON NOT said.registers AND said.club IS NULL
    AND named.commune_code = said.commune AND named.folded = fold_club(said.club_words)
ORDER BY said.form, said._source, said._id
