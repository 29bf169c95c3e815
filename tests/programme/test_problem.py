import json

import pytest

from programme.problem import Exit, Place, Problem, ProblemError, Text

PROBLEM = Problem(
    "list-missing",
    Text(vi="không có danh sách", en="there is no list"),
    Text(vi="hãy tạo danh sách", en="make one"),
    Place(file="clubs.csv", row=3, column="name"),
)


def test_a_problem_says_where_what_and_what_to_do_in_both_languages():
    assert PROBLEM.in_("vi") == (
        "clubs.csv, dòng 3, cột name: không có danh sách [list-missing]\n  → hãy tạo danh sách"
    )
    assert PROBLEM.in_("en") == (
        "clubs.csv, row 3, column name: there is no list [list-missing]\n  → make one"
    )


def test_without_a_place_it_starts_with_what_is_wrong():
    problem = Problem("x", Text(vi="a", en="b"), Text(vi="c", en="d"))
    assert problem.in_("vi").startswith("a [x]")


@pytest.mark.parametrize(
    ("place", "vi", "en"),
    [
        (Place(file="a.xlsx", sheet="survey", row=4), "a.xlsx, trang tính survey, dòng 4",
         "a.xlsx, sheet survey, row 4"),
        (Place(server="kobo", form="loan_record"), "máy chủ kobo, biểu mẫu loan_record",
         "server kobo, form loan_record"),
        (Place(server="kobo", source="kobo"), "máy chủ kobo", "server kobo"),
        (Place(server="kobo", source="north"), "máy chủ kobo, nguồn north",
         "server kobo, source north"),
        (Place(submission="17"), "phiếu 17", "submission 17"),
    ],
)  # fmt: skip
def test_places_in_both_languages(place, vi, en):
    assert (place.in_("vi"), place.in_("en")) == (vi, en)


def test_programs_get_it_as_plain_data():
    assert json.loads(json.dumps(PROBLEM.as_dict()))["place"]["row"] == 3


def test_an_error_carries_every_problem_and_the_exit_status():
    error = ProblemError([PROBLEM, PROBLEM], Exit.SERVER)
    assert len(error.problems) == 2
    assert error.exit_status == 3
    assert str(error).count("list-missing") == 2
    assert ProblemError(PROBLEM).exit_status is Exit.INPUT
