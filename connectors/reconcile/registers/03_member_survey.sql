-- Only for a programme without this form: nobody was asked.
SELECT
    CAST(NULL AS VARCHAR) AS _source, CAST(NULL AS BIGINT) AS _id,
    CAST(NULL AS VARCHAR) AS _root_uuid, CAST(NULL AS TIMESTAMP) AS _submission_time,
    CAST(NULL AS VARCHAR) AS _validation, CAST(NULL AS VARCHAR) AS province,
    CAST(NULL AS VARCHAR) AS commune, CAST(NULL AS VARCHAR) AS club,
    CAST(NULL AS VARCHAR) AS club_words, CAST(NULL AS DATE) AS interview_date,
    CAST(NULL AS TIMESTAMP) AS "end", CAST(NULL AS VARCHAR) AS report_kind,
    CAST(NULL AS VARCHAR) AS sampled, CAST(NULL AS VARCHAR) AS member_code,
    CAST(NULL AS VARCHAR) AS consent, CAST(NULL AS VARCHAR) AS interviewed,
    CAST(NULL AS VARCHAR) AS no_interview_reason
WHERE false
