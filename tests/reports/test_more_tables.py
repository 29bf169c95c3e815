"""Trainings, boards, movements, recommendations and the survey, counted by hand."""

from collections.abc import Callable, Mapping
from datetime import date

import duckdb
import pytest

from connectors.store.tables import TableSet, open_tables
from programme.areas import load_areas
from programme.folder import Folder
from reports.indicators import Figure, Figures, Rating, compute, load_definitions
from reports.indicators.area_facts import with_area_facts
from reports.periods import parse_period

AS_OF = date(2026, 10, 31)
LANG_SON, TUYEN_QUANG = "20", "08"
TRAININGS = """
INSERT INTO training (_root_uuid, level, kind, province_code, commune_code, starts_on, year, days,
    themes, cost_total, officials_total, board_total, members_total, participants_total,
    participants_women)
SELECT * FROM (VALUES
    ('t1', 'province', 'initial', '20', NULL, DATE '2026-03-10', 2026, 3,
        ['founding', 'management'], 30000000, 5, 20, 0, 25, 15),
    ('t2', 'commune', 'refresher', '20', '05977', DATE '2026-05-20', 2026, 1,
        ['digital', 'income'], NULL, 0, 10, 10, 20, NULL),
    ('t3', 'commune', 'refresher', '20', '05977', DATE '2025-05-20', 2025, 1,
        ['inspection'], 1000000, 0, 10, 0, 10, 4),
    ('t4', 'centre', 'initial', '01', NULL, DATE '2026-04-01', 2026, 2,
        ['green'], 9000000, 30, 0, 0, 30, 10));
INSERT INTO board_training (board_code, club_code, kind, on_date, year)
SELECT board_code, club_code, 'initial', DATE '2026-03-10', 2026 FROM board_member
WHERE until IS NULL ORDER BY board_code LIMIT 20;
INSERT INTO board_training (board_code, club_code, kind, on_date, year)
SELECT board_code, club_code, 'refresher', DATE '2026-05-20', 2026 FROM board_member
WHERE until IS NULL ORDER BY board_code LIMIT 10;
INSERT INTO board_training (board_code, club_code, kind, on_date, year)
SELECT board_code, club_code, 'refresher', DATE '2025-05-20', 2025 FROM board_member
WHERE until IS NULL ORDER BY board_code DESC LIMIT 7;
"""
MOVES = """
UPDATE member SET left_on = DATE '2026-06-15', left_how = 'died' WHERE member_code IN
    (SELECT member_code FROM member ORDER BY member_code LIMIT 3);
UPDATE member SET left_on = DATE '2026-07-15', left_how = 'moved' WHERE member_code IN
    (SELECT member_code FROM member ORDER BY member_code LIMIT 2 OFFSET 3);
UPDATE club_month SET joined_unlisted_total = 4 WHERE month = '2026-08' AND club_code =
    (SELECT MIN(club_code) FROM club);
"""
ACTIONS = """
INSERT INTO action (action_code, club_code, visit_date, by_date, state, followed_on, open)
SELECT 'a' || n, (SELECT MIN(club_code) FROM club), visit, due, state, followed, true
FROM (VALUES
    (1, DATE '2026-02-01', DATE '2026-04-01', 'done', DATE '2026-05-01'),
    (2, DATE '2026-02-01', DATE '2026-04-01', 'partly', DATE '2026-05-01'),
    (3, DATE '2026-02-01', DATE '2027-04-01', 'not', NULL),
    (4, DATE '2025-02-01', NULL, 'not', NULL)) AS given(n, visit, due, state, followed);
"""
SURVEY = """
CREATE TABLE asked_of AS
SELECT member_code, club_code, row_number() OVER (ORDER BY member_code) AS n,
    row_number() OVER (PARTITION BY club_code ORDER BY member_code) AS seat
FROM member WHERE left_on IS NULL;
DELETE FROM asked_of WHERE seat > 4;
INSERT INTO survey_weight
SELECT 2026, 's' || n, CASE WHEN club_code < '06200' THEN '20-a' ELSE '20-b' END, club_code,
    member_code, 10, CASE WHEN seat < 4 THEN 13.0 END, 0.5, 0.1,
    CASE WHEN seat < 4 THEN 'interviewed' ELSE 'refused' END, DATE '2026-09-10', 'kobo', n, 'r' || n
FROM asked_of;
INSERT INTO member_survey (_source, _id, interview_date, interviewed, income_change, content,
    household_now, household_before, borrowed, health_change, help_received, help_given, smartphone,
    benefits)
SELECT 'kobo', n, DATE '2026-09-10', 'yes',
    CASE n % 4 WHEN 0 THEN 'unknown' WHEN 1 THEN 'better' ELSE 'same' END,
    CASE WHEN n % 5 = 0 THEN 'not' ELSE 'very' END, 'none', 'poor', 'yes', 'same', 'weekly', 'no',
    'alone', ['insurance_card']
FROM asked_of WHERE seat < 4;
"""


def changed(link: duckdb.DuckDBPyConnection) -> None:
    for script in (TRAININGS, MOVES, ACTIONS, SURVEY):
        link.execute(script)


@pytest.fixture(scope="module")
def folder(
    tmp_path_factory: pytest.TempPathFactory,
    programme_at: Callable[..., Folder],
    registers_in: Callable[..., TableSet],
) -> Folder:
    made = programme_at(tmp_path_factory.mktemp("more"))
    registers_in(made, changed)
    return made


@pytest.fixture(scope="module")
def figures(folder: Folder) -> Figures:
    return figures_of(folder)


