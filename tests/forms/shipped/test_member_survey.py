"""The yearly survey: how long an interview is, and what leaves the phone after a refusal."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FORM = "member_survey"
SCENARIOS = Path(__file__).parent / "scenarios" / f"{FORM}.toml"
# Typed by the interviewer before the person is asked anything, and at the end.
INTERVIEWERS = {"province", "commune", "sampled", "reporter_name", "interview_date", "confirmed"}
ABOUT_FIFTEEN = range(14, 17)

Send = Callable[..., Any]


@pytest.fixture(scope="module")
def start() -> dict[str, dict[str, Any]]:
    starts: dict[str, dict[str, Any]] = tomllib.loads(SCENARIOS.read_text("utf-8"))["start"]
    return starts


def test_an_ordinary_interview_is_about_fifteen_answers(send: Send, start: Any) -> None:
    answers = start["interview"]
    sent = send(FORM, answers)
    assert sent.refused == ()
    assert len({*answers} - INTERVIEWERS) in ABOUT_FIFTEEN
    assert sent.typed(answers) <= 21


def test_a_visit_without_an_interview_is_reported_quickly(send: Send, start: Any) -> None:
    answers = start["refused"]
    sent = send(FORM, answers)
    assert sent.refused == ()
    assert sent.typed(answers) <= 8
    told = {path.split("/")[1] for path, text in sent.tree if text}
    assert not told & {"person_page", "interview"}


@pytest.mark.parametrize(
    "name", ["household_now", "income_change", "borrowed", "health_change", "content"]
)
def test_nobody_has_to_tell(send: Send, start: Any, name: str) -> None:
    """Not to answer is an answer: it is kept apart from no and from nought."""
    left_out = {"borrowed_for": None} if name == "borrowed" else {}
    assert send(FORM, start["interview"], **{name: "unknown"}, **left_out)[name] == "unknown"
