-- Registers of which the made-up province has nothing yet, with their columns.
CREATE TABLE action (
    action_code VARCHAR, club_code VARCHAR, visit_date DATE, what VARCHAR, who VARCHAR,
    by_date DATE, state VARCHAR, followed_on DATE, open BOOLEAN, _root_uuid VARCHAR, _row BIGINT);
CREATE TABLE board_training (
    board_code VARCHAR, club_code VARCHAR, kind VARCHAR, on_date DATE, year BIGINT,
    _root_uuid VARCHAR);
CREATE TABLE training (
    _root_uuid VARCHAR, level VARCHAR, kind VARCHAR, province_code VARCHAR, commune_code VARCHAR,
    organiser VARCHAR, starts_on DATE, ends_on DATE, year BIGINT, days BIGINT,
    hours DECIMAL(18, 6), themes VARCHAR[], trainers_count BIGINT, fund_sources VARCHAR[],
    cost_total BIGINT, officials_total BIGINT, officials_women BIGINT, board_total BIGINT,
    board_women BIGINT, members_total BIGINT, members_women BIGINT, others_count BIGINT,
    others_women BIGINT, participants_total BIGINT, participants_women BIGINT, _source VARCHAR,
    _id BIGINT);
CREATE TABLE training_club (
    _root_uuid VARCHAR, _row BIGINT, club_code VARCHAR, kind VARCHAR, starts_on DATE, year BIGINT,
    board VARCHAR[], board_count BIGINT, board_women BIGINT, members BIGINT, women BIGINT,
    _source VARCHAR, _id BIGINT);
CREATE TABLE survey_weight (
    year BIGINT, sample_code VARCHAR, stratum VARCHAR, club_code VARCHAR, member_code VARCHAR,
    design_weight DOUBLE, weight DOUBLE, club_chance DOUBLE, member_chance DOUBLE,
    outcome VARCHAR, interview_date DATE, _source VARCHAR, _id BIGINT, _root_uuid VARCHAR);
CREATE TABLE member_survey (
    _source VARCHAR, _id BIGINT, _root_uuid VARCHAR, interview_date DATE, interviewed VARCHAR,
    age_band VARCHAR, sex VARCHAR, household_now VARCHAR, household_before VARCHAR,
    income_change VARCHAR, borrowed VARCHAR, borrowed_for VARCHAR[], health_change VARCHAR,
    help_received VARCHAR, help_given VARCHAR, smartphone VARCHAR, benefits VARCHAR[],
    content VARCHAR);
CREATE TABLE submission (
    form VARCHAR, _source VARCHAR, _id BIGINT, _root_uuid VARCHAR, club_code VARCHAR,
    province_code VARCHAR, commune_code VARCHAR, registers BOOLEAN, event_date DATE,
    finished TIMESTAMP, refused BOOLEAN, counts BOOLEAN);

-- Questions of the monthly form that nobody answered.
ALTER TABLE club_month ADD COLUMN joined_unlisted_total BIGINT;
ALTER TABLE club_month ADD COLUMN left_unlisted_total BIGINT;
ALTER TABLE club_month ADD COLUMN income_in_contributions BIGINT;
ALTER TABLE club_month ADD COLUMN income_in_grants BIGINT;
ALTER TABLE club_month ADD COLUMN income_in_other BIGINT;
ALTER TABLE club_month ADD COLUMN income_in_sales BIGINT;
CREATE TABLE choice_labels AS
SELECT 'club_registration__board' AS table_name, 'board_role' AS "column", place, value, language, label
FROM (VALUES
    (0, 'chair', 'vi', 'Chủ nhiệm'), (0, 'chair', 'en', 'Chair'),
    (1, 'vice_chair', 'vi', 'Phó Chủ nhiệm'), (1, 'vice_chair', 'en', 'Vice chair'),
    (2, 'secretary', 'vi', 'Thư ký'), (2, 'secretary', 'en', 'Secretary'),
    (3, 'accountant', 'vi', 'Kế toán'), (3, 'accountant', 'en', 'Accountant'),
    (4, 'treasurer', 'vi', 'Thủ quỹ'), (4, 'treasurer', 'en', 'Treasurer')
) AS given(place, value, language, label);
