"""Names as Vietnamese people write them, compared in SQL; points that people can read."""

import unicodedata

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.reconcile.matching.macros import MACROS as MATCHING
from connectors.reconcile.matching.reasons import KINDS, LEAST, explained, reasons, score
from connectors.reconcile.words import MACROS

# letters with all their marks, signs and blanks
names = st.text(
    st.sampled_from("aăâeêioôơuưyđbcghklmnprstvxáàảãạẽỗợựỳĐÂ ÍỆ.-(1)2"), min_size=1, max_size=24
)


@pytest.fixture(scope="module")
def sql():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE pads AS SELECT 'a'::BLOB AS inner_pad, 'b'::BLOB AS outer_pad")
    for macro in (*MACROS, *MATCHING):
        connection.execute(macro)
    yield lambda expression, *values: connection.execute(
        f"SELECT {expression}",
        list(values),
    ).fetchone()[0]
    connection.close()


@pytest.mark.parametrize(
    "words",
    [
        "CLB LTHTGN thôn Nà Pàn",
        "Câu lạc bộ Liên thế hệ tự giúp nhau bản Nà Pàn",
        "CLB L.T.H.T.G.N khu NA PAN",
        "clb lien the he TGN Nà Pàn xã Tân Thành",
        "LTHTGN tổ dân phố Nà  Pàn.",
        unicodedata.normalize("NFD", "CLB LTH TGN xóm Nà Pàn"),
        "Nà Pàn",
    ],
)
def test_many_spellings_of_one_village(sql, words):
    assert sql("village(?)", words) == "na pan"


@pytest.mark.parametrize(
    ("words", "village"),
    [
        ("CLB thôn Bản Chuông", "chuong"),
        ("CLB bản Chuông", "chuong"),
        ("CLB thôn 3", "3"),
        ("CLB", "clb"),
        ("thôn", "thon"),
    ],
)
def test_a_village_that_is_called_like_a_word_for_villages(sql, words, village):
    assert sql("village(?)", words) == village


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("na pan 1", ["1"]), ("na pan 02", ["2"]), ("na pan a", ["a"]), ("na pan ii", ["ii"]),
     ("na pan", []), ("khu 5b", ["5b"])],
)  # fmt: skip
def test_what_tells_villages_of_one_name_apart(sql, name, numbers):
    assert sql("numbers(?)", name) == numbers


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Hoà", "Hòa", True),
        ("thuỷ", "Thủy", True),
        ("Nông Thị Hoa", "Nông Thị Hòa", False),
        ("Nong Thi Hoa", "Nông Thị Hòa", True),
        ("Dồng Én", "Đồng Én", True),
        (unicodedata.normalize("NFD", "Khoẻ"), "Khỏe", True),
        ("Bà Ái", "Bà Ai", False),
    ],
)
def test_marks_speak_against_it_only_where_both_have_them(sql, one, other, agree):
    assert sql("marks_agree(marked(?), marked(?))", one, other) is agree
    assert sql("marks_agree(marked(?), marked(?))", other, one) is agree


@pytest.mark.parametrize(
    ("one", "other", "only"),
    [
        ("Nông Thị Hoa", "Nông Thị Hòa", True),
        ("Nông Thị Hoà", "Nông Thị Hoá", True),
        ("Nông Thị Hoà", "Nông Thị Hòa", False),  # the same name, of another school
        ("Nông Thị Hương", "Nông Thị Hưởng", True),
        ("Nông Thị Hoa", "Nông Thị Hơa", False),  # another letter
        ("Nong Thi Hoa", "Nông Thị Hòa", False),  # a phone without marks says nothing
        (unicodedata.normalize("NFD", "Bế Thị Thảo"), "Bế Thị Thào", True),
    ],
)
def test_names_that_differ_in_a_tone_only(sql, one, other, only):
    assert sql("tones_differ(marked(?), marked(?))", one, other) is only
    assert sql("tones_differ(marked(?), marked(?))", other, one) is only


@given(name=names)
def test_folding_what_is_folded_changes_nothing(sql, name):
    for fold in ("fold", "fold_club", "marked"):
        once = sql(f"{fold}(?)", name)
        assert sql(f"{fold}(?)", once) == once


@given(name=names)
def test_composed_and_decomposed_letters_are_the_same(sql, name):
    apart = unicodedata.normalize("NFD", name)
    for macro in ("fold", "village", "marked", "person"):
        assert sql(f"{macro}(?)", apart) == sql(f"{macro}(?)", name)


@given(one=names, other=names)
def test_it_does_not_matter_which_name_comes_first(sql, one, other):
    for compare in ("one_letter(village($1), village($2))", "marks_agree(marked($1), marked($2))"):
        assert sql(compare, one, other) == sql(compare, other, one)


@given(kind=st.sampled_from(KINDS), picked=st.data())
def test_points_are_added_in_sql_as_in_python_in_any_order(sql, kind, picked):
    known = sorted(name for of, name in reasons() if of == kind and name != LEAST)
    found = picked.draw(st.lists(st.sampled_from(known), unique=True))
    in_order = picked.draw(st.permutations(found))
    assert sql("score(?, ?::VARCHAR[])", kind, in_order) == score(kind, found)


def test_every_reason_is_said_in_both_languages():
    for (kind, name), reason in reasons().items():
        assert (reason.words.vi != "") == (reason.words.en != "") == (name != LEAST), (kind, name)
    told = explained("club", ["number_missing", "board_shared=3", "name_same"])
    assert told.en == (
        "same name (marks and spellings of “CLB LTHTGN” apart); 3 persons on both boards; "
        "only one name has a number"
    )
