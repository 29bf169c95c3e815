"""``relevant`` in words: what stands before a question that is not always answered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.paper.conditions import Unclear, condition
from forms.paper.expression import Opaque, names, parse
from forms.paper.facts import Asked, Facts
from forms.paper.outline import Note, PaperForm, Question, questions
from forms.paper.wording import Wording

AREAS = {"income": "Thu nhập", "health": "Sức khoẻ", "rights": "Quyền"}
EVENTS = {"lent": "Cho vay", "repaid": "Trả nợ", "lost": "Xóa nợ"}
FACTS = Facts(
    {
        "held": Asked("1", "select_one", {"yes": "Có", "no": "Không"}),
        "event": Asked("2", "select_one", EVENTS),
        "areas": Asked("3", "select_multiple", AREAS, "Những mảng nào?"),
        "people": Asked("4", "integer", {}, "Bao nhiêu người?"),
        "women": Asked("5", "integer", {}),
        "day": Asked("6", "date", {}),
        "place": Asked("7", "text", {}),
        "member": Asked("8", None, {}),
        "sex": Asked("8a", "select_one", {"f": "Nữ", "m": "Nam"}),
    },
    {
        "is_quarter": "if(${day} != '' and number(format-date(${day}, '%m')) mod 3 = 0, 1, 0)",
        "men": "${people} - ${women}",
        "listed": "pulldata('clubs', 'members', 'name', ${place})",
        "kind": "if(${held} = 'yes', 'a', if(${people} > 5, 'b', 'c'))",
        "round": "${round}",
    },
    Path("no-lists"),
)

WORDED = [
    ("${held} = 'yes'", "câu 1 là «Có»", "question 1 is “Có”"),
    ('${held}="yes"', "câu 1 là «Có»", "question 1 is “Có”"),
    ("'yes' = ${held}", "câu 1 là «Có»", "question 1 is “Có”"),
    ("${held} != 'yes'", "câu 1 không phải «Có»", "question 1 is not “Có”"),
    ("not(${held} = 'yes')", "câu 1 không phải «Có»", "question 1 is not “Có”"),
    ("${held} = ''", "câu 1 bỏ trống", "question 1 is left blank"),
    ("${held} != ''", "câu 1 có trả lời", "question 1 is answered"),
    (
        "${event} != '' and ${event} != 'lent'",
        "câu 2 không phải «Cho vay»",
        "question 2 is not “Cho vay”",
    ),
    (
        "${event} = 'lent' or ${event} = 'repaid'",
        "câu 2 là «Cho vay» hoặc «Trả nợ»",
        "question 2 is “Cho vay” or “Trả nợ”",
    ),
    (
        "${event} != 'lent' and ${event} != 'repaid'",
        "câu 2 không phải «Cho vay» hoặc «Trả nợ»",
        "question 2 is not “Cho vay” or “Trả nợ”",
    ),
    ("selected(${areas}, 'health')", "câu 3 có chọn «Sức khoẻ»", "question 3 includes “Sức khoẻ”"),
    (
        "not(selected(${areas}, 'health'))",
        "câu 3 không chọn «Sức khoẻ»",
        "question 3 does not include “Sức khoẻ”",
    ),
    ("selected(${held}, 'no')", "câu 1 là «Không»", "question 1 is “Không”"),
    (
        "selected('lent lost', ${event})",
        "câu 2 là «Cho vay» hoặc «Xóa nợ»",
        "question 2 is “Cho vay” or “Xóa nợ”",
    ),
    ("${people} > 0", "số ở câu 4 lớn hơn 0", "the number in question 4 is more than 0"),
    (
        "${people} >= 1000",
        "số ở câu 4 từ 1.000 trở lên",
        "the number in question 4 is 1,000 or more",
    ),
    ("10 > ${people}", "số ở câu 4 nhỏ hơn 10", "the number in question 4 is less than 10"),
    (
        "number(${people}) <= 2.5",
        "số ở câu 4 không quá 2,5",
        "the number in question 4 is at most 2.5",
    ),
    ("not(${people} > 3)", "số ở câu 4 không quá 3", "the number in question 4 is at most 3"),
    (
        "${women} > ${people}",
        "số ở câu 5 lớn hơn số ở câu 4",
        "the number in question 5 is more than the number in question 4",
    ),
    (
        "${men} < 5",
        "số ở câu 4 − số ở câu 5 nhỏ hơn 5",
        "the number in question 4 − the number in question 5 is less than 5",
    ),
    (
        "count-selected(${areas}) >= 2",
        "số mục chọn ở câu 3 từ 2 trở lên",
        "the number ticked in question 3 is 2 or more",
    ),
    (
        "count(${member}) > 5",
        "số dòng ở câu 8 lớn hơn 5",
        "the number of rows in question 8 is more than 5",
    ),
    (
        "${day} < today()",
        "ngày ở câu 6 trước ngày ghi phiếu này",
        "the day in question 6 is before the day of filling this in",
    ),
    (
        "${day} >= date('2025-08-01')",
        "ngày ở câu 6 từ 01/08/2025 trở đi",
        "the day in question 6 is 1 Aug 2025 or later",
    ),
    (
        "${held} = 'yes' and ${people} > 0",
        "câu 1 là «Có» và số ở câu 4 lớn hơn 0",
        "question 1 is “Có” and the number in question 4 is more than 0",
    ),
    (
        "${held} = 'yes' and (${people} > 0 or ${place} = '')",
        "câu 1 là «Có» và (số ở câu 4 lớn hơn 0 hoặc câu 7 bỏ trống)",
        "question 1 is “Có” and "
        "(the number in question 4 is more than 0 or question 7 is left blank)",
    ),
    (
        "not(${held} = 'yes' or ${place} = 'Hà Nội')",
        "câu 1 không phải «Có» và câu 7 không phải «Hà Nội»",
        "question 1 is not “Có” and question 7 is not “Hà Nội”",
    ),
    (
        "${is_quarter} = 1",
        "tháng ở câu 6 là 3, 6, 9 hoặc 12",
        "the month in question 6 is 3, 6, 9 or 12",
    ),
    (
        "${kind} = 'b'",
        "câu 1 không phải «Có» và số ở câu 4 lớn hơn 5",
        "question 1 is not “Có” and the number in question 4 is more than 5",
    ),
    ("${sex} = 'f'", "câu 8a là «Nữ»", "question 8a is “Nữ”"),
    ("${held} = 'unknown'", "câu 1 là «unknown»", "question 1 is “unknown”"),
]


@pytest.mark.parametrize(("source", "vi", "en"), WORDED, ids=[each[0] for each in WORDED])
def test_common_conditions_are_said_in_words(source: str, vi: str, en: str) -> None:
    assert Wording(FACTS, "vi").only_if(source) == f"Chỉ trả lời nếu {vi}."
    assert Wording(FACTS, "en").only_if(source) == f"Only if {en}."


FALLBACKS = [
    (
        "regex(${place}, '^A')",
        "Không chắc thì cứ trả lời (còn tùy câu 7).",
        "If in doubt, answer (it depends on question 7).",
    ),
    (
        "${listed} > ${people}",
        "Không chắc thì cứ trả lời (còn tùy câu 4 (Bao nhiêu người?), câu 7 và danh sách đã có).",
        "If in doubt, answer (it depends on question 4 (Bao nhiêu người?), question 7 "
        "and the lists there are).",
    ),
    (
        "${held} = 'yes' and sum(${people}) > 3",
        "Chỉ trả lời nếu câu 1 là «Có»; còn tùy câu 4 (Bao nhiêu người?).",
        "Only if question 1 is “Có”; it depends on question 4 (Bao nhiêu người?).",
    ),
    (
        "sum(${people}) + ${women} + string-length(${place}) + ${sex} + ${event} > 1",
        "Không chắc thì cứ trả lời (còn tùy các câu từ 2 đến 8a).",
        "If in doubt, answer (it depends on questions 2 to 8a).",
    ),
    (
        "${username} = 'an'",
        "Không chắc thì cứ trả lời (còn tùy danh sách đã có).",
        "If in doubt, answer (it depends on the lists there are).",
    ),
]


@pytest.mark.parametrize(("source", "vi", "en"), FALLBACKS, ids=[each[0] for each in FALLBACKS])
def test_what_cannot_be_worded_names_the_questions_behind_it(source: str, vi: str, en: str) -> None:
    assert Wording(FACTS, "vi").only_if(source) == vi
    assert Wording(FACTS, "en").only_if(source) == en


def test_parts_and_notes_are_spoken_of_as_such() -> None:
    vi, en = Wording(FACTS, "vi"), Wording(FACTS, "en")
    assert vi.only_if("${held} = 'no'", "section") == "Chỉ trả lời phần này nếu câu 1 là «Không»."
    assert (
        en.only_if("${held} = 'no'", "section") == "Answer this part only if question 1 is “Không”."
    )
    assert vi.only_if("${held} = 'no'", "note") == "Nếu câu 1 là «Không»:"
    assert en.only_if("regex(${place}, 'x')", "note") == "Depending on question 7:"


def test_a_condition_that_always_holds_says_nothing_and_one_that_never_does_asks_nothing() -> None:
    wording = Wording(FACTS, "vi")
    assert wording.only_if("true()") == ""
    assert wording.only_if("${held} = 'yes' or 1 = 1") == ""
    assert wording.never("false()")
    assert wording.never("${held} = 'yes' and not(true())")
    assert not wording.never("${held} = 'yes'")


def test_values_fixed_in_a_list_beside_the_form_are_used(
    outline: Callable[..., PaperForm], make_list: Callable[[str, str], Path]
) -> None:
    make_list("norms.csv", "name,value\nboard_size,5\n")
    form = outline(
        """
        | survey |           |       |                        |                   |             |
        |        | type      | name  | label                  | relevant          | calculation |
        |        | calculate | norm  |  | | pulldata('norms', 'value', 'name', 'board_size') |
        |        | integer   | board | Thường là ${norm}?     |                   |             |
        |        | note      | few   | Có ${board} < ${norm}. | ${board} < ${norm} |            |
        """
    )
    asked, note = form.items
    assert isinstance(asked, Question)
    assert asked.label == "Thường là 5?"
    assert note == Note("Có ${board} < 5.", (), "Nếu số ở câu 1 nhỏ hơn 5:")


def test_notes_that_only_the_phone_can_decide_are_left_to_it(
    outline: Callable[..., PaperForm],
) -> None:
    form = outline(
        """
        | survey |           |        |               |                 |             |
        |        | type      | name   | label         | relevant        | calculation |
        |        | text      | club   | CLB           |                 |             |
        |        | calculate | listed |  | | pulldata('clubs', 'members', 'name', ${club}) |
        |        | note      | echo   | Tức là        |                 | ${club}     |
        |        | note      | known  | Có ${listed}. | ${listed} != '' |             |
        |        | integer   | people | Bao nhiêu?    | ${listed} != '' |             |
        |        | note      | thanks | Xin cảm ơn    |                 |             |
        """
    )
    assert [question.name for question in questions(form.items)] == ["club", "people"]
    assert form.items[-1] == Note("Xin cảm ơn")


def test_long_chains_of_computed_values_end_soon() -> None:
    chain = {f"c{n}": f"if(${{c{n + 1}}} = 1, ${{c{n + 1}}}, ${{c{n + 2}}})" for n in range(60)}
    facts = Facts(FACTS.asked, chain | {"c60": "${people}"}, Path("no-lists"))
    assert len(Wording(facts, "vi").only_if("${c0} = 1")) < 350


def test_a_condition_too_long_to_read_names_the_questions() -> None:
    source = " and ".join(f"(${{people}} > {n} or ${{women}} < {n})" for n in range(20))
    assert Wording(FACTS, "en").only_if(source) == (
        "If in doubt, answer (it depends on question 4 (Bao nhiêu người?), question 5)."
    )


@given(st.text(alphabet="${abc}'=<>/.[]!,-+andorselect 1", max_size=60))
def test_no_expression_however_broken_breaks_the_paper(source: str) -> None:
    assert parse(source) is not None
    assert Wording(FACTS, "en").only_if(source) is not None


def test_what_is_not_well_formed_is_opaque() -> None:
    for source in ("${held} =", "selected(${held}", "1 2", "'open", ""):
        assert parse(source) == Opaque(source)
    assert condition("${held} = 'yes' and", FACTS) == Unclear(("held",))
    assert names("${a} + ${ b } + ${a} + ${last-saved#c}") == ("a", "b", "c")


def test_a_computed_value_that_rests_on_itself_ends() -> None:
    assert Wording(FACTS, "vi").only_if("${round} = 1").startswith("Không chắc thì cứ trả lời (")
