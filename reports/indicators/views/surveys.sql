-- One row a member who was drawn for the latest yearly survey of the period. `weight` is for how
-- many members the answers stand, empty without an interview; an answer nobody knows or gives is
-- empty and stands for nobody. Clubs that were not drawn are never filled in.
WITH drawn AS (
    SELECT asked.period, survey_weight.*
    FROM survey_weight CROSS JOIN asked
    WHERE survey_weight.year BETWEEN year(asked.period_start) AND year(asked.cut_off)
      AND COALESCE(survey_weight.interview_date, asked.cut_off) <= asked.cut_off
),
latest AS (
    SELECT period, MAX(year) AS year FROM drawn WHERE outcome <> 'none' GROUP BY period
)
SELECT
    drawn.period, drawn.club_code, club_state.province_code, club_state.commune_code,
    club_state.founded_on, drawn.year, drawn.stratum, drawn.outcome,
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
    list_contains(member_survey.benefits, 'insurance_card') AS insured,
    NOT list_contains(member_survey.benefits, 'unknown') AS insured_known,
    member_survey.content IN ('very', 'content') AS content,
    member_survey.content <> 'unknown' AS content_known
FROM drawn
JOIN latest ON latest.period = drawn.period AND latest.year = drawn.year
JOIN club_state ON club_state.club_code = drawn.club_code AND club_state.period = drawn.period
LEFT JOIN member_survey
    ON member_survey._source = drawn._source AND member_survey._id = drawn._id
