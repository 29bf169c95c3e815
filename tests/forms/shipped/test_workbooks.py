"""The workbooks and norms as their authors keep them."""

import csv
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from forms.check import check_forms
from forms.schema import read_schema
from forms.workbook import Row, Workbook, read_workbook

FORMS = (
    "club_registration",
    "monthly_activity_report",
    "loan_record",
    "inspection_checklist",
    "training_record",
    "member_survey",
)
LANGUAGES = ("Tiếng Việt (vi)", "English (en)")
LONGEST = 160
EMPTY_LISTS = {
    "villages": "name,label,commune",
    "clubs": "name,label,code,commune,founded,status,members,women,sixty_plus,closing_cash,"
    "closing_bank,loans_outstanding,operating_cash,operating_bank,last_month,grade,list_date",
    "boards": "name,label,club",
    "members": "name,label,club",
    "loans": "name,label,club,borrower,outstanding,due_on",
    "open_actions": "name,label,club,by_date",
    "sample": "name,label,member,club,club_label,commune,stratum,weight,year,list_date",
}
# Expressions on which the engines disagree, or that lose a day in Hanoi's time zone.
TRAPS = re.compile(r"decimal-date-time|position\(\s*\$|\\p\{|count\(\$\{\w+\}\[\s*\$|round\(")


@pytest.fixture(params=FORMS, scope="module")
def path(request: pytest.FixtureRequest, xlsforms: Path) -> Path:
    return xlsforms / f"{request.param}.xlsx"


@pytest.fixture(scope="module")
def workbook(path: Path) -> Workbook:
    return read_workbook(path)


@pytest.fixture(scope="module")
def survey(workbook: Workbook) -> tuple[Row, ...]:
    return workbook.rows("survey")


