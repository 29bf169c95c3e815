"""What the scenarios reach: every constraint, every branch, every question that must be answered.

This file runs after the others of the folder and looks at what their scenarios did; run alone it
is skipped, because then there is nothing to look at.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from forms.workbook import Row, read_workbook

FORMS = (
    "club_registration",
    "monthly_activity_report",
    "loan_record",
    "inspection_checklist",
    "training_record",
    "member_survey",
)
# Shown whatever is answered: sums that are computed from the first page on, nought included.
ALWAYS = {
    "income_expected_closing_in_full",
    "operating_expected_closing_in_full",
    "loans_outstanding_in_full",
    "income_fund_total_in_full",
    "operating_fund_total_in_full",
}


@pytest.fixture(scope="module")
def survey(xlsforms: Path) -> Mapping[str, tuple[Row, ...]]:
    return {form: read_workbook(xlsforms / f"{form}.xlsx").rows("survey") for form in FORMS}


@pytest.fixture
def scenarios(request: pytest.FixtureRequest, engine: None, filled: Mapping[str, Any]) -> Any:
    """Give what JavaRosa made of the scenarios, by form."""
    here = Path(__file__).parent
    files = {path for path in here.glob("test_*.py") if "send" in path.read_text("utf-8")}
    whole = files <= {item.path for item in request.session.items}
    options = request.config.option
    if not whole or options.keyword or options.markexpr or options.lf:
        pytest.skip("what the scenarios reach is told when the whole folder runs")
    return filled


def with_cell(rows: Iterable[Row], column: str) -> set[str]:
    return {row.get("name") for row in rows if row.get(column)}


def refused(scenarios: Iterable[Any], kind: str) -> set[str]:
    return {
        each.question.rpartition("/")[2]
        for sent in scenarios
        for each in sent.refusals
        if each.kind == kind
    }


@pytest.mark.parametrize("form", FORMS)
def test_every_constraint_refuses_something(form: str, survey: Any, scenarios: Any) -> None:
    names = with_cell(survey[form], "constraint")
    assert len(names) >= 5
    assert names - refused(scenarios[form], "constraint") == set()


@pytest.mark.parametrize("form", FORMS)
def test_every_question_that_must_be_answered_says_so(
    form: str, survey: Any, scenarios: Any
) -> None:
    rows = survey[form]
    names = with_cell(rows, "required") - with_cell(rows, "default")  # those never stand empty
    assert len(names) >= 20
    assert names - refused(scenarios[form], "required") == set()


@pytest.mark.parametrize("form", FORMS)
def test_every_branch_is_taken_and_not_taken(form: str, survey: Any, scenarios: Any) -> None:
    names = with_cell(survey[form], "relevant")
    shown = [{name for name in names if name in sent} for sent in scenarios[form]]
    assert names - set.union(*shown) == set(), "never shown"
    assert set.intersection(*shown) - ALWAYS == set(), "never left out"
