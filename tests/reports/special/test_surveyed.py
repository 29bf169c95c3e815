"""Survey estimates: weighted, with margins, and silent where too few were asked."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.folder import Folder
from reports.content.survey.estimate import Person, estimate
from reports.content.survey.questions import QUESTIONS, TOLD, counts_as, not_known, said
from reports.indicators.margins import ClubSums, margin_of
from tests.reports.special.conftest import World, Write
from tests.reports.special.world import rows

ANSWERS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"), st.integers(1, 40), st.sampled_from(["yes", "no", "unknown"])
    ),
    min_size=1,
    max_size=60,
)


def people_of(answers: list[tuple[str, int, str]]) -> list[Person]:
    return [Person("20", club, float(weight), {"q": said}) for club, weight, said in answers]


def yes(person: Person) -> bool | None:
    return None if person.answers["q"] == "unknown" else person.answers["q"] == "yes"


@given(ANSWERS)
def test_an_estimate_is_the_weighted_share_of_those_who_know(
    answers: list[tuple[str, int, str]],
) -> None:
    found = estimate(people_of(answers), yes, least=5, confidence=95)
    known = [(club, weight, said == "yes") for club, weight, said in answers if said != "unknown"]
    assert found.interviews == len(known)
    if len(known) < 5 or len({club for club, *_ in known}) < 2:
        assert found.share is None
        return
    whole = sum(weight for _, weight, _ in known)
    assert found.share == pytest.approx(100 * sum(w for _, w, said in known if said) / whole)
    assert found.margin is None or found.margin >= 0
    if found.interval is not None:
        low, high = found.interval
        assert 0 <= low <= found.share <= high <= 100


def test_the_margin_is_that_of_the_survey_s_indicators() -> None:
    answers = [(club, 10, "yes" if n % 3 else "no") for club in "abcd" for n in range(9)]
    answers += [("a", 30, "yes"), ("b", 5, "no"), ("c", 7, "unknown")]
    found = estimate(people_of(answers), yes, least=5, confidence=95)
    sums = []
    for club in "abcd":
        mine = [(w, said == "yes") for c, w, said in answers if c == club and said != "unknown"]
        numerator = float(sum(w for w, said in mine if said))
        sums.append(ClubSums(club, "20", numerator, float(sum(w for w, _ in mine)), len(mine)))
    margin = margin_of(sums, 95)
    assert margin is not None
    assert found.margin == pytest.approx(100 * margin)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_what_all_say_alike_still_has_a_margin(answer: str) -> None:
    answers = [(club, 10, answer) for club in "abcde" for _ in range(12)]
    found = estimate(people_of(answers), yes, least=30, confidence=95)
    assert found.share in (0, 100)
    assert found.margin == pytest.approx(5)  # 3 of 60


def test_questions_about_some_and_with_several_answers() -> None:
    whom = next(question for question in QUESTIONS if question.code == "borrowed_for")
    crops = said(whom, "crops")
    borrower = {"borrowed": "yes", "borrowed_for": ("crops", "trade")}
    assert crops(Person("20", "a", 1, borrower)) is True
    assert crops(Person("20", "a", 1, {"borrowed": "no_need"})) is None
    unsure = Person("20", "a", 1, {"borrowed": "yes", "borrowed_for": ("unknown",)})
    assert crops(unsure) is None
    assert not_known(whom, unsure)
    better = counts_as(TOLD[0], lambda person: person.club == "a")
    assert better(Person("20", "a", 1, {"income_change": "better"})) is True
    assert better(Person("20", "b", 1, {"income_change": "better"})) is None


def test_the_report_has_the_registers_weights_and_response(world: World, printed: Write) -> None:
    asked = rows(world.folder, "survey_weight")
    answers = {row["_root_uuid"]: row for row in rows(world.folder, "member_survey")}
    told = [(row, answers[row["_root_uuid"]]) for row in asked if row["weight"] is not None]
    known = [(row["weight"], said["income_change"]) for row, said in told]
    known = [(weight, said) for weight, said in known if said != "unknown"]
    share = 100 * sum(w for w, said in known if said == "better") / sum(w for w, _ in known)
    report = printed("survey_results")
    whole = report.table("Kết quả chính theo nhóm")[0]
    assert whole[1] == str(len(told))
    assert whole[2].startswith(f"{share:.1f}".replace(".", ",") + "%\n±")
    gone = sum(row["outcome"] == "out_of_population" for row in asked)
    rate = f"{100 * len(told) / (len(asked) - gone):.1f}%".replace(".", ",")
    assert f"tỷ lệ trả lời {rate}" in report.text
    assert f"không còn là thành viên {gone}" in report.text


def test_groups_of_few_have_no_share(printed: Write) -> None:
    oldest = next(
        row
        for row in printed("survey_results").table("Kết quả chính theo nhóm")
        if row[0] == "Từ 80"
    )
    assert int(oldest[1]) < 30
    assert oldest[2] == f"quá ít\n(n={oldest[1]})"


def test_the_public_version_does_not_count_the_poor(printed: Write) -> None:
    table = printed("survey_results", public=True).table("Kết quả chính theo nhóm")
    poor = next(row for row in table if row[0].startswith("Nghèo"))
    assert poor[1] == "–"
    assert "(n=" not in "".join(cell for row in table for cell in row)


def test_a_sample_that_nobody_answered_has_no_results(
    changed: Callable[..., Folder], printed: Write
) -> None:
    folder = changed(
        survey_weight="SELECT * REPLACE ('none' AS outcome, NULL::DOUBLE AS weight) FROM old"
    )
    report = printed("survey_results", folder=folder)
    assert "Chưa có phỏng vấn nào" in report.text
    assert "đã phỏng vấn 0 người" in report.text
