"""All versions of a form as one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.questions import Kind
from forms.schema import FormSchema, read_schema
from forms.union import union, wider

MakeWorkbook = Callable[..., Path]
FORM = """
| survey | | | | | |
| | type | name | class | label::Tiếng Việt (vi) | former_name |
{survey}
| choices | | | | |
| | list_name | name | label::Tiếng Việt (vi) | former_name |
{choices}
| settings | |
| | form_id |
| | visit |
"""


@pytest.fixture
def schema(make_workbook: MakeWorkbook) -> Callable[..., FormSchema]:
    made = 0

    def make(*survey: str, choices: tuple[str, ...] = ("l | any | |",)) -> FormSchema:
        nonlocal made
        made += 1
        rows = ("\n".join(f"| | {each} |" for each in part) for part in (survey, choices))
        text = FORM.format(**dict(zip(("survey", "choices"), rows, strict=True)))
        return read_schema(make_workbook(text, f"v{made}"))

    return make


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("integer", "decimal", "decimal"),
        ("date", "datetime", "datetime"),
        ("text", "text", "text"),
        ("text", "integer", None),
        ("select_one", "select_multiple", None),
    ],
)
def test_a_kind_that_holds_both_is_taken_whichever_came_first(
    one: Kind, other: Kind, kind: Kind | None
) -> None:
    assert wider(one, other) == wider(other, one) == kind


def test_a_question_that_is_gone_keeps_its_column_and_its_class(
    schema: Callable[..., FormSchema],
) -> None:
    old = schema("text | name | personal | Tên |", "integer | count | plain | Số |")
    made = union(schema("decimal | count | plain | Số lượng |"), [old])
    told = [(each.name, each.kind, each.data_class) for each in made.root.columns]
    assert told == [("count", "decimal", "plain"), ("name", "text", "personal")]
    assert made.column("count").labels == {"vi": "Số lượng"}


def test_the_newest_version_says_what_a_question_is(schema: Callable[..., FormSchema]) -> None:
    old = schema("text | count | personal | Số |")
    made = union(schema("integer | count | plain | Số |"), [old])
    assert (made.column("count").kind, made.column("count").data_class) == ("integer", "plain")


def test_renames_are_followed_through_versions(schema: Callable[..., FormSchema]) -> None:
    first = schema("text | a | plain | |")
    second = schema("text | b | plain | | a")
    made = union(schema("text | c | plain | | b"), [second, first])
    assert [each.name for each in made.root.columns] == ["c"]
    assert made.column("c").former == ("b", "a")


def test_a_name_that_is_used_anew_is_not_a_former_one(schema: Callable[..., FormSchema]) -> None:
    first = schema("text | a | plain | |")
    second = schema("text | b | plain | | a")
    newest = schema("text | b | plain | |", "text | a | plain | |")
    made = union(newest, [second, first])
    assert [(each.name, each.former) for each in made.root.columns] == [("b", ()), ("a", ())]


def test_choices_and_their_renames_are_those_of_all_versions(
    schema: Callable[..., FormSchema],
) -> None:
    ask = "select_one l | work | plain | |"
    first = schema(ask, choices=("l | till | Cày |", "l | herd | Chăn nuôi |"))
    second = schema(ask, choices=("l | farm | Làm ruộng | till", "l | shop | Buôn bán |"))
    newest = schema(ask, choices=("l | crops | Trồng trọt | farm", "l | shop | Bán hàng |"))
    made = union(newest, [second, first])
    assert {name: label["vi"] for name, label in made.choices["l"].items()} == {
        "crops": "Trồng trọt",
        "shop": "Bán hàng",
        "herd": "Chăn nuôi",
    }
    assert made.former_choices == {"l": {"farm": "crops", "till": "crops"}}


def test_repeats_that_are_gone_or_renamed(schema: Callable[..., FormSchema]) -> None:
    def repeat(name: str, former: str = "") -> tuple[str, str, str]:
        return (
            f"begin_repeat | {name} | | | {former}",
            f"text | in_{name} | plain | |",
            "end_repeat | | | |",
        )

    old = schema(*repeat("child"), *repeat("gone"))
    made = union(schema(*repeat("minor", "child")), [old])
    assert [(table.name, table.path, table.parent) for table in made.tables] == [
        ("visit", "", None),
        ("visit__minor", "minor", "visit"),
        ("visit__gone", "gone", "visit"),
    ]
    assert [each.name for each in made.table("minor").columns] == ["in_minor", "in_child"]


def test_a_version_joined_with_itself_is_the_same(schema: Callable[..., FormSchema]) -> None:
    one = schema(
        "integer | count | plain | Số |",
        "begin_repeat | child | | |",
        "text | name | personal | Tên |",
        "end_repeat | | | |",
    )
    assert union(one, [one]) == one


def test_every_shipped_form_joined_with_itself_is_the_same() -> None:
    for workbook in sorted((Path(__file__).parents[2] / "xlsforms").glob("*.xlsx")):
        one = read_schema(workbook)
        assert union(one, [one]) == one
