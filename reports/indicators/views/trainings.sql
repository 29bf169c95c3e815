-- One row a period and training that began in it, where it was held; `region` and
-- `priority_region` are from the sheet `regions`. Who came is counted, nobody is named.
SELECT
    asked.period_no, asked.period,
    COALESCE(commune_unit.unit_no, province_unit.unit_no) AS unit_no,
    CAST(NULL AS INTEGER) AS club_no,
    training.province_code, training.commune_code, CAST(NULL AS DATE) AS founded_on,
    training.level, training.kind, training.organiser, training.starts_on, training.days,
    CAST(training.hours AS DOUBLE) AS hours, training.trainers_count, training.cost_total,
    training.officials_total, training.officials_women, training.board_total, training.board_women,
    training.members_total, training.members_women, training.others_count, training.others_women,
    training.participants_total, training.participants_women,
    LIST_CONTAINS(training.themes, 'founding') AS theme_founding,
    LIST_CONTAINS(training.themes, 'management') AS theme_management,
    LIST_CONTAINS(training.themes, 'income') OR LIST_CONTAINS(training.themes, 'health')
        OR LIST_CONTAINS(training.themes, 'home_care')
        OR LIST_CONTAINS(training.themes, 'self_help') OR LIST_CONTAINS(training.themes, 'rights')
        OR LIST_CONTAINS(training.themes, 'awareness') OR LIST_CONTAINS(training.themes, 'culture')
        OR LIST_CONTAINS(training.themes, 'resources') AS theme_areas,
    LIST_CONTAINS(training.themes, 'inspection') AS theme_inspection,
    LIST_CONTAINS(training.themes, 'digital') AS theme_digital,
    LIST_CONTAINS(training.themes, 'green') AS theme_green,
    region_list.region, COALESCE(region_list.priority, FALSE) AS priority_region
FROM training
JOIN asked ON training.starts_on BETWEEN asked.period_start AND asked.cut_off
LEFT JOIN region_list ON region_list.province_code = training.province_code
LEFT JOIN unit_list AS commune_unit ON commune_unit.area_code = training.commune_code
LEFT JOIN unit_list AS province_unit ON province_unit.area_code = training.province_code
WHERE COALESCE(commune_unit.unit_no, province_unit.unit_no) IS NOT NULL
