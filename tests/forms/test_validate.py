"""ODK Validate in this process, and the form opened with its real lists."""

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.compile import CompiledForm, compile_form
from forms.engine.session import FormSession
from forms.engine.validate import validate

pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture
def form(make_workbook: Callable[..., Path]) -> Callable[[str], CompiledForm]:
    def make(calculation: str) -> CompiledForm:
        return compile_form(
            make_workbook(
                f"""
                | survey |           |       |       |                   |
                |        | type      | name  | label | calculation       |
                |        | integer   | a     | A     |                   |
                |        | calculate | b     |       | {calculation}     |
                |        | calculate | c     |       | ${{b}} + 1        |
                """
            )
        )

    return make


def test_a_right_form_has_no_problems(form: Callable[[str], CompiledForm]) -> None:
    assert validate(form("${a} * 2").xml) == []


@pytest.mark.parametrize(
    ("calculation", "question", "words"),
    [
        ("summ(${a})", "b", "không có hàm «summ»"),
        ("(${a} * 2", "b", "ngoặc"),
        ("${c} * 2", None, "vòng"),
        ("if(${a})", "b", "if"),
    ],
)
def test_a_wrong_formula_is_told_with_its_question(
    form: Callable[[str], CompiledForm], calculation: str, question: str | None, words: str
) -> None:
    problem = validate(form(calculation).xml)[0]
    assert problem.code == "form-invalid"
    assert words in problem.what.vi
    if question:
        assert problem.place.question == question


def test_what_is_not_xml_is_a_problem_and_not_a_crash() -> None:
    assert [problem.code for problem in validate("<h:html>")] == ["xform-unreadable"]


LISTS = """
| survey |  |  |  |  |
|  | type | name | label | calculation |
|  | select_one_from_file clubs.csv | club | Club |  |
|  | calculate | women |  | pulldata('clubs', 'womn', 'name', ${club}) |
"""


def test_lists_that_are_missing_or_lack_a_column_are_told(
    make_workbook: Callable[..., Path], make_list: Callable[[str, str], Path], tmp_path: Path
) -> None:
    xml = compile_form(make_workbook(LISTS)).xml
    assert [problem.place.file for problem in validate(xml, tmp_path)] == ["clubs.csv"]
    make_list("clubs.csv", "name,label,women\n01,Hoa Đào,30")
    assert ["womn" in problem.what.vi for problem in validate(xml, tmp_path)] == [True]
    make_list("clubs.csv", "name,label,womn\n01,Hoa Đào,30")
    assert validate(xml, tmp_path) == []


def test_validating_leaves_no_stand_in_lists_behind(
    make_workbook: Callable[..., Path], make_list: Callable[[str, str], Path], tmp_path: Path
) -> None:
    make_list("clubs.csv", "name,label,womn\n01,Hoa Đào,30")
    form = compile_form(make_workbook(LISTS))
    validate(form.xml)
    assert FormSession(form, tmp_path).choices("club") == {"01": "Hoa Đào"}
