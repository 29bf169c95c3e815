import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from programme.text import fold, nearest, sort_key, tidy


def test_decomposed_letters_double_and_invisible_spaces_become_one_spelling():
    assert tidy(unicodedata.normalize("NFD", " Lạng\u00a0 Sơn\u200b\n")) == "Lạng Sơn"


def test_two_places_of_the_tone_mark_are_the_same_when_matched():
    assert fold("Hoà Bình") == fold("Hòa Bình") == fold("HOA  BINH") == "hoa binh"


def test_d_with_stroke_and_apostrophes_are_folded():
    assert fold("Đồng Đăng") == "dong dang"
    assert fold("Ea H’Leo") == fold("Ea H'Leo")


ALPHABET = ["An", "Ăn", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Da", "Đà", "Em", "Êm", "Ông"]
SYLLABLES = ["Bà", "Bà An", "Ban", "Bản", "Bàng", "Xã 9", "Xã 10"]


@given(st.permutations(ALPHABET))
def test_names_stand_in_the_order_of_the_vietnamese_alphabet(names):
    assert sorted(names, key=sort_key) == ALPHABET


@given(st.permutations(SYLLABLES))
def test_letters_decide_before_tones_and_syllables_one_by_one(names):
    assert sorted(names, key=sort_key) == SYLLABLES


def test_the_order_does_not_depend_on_how_letters_are_composed():
    assert sort_key("Lạng Sơn") == sort_key(unicodedata.normalize("NFD", "Lạng Sơn"))


def test_the_nearest_name_is_found_without_marks_and_far_ones_are_not_guessed():
    names = ["Xã Chi Lăng", "Xã Bằng Mạc"]
    assert nearest("xa chi lang", names) == "Xã Chi Lăng"
    assert nearest("Phường Bến Nghé", names) is None
    assert nearest("x", []) is None


@given(st.text())
def test_any_text_can_be_tidied_folded_and_sorted(text):
    once = tidy(text)
    assert tidy(once) == once
    assert fold(once) == fold(text)
    assert sort_key(text) == sort_key(once)
