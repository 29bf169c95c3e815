"""Which answers about a person can be corrected, and what may stand there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from connectors.persons.rows import Row
from forms.tables import Column, FormSchema
from programme.problem import Exit, Problem, ProblemError, Text
from programme.text import did_you_mean, nearest, tidy

# what is typed → how the questions that ask it end
FIELDS: Mapping[str, str] = {
    "name": "_name",
    "born": "_birth_year",
    "sex": "_sex",
    "phone": "_phone",
    "household": "_household",
    "needs": "_needs",
}
_OLDEST = 120  # years


def checked(
    values: Mapping[str, str], schemas: Sequence[FormSchema], today: date
) -> dict[str, str]:
    """Give the values as forms have them.

    Args:
        values: by field.
        schemas: of the programme's forms; choices are theirs.

    Raises:
        ProblemError: ``person-value`` for each that cannot stand there.
    """
    right, problems = {}, []
    for name, said in values.items():
        value = tidy(said)
        choices = _choices(schemas, FIELDS[name])
        if name == "born" and not (value.isdigit() and 0 <= today.year - int(value) <= _OLDEST):
            problems.append(_wrong(name, _year(today)))
        elif choices and value not in choices:
            problems.append(_wrong(name, _one_of(value, choices)))
        elif name == "name" and (not any(each.isalpha() for each in value) or value[:1] in "=+-@("):
            problems.append(_wrong(name, _A_NAME))
        else:
            right[name] = value
    if problems:
        raise ProblemError(problems, Exit.INPUT)
    return right


def paths_of(row: Row, values: Mapping[str, str]) -> dict[str, str]:
    """Give the values by path of the question, as far as the row's repeat asks for them."""
    found = {row.path(FIELDS[name]): value for name, value in values.items()}
    return {path: value for path, value in found.items() if path}


def differing(answers: Mapping[str, Any], wanted: Mapping[str, str]) -> dict[str, str]:
    """Give what is not there yet."""
    return {path: value for path, value in wanted.items() if str(answers.get(path) or "") != value}


def _choices(schemas: Sequence[FormSchema], ends: str) -> Mapping[str, str]:
    """Give the choices of a question by name, with their words."""
    columns: list[tuple[FormSchema, Column]] = [
        (schema, column)
        for schema in schemas
        for table in schema.tables
        if table.path
        for column in table.columns
        if column.question.endswith(ends) and column.list_name
    ]
    return {
        choice: words.get("vi", choice)
        for schema, column in columns
        for choice, words in schema.choices.get(column.list_name or "", {}).items()
    }


def _one_of(value: str, choices: Mapping[str, str]) -> Text:
    hint = did_you_mean(nearest(value, choices))
    listed = ", ".join(f"{name} ({words})" for name, words in choices.items())
    return Text(vi=f"hãy ghi một trong: {listed}{hint.vi}", en=f"write one of: {listed}{hint.en}")


def _year(today: date) -> Text:
    return Text(
        vi=f"hãy ghi năm sinh, như 1950, không sau {today.year}",
        en=f"write a year of birth such as 1950, no later than {today.year}",
    )


_A_NAME = Text(vi="hãy ghi họ và tên", en="write the name in full")


def _wrong(name: str, do: Text) -> Problem:
    return Problem(
        "person-value",
        Text(
            vi=f"giá trị của --{name} không dùng được", en=f"the value of --{name} cannot be used"
        ),
        do,
    )
