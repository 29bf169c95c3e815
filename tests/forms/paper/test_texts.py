"""Labels as they are printed."""

import pytest

from forms.paper.texts import Span, plain, printable, spans

LABELS = [
    ("Số người", (Span("Số người"),)),
    ("**Lưu ý.** Xem lại", (Span("Lưu ý.", bold=True), Span(" Xem lại"))),
    ("a *b* c", (Span("a "), Span("b", italic=True), Span(" c"))),
    ("__b__ and _i_", (Span("b", bold=True), Span(" and "), Span("i", italic=True))),
    ("**a _b_**", (Span("a ", bold=True), Span("b", bold=True, italic=True))),
    ("2 * 3 * 4", (Span("2 * 3 * 4"),)),
    ("snake_case_name", (Span("snake_case_name"),)),
    ("# Phần 1", (Span("Phần 1"),)),
    ("[trang](https://a.vn)", (Span("trang (https://a.vn)"),)),
    ('<span style="color:red">Đỏ</span>', (Span("Đỏ"),)),
    ("Có ${n} người", (Span("Có ………… người"),)),
    ("5 < 6 > 3", (Span("5 < 6 > 3"),)),
]


@pytest.mark.parametrize(("label", "pieces"), LABELS, ids=[label for label, _ in LABELS])
def test_markdown_becomes_pieces_of_one_look(label: str, pieces: tuple[Span, ...]) -> None:
    assert spans(label) == pieces


def test_plain_text_is_one_line() -> None:
    assert plain("**Có**\n  mấy\tngười?") == "Có mấy người?"


def test_what_a_word_file_cannot_hold_is_dropped() -> None:
    assert printable("a\x02b\x0bc\ud800d\ne") == "abcd\ne"
