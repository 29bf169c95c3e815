-- One row a period and member who was drawn for the latest yearly survey of it. `weight` is for how
-- many members the answers stand, empty without an interview; an answer that nobody knows or gives
-- stands for nobody. Clubs that were not drawn are never filled in.
WITH drawn AS (
    SELECT asked.period_no, survey_weight.*
    FROM survey_weight
    JOIN asked ON survey_weight.year BETWEEN YEAR(asked.period_start) AND YEAR(asked.cut_off)
        AND COALESCE(survey_weight.interview_date, asked.cut_off) <= asked.cut_off
),
latest AS (
    SELECT period_no, MAX(year) AS year FROM drawn WHERE outcome <> 'none' GROUP BY period_no
)
SELECT
    asked.period_no, asked.period, club_base.unit_no, club_base.club_no, club_base.club_code,
    club_base.province_code, club_base.commune_code, club_base.founded_on,
    drawn.year, drawn.stratum, drawn.outcome,
    drawn.outcome = 'interviewed' AND drawn.weight IS NOT NULL AS interviewed,
    drawn.outcome <> 'out_of_population' AS in_population,
    drawn.weight, member_survey.sex, member_survey.age_band,
    member_survey.income_change = 'better' AS income_better,
    member_survey.income_change <> 'unknown' AS income_known,
    member_survey.health_change = 'better' AS health_better,
    member_survey.health_change <> 'unknown' AS health_known,
    member_survey.household_now IN ('poor', 'near_poor') AS poor_now,
    member_survey.household_before IN ('poor', 'near_poor') AS poor_before,
    member_survey.household_now <> 'unknown' AND member_survey.household_before <> 'unknown'
        AS poor_known,
    member_survey.borrowed = 'yes' AS borrowed,
    member_survey.borrowed = 'no_but_needed' AS needed_loan,
    member_survey.borrowed <> 'unknown' AS borrowed_known,
    member_survey.help_received IN ('weekly', 'sometimes') AS helped,
    member_survey.help_received <> 'unknown' AS helped_known,
    member_survey.help_given IN ('weekly', 'sometimes') AS helping,
    member_survey.help_given <> 'unknown' AS helping_known,
    member_survey.smartphone = 'alone' AS smartphone,
    member_survey.smartphone <> 'unknown' AS smartphone_known,
    LIST_CONTAINS(member_survey.benefits, 'insurance_card') AS insured,
    NOT LIST_CONTAINS(member_survey.benefits, 'unknown') AS insured_known,
    member_survey.content IN ('very', 'content') AS content,
    member_survey.content <> 'unknown' AS content_known
FROM drawn
JOIN asked ON asked.period_no = drawn.period_no
JOIN latest ON latest.period_no = drawn.period_no AND latest.year = drawn.year
JOIN club_base ON club_base.club_code = drawn.club_code
LEFT JOIN member_survey
    ON member_survey._source = drawn._source AND member_survey._id = drawn._id