@pytest.fixture(scope="module")
def norms(xlsforms: Path) -> dict[str, dict[str, str]]:
    with (xlsforms / "norms.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


def expressions(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        for column in ("relevant", "constraint", "calculation", "choice_filter", "required"):
            yield row.get(column)


def test_the_engine_and_the_rules_find_nothing(engine: None, path: Path, xlsforms: Path) -> None:
    assert [problem.in_("en") for problem in check_forms([path], xlsforms)] == []


def test_every_text_is_in_both_languages_and_short(workbook: Workbook) -> None:
    for sheet in ("survey", "choices"):
        for row in workbook.rows(sheet):
            for kind in ("label", "hint", "required_message", "constraint_message"):
                texts = [row.get(f"{kind}::{language}") for language in LANGUAGES]
                assert all(texts) or not any(texts), (sheet, row.number, kind)
                assert max(map(len, texts)) <= LONGEST, (sheet, row.number, kind)


def test_every_refusal_is_explained(survey: tuple[Row, ...]) -> None:
    for row in survey:
        for cause, kind in (("required", "required_message"), ("constraint", "constraint_message")):
            if row.get(cause):
                assert row.get(f"{kind}::{LANGUAGES[0]}"), (row.number, cause)


def test_vietnamese_comes_first_and_the_version_is_set(workbook: Workbook) -> None:
    assert workbook.setting("default_language") == LANGUAGES[0]
    assert workbook.setting("style") == "pages"
    assert re.fullmatch(r"20\d{8}", workbook.setting("version"))
    assert workbook.form_id == workbook.path.stem


def test_no_person_is_named_in_the_name_of_a_submission(workbook: Workbook) -> None:
    schema = read_schema(workbook.path)
    used = re.findall(r"\$\{(\w+)\}", workbook.setting("instance_name"))
    assert used
    assert {schema.column(name).data_class for name in used} == {"plain"}


def test_money_has_separators_and_an_echo_in_full(survey: tuple[Row, ...]) -> None:
    for row, after in pairwise(survey):
        money = row.get("type") == "integer" and "nghìn đồng" in str(row.cells).lower()
        assert money is (row.get("unit") == "thousand_vnd" and row.get("type") == "integer")
        if money:
            assert row.get("appearance") == "thousands-sep"
            assert (after.get("type"), after.get("name")) == ("note", f"{row.get('name')}_in_full")


def test_no_expression_on_which_engines_differ(survey: tuple[Row, ...]) -> None:
    assert [each for each in expressions(survey) if TRAPS.search(each)] == []


def test_an_offered_answer_has_one_trigger(survey: tuple[Row, ...]) -> None:
    """The compiler of KoBo servers silently drops an offer with two."""
    for row in survey:
        if row.get("trigger"):
            assert re.fullmatch(r"\$\{\w+\}", row.get("trigger")), row.number


def test_the_first_question_is_whether_a_report_is_replaced(survey: tuple[Row, ...]) -> None:
    asked = [row.get("name") for row in survey if row.get("type").startswith("select")]
    assert asked[0] == "report_kind"


def test_the_last_question_is_the_confirmation(survey: tuple[Row, ...]) -> None:
    named = [row for row in survey if row.get("name")]
    assert (named[-1].get("name"), named[-1].get("type")) == ("confirmed", "acknowledge")
    assert named[-1].get("required") == "yes"


def test_who_people_are_is_personal_and_what_they_owe_sensitive(xlsforms: Path) -> None:
    personal = {
        "club_registration": ("board_name", "board_phone", "member_name", "member_birth_year"),
        "monthly_activity_report": ("reporter_name", "joined_name", "left_words", "difficulty"),
        "loan_record": ("borrower_words", "loan_words", "reporter_name"),
        "inspection_checklist": ("team_names", "met_whom", "evidence_photo", "minutes_photo"),
        "training_record": ("reporter_name", "trainer_names", "remarks", "attendance_photo"),
        "member_survey": ("reporter_name", "member_words", "member_code", "wish"),
    }
    sensitive = {
        "club_registration": ("member_household", "member_needs", "count_poor"),
        "monthly_activity_report": ("joined_household", "changed_needs", "left_code"),
        "loan_record": ("amount", "principal", "interest", "borrower", "income_change"),
        "training_record": ("part_board",),
        "member_survey": ("sampled", "sex", "age_band", "household_now", "benefits", "content"),
    }
    for expected, forms in (("personal", personal), ("sensitive", sensitive)):
        for form, questions in forms.items():
            schema = read_schema(xlsforms / f"{form}.xlsx")
            classes = {schema.column(question).data_class for question in questions}
            assert classes == {expected}, form


def test_norms_are_all_used_and_all_there(xlsforms: Path, norms: dict[str, Any]) -> None:
    used: set[str] = set()
    for form in FORMS:
        for text in expressions(read_workbook(xlsforms / f"{form}.xlsx").rows("survey")):
            used |= set(re.findall(r"pulldata\('norms', 'value', 'name', '(\w+)'\)", text))
    assert used == set(norms)


def test_norms_say_where_they_come_from(norms: dict[str, dict[str, str]]) -> None:
    for row in norms.values():
        assert all(row.values()), row["name"]
    ours = [name for name, row in norms.items() if "not official" in row["source"]]
    assert {name for name in norms if name.startswith(("weight_", "grade_", "loan_"))} <= set(ours)
    assert "not verified" in norms["interest_cap_year"]["source"]


def test_weights_add_up_to_100(norms: dict[str, dict[str, str]]) -> None:
    weights = [float(row["value"]) for name, row in norms.items() if name.startswith("weight_")]
    assert sum(weights) == 100


@pytest.mark.parametrize(("name", "header"), EMPTY_LISTS.items())
def test_lists_of_the_repository_hold_no_rows(xlsforms: Path, name: str, header: str) -> None:
    assert (xlsforms / f"{name}.csv").read_text(encoding="utf-8") == f"{header}\n"


def test_warnings_come_in_the_language_of_the_phone(send: Callable[..., Any]) -> None:
    answers = {"action": "register", "province": "20", "commune": "06463", "villages_count": 0}
    assert "Ghi số từ 1 đến 99." in send("club_registration", answers).refused
    english = send("club_registration", answers, language="en").refused
    assert "Write a number from 1 to 99." in english
