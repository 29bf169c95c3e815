"""The tables a form's submissions become: columns, types, classes, units, labels, choices."""

from collections.abc import Sequence
from pathlib import Path

from forms.former import choice_claims, claim_problems, former_choices
from forms.survey import SurveyReader
from forms.tables import Column, FormSchema, Table
from forms.translations import choices
from forms.workbook import Workbook, read_workbook
from programme.problem import Problem, ProblemError

__all__ = ["Column", "FormSchema", "Table", "examine", "read_schema"]


def read_schema(workbook: Path, *, classes: bool = True) -> FormSchema:
    """Read the tables of a form from its workbook; neither Java nor pyxform is needed.

    Args:
        workbook: the ``.xlsx``.
        classes: a missing class is an error; else such a question counts as personal.

    Raises:
        ProblemError: everything that is wrong, each with sheet and row: an unknown type, class,
            unit or value_type, a missing class or name, names that collide in one group,
            groups that do not close, earlier names that cannot be followed.
    """
    schema, problems = examine(read_workbook(workbook), classes=classes)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ProblemError(errors)
    return schema


def examine(workbook: Workbook, *, classes: bool = True) -> tuple[FormSchema, Sequence[Problem]]:
    """Read the tables as far as they can be read, and give every problem on the way."""
    reader = SurveyReader(workbook, classes=classes)
    schema = FormSchema(
        form_id=workbook.form_id,
        version=workbook.setting("version"),
        digest=workbook.digest,
        tables=reader.tables(),
        choices=choices(workbook),
        shown=frozenset(reader.shown),
        former_choices=former_choices(workbook),
    )
    return schema, [
        *reader.problems,
        *claim_problems(workbook, "choices", choice_claims(workbook)),
    ]
