"""The tables of ``docs/engines.md``: every row as both engines really compute it."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms.compile import compile_form
from forms.engine.fill import fill
from programme.problem import ProblemError

PAGE = Path(__file__).parents[2] / "docs" / "engines.md"
EXAMPLE = {
    "person": [{"age": 70, "weight": "12.5"}, {"age": 10}],
    "day": "2026-03-05",
    "word": "Hoa Đào",
}
FORM = """
| survey |              |        |        |             |
|        | type         | name   | label  | calculation |
|        | begin_repeat | person | Person |             |
|        | integer      | age    | Age    |             |
|        | decimal      | weight | Weight |             |
|        | end_repeat   |        |        |             |
|        | date         | day    | Day    |             |
|        | text         | word   | Word   |             |
|        | calculate    | result |        | {}          |
"""
ASKED = """
| survey |      |        |        |
|        | type | name   | label  |
|        | {}   | result | Result |
"""
Compute = Callable[[str, dict[str, Any]], tuple[str, str]]


def table(heading: str) -> Iterator[list[str]]:
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    for row in rows[2:]:
        yield [cell.strip().strip("`") for cell in row.strip("|").split("|")]


EXPRESSIONS = list(table("Expressions"))
ANSWERS = list(table("Answers"))


def result(xml: str) -> str:
    found = re.search(r"<result>(.*?)</result>", xml)
    return found.group(1) if found else "empty"


@pytest.fixture
def compute(engine: None, web_forms: Any, make_workbook: Callable[..., Path]) -> Compute:
    """Give ``result`` of a form in JavaRosa and in ODK Web Forms."""

    def in_javarosa(xform: str, answers: dict[str, Any]) -> str:
        try:
            return result(fill(xform, None, answers, today=date(2026, 10, 31)).accepted())
        except ProblemError as refused:
            wrong = refused.problems[0].code == "answer-wrong"
            return "refused" if wrong else "error"

    def in_web_forms(xform: str, answers: dict[str, Any]) -> str:
        web_forms.ask({"open": xform, "xform": xform, "media": {}})
        asked = {"fill": xform, "answers": answers, "now": "2026-10-31T09:00:00+07:00"}
        try:
            sent = web_forms.ask(asked | {"language": "en"}).result(timeout=60)
        except AssertionError:
            return "error"
        return "refused" if sent["refused"] else result(sent["xml"])

    def compute(form: str, answers: dict[str, Any]) -> tuple[str, str]:
        xform = compile_form(make_workbook(form)).xml
        return in_javarosa(xform, answers), in_web_forms(xform, answers)

    return compute


@pytest.mark.parametrize("row", EXPRESSIONS, ids=lambda row: row[0])
def test_engines_differ_as_written(compute: Compute, row: list[str]) -> None:
    expression, javarosa, web_forms, _, _ = row
    assert compute(FORM.format(expression), EXAMPLE) == (javarosa, web_forms)
    assert javarosa != web_forms


@pytest.mark.parametrize(
    "row", [row for row in EXPRESSIONS if row[3]], ids=lambda row: f"in place of {row[0]}"
)
def test_engines_agree_on_what_is_written_in_its_place(compute: Compute, row: list[str]) -> None:
    _, _, _, instead, both = row
    assert compute(FORM.format(instead), EXAMPLE) == (both, both)


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: f"{row[0]} {row[1]}")
def test_engines_take_answers_as_written(compute: Compute, row: list[str]) -> None:
    kind, *cells = row
    typed, javarosa, web_forms = (
        cell.encode().decode("unicode_escape") if "\\u" in cell else cell for cell in cells
    )
    assert compute(ASKED.format(kind), {"result": typed}) == (javarosa, web_forms)
