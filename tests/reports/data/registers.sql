-- Registers of a made-up province: 46 clubs with 2,400 members, twelve months of reports, 52
-- borrowers, 45 inspections. Columns as the registers have them. `commune` (code, province_code)
-- is given by the caller.
CREATE TABLE numbered AS
SELECT code, province_code, row_number() OVER (ORDER BY code) - 1 AS place, COUNT(*) OVER () AS total
FROM commune WHERE province_code = '20';

CREATE TABLE club AS
SELECT
    code || '-' || lpad(CAST(row_number() OVER (PARTITION BY code ORDER BY n) AS VARCHAR), 2, '0')
        AS club_code,
    'CLB số ' || n AS name, province_code, code AS commune_code,
    DATE '2017-03-01' + CAST(n * 60 AS INTEGER) AS founded_on,
    'active' AS status, DATE '2017-03-01' + CAST(n * 60 AS INTEGER) AS status_on,
    CAST(1 + n % 3 AS BIGINT) AS villages_served, n % 10 <> 0 AS funds_self_managed,
    CAST(10 AS BIGINT) AS meeting_day, 'root-club-' || n AS _root_uuid, n
FROM generate_series(1, 46) AS s(n)
JOIN numbered ON place = (n * 3) % LEAST(total, 41);

CREATE TABLE club_status AS
SELECT club_code, founded_on AS on_date, 'register' AS action, 'active' AS status,
    CAST(1 AS BIGINT) AS place
FROM club;

CREATE TABLE seat AS
SELECT club_code, founded_on, club.n AS club_number, s.seat, (club.n * 53 + s.seat * 17) % 100 AS dice
FROM club, generate_series(1, 53) AS s(seat)
WHERE s.seat <= CASE WHEN club.n <= 8 THEN 53 ELSE 52 END;

CREATE TABLE member AS
SELECT
    club_code || '-M' || lpad(CAST(seat AS VARCHAR), 3, '0') AS member_code, club_code,
    'Người ' || seat AS member_name,
    CASE WHEN dice < 64 THEN 'female' ELSE 'male' END AS sex,
    CAST(CASE WHEN dice % 10 < 6 THEN 1946 + dice % 20
              WHEN dice % 10 < 8 THEN 1968 + dice % 3 ELSE 1975 + dice % 35 END AS BIGINT)
        AS birth_year,
    CASE dice % 5 WHEN 0 THEN 'poor' WHEN 1 THEN 'near_poor' WHEN 2 THEN 'disadvantaged'
        ELSE 'none' END AS household,
    dice % 4 = 0 AS needs_support, dice % 9 = 0 AS volunteer,
    CASE WHEN seat = 50 THEN DATE '2026-02-10' ELSE founded_on END AS joined_on,
    NULL::DATE AS left_on, NULL::VARCHAR AS left_how, '60-69' AS age_band,
    'root-club-' || club_number AS _root_uuid, CAST(seat AS BIGINT) AS _row, club_number, seat
FROM seat WHERE NOT (club_number % 9 = 0 AND seat > 49);

CREATE TABLE member_unlisted AS
SELECT club_code, founded_on AS on_date, CAST(COUNT(*) AS BIGINT) AS total,
    CAST(2 AS BIGINT) AS women, CAST(2 AS BIGINT) AS sixty_plus, CAST(1 AS BIGINT) AS women_sixty_plus
FROM seat WHERE club_number % 9 = 0 AND seat > 49 GROUP BY ALL;

CREATE TABLE board_member AS
SELECT club_code || '-B0' || b AS board_code, club_code, 'Người ' || b AS board_name,
    CASE WHEN b % 2 = 0 THEN 'female' ELSE 'male' END AS sex, CAST(1960 AS BIGINT) AS birth_year,
    ['chair', 'vice_chair', 'secretary', 'accountant', 'treasurer'][b] AS role,
    founded_on AS since, NULL::DATE AS until
FROM club, generate_series(1, 5) AS s(b);

CREATE TABLE loan AS
SELECT club_code || '-L001' AS loan_code, club_code, member_code AS borrower_code,
    seat % 4 <> 3 AS borrower_in_need,
    CASE WHEN seat % 13 = 0 THEN 'goods' ELSE 'money' END AS kind,
    ['livestock', 'crops', 'trade', 'craft', 'services', 'other'][1 + club_number % 6] AS purpose,
    CAST(3000000 + 500000 * (club_number % 8) AS BIGINT) AS principal,
    CAST(0.7 AS DECIMAL(18, 6)) AS interest_percent_month, CAST(12 AS BIGINT) AS term_months,
    DATE '2025-11-15' + CAST((club_number % 8) * 20 AS INTEGER) AS lent_on,
    DATE '2026-08-15' + CAST((club_number % 8) * 20 AS INTEGER) AS due_on,
    'root-loan-' || club_number || '-' || seat AS _root_uuid, club_number
FROM member WHERE seat = 1 OR (seat = 2 AND club_number <= 6);
UPDATE loan SET loan_code = club_code || '-L002' WHERE _root_uuid LIKE '%-2';

CREATE TABLE loan_event AS
SELECT loan_code, club_code, 'lent' AS event, lent_on AS on_date, principal, NULL::BIGINT AS interest,
    NULL::DATE AS new_due_on, _root_uuid, CAST(1 AS BIGINT) AS place FROM loan
UNION ALL
SELECT loan_code, club_code, 'repaid', lent_on + 200, CAST(principal / 2 AS BIGINT), 150000, NULL,
    _root_uuid || '-r', 2 FROM loan WHERE club_number % 3 > 0
UNION ALL
SELECT loan_code, club_code, 'rescheduled', DATE '2026-09-20', NULL, NULL, DATE '2027-03-20',
    _root_uuid || '-s', 3 FROM loan WHERE club_number = 12;

