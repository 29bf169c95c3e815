"""Whatever people type into a workbook, the check answers with problems."""

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from forms.check import check_forms

COLUMNS = (
    "type",
    "name",
    "label::English (en)",
    "relevant",
    "constraint",
    "calculation",
    "choice_filter",
    "default",
    "appearance",
    "parameters",
    "waive",
    "repeat_count",
)
WORDS = (
    "text|integer|select_one yn|select_multiple yn|select_one_from_file a.csv|calculate|note|date|"
    "begin_group|end_group|begin_repeat|end_repeat|range|audit|a|b|A|yes|${a}|${b}[${a} > 1]|"
    "sum(${a})|count(${b})|position(${b})|instance('yn')/root/item[|pulldata('a', 'b', 'c', |'|\"|"
    ")|(|[|]|,|;|:|label-long: x|“|’|. >= |0,5|99999999999|regex(., '\\p{L}{12}')|today()|-|"
    "2026-02-30|search('a')|ex:b|=|true()|if(|decimal-date-time(|)|start=1 end=x|#REF!|::|}{|\\"
).split("|")
cell = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=4).map(" ".join)
row = st.lists(cell, min_size=len(COLUMNS), max_size=len(COLUMNS))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(row, min_size=1, max_size=5), own=st.booleans())
@example(rows=[["text", "a", "A", *["instance('yn')"] * 8, "x"]], own=True)
def test_no_traceback(tmp_path: Path, rows: list[list[str]], own: bool) -> None:
    problems = check_forms([written(tmp_path, rows)], tmp_path, own=own, java=False)
    for problem in problems:
        assert problem.code
        assert problem.in_("vi")
        assert problem.in_("en")


def written(folder: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    book.active.title = "survey"
    book.active.append(COLUMNS)
    for number, values in enumerate(rows, start=2):
        for column, text in enumerate(values, start=1):
            value = "".join(letter for letter in text if letter >= " " and letter.isprintable())
            target = book.active.cell(number, column)
            target.value = value or None
            if target.data_type == "f":
                target.data_type = "s"
    choices = book.create_sheet("choices")
    for line in (["list_name", "name", "label::English (en)"], ["yn", "yes", "Yes"]):
        choices.append(line)
    path = folder / "form.xlsx"
    book.save(path)
    return path
