"""Submissions of five versions of a form in one table: nothing is lost, order changes nothing."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.schema import FormSchema, read_schema
from forms.union import union

HEAD = "| survey | | | | |\n| | type | name | class | former_name |\n"
TAIL = """
| choices | | | |
| | list_name | name | former_name |
| | work | farm | {farm} |
| | work | shop | |
| settings | | |
| | form_id | version |
| | visit | {version} |
"""
VERSIONS = [
    # the first one
    """| | integer | people | plain | |
       | | select_one work | job | plain | |
       | | text | remark | personal | |
       | | begin_repeat | child | | |
       | | integer | age | plain | |
       | | end_repeat | | | |""",
    # pages: questions and the repeat stand in groups
    """| | begin_group | page | | |
       | | integer | people | plain | |
       | | select_one work | job | plain | |
       | | text | remark | personal | |
       | | begin_repeat | child | | |
       | | integer | age | plain | |
       | | end_repeat | | | |
       | | end_group | | | |""",
    # numbers with decimals, several answers; nobody is asked for a remark
    """| | begin_group | page | | |
       | | decimal | people | plain | |
       | | select_multiple work | job | plain | |
       | | begin_repeat | child | | |
       | | integer | age | plain | |
       | | end_repeat | | | |
       | | end_group | | | |""",
    # other names
    """| | begin_group | people_page | | |
       | | decimal | present | plain | people |
       | | select_multiple work | jobs | plain | job |
       | | begin_repeat | minor | | child |
       | | text | age | plain | |
       | | end_repeat | | | |
       | | end_group | | | |""",
    # a group within the repeat, and names once more
    """| | begin_group | people_page | | |
       | | decimal | attended | plain | people present |
       | | select_multiple work | jobs | plain | job |
       | | end_group | | | |
       | | begin_repeat | minor | | child |
       | | begin_group | details | | |
       | | integer | years | plain | age |
       | | end_group | | | |
       | | end_repeat | | | |""",
]
SENT: list[dict[str, Any]] = [
    {"people": "12", "job": "tillage", "remark": "Bà A ốm", "child": [{"child/age": "7"}]},
    {"page/people": "13", "page/job": "shop", "page/child": [{"page/child/age": "8"}]},
    {"page/people": "1.5", "page/job": "tillage shop", "page/child": []},
    {"people_page/present": "14", "people_page/jobs": "farm",
     "people_page/minor": [{"people_page/minor/age": "about 9"}, {"people_page/minor/age": "10"}]},
    {"people_page/attended": "15", "minor": [{"minor/details/years": "11"}]},
]  # fmt: skip


def survey(number: int) -> str:
    farm = "tillage" if number >= 4 else ""
    return HEAD + VERSIONS[number - 1] + TAIL.format(version=number, farm=farm)


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory, write_workbook: Any) -> list[FormSchema]:
    folder = tmp_path_factory.mktemp("versions")
    made = []
    for number in range(1, len(VERSIONS) + 1):
        path: Path = folder / f"v{number}.xlsx"
        write_workbook(survey(number), path)
        made.append(read_schema(path))
    return made


@pytest.fixture
def all_versions(schemas: list[FormSchema]) -> FormSchema:
    return union(schemas[-1], reversed(schemas[:-1]))


def test_five_versions_are_one_table(
    build: Any, run: Callable[..., Any], all_versions: FormSchema
) -> None:
    result = run(all_versions, [build.submission(*each) for each in enumerate(SENT, start=1)])
    rows = [(row["attended"], row["jobs"], row["remark"]) for row in result.rows("visit")]
    assert rows == [
        (Decimal(12), ["farm"], "Bà A ốm"),
        (Decimal(13), ["shop"], None),
        (Decimal("1.5"), ["farm", "shop"], None),
        (Decimal(14), ["farm"], None),
        (Decimal(15), None, None),
    ]
    children = [(row["_id"], row["_row"], row["years"]) for row in result.rows("visit__minor")]
    assert children == [(1, 1, 7), (2, 1, 8), (4, 1, None), (4, 2, 10), (5, 1, 11)]
    assert result.rejects() == [("visit__minor", 4, 1, "years", "about 9")]
    assert result.unknown() == []
    assert "remark" not in result.types("visit", identified=False)


def test_of_the_newest_version_alone_what_has_no_column_is_kept_beside(
    build: Any, run: Callable[..., Any], schemas: list[FormSchema]
) -> None:
    result = run(schemas[-1], [build.submission(*each) for each in enumerate(SENT, start=1)])
    assert [row["attended"] for row in result.rows("visit")] == [
        Decimal(12), Decimal(13), Decimal("1.5"), Decimal(14), Decimal(15)
    ]  # fmt: skip
    assert result.unknown() == [("visit", 1, None, "remark", "Bà A ốm")]


def test_two_answers_to_one_question_are_both_kept(build: Any, run: Callable[..., Any]) -> None:
    schema = build.form(build.column("q", path="new/q"))
    answers = [{"old/q": "a", "new/q": "b"}, {"old/q": "a", "new/q": "a"}, {"x/q": "c", "a/q": "d"}]
    result = run(schema, [build.submission(*each) for each in enumerate(answers)])
    assert [row["q"] for row in result.rows("visit")] == ["b", "a", "d"]
    assert result.unknown() == [("visit", 0, None, "old/q", "a"), ("visit", 2, None, "x/q", "c")]


def test_an_answer_that_could_belong_to_two_questions_is_given_to_none(
    build: Any, run: Callable[..., Any]
) -> None:
    columns = [build.column("a__q", path="a/q"), build.column("b__q", path="b/q")]
    result = run(build.form(*columns), [build.submission(1, {"old/q": "1", "b/q": "2"})])
    assert result.rows("visit")[0]["b__q"] == "2"
    assert result.rows("visit")[0]["a__q"] is None
    assert result.unknown() == [("visit", 1, None, "old/q", "1")]


def test_what_left_a_repeat_or_entered_one_is_kept_beside(
    build: Any, run: Callable[..., Any]
) -> None:
    age = build.column("age", "integer", path="child/age")
    schema = build.form(
        build.column("q"), repeats=[build.table("visit__child", "child", "visit", (age,))]
    )
    answers = {"age": "7", "child": [{"child/q": "in"}], "q": [{"q/x": "1"}]}
    result = run(schema, [build.submission(1, answers)])
    assert result.unknown() == [
        ("visit", 1, None, "age", "7"),
        ("visit__child", 1, 1, "child/q", "in"),
    ]
    assert result.rows("visit")[0]["q"] == '[{"q/x":"1"}]'


def test_notes_are_no_answers_wherever_they_stood(build: Any, run: Callable[..., Any]) -> None:
    schema = build.form(build.column("q"))
    schema = type(schema)(
        schema.form_id, "1", "d", schema.tables, {}, shown=frozenset({"page/total_shown"})
    )
    answers = {"q": "1", "page/total_shown": "5", "old_page/total_shown": "5"}
    assert run(schema, [build.submission(1, answers)]).unknown() == []


NUMBERS = st.sampled_from(["1", "2.5", "x", " 7 "])
WORK = st.sampled_from(["farm", "shop", "tillage", "tillage shop"])


@st.composite
def submissions(draw: Any) -> list[tuple[int, dict[str, Any]]]:
    """Submissions of any version, some with answers of another version among them."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        answers = dict(draw(st.sampled_from(SENT)))
        if draw(st.booleans()):
            answers |= {"people": draw(NUMBERS), "page/job": draw(WORK)}
        made.append((number, answers))
    return made


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), sent=submissions())
def test_order_and_mix_of_versions_change_nothing_and_no_answer_is_lost(
    build: Any,
    run: Callable[..., Any],
    all_versions: FormSchema,
    data: Any,
    sent: list[tuple[int, dict[str, Any]]],
) -> None:
    records = [build.submission(*each) for each in sent]
    one = run(all_versions, records, batch=100)
    other = run(
        all_versions, data.draw(st.permutations(records)), batch=data.draw(st.integers(1, 4))
    )
    for table in all_versions.tables:
        rows, again = (sorted(map(str, each.rows(table.name))) for each in (one, other))
        assert rows == again
    assert one.rejects() == other.rejects()
    assert one.unknown() == other.unknown()
    given_ = sum(len(list(leaves(answers))) for _, answers in sent)
    assert given_ == kept(one, all_versions) + same_again(sent)


def leaves(answers: dict[str, Any]) -> Any:
    for value in answers.values():
        if isinstance(value, list):
            for row in value:
                yield from leaves(row)
        else:
            yield value


def kept(result: Any, schema: FormSchema) -> int:
    """Count the answers in columns and in both ledgers."""
    in_columns = sum(
        value is not None
        for table in schema.tables
        for row in result.rows(table.name)
        for name, value in row.items()
        if not name.startswith("_")
    )
    return in_columns + len(result.rejects()) + len(result.unknown())


ONE_QUESTION = {
    "people_page/attended": ("page/people", "people", "people_page/present"),
    "people_page/jobs": ("job", "page/job"),
}


def same_again(sent: list[tuple[int, dict[str, Any]]]) -> int:
    """Count answers that a record gives again in the same words: one of them is enough."""
    again = 0
    for _, answers in sent:
        for path, former in ONE_QUESTION.items():
            given_ = [answers[key] for key in (path, *former) if key in answers]
            again += given_[1:].count(given_[0]) if given_ else 0
    return again
