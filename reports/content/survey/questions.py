"""What the survey asks: questions with their answers, what is told of groups, and the groups."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from programme.problem import Text
from reports.content.listing import TOTAL
from reports.content.survey.estimate import Person

FORM = "member_survey"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the form.

    Args:
        label: as a statement; the form asks it as a question.
        several: more than one answer is possible.
        only: asked of those who gave this answer to another question.
    """

    code: str
    label: Text
    several: bool = False
    only: tuple[str, str] | None = None


QUESTIONS = (
    Question("household_now", Text(vi="Diện hộ năm nay", en="Household class this year")),
    Question("household_before", Text(vi="Diện hộ một năm trước", en="Household class a year ago")),
    Question(
        "income_change", Text(vi="Thu nhập so với một năm trước", en="Income against last year")
    ),
    Question(
        "health_change", Text(vi="Sức khỏe so với một năm trước", en="Health against last year")
    ),
    Question("borrowed", Text(vi="Vay vốn của CLB trong 12 tháng", en="Borrowed in 12 months")),
    Question(
        "borrowed_for",
        Text(vi="Mục đích vay (trong số người có vay)", en="What for (of those who borrowed)"),
        several=True,
        only=("borrowed", "yes"),
    ),
    Question("help_received", Text(vi="Được CLB giúp trong 12 tháng", en="Was helped by the club")),
    Question(
        "help_given", Text(vi="Cùng CLB đi giúp người khác", en="Helped others with the club")
    ),
    Question("smartphone", Text(vi="Dùng điện thoại thông minh", en="Uses a smartphone")),
    Question("benefits", Text(vi="Chế độ đang được hưởng", en="Benefits received"), several=True),
    Question("content", Text(vi="Hài lòng với câu lạc bộ", en="Content with the club")),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Something that is told of groups: the answers to a question that count as yes."""

    question: str
    answers: frozenset[str]
    label: Text


TOLD = (
    Told("income_change", frozenset({"better"}), Text(vi="Thu nhập khá hơn", en="Better income")),
    Told("health_change", frozenset({"better"}), Text(vi="Sức khỏe khá hơn", en="Better health")),
    Told("borrowed", frozenset({"yes"}), Text(vi="Có vay vốn", en="Borrowed")),
    Told(
        "help_received", frozenset({"weekly", "sometimes"}), Text(vi="Được giúp", en="Was helped")
    ),
    Told("smartphone", frozenset({"alone"}), Text(vi="Tự dùng điện thoại", en="Phone alone")),
    Told("content", frozenset({"very", "content"}), Text(vi="Hài lòng", en="Content")),
)

_AGES: Mapping[str, str] = {
    "under16": "below", "16_30": "below", "31_54": "below", "55_59": "below",
    "60_69": "60_69", "70_79": "70_79", "80plus": "80plus",
}  # fmt: skip


def _word(person: Person, question: str) -> str | None:
    answer = person.answers.get(question)
    return answer if isinstance(answer, str) else None


def _household(person: Person) -> str | None:
    answer = _word(person, "household_now")
    if answer in ("poor", "near_poor", "disadvantaged"):
        return "in_need"
    return "none" if answer == "none" else None


@dataclass(frozen=True, slots=True)
class Group:
    """How people are told apart.

    Args:
        of: the part that somebody belongs to.
        names: what the parts are called.
        sensitive: how many belong to a part is not for everybody.
    """

    title: Text
    of: Callable[[Person], str | None]
    names: Mapping[str, Text]
    sensitive: bool = False

    def holds(self, part: str) -> Callable[[Person], bool]:
        """Tell of a person whether it belongs to a part."""
        return lambda person: self.of(person) == part


EVERYBODY = Group(Text(vi="Tất cả", en="Everybody"), lambda _: "all", {"all": TOTAL})
GROUPS = (
    Group(
        Text(vi="Giới tính", en="Sex"),
        lambda person: _word(person, "sex"),
        {"female": Text(vi="Nữ", en="Women"), "male": Text(vi="Nam", en="Men")},
    ),
    Group(
        Text(vi="Tuổi", en="Age"),
        lambda person: _AGES.get(_word(person, "age_band") or ""),
        {
            "below": Text(vi="Dưới 60", en="Under 60"),
            "60_69": Text(vi="60 - 69", en="60-69"),
            "70_79": Text(vi="70 - 79", en="70-79"),
            "80plus": Text(vi="Từ 80", en="80 and over"),
        },
    ),
    Group(
        Text(vi="Diện hộ năm nay", en="Household class"),
        _household,
        {
            "in_need": Text(vi="Nghèo, cận nghèo, khó khăn", en="Poor, near-poor, disadvantaged"),
            "none": Text(vi="Không thuộc diện trên", en="In none of these"),
        },
        sensitive=True,
    ),
)


def said(question: Question, answer: str) -> Callable[[Person], bool | None]:
    """Tell of a person whether this is the answer; None where it is not known or not asked."""

    def whether(person: Person) -> bool | None:
        if question.only and person.answers.get(question.only[0]) != question.only[1]:
            return None
        given = person.answers.get(question.code)
        if question.several:
            answers = given if isinstance(given, tuple) else ()
            return None if not answers or UNKNOWN in answers else answer in answers
        return None if given in (None, UNKNOWN) else given == answer

    return whether


def counts_as(told: Told, inside: Callable[[Person], bool]) -> Callable[[Person], bool | None]:
    """Tell of a person of a group whether something told of groups is true."""

    def whether(person: Person) -> bool | None:
        given = person.answers.get(told.question)
        if not inside(person) or given in (None, UNKNOWN):
            return None
        return given in told.answers

    return whether


def not_known(question: Question, person: Person) -> bool:
    """Tell whether somebody was asked and did not know or would not say."""
    given = person.answers.get(question.code)
    return UNKNOWN in given if isinstance(given, tuple) else given == UNKNOWN