def figures_of(folder: Folder) -> Figures:
    areas = load_areas(folder.xlsforms)
    definitions = load_definitions(folder.indicators, areas)
    definitions = with_area_facts(definitions, folder, areas, AS_OF)
    periods = [parse_period(name, definitions.phases) for name in ("2025", "2026", "2026-Q2")]
    tables = open_tables(folder, identified=True)
    return compute(definitions, tables, areas, periods, AS_OF)


def of(figures: Figures, area: str = LANG_SON, period: str = "2026") -> Mapping[str, Figure]:
    return {each.code: each for each in figures.of(area, period)}


def test_trainings_count_where_and_when_they_were_held(figures: Figures) -> None:
    year = of(figures)
    assert year["trainings"].value == 2
    assert of(figures, period="2026-Q2")["trainings"].value == 1
    assert of(figures, period="2025")["trainings"].value == 1
    assert of(figures, "VN")["trainings"].value == 3
    assert of(figures, "VN")["trainings_priority"].value == 2, "Hà Nội is in no priority region"
    assert (year["training_participants"].value, year["training_days"].value) == (45, 4)
    assert year["training_women"].value == 60, "of those whose sex was counted"
    assert (year["training_founding"].value, year["training_areas"].value) == (1, 1)
    assert of(figures, "05977")["trainings"].value == 1


def test_a_cost_that_is_not_known_is_said(figures: Figures) -> None:
    cost = of(figures)["training_cost"]
    assert cost.value == 30_000_000
    assert cost.note is not None
    assert "1 lớp chưa có số kinh phí" in cost.note.vi
    person = of(figures)["training_cost_person"]
    assert person.value == 30_000_000 / 25


def test_trainings_by_kind(figures: Figures) -> None:
    kinds = figures.slices("trainings", "VN", "2026", "training_kind")
    assert {each.category: each.numerator for each in kinds} == {"initial": 2, "refresher": 1}


def test_boards_are_trained_by_the_records_and_a_refresher_holds_for_its_year(
    figures: Figures, folder: Folder
) -> None:
    board = open_tables(folder, identified=True).table("board_member")
    people = board[board["until"].isna()]["board_code"].nunique()
    year = of(figures)
    assert (year["D10a"].numerator, year["D10a"].denominator) == (20, people)
    assert (year["D10b"].numerator, year["D10b"].denominator) == (10, people)
    assert year["D10a"].rating is Rating.NOT_MET


def test_where_no_training_was_recorded_nothing_is_known_of_boards(world: Folder) -> None:
    board = of(figures_of(world))["D10a"]
    assert (board.value, board.rating) == (None, Rating.NO_DATA)


def test_where_there_is_no_board_there_is_nothing_to_count(figures: Figures) -> None:
    elsewhere = of(figures, TUYEN_QUANG)["D10a"]
    assert (elsewhere.value, elsewhere.rating) == (None, Rating.NOT_RATED)
    assert elsewhere.of_nothing


def test_members_who_came_and_went(figures: Figures, folder: Folder) -> None:
    member = open_tables(folder, identified=True).table("member")
    club = open_tables(folder, identified=True).table("club").set_index("club_code")["founded_on"]
    later = member[member["joined_on"] > member["club_code"].map(club)]
    year = of(figures)
    in_2026 = (later["joined_on"] >= date(2026, 1, 1)).sum()
    assert year["joined"].value == in_2026 + 4, "those who are not named too"
    assert (year["left_clubs"].value, year["died"].value) == (5, 3)
    how = figures.slices("left_clubs", LANG_SON, "2026", "left_how")
    assert {each.category: each.numerator for each in how} == {"died": 3, "moved": 2}
    assert of(figures, period="2026-Q2")["left_clubs"].value == 3


def test_recommendations_stand_as_on_the_day(figures: Figures) -> None:
    year = of(figures)
    assert (year["actions_made"].value, year["actions_open"].value) == (3, 3)
    assert year["actions_overdue"].value == 1
    assert (year["actions_done"].numerator, year["actions_done"].denominator) == (1, 4)
    assert of(figures, period="2025")["actions_open"].value == 1


def test_an_estimate_leaves_out_who_does_not_know(figures: Figures, folder: Folder) -> None:
    answers = open_tables(folder, identified=True).table("member_survey")
    known = answers[answers["income_change"] != "unknown"]
    figure = of(figures)["survey_income"]
    better = (known["income_change"] == "better").mean()
    assert figure.value == pytest.approx(100 * better)
    assert figure.interviews == len(known)
    assert figure.margin is not None
    assert 0 < figure.margin < 15
    assert figure.note is not None
    assert "sai số ±" in figure.note.vi
    assert "95%" in figure.note.en


def test_what_everybody_says_has_no_margin(figures: Figures) -> None:
    figure = of(figures)["survey_insured"]
    assert (figure.value, figure.margin) == (100, pytest.approx(0))


def test_the_response_rate_is_of_those_who_were_asked(figures: Figures) -> None:
    found = of(figures)
    assert found["survey_response"].value == 75
    assert found["survey_interviews"].value == 46 * 3
    assert found["survey_response"].margin is None, "it is counted, not estimated"


def test_too_few_interviews_are_no_data(figures: Figures) -> None:
    commune = of(figures, "05977")["survey_income"]
    assert (commune.value, commune.margin, commune.rating) == (None, None, Rating.NO_DATA)
    before = of(figures, period="2025")["survey_income"]
    assert before.value is None
    assert before.note is not None
    assert "không có khảo sát" in before.note.vi
