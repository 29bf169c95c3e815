-- One row a training, without what names people; a replacement stands for the training that it
-- names, and of two reports of one training (who held it where, of which kind, from which day) the
-- later one.
WITH said AS (
    SELECT
        t.*, s.province_code, s.commune_code, s.finished,
        coalesce(t.report_kind = 'replaces', false) AS replaces,
        coalesce(fold(t.place_words), '') AS place, coalesce(fold(t.organiser_words), '') AS holder
    FROM training_record t
    JOIN submission s ON s.form = 'training_record' AND s._source = t._source AND s._id = t._id
    WHERE s.counts
)
SELECT
    _root_uuid, training_level AS level, training_kind AS kind, province_code, commune_code,
    organiser, starts_on, ends_on, CAST(year(starts_on) AS BIGINT) AS year, training_days AS days,
    hours, themes, trainers_count, fund_sources, cost_total, officials_total, officials_women,
    board_total, board_women, members_total, members_women, others_count, others_women,
    participants_total, participants_women, _source, _id
FROM said
WHERE NOT EXISTS (
    SELECT 1
    FROM said new
    WHERE new.replaces AND new._root_uuid <> said._root_uuid
        AND new.replaced_date = said.starts_on
        AND new.training_level IS NOT DISTINCT FROM said.training_level
        AND new.province_code IS NOT DISTINCT FROM said.province_code
        AND new.commune_code IS NOT DISTINCT FROM said.commune_code
        AND new.organiser IS NOT DISTINCT FROM said.organiser
        AND (NOT said.replaces OR new.finished > said.finished)
)
QUALIFY row_number() OVER (
    PARTITION BY training_level, training_kind, province_code, commune_code, organiser, holder,
        place, starts_on
    ORDER BY replaces DESC, finished DESC NULLS LAST, _root_uuid DESC
) = 1
ORDER BY starts_on, _root_uuid
