-- One row a member who is asked in a year's survey: what came of it, and for how many members the
-- answers stand. Estimates join it to member_survey by _source and _id; strata and clubs tell the
-- margins. Answers that are missing raise the weights of those who answered in the stratum; who
-- died, left or moved is out of the population. An answer counts for whom the phone's list meant:
-- after another draw an old list may have given the code to somebody else.
WITH said AS (
    SELECT
        s.year, s.sample_code, m._source, m._id, m._root_uuid, m.interview_date,
        CASE
            WHEN m.interviewed = 'yes' THEN 'interviewed'
            WHEN m.consent = 'not_met' AND m.no_interview_reason IN ('died', 'left', 'moved')
                THEN 'out_of_population'
            WHEN m.consent = 'not_met' THEN 'not_met'
            ELSE 'refused'
        END AS outcome,
        coalesce(m.report_kind = 'replaces', false) AS replaces, sent.finished
    FROM member_survey m
    JOIN submission sent
        ON sent.form = 'member_survey' AND sent._source = m._source AND sent._id = m._id
    JOIN survey_sample s
        ON s.sample_code = m.sampled AND s.member_code = coalesce(m.member_code, s.member_code)
    WHERE sent.counts AND s.state <> 'reserve'
),
last_said AS (
    SELECT *
    FROM said
    QUALIFY row_number() OVER (
        PARTITION BY year, sample_code
        ORDER BY replaces DESC, outcome = 'interviewed' DESC, finished DESC NULLS LAST,
            _root_uuid DESC
    ) = 1
),
asked AS (
    SELECT
        s.year, s.sample_code, s.stratum, s.club_code, s.member_code, s.weight AS design_weight,
        s.club_chance, s.member_chance, coalesce(l.outcome, 'none') AS outcome,
        s.state = 'asked' AND coalesce(l.outcome, 'none') <> 'out_of_population' AS counts,
        coalesce(l.outcome = 'interviewed', false) AS answered,
        l.interview_date, l._source, l._id, l._root_uuid
    FROM survey_sample s
    LEFT JOIN last_said l USING (year, sample_code)
    WHERE s.state <> 'reserve'
)
SELECT
    year, sample_code, stratum, club_code, member_code, design_weight,
    CASE WHEN counts AND answered THEN
        design_weight * sum(design_weight) FILTER (WHERE counts) OVER (PARTITION BY year, stratum)
        / sum(design_weight) FILTER (WHERE counts AND answered) OVER (PARTITION BY year, stratum)
    END AS weight,
    club_chance, member_chance, outcome, interview_date, _source, _id, _root_uuid
FROM asked
ORDER BY year, sample_code