CREATE TABLE club_month_expected AS
SELECT club_code, strftime(m, '%Y-%m') AS month, TRUE AS expected,
    NOT (n % 11 = 0 AND month(m) IN (4, 5)) AND NOT (n = 7 AND m >= DATE '2026-05-01') AS reported, n
FROM club, generate_series(DATE '2025-11-01', DATE '2026-10-01', INTERVAL 1 MONTH) AS s(m);

CREATE TABLE club_month AS
WITH base AS (SELECT *, month[6:7] IN ('12', '03', '06', '09') AS quarter FROM club_month_expected)
SELECT
    club_code, month, CASE WHEN n % 17 = 0 AND month = '2026-02' THEN 'no' ELSE 'yes' END AS meeting_held,
    CAST(45 + n % 6 AS BIGINT) AS attendance, CAST(28 AS BIGINT) AS attendance_women,
    CAST(30 AS BIGINT) AS attendance_60plus,
    list_filter(['income', 'health', 'home_care', 'self_help', 'rights', 'awareness', 'culture',
        'resources'], lambda a, i: n % 4 = 0 OR (n + i * 3) % 7 < 6) AS areas_done,
    ['awareness'] AS strand_digital, list_filter(['health', 'culture'], lambda a, i: n % 2 = i % 2)
        AS strand_green,
    CASE WHEN n % 3 = 0 THEN ['income'] END AS strand_startup,
    CASE WHEN n % 4 = 0 THEN ['income', 'resources'] END AS strand_jobs,
    CASE WHEN n % 3 < 2 THEN 'yes' ELSE 'no' END AS digital_lesson,
    CASE WHEN n % 4 < 2 THEN 'yes' ELSE 'no' END AS green_lesson,
    CAST(5000000 + n * 200000 AS BIGINT) AS income_closing_cash,
    CAST(12000000 AS BIGINT) AS income_closing_bank, CAST(20000 AS BIGINT) AS income_in_interest,
    CAST(n * 1200000 AS BIGINT) AS loans_outstanding, CAST(0 AS BIGINT) AS goods_outstanding,
    CAST(17000000 + n * 1400000 AS BIGINT) AS income_fund_total,
    CAST(2500000 + n * 30000 AS BIGINT) AS operating_fund_total,
    CAST(2 AS BIGINT) AS loans_open_count, CAST(n % 2 AS BIGINT) AS loans_overdue_count,
    {quarterly},
    'root-month-' || n || '-' || month AS _root_uuid, CAST(1 AS BIGINT) AS reports
FROM base WHERE reported;
ALTER TABLE club_month_expected DROP COLUMN n;

CREATE TABLE inspection AS
SELECT club_code, DATE '2026-03-01' + CAST(n * 4 AS INTEGER) AS visit_date, 'province' AS level,
    CAST(50 + (n * 13) % 50 AS DECIMAL(18, 6)) AS score,
    CASE WHEN (n * 13) % 50 >= 35 THEN 'very_strong' WHEN (n * 13) % 50 >= 20 THEN 'strong'
        WHEN (n * 13) % 50 >= 5 THEN 'average' ELSE 'weak' END AS grade,
    (n * 13) % 50 >= 20 AS up_to_standard, 'demo-1' AS ruleset,
    CAST(52 AS BIGINT) AS found_members, CAST(5000000 AS BIGINT) AS found_cash,
    CAST(5 AS BIGINT) AS board_count, CAST(4 + n % 2 AS BIGINT) AS board_trained_initial,
    CAST(3 + n % 3 AS BIGINT) AS board_trained_refresher,
    CAST(9 + n % 4 AS BIGINT) AS meetings_12m, 'root-inspection-' || n AS _root_uuid
FROM club WHERE n < 46;

CREATE TABLE finding AS
SELECT 'open' AS state, ['month_missing', 'closing_differs', 'opening_differs', 'month_twice'][1 + k % 4] AS check_code,
    ['warning', 'error', 'warning', 'warning'][1 + k % 4] AS severity,
    ['Thiếu báo cáo tháng', 'Số cuối kỳ không bằng đầu kỳ cộng thu trừ chi',
        'Số đầu kỳ khác số cuối kỳ trước', 'Một tháng báo cáo hai lần'][1 + k % 4] AS title_vi,
    ['Month missing', 'Closing is not opening plus in minus out',
        'Opening is not the last closing', 'Month reported twice'][1 + k % 4] AS title_en, club_code, commune_code,
    province_code, '2026-0' || (1 + k % 9) AS month, 'monthly_activity_report' AS form,
    'kobo' AS _source, CAST(k AS BIGINT) AS _id, 'root-' || k AS _root_uuid, 'month' AS question,
    '1' AS expected, '2' AS found, 'số liệu lệch' AS message_vi, 'figures differ' AS message_en,
    'hãy kiểm tra lại' AS do_vi, 'check again' AS do_en
FROM generate_series(1, 23) AS s(k) JOIN club ON club.n = k
UNION ALL
SELECT 'open', 'never_inspected', 'warning', 'CLB chưa được kiểm tra', 'Club never inspected', club_code, commune_code, province_code, NULL,
    'inspection_checklist', NULL, NULL, NULL, NULL, NULL, NULL, 'CLB chưa được kiểm tra',
    'never inspected', 'hãy tổ chức kiểm tra', 'inspect the club'
FROM club WHERE n = 46;

ALTER TABLE club DROP COLUMN n;
ALTER TABLE member DROP COLUMN club_number;
ALTER TABLE member DROP COLUMN seat;
ALTER TABLE loan DROP COLUMN club_number;
