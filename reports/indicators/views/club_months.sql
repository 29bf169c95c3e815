-- One row a period, club and month: expected, reported, and every answer of the report that counts.
-- A month that was not reported has NULL answers, never zero; a source that is not ticked on a
-- quarterly page gave nothing in that quarter.
SELECT
    asked_months.period_no, club_base.unit_no, club_base.club_no,
    club_base.province_code, club_base.commune_code, club_base.founded_on,
    -- a month is due when it is over
    month_list.expected AND month_list.month_no <= asked_months.whole_month AS expected,
    TRUE AS reported,
    LIST_CONTAINS(areas_done, 'income') AS area_income,
    LIST_CONTAINS(areas_done, 'health') AS area_health,
    LIST_CONTAINS(areas_done, 'home_care') AS area_home_care,
    LIST_CONTAINS(areas_done, 'self_help') AS area_self_help,
    LIST_CONTAINS(areas_done, 'rights') AS area_rights,
    LIST_CONTAINS(areas_done, 'awareness') AS area_awareness,
    LIST_CONTAINS(areas_done, 'culture') AS area_culture,
    LIST_CONTAINS(areas_done, 'resources') AS area_resources,
    CASE WHEN ARRAY_LENGTH(areas_done) < 8 THEN FALSE
        ELSE ARRAY_LENGTH(LIST_DISTINCT(areas_done)) >= 8 END AS all_areas,
    LIST_DISTINCT(FLATTEN(LIST_VALUE(
        COALESCE(strand_digital, []), COALESCE(strand_green, []),
        COALESCE(strand_startup, []), COALESCE(strand_jobs, [])))) AS areas_integrated,
    club_base.club_code, month_list.month, month_list.month_no,
    {answers}
FROM club_month
JOIN club_base ON club_base.club_code = club_month.club_code
JOIN month_list ON month_list.club_no = club_base.club_no
    AND month_list.month = club_month.month
JOIN asked_months ON asked_months.month_no = month_list.month_no
    AND club_base.founded_on <= asked_months.cut_off
WHERE {is_report} AND club_month.month BETWEEN '{first_month}' AND '{last_month}'
UNION ALL
SELECT
    asked_months.period_no, club_base.unit_no, club_base.club_no,
    club_base.province_code, club_base.commune_code, club_base.founded_on,
    month_list.month_no <= asked_months.whole_month, FALSE,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, CAST(NULL AS VARCHAR[]),
    club_base.club_code, month_list.month, month_list.month_no,
    {no_answers}
FROM month_list
JOIN club_base ON club_base.club_no = month_list.club_no
JOIN asked_months ON asked_months.month_no = month_list.month_no
    AND club_base.founded_on <= asked_months.cut_off
WHERE month_list.expected AND NOT month_list.reported
