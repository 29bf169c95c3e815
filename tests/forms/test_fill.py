"""JavaRosa, the engine of ODK Collect, asks, refuses, computes and sends."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.compile import CompiledForm, compile_form
from forms.engine.fill import fill
from forms.engine.phone import Phone
from forms.engine.session import FormSession
from programme.problem import ProblemError

pytestmark = pytest.mark.usefixtures("engine")
MakeForm = Callable[..., CompiledForm]


@pytest.fixture
def make_form(make_workbook: Callable[..., Path], form_text: Callable[[str], str]) -> MakeForm:
    return lambda name: compile_form(make_workbook(form_text(name), name))


@pytest.fixture
def media(make_list: Callable[[str, str], Path], tmp_path: Path) -> Path:
    make_list(
        "clubs.csv",
        """name,label,commune,members
           06463-01,CLB Hoa Đào,06463,52
           06463-02,CLB Hoa Mai,06463,53
           06001-01,CLB Đoàn Kết,06001,50""",
    )
    make_list("communes.csv", "name,label\n06463,Xã Chi Lăng\n06001,Phường Đông Kinh")
    return tmp_path


def test_fills_only_what_is_asked_and_computes_over_rows(make_form: MakeForm) -> None:
    people = [
        {"full_name": "A", "sex": "female", "born": 1950},
        {"full_name": "B", "sex": "male", "born": 1960},
        {"full_name": "C", "sex": "female", "born": 1970},
    ]
    filled = fill(make_form("roster"), None, {"member": people, "held": "yes", "present": 3})
    xml = filled.accepted()
    assert xml.count("<full_name>") == 3
    assert "<total>3</total>" in xml
    assert "<women>2</women>" in xml
    assert "<age>76</age>" in xml
    assert "why_not" not in xml  # not asked, so not sent
    assert "people/member[2]/full_name" in filled.asked
    assert "why_not" not in filled.asked


def test_an_answer_that_breaks_a_constraint_is_refused_in_the_forms_words(
    make_form: MakeForm,
) -> None:
    answers = {"member": [{"full_name": "A", "born": 1800}], "held": "yes", "present": 2}
    form = make_form("roster")
    refused = fill(form, None, answers).refused
    assert [problem.code for problem in refused] == ["answer-constraint", "answer-constraint"]
    assert refused[0].what.vi == "Năm sinh phải sau 1900"
    assert refused[0].place.question == "people/member[1]/born"
    assert refused[1].what.vi == "Không thể nhiều hơn 1 thành viên"
    english = fill(form, None, answers, language="en").refused
    assert english[1].what.en == "Not more than 1 members"


def test_no_rows_given_means_no_rows_sent(make_form: MakeForm) -> None:
    filled = fill(make_form("roster"), None, {"held": "no", "why_not": "Mưa bão"})
    xml = filled.accepted()
    assert "<member>" not in xml
    assert "<total>0</total>" in xml
    assert "<why_not>Mưa bão</why_not>" in xml


def test_a_required_question_left_out_and_an_answer_not_asked_are_told(
    make_form: MakeForm,
) -> None:
    answers = {"member": [{"sex": "male"}], "held": "no", "present": 1, "presentt": 1}
    refused = fill(make_form("roster"), None, answers).refused
    assert {(problem.code, problem.place.question) for problem in refused} == {
        ("answer-required", "people/member[1]/full_name"),
        ("answer-not-asked", "present"),
        ("answer-unknown-question", "presentt"),
    }


def test_choices_that_are_not_shown_cannot_be_chosen(make_form: MakeForm) -> None:
    session = FormSession(make_form("roster"))
    with pytest.raises(ProblemError) as caught:
        session.set("held", "maybe")
    assert caught.value.problems[0].code == "answer-wrong"
    assert session.choices("held") == {"yes": "Có", "no": "Không"}


def test_a_cascade_from_lists_shows_only_the_communes_clubs(
    make_form: MakeForm, media: Path
) -> None:
    session = FormSession(make_form("cascade"), media)
    session.set("commune", "06463")
    assert session.choices("club") == {"06463-01": "CLB Hoa Đào", "06463-02": "CLB Hoa Mai"}
    with pytest.raises(ProblemError):
        session.set("club", "06001-01")
    session.set("club", "06463-02")
    assert session.value("members") == "53"
    assert session.value("club_name") == "CLB Hoa Mai"
    assert session.value("nothing") == ""
    assert session.pulldata.missing == {"clubs.csv: membres"}


def test_a_list_with_only_a_header_opens_and_shows_nothing(
    make_form: MakeForm, media: Path, make_list: Callable[[str, str], Path]
) -> None:
    make_list("clubs.csv", "name,label,commune,members")
    session = FormSession(make_form("cascade"), media)
    session.set("commune", "06463")
    assert session.choices("club") == {}


def test_a_missing_list_is_a_problem_that_names_the_file(make_form: MakeForm) -> None:
    with pytest.raises(ProblemError) as caught:
        FormSession(make_form("cascade"), None)
    assert [problem.place.file for problem in caught.value.problems] == [
        "communes.csv",
        "clubs.csv",
    ]


def test_the_clock_of_the_phone_is_set_by_the_caller(make_form: MakeForm) -> None:
    phone = Phone(
        started=datetime(2026, 2, 28, 23, 30),
        ended=datetime(2026, 3, 1, 0, 5),
        username="clb",
        deviceid="may-1",
        instance_id="uuid:11111111-1111-4111-8111-111111111111",
    )
    xml = fill(make_form("clock"), None, {"day": "2026-02-28"}, phone=phone).accepted()
    assert "<start>2026-02-28T23:30:00.000+07:00</start>" in xml
    assert "<end>2026-03-01T00:05:00.000+07:00</end>" in xml
    assert "<today>2026-02-28</today>" in xml
    assert "<preset>2026-02-28</preset>" in xml
    assert "<computed>2026-02-28T00:00:00.000+07:00</computed>" in xml
    assert "<month>2026-02 today()</month>" in xml
    assert "<later>2026-03-30T00:00:00.000+07:00</later>" in xml  # a calculate is text
    assert "<username>clb</username>" in xml
    assert "uuid:11111111-1111-4111-8111-111111111111" in xml


def test_a_day_after_the_phones_today_is_refused(make_form: MakeForm) -> None:
    form = make_form("clock")
    refused = fill(form, None, {"day": date(2026, 3, 1)}, today=date(2026, 2, 28)).refused
    assert [problem.code for problem in refused] == ["answer-constraint"]
    fill(form, None, {"day": date(2026, 3, 1)}, today=date(2026, 3, 1)).accepted()


def test_without_a_set_clock_the_real_one_is_used(make_form: MakeForm) -> None:
    before = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    xml = fill(make_form("clock"), None, {}).accepted()
    found = re.search(r"<today>(.*?)</today>", xml)
    assert found and date.fromisoformat(found.group(1)) >= before


def test_a_constraint_that_cannot_be_computed_is_a_problem_of_the_form(
    make_workbook: Callable[..., Path],
) -> None:
    form = compile_form(
        make_workbook(
            """
            | survey |         |      |       |            |
            |        | type    | name | label | constraint |
            |        | integer | age  | Age   | tuoi(.)    |
            """
        )
    )
    problem = fill(form, None, {"age": 70}).refused[0]
    assert (problem.code, problem.place.question) == ("form-expression", "age")
    assert "tuoi" in problem.what.en and "Exception" not in problem.what.en


def test_lists_of_excel_with_semicolons_are_refused_for_pulldata_does_not_read_them(
    make_form: MakeForm, media: Path, make_list: Callable[[str, str], Path]
) -> None:
    make_list("clubs.csv", "name;label;commune;members\n06463-01;CLB Hoa Đào;06463;52")
    with pytest.raises(ProblemError) as refused:
        FormSession(make_form("cascade"), media)
    assert [each.code for each in refused.value.problems] == ["list-separator"]


def test_twenty_forms_at_once_do_not_disturb_each_other(make_form: MakeForm, media: Path) -> None:
    form = make_form("cascade")

    def one(number: int) -> str:
        club = f"06463-0{1 + number % 2}"
        return fill(form, media, {"commune": "06463", "club": club}).accepted()

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(one, range(20)))
    assert ["<members>53<" in xml for xml in sent] == [number % 2 == 1 for number in range(20)]


@pytest.mark.parametrize("rows", [{"full_name": "A"}, "A", [1, 2], 3])
def test_rows_that_are_no_rows_are_a_problem(make_form: MakeForm, rows: object) -> None:
    refused = fill(make_form("roster"), None, {"held": "no", "member": rows}).refused
    assert [(each.code, each.place.question) for each in refused] == [
        ("answer-not-asked", "member")
    ]


PERSON = st.fixed_dictionaries(
    {"full_name": st.just("X"), "sex": st.sampled_from(["female", "male"])},
    optional={"born": st.integers(1901, 2020)},
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(PERSON, max_size=12))
def test_counts_over_any_roster_equal_those_counted_here(
    make_form: MakeForm, people: list[dict[str, object]]
) -> None:
    xml = fill(make_form("roster"), None, {"member": people, "held": "no"}).accepted()
    women = sum(person["sex"] == "female" for person in people)
    assert f"<total>{len(people)}</total><women>{women}</women>" in xml
    assert xml.count("<born>") == sum("born" in person for person in people)
