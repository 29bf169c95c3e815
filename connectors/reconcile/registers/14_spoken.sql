-- Every submission with the club it speaks of: by code, by a person's decision, or by name when
-- exactly one club of the commune is called so. club_code stays empty when nobody registered such a
-- club. It lies in the commune that it names, by today's code, else in its club's. What a person
-- refused ("not approved") does not count, nor what happens after the cut-off date.
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
    UNION ALL
    -- clubs stand in the rows of a training, not in the training
    SELECT 'training_record', _source, _id, _root_uuid, province, commune, NULL, NULL, false,
        starts_on, "end", _submission_time
    FROM training_record
    UNION ALL
    SELECT 'member_survey', _source, _id, _root_uuid, province, commune, club, club_words, false,
        interview_date, "end", _submission_time
    FROM member_survey
),
place_of_club AS (
    SELECT club_code, arg_max(commune_code, (counts, code = club_code)) AS commune_code
    FROM club_known
    GROUP BY club_code
),
found AS (
    SELECT
        said.form, said._source, said._id, said._root_uuid,
        coalesce(own.club_code, listed.club_code, meant_club.club_code, named.club_code)
            AS club_code,
        said.province, CASE WHEN p._id IS NULL THEN said.commune ELSE p.commune_code END AS commune,
        said.registers, said.event_date, said.finished, said._submission_time,
        refused._id IS NOT NULL AS refused
    FROM said
    LEFT JOIN place p
        ON p.form = said.form AND p._source = said._source AND p._id = said._id
    LEFT JOIN refused
        ON refused.form = said.form AND refused._source = said._source AND refused._id = said._id
    LEFT JOIN club_known own
        ON said.registers AND own._source = said._source AND own._id = said._id
    LEFT JOIN club_alias listed ON NOT said.registers AND listed.code = said.club
    LEFT JOIN club_meant meant
        ON NOT said.registers AND meant.form = said.form AND meant._source = said._source
        AND meant._root_uuid = said._root_uuid
    LEFT JOIN club_alias meant_club ON meant_club.code = meant.club_code
    LEFT JOIN club_named named
        ON NOT said.registers AND said.club IS NULL
        AND named.commune_code = CASE WHEN p._id IS NULL THEN said.commune ELSE p.commune_code END
        AND named.folded = fold_club(said.club_words)
)
SELECT
    found.form, found._source, found._id, found._root_uuid, found.club_code,
    coalesce(area.province_code, found.province) AS province_code,
    coalesce(found.commune, c.commune_code) AS commune_code,
    found.registers, found.event_date, found.finished, found._submission_time, found.refused,
    coalesce(found.event_date <= run.as_of, false) AND NOT found.refused AS counts
FROM found
CROSS JOIN run
LEFT JOIN place_of_club c ON found.commune IS NULL AND c.club_code = found.club_code
LEFT JOIN area ON area.commune_code = coalesce(found.commune, c.commune_code)
