-- Only for a programme without this form: nobody was trained.
SELECT
    CAST(NULL AS VARCHAR) AS _source, CAST(NULL AS BIGINT) AS _id,
    CAST(NULL AS VARCHAR) AS _root_uuid, CAST(NULL AS TIMESTAMP) AS _submission_time,
    CAST(NULL AS VARCHAR) AS _validation, CAST(NULL AS VARCHAR) AS report_kind,
    CAST(NULL AS DATE) AS replaced_date, CAST(NULL AS TIMESTAMP) AS "end",
    CAST(NULL AS VARCHAR) AS training_level, CAST(NULL AS VARCHAR) AS province,
    CAST(NULL AS VARCHAR) AS commune, CAST(NULL AS VARCHAR) AS place_words,
    CAST(NULL AS VARCHAR) AS organiser, CAST(NULL AS VARCHAR) AS organiser_words,
    CAST(NULL AS VARCHAR) AS training_kind, CAST(NULL AS DATE) AS starts_on,
    CAST(NULL AS DATE) AS ends_on, CAST(NULL AS BIGINT) AS training_days,
    CAST(NULL AS DECIMAL(18, 6)) AS hours, CAST(NULL AS VARCHAR[]) AS themes,
    CAST(NULL AS BIGINT) AS trainers_count, CAST(NULL AS VARCHAR[]) AS fund_sources,
    CAST(NULL AS BIGINT) AS cost_total, CAST(NULL AS BIGINT) AS officials_total,
    CAST(NULL AS BIGINT) AS officials_women, CAST(NULL AS BIGINT) AS board_total,
    CAST(NULL AS BIGINT) AS board_women, CAST(NULL AS BIGINT) AS members_total,
    CAST(NULL AS BIGINT) AS members_women, CAST(NULL AS BIGINT) AS others_count,
    CAST(NULL AS BIGINT) AS others_women, CAST(NULL AS BIGINT) AS participants_total,
    CAST(NULL AS BIGINT) AS participants_women
WHERE false
