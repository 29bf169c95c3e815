"""The fast builder of records says what the engine of ODK Collect says, answer by answer."""

from typing import Any

import pytest

from ishc.demo.history import histories
from ishc.demo.world import demo_plan
from tests.world.builder import build, issue_codes
from tests.world.records import stored_answers

NOT_ANSWERED = ("temporary_code", "meta/entity/label")  # drawn by chance, and for the server


@pytest.fixture(scope="module")
def built() -> dict[str, dict[str, Any]]:
    """Fill the demo's plan without the engine: answers by root uuid."""
    plan = demo_plan()
    made = list(histories(plan))
    codes = issue_codes(made)
    return {
        each.root: each.answers for history in made for each in build(history, codes, plan.calendar)
    }


def test_the_demo_is_filled_as_the_engine_filled_it(built: dict[str, dict[str, Any]]) -> None:
    by_engine = {root: answers for _, _, root, answers in stored_answers()}
    assert len(by_engine) == 999
    for answers in (*by_engine.values(), *built.values()):
        for path in NOT_ANSWERED:
            answers.pop(path, None)
    assert built == by_engine


def test_what_nobody_answers_follows_from_the_form(built: dict[str, dict[str, Any]]) -> None:
    reports = [answers for answers in built.values() if "income_fund_total" in str(answers)]
    report = next(one for one in reports if one.get("income_fund/loans_page/loans_outstanding"))
    funds = {path.rpartition("/")[2]: value for path, value in report.items()}
    assert int(funds["income_fund_total"]) == sum(
        int(funds[name])
        for name in (
            "income_closing_cash",
            "income_closing_bank",
            "loans_outstanding",
            "goods_outstanding",
        )
    )
