-- One row a training that began in the period, where it was held; `priority_region` and `region` are
-- from the sheet `regions`. Who came is counted, nobody is named.
SELECT
    asked.period,
    training.province_code, training.commune_code, CAST(NULL AS DATE) AS founded_on,
    training.level, training.kind, training.organiser, training.starts_on, training.days,
    CAST(training.hours AS DOUBLE) AS hours, training.trainers_count, training.cost_total,
    training.officials_total, training.officials_women, training.board_total, training.board_women,
    training.members_total, training.members_women, training.others_count, training.others_women,
    training.participants_total, training.participants_women,
    list_contains(training.themes, 'founding') AS theme_founding,
    list_contains(training.themes, 'management') AS theme_management,
    list_contains(training.themes, 'income') OR list_contains(training.themes, 'health')
        OR list_contains(training.themes, 'home_care') OR list_contains(training.themes, 'self_help')
        OR list_contains(training.themes, 'rights') OR list_contains(training.themes, 'awareness')
        OR list_contains(training.themes, 'culture') OR list_contains(training.themes, 'resources')
        AS theme_areas,
    list_contains(training.themes, 'inspection') AS theme_inspection,
    list_contains(training.themes, 'digital') AS theme_digital,
    list_contains(training.themes, 'green') AS theme_green,
    region_list.region,
    COALESCE(region_list.priority, FALSE) AS priority_region
FROM training CROSS JOIN asked
LEFT JOIN region_list ON region_list.province_code = training.province_code
WHERE training.starts_on BETWEEN asked.period_start AND asked.cut_off
