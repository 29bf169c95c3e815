"""Comparing as a whole: nothing where nothing changed, files told apart, what cannot be read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.changes.compare import compare_forms
from programme.problem import ProblemError

MakeWorkbook = Callable[..., Path]
QUIET = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WORDS = st.text("abcdeêđ ữ'“?0123$<>=&", min_size=0, max_size=12).map(str.strip)
TYPES = (
    "text", "integer", "decimal", "date", "calculate", "note", "select_one l", "geopoint",
    "select_multiple l or_other", "select_one_from_file f.csv", "image", "begin_group",
    "begin_repeat", "end",
)  # fmt: skip


@st.composite
def forms(draw: st.DrawFn) -> str:
    """Any form that can be read: groups and repeats nested as it comes, labels with signs."""
    rows, opened = (
        ["| survey | | | | | |", "| | type | name | label | required | calculation |"],
        [],
    )
    for at, kind in enumerate(draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=12))):
        label, required = draw(WORDS), draw(st.sampled_from(["", "yes", "no", "${q0} = 'a'"]))
        if kind.startswith("begin"):
            opened.append(kind.replace("begin", "end"))
        if kind == "end":
            rows += [f"| | {opened.pop()} | | | | |"] if opened else []
            continue
        rows.append(f"| | {kind} | q{at} | {label} | {required} | {draw(WORDS)} |")
    rows += [f"| | {end} | | | | |" for end in reversed(opened)]
    return "\n".join(
        [*rows, "| | text | last | L | | |", "| settings | |", "| | form_id |", "| | any |"]
        + ["| choices | | | |", "| | list_name | name | label |"]
        + [f"| | l | c{at} | {draw(WORDS)} |" for at in range(3)]
    )


@QUIET
@given(text=forms())
def test_a_form_and_itself_do_not_differ(text: str, make_workbook: MakeWorkbook) -> None:
    assert compare_forms(make_workbook(text, "old"), make_workbook(text, "new")).all == ()


@QUIET
@given(before=forms(), after=forms())
def test_any_two_forms_can_be_compared_in_one_order(
    before: str, after: str, make_workbook: MakeWorkbook
) -> None:
    changes = compare_forms(make_workbook(before, "old"), make_workbook(after, "new"))
    assert [each for kind in ("breaking", "careful", "safe") for each in changes.of(kind)] == list(
        changes.all
    )
    assert len(set(changes.all)) == len(changes.all)
    assert all(each.place.file in ("old.xlsx", "new.xlsx") for each in changes.all)


def test_two_files_of_one_name_are_told_apart(
    form: Any, make_workbook: MakeWorkbook, tmp_path: Path
) -> None:
    new = make_workbook(form.text, "monthly")
    deployed = tmp_path / "deployed"
    deployed.mkdir()
    old = make_workbook(form.insert("rate", "| | text | gone | Gone |").text, "old")
    old = old.rename(deployed / "monthly.xlsx")
    places = {each.question: each.place.file for each in compare_forms(old, new).all}
    assert places["gone"] == "deployed/monthly.xlsx"


@pytest.mark.parametrize("broken", ["old", "new"])
def test_what_cannot_be_read_is_a_problem_and_no_removal(
    broken: str, form: Any, make_workbook: MakeWorkbook
) -> None:
    good = make_workbook(form.text, "good")
    bad = make_workbook(form.set("rate", "type", "decimall").text, "bad")
    with pytest.raises(ProblemError) as caught:
        compare_forms(*((bad, good) if broken == "old" else (good, bad)))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.file, problem.place.row) == (
        "survey-type-unknown",
        "bad.xlsx",
        15,
    )


def test_a_missing_workbook_is_a_problem(form: Any, make_workbook: MakeWorkbook) -> None:
    good = make_workbook(form.text, "good")
    with pytest.raises(ProblemError, match="workbook-missing"):
        compare_forms(good.with_name("none.xlsx"), good)
