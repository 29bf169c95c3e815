"""Rows are as high as their texts take lines, as textwrap would break them."""

from textwrap import wrap

from hypothesis import example, given
from hypothesis import strategies as st

from connectors.reconcile.sheet_layout import FILLED, lines_of

WORDS = st.lists(st.text("aăđổ-1,", min_size=1, max_size=30), min_size=1, max_size=40)


@example(["1", "11", "111111", "1"], 5)
@given(WORDS, st.integers(5, 60))
def test_lines_are_those_of_textwrap(words: list[str], width: int) -> None:
    text = " ".join(words)
    letters = max(1, int(width * FILLED))
    assert lines_of(text, width) == len(wrap(text, letters, break_on_hyphens=False))


def test_every_line_of_a_text_counts() -> None:
    assert lines_of("", 20) == 1
    assert lines_of("một\n\nhai", 20) == 3
