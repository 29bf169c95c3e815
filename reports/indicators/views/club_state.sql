-- One row a period and club that was founded up to its cut-off, with its state on that day.
SELECT
    asked.period_no, asked.period, club_spans.unit_no, club_spans.club_no,
    club_spans.club_code, club_spans.name, club_spans.province_code, club_spans.commune_code,
    club_spans.founded_on, club_spans.villages_served, club_spans.funds_self_managed,
    club_spans.status, club_spans.active
FROM club_spans
JOIN asked ON club_spans.from_day <= asked.cut_off AND club_spans.until_day > asked.cut_off
