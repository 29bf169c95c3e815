"""One question at a time: kinds of answer, rows, files; and the form as a KoBo server serves it."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest

from forms.compile import CompiledForm, compile_form
from forms.engine.fill import fill
from forms.engine.session import FormSession
from programme.problem import ProblemError

pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture
def everything(make_workbook: Callable[..., Path], form_text: Callable[[str], str]) -> CompiledForm:
    return compile_form(make_workbook(form_text("everything"), "everything"))


def sent(xml: str, path: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(xml).findall(path)]


def refusal(session: FormSession, name: str, value: object) -> str:
    with pytest.raises(ProblemError) as caught:
        session.set(name, value)
    return caught.value.problems[0].code


def test_every_kind_of_answer_is_sent_as_collect_sends_it(everything: CompiledForm) -> None:
    filled = fill(
        everything,
        None,
        {
            "month": "2026-10-17",
            "at": time(8, 30),
            "next_time": datetime(2026, 11, 5, 14, 0),
            "point": (21.85, 106.76, 260, 5),
            "areas": ["income", "rights"],
            "order": "health income rights",
            "mark": 4,
            "rate": 0.8,
            "money": 999_999_999,
            "photo": Path("ảnh buổi họp.jpg"),
            "sure": True,
        },
    )
    xml = filled.accepted()
    assert sent(xml, "page/month") == ["2026-10-01"]  # the month picker gives the first day
    assert sent(xml, "page/at") == ["08:30:00.000+07:00"]
    assert sent(xml, "page/next_time") == ["2026-11-05T14:00:00.000+07:00"]
    assert sent(xml, "page/point") == ["21.85 106.76 260.0 5.0"]
    assert sent(xml, "page/areas") == ["income rights"]
    assert sent(xml, "page/order") == ["health income rights"]
    assert sent(xml, "page/money") == ["999999999"]
    assert sent(xml, "page/rate") == ["0.8"]
    assert sent(xml, "page/sure") == ["OK"]
    assert filled.attachments == ("ảnh buổi họp.jpg",)
    assert "page/thanks" not in filled.asked  # a note asks nothing


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("money", 1_000_000_000),  # ten digits: the phone's field stops at nine
        ("money", "năm"),
        ("money", 1.5),
        ("rate", "abc"),
        ("rate", "1234567890.123456"),
        ("month", "tháng mười"),
        ("at", "25:00"),
        ("next_time", "mai"),
        ("point", "Lạng Sơn"),
        ("point", ("21.8",)),
        ("areas", ["income", "nothing"]),
        ("mark", 9),
    ],
)
def test_what_the_phones_field_cannot_hold_is_refused(
    everything: CompiledForm, question: str, value: object
) -> None:
    session = FormSession(everything)
    assert refusal(session, question, value) == "answer-wrong"
    assert session.value(question) == ""


def test_a_refused_answer_says_why_without_repeating_it(everything: CompiledForm) -> None:
    with pytest.raises(ProblemError) as caught:
        FormSession(everything).set("money", "Nguyễn Văn A")
    assert "Nguyễn" not in caught.value.problems[0].in_("vi")


def test_too_many_choices_break_the_constraint(everything: CompiledForm) -> None:
    session = FormSession(everything)
    assert refusal(session, "areas", ["income", "health", "rights"]) == "answer-constraint"


def test_a_required_acknowledgement_is_asked_for_on_finishing(everything: CompiledForm) -> None:
    session = FormSession(everything)
    with pytest.raises(ProblemError) as caught:
        session.finish()
    assert caught.value.problems[0].place.question == "page/sure"
    session.set("sure", True)
    assert "<sure>OK</sure>" in session.finish()


def test_rows_are_added_answered_and_removed(everything: CompiledForm) -> None:
    session = FormSession(everything)
    session.set("sure", True)
    assert session.rows("meeting") == 1  # a form opens with one empty row
    assert session.add_repeat("meeting") == 1
    session.set("held_on", "2026-10-05", 1)
    assert [session.add_repeat("guest", 1) for _ in range(2)] == [0, 1]
    session.set("guest_name", "Khách thứ hai", 1, 1)
    session.remove_repeat("meeting", 0)
    assert session.value("guest_name", 0, 1) == "Khách thứ hai"
    xml = session.finish()
    assert sent(xml, "meeting/guest/guest_name") == ["", "Khách thứ hai"]


def test_nested_rows_are_filled_in_order(everything: CompiledForm) -> None:
    meetings = [
        {"held_on": "2026-10-05", "guest": [{"guest_name": "A"}, {"guest_name": "B"}]},
        {"held_on": "2026-10-12"},
        {"held_on": "2026-10-19", "guest": [{"guest_name": "C"}]},
    ]
    xml = fill(everything, None, {"sure": True, "meeting": meetings}).accepted()
    rows = ET.fromstring(xml).findall("meeting")
    assert [[guest.text for guest in row.findall("guest/guest_name")] for row in rows] == [
        ["A", "B"],
        [],
        ["C"],
    ]


def test_a_counted_repeat_has_the_rows_that_it_counts(everything: CompiledForm) -> None:
    visits = [{"place": "Na Sầm"}, {"place": "Đồng Mỏ"}]
    answers = {"sure": True, "how_many": 2, "visit": visits}
    assert sent(fill(everything, None, answers).accepted(), "visit/place") == ["Na Sầm", "Đồng Mỏ"]
    too_many = fill(everything, None, answers | {"how_many": 1})
    assert [problem.code for problem in too_many.refused] == ["answer-not-asked"]
    with pytest.raises(ProblemError):
        FormSession(everything).add_repeat("visit")


def test_a_name_that_is_not_in_the_form_is_a_problem(everything: CompiledForm) -> None:
    assert refusal(FormSession(everything), "maney", 1) == "answer-unknown-question"


def test_a_question_can_be_named_by_its_path(everything: CompiledForm) -> None:
    session = FormSession(everything)
    session.set("page/money", 5)
    session.set("/data/page/mark", 3)
    assert (session.value("money"), session.value("mark")) == ("5", "3")
