"""Problems of one cause are written once, with how many more there are."""

from programme.folding import folded
from programme.problem import Place, Problem, Text

DO = Text(vi="hãy sửa", en="mend it")


def problem(code, row, *, what="x", sheet="survey", column=None):
    place = Place("form.xlsx", sheet, row, column)
    return Problem(code, Text(vi=what, en=what), DO, place)


def test_a_few_are_all_written():
    few = [problem("a", row) for row in range(4)]
    assert folded(few) == few


def test_many_of_one_wording_become_one_and_the_rest():
    first, rest = folded([problem("a", row, column=f"c{row % 3}") for row in range(2, 20)])
    assert first.place.row == 2
    assert rest.what.en == "17 more like this, rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12…"
    assert rest.what.vi == "còn 17 chỗ nữa như vậy, dòng 3, 4, 5, 6, 7, 8, 9, 10, 11, 12…"
    assert (rest.code, rest.place, rest.do) == ("a", Place("form.xlsx", "survey"), DO)


def test_where_words_differ_three_are_examples():
    many = [problem("a", row, what=f"question {row}") for row in range(2, 10)]
    *shown, rest = folded(many)
    assert shown == many[:3]
    assert rest.what.en == "5 more like this, rows 5, 6, 7, 8, 9"


def test_other_codes_and_sheets_stand_for_themselves():
    many = [problem("a", row) for row in range(9)]
    other = [problem("a", 1, sheet="choices"), problem("b", 1)]
    assert folded([*many[:5], *other, *many[5:]])[-2:] == other


def test_what_has_no_rows_is_counted_without_them():
    assert folded([problem("a", None)] * 6)[-1].what.en == "5 more like this"
