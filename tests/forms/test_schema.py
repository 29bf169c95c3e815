"""The tables of a form, and what an author is told when they cannot be made."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.questions import KNOWN_TYPES, question_type
from forms.schema import examine, read_schema
from forms.workbook import read_workbook
from programme.problem import ProblemError

MakeWorkbook = Callable[..., Path]


@pytest.fixture
def club(make_workbook: MakeWorkbook, form_text: Callable[[str], str]) -> Path:
    return make_workbook(form_text("club"), "club")


def test_a_form_becomes_a_table_for_itself_and_for_each_repeat(club: Path) -> None:
    schema = read_schema(club)
    assert [(table.name, table.path, table.parent) for table in schema.tables] == [
        ("club", "", None),
        ("club__loan", "loan", "club"),
        ("club__payment", "loan/back/payment", "club__loan"),
    ]
    assert (schema.form_id, schema.version) == ("club", "2")
    assert schema.choices["use"]["shop"] == {"vi": "Buôn bán", "en": "Trade"}


def test_columns_know_path_kind_class_and_unit(club: Path) -> None:
    schema = read_schema(club)
    told = {
        column.name: (column.path, column.kind, column.data_class, column.unit)
        for table in schema.tables
        for column in table.columns
    }
    assert told == {
        "start": ("start", "datetime", "plain", None),
        "deviceid": ("deviceid", "text", "personal", None),
        "club": ("club", "select_one", "plain", None),
        "opening": ("cash/opening", "integer", "plain", "thousand_vnd"),
        "closing": ("cash/closing", "integer", "plain", "thousand_vnd"),
        "due_on": ("cash/due_on", "date", "plain", None),
        "words": ("cash/words", "text", "plain", None),
        "borrower": ("loan/borrower", "select_one", "plain", None),
        "purposes": ("loan/purposes", "select_multiple", "plain", None),
        "paid": ("loan/back/payment/paid", "decimal", "sensitive", None),
        "content": ("content", "integer", "plain", None),
        "point": ("point", "geopoint", "personal", None),
        "main_use": ("main_use", "select_one", "plain", None),
        "main_use_other": ("main_use_other", "text", "plain", None),
    }


def test_a_pick_from_a_list_of_people_is_a_key_of_a_person(club: Path) -> None:
    schema = read_schema(club)
    assert schema.column("borrower").person_key
    assert not schema.column("club").person_key
    assert schema.column("club").list_file == "clubs.csv"
    assert schema.column("club").labels == {"vi": "Câu lạc bộ", "en": "Club"}


def test_tables_and_columns_are_found_by_name(club: Path) -> None:
    schema = read_schema(club)
    assert schema.table("payment") is schema.table("club__payment") is schema.tables[2]
    with pytest.raises(KeyError):
        schema.column("none")


FAULTS = {
    "class-missing": "| | text | a | A | | | |",
    "class-unknown": "| | text | a | A | secret | | |",
    "unit-unknown": "| | integer | a | A | plain | million | |",
    "unit-not-number": "| | text | a | A | plain | thousand_vnd | |",
    "value-type-unknown": "| | calculate | a | | plain | | number |",
    "survey-type-unknown": "| | integr | a | A | plain | | |",
    "survey-type-missing": "| | | a | A | plain | | |",
    "survey-name-missing": "| | text | | A | plain | | |",
    "survey-name-reserved": "| | text | _id | A | plain | | |",
    "survey-name-twice": "| | text | FIRST | A | plain | | |",
    "survey-end-wrong": "| | end_group | | | | | |",
    "survey-group-open": "| | begin_group | g | G | | | |",
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_told_at_its_row(code: str, make_workbook: MakeWorkbook) -> None:
    start = (
        "| survey | | | | | | |\n"
        "| | type | name | label | class | unit | value_type |\n"
        "| | text | first | F | plain | | |\n"
    )
    with pytest.raises(ProblemError) as caught:
        read_schema(make_workbook(start + FAULTS[code]))
    problem = caught.value.problems[0]
    assert (problem.code, problem.place.sheet, problem.place.row) == (code, "survey", 3)
    assert "{}" not in problem.in_("vi") + problem.in_("en")


def test_the_nearest_right_word_is_offered(make_workbook: MakeWorkbook) -> None:
    wrong = "| survey | | | |\n| | type | name | class |\n| | integr | a | plain |\n"
    with pytest.raises(ProblemError) as caught:
        read_schema(make_workbook(wrong))
    assert "«integer»" in caught.value.problems[0].do.vi


def test_every_fault_is_told_at_once(make_workbook: MakeWorkbook) -> None:
    wrong = "| survey | | | |\n| | type | name | class |\n| | integr | a | x |\n| | text | b | x |"
    with pytest.raises(ProblemError) as caught:
        read_schema(make_workbook(wrong))
    assert [problem.code for problem in caught.value.problems] == [
        "survey-type-unknown",
        "class-unknown",
    ]


def test_a_name_in_two_groups_makes_two_columns_and_a_warning(make_workbook: MakeWorkbook) -> None:
    form = """
    | survey |             |                |       |
    |        | type        | name           | class |
    |        | begin_group | one            |       |
    |        | text        | place          | plain |
    |        | end_group   |                |       |
    |        | begin_group | two            |       |
    |        | text        | place          | plain |
    |        | end_group   |                |       |
    """
    schema, problems = examine(read_workbook(make_workbook(form)))
    told = [(problem.code, problem.severity, problem.place.row) for problem in problems]
    assert told == [("survey-name-shared", "warning", 6)]
    assert [column.name for column in schema.root.columns] == ["one__place", "two__place"]
    assert [column.question for column in schema.root.columns] == ["place", "place"]


FORMER = {
    "former-name-taken": ("a | b", "b | "),
    "former-name-twice": ("a | old", "b | old"),
    "former-name-unreadable": ("a | one/two", "b | "),
}


@pytest.mark.parametrize("code", FORMER)
@pytest.mark.parametrize("sheet", ["survey", "choices"])
def test_a_former_name_means_one_thing_only(
    code: str, sheet: str, make_workbook: MakeWorkbook
) -> None:
    heads = {
        "survey": "| survey | | | | |\n| | type | class | name | former_name |",
        "choices": "| survey | | |\n| | type | name |\n| | note | hello |\n"
        "| choices | | | |\n| | list_name | name | former_name |",
    }
    cells = {"survey": "| | text | plain |", "choices": "| | list |"}
    rows = [f"{cells[sheet]} {each} |" for each in FORMER[code]]
    _, problems = examine(read_workbook(make_workbook("\n".join([heads[sheet], *rows]))))
    if sheet == "choices" and code == "former-name-unreadable":
        assert problems == []  # codes of choices may be anything without blanks
    else:
        (problem,) = problems
        assert (problem.code, problem.place.sheet, problem.place.column) == (
            code,
            sheet,
            "former_name",
        )


def test_two_questions_that_swap_names_are_refused(make_workbook: MakeWorkbook) -> None:
    form = """
    | survey |      |      |       |             |
    |        | type | name | class | former_name |
    |        | text | a    | plain | b           |
    |        | text | b    | plain | a           |
    """
    with pytest.raises(ProblemError) as caught:
        read_schema(make_workbook(form))
    assert [problem.code for problem in caught.value.problems] == ["former-name-taken"] * 2


def test_former_names_are_read_with_several_and_of_repeats_and_choices(
    make_workbook: MakeWorkbook,
) -> None:
    form = """
    | survey  |                      |        |       |             |
    |         | type                 | name   | class | former_name |
    |         | begin_repeat         | person |       | member      |
    |         | text                 | full   | plain | name nom    |
    |         | select_one l or_other | use   | plain | purpose     |
    |         | end_repeat           |        |       |             |
    | choices |           |      |             |
    |         | list_name | name | former_name |
    |         | l         | shop | trade store |
    """
    schema = read_schema(make_workbook(form, "f"))
    assert schema.table("person").former == ("member",)
    told = {column.name: column.former for column in schema.table("person").columns}
    assert told == {
        "full": ("name", "nom"),
        "use": ("purpose",),
        "use_other": ("purpose_other",),
    }
    assert schema.former_choices == {"l": {"trade": "shop", "store": "shop"}}


def test_without_classes_everything_is_personal(make_workbook: MakeWorkbook) -> None:
    path = make_workbook("| survey | | |\n| | type | name |\n| | text | a |\n| | today | today |\n")
    schema = read_schema(path, classes=False)
    assert [column.data_class for column in schema.root.columns] == ["personal", "plain"]


def test_disabled_rows_are_not_part_of_the_form(make_workbook: MakeWorkbook) -> None:
    form = "| survey | | | | |\n| | type | name | class | disabled |\n| | text | a | plain | yes |"
    assert read_schema(make_workbook(form)).root.columns == ()


def test_the_form_that_kobo_was_given_is_read(pytestconfig: pytest.Config) -> None:
    path = Path(__file__).parent / "data" / "kobo" / "bao_cao_clb.xlsx"
    schema = read_schema(path, classes=False)
    assert schema.column("tuoi").path == "attendance/khach/tuoi"
    assert schema.table("khach").parent == "bao_cao_clb__attendance"
    assert schema.column("hai_long").kind == "integer"


@given(st.sampled_from(KNOWN_TYPES), st.text(max_size=5))
def test_reading_a_type_never_fails(known: str, more: str) -> None:
    for written in (known, known.upper(), f"{known} {more}", f"{known}{more}", more):
        question_type(written)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.sampled_from(["begin_group", "begin_repeat", "end_group", "end_repeat"])))
def test_any_nesting_ends_in_tables_or_problems(
    make_workbook: MakeWorkbook, types: list[str]
) -> None:
    rows = [f"| | {kind} | n{number} |" for number, kind in enumerate(types)]
    form = "\n".join(["| survey | | |", "| | type | name |", "| | note | hello |", *rows])
    schema, problems = examine(read_workbook(make_workbook(form)))
    depth, right = [], True
    for kind in types:
        begin, _, what = kind.partition("_")
        if begin == "begin":
            depth.append(what)
        elif not depth or depth.pop() != what:
            right = False
            break
    assert (not problems) == (right and not depth)
    assert len(schema.tables) == 1 + types.count("begin_repeat")
