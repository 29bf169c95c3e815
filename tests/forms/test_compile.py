"""pyxform compiles; what it refuses is told with sheet, row and a remedy in both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.compile import compile_form
from forms.xform import parse_xform
from programme.problem import Problem, ProblemError

MakeWorkbook = Callable[..., Path]


def refusal(path: Path) -> Problem:
    with pytest.raises(ProblemError) as caught:
        compile_form(path)
    return caught.value.problems[0]


def test_a_compiled_form_names_what_it_needs(make_workbook: MakeWorkbook) -> None:
    form = compile_form(
        make_workbook(
            """
            | survey |  |  |  |  |  |
            |  | type | name | label | calculation | media::image |
            |  | select_one_from_file clubs.csv | club | Club |  |  |
            |  | note | sign | Look |  | sign.png |
            |  | calculate | norm |  | pulldata('norms', 'value', 'name', 'size') |  |
            | settings |         |         |            |
            |          | form_id | version | form_title |
            |          | visit   | 7       | Thăm       |
            """
        )
    )
    assert (form.form_id, form.version, form.title) == ("visit", "7", "Thăm")
    assert form.media == ("clubs.csv", "norms.csv", "sign.png")
    assert parse_xform(form.xml).lists == ("clubs.csv", "norms.csv")


def test_a_reference_to_nothing(make_workbook: MakeWorkbook) -> None:
    problem = refusal(
        make_workbook(
            """
            | survey |         |      |       |             |
            |        | type    | name | label | constraint  |
            |        | integer | a    | A     |             |
            |        | integer | b    | B     | . > ${none} |
            """
        )
    )
    place = problem.place
    assert (problem.code, place.sheet, place.row, place.column) == (
        "form-compile",
        "survey",
        3,
        "constraint",
    )
    assert "tham chiếu" in problem.what.vi and "none" in problem.what.en


def test_a_list_that_is_not_there(make_workbook: MakeWorkbook) -> None:
    sheet = "| survey | | | |\n| | type | name | label |\n| | select_one sex | s | S |\n"
    choices = "| choices | | | |\n| | list_name | name | label |\n| | yn | yes | Yes |\n"
    problem = refusal(make_workbook(sheet + choices))
    assert (problem.place.row, "«sex»" in problem.what.vi) == (2, True)


def test_a_workbook_that_cannot_be_read_never_reaches_pyxform(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.xlsx").code == "workbook-missing"


def test_what_pyxform_finds_odd_is_a_warning_with_its_row(make_workbook: MakeWorkbook) -> None:
    form = compile_form(
        make_workbook("| survey | | | |\n| | type | name | label |\n| | image | p | Photo |\n")
    )
    assert [(warning.severity, warning.place.row) for warning in form.warnings] == [("warning", 2)]
    assert "max-pixels" in form.warnings[0].what.vi


@pytest.mark.parametrize("text", ["", "<a/>", "<h:html>", "not xml at all"])
def test_what_is_not_an_xform_is_said(text: str) -> None:
    with pytest.raises(ProblemError) as caught:
        parse_xform(text).instance  # noqa: B018 - reading it is the test
    assert caught.value.problems[0].code == "xform-unreadable"


def test_what_columns_lack_is_told_at_the_row_of_headers(make_workbook: MakeWorkbook) -> None:
    survey = "| survey | | | | |\n| | type | name | label:Tiếng Việt (vi) | media:image |\n"
    form = compile_form(make_workbook(f"{survey}| | text | a | Tên | |\n"))
    places = [(each.place.sheet, each.place.row) for each in form.warnings]
    assert places == [("survey", 1)]
