"""The problems of the workbook of decisions, in both languages."""

from collections.abc import Sequence

from connectors.reconcile.matching.decisions import Decision
from connectors.reconcile.matching.labels import JUDGEMENT_WORDS
from programme.problem import Place, Problem, Text
from programme.text import did_you_mean, nearest

_WORDS = [word for each in JUDGEMENT_WORDS.values() for word in (each.vi, each.en)]


def _problem(code: str, place: Place, what: tuple[str, str], do: tuple[str, str]) -> Problem:
    return Problem(f"decision-{code}", Text(*what), Text(*do), place, "warning")


def unreadable(file: str, kept: str) -> Problem:
    """Say that the workbook cannot be read, and where it is now."""
    return _problem(
        "file-unreadable",
        Place(file=file),
        (
            f"không đọc được bảng quyết định này; tệp được giữ ở {kept}",
            f"this workbook of decisions cannot be read; it is kept as {kept}",
        ),
        (
            "bảng mới đã được ghi, với các quyết định từ trước; hãy chép lại những gì mới ghi",
            "a new one was written, with the decisions from before; copy into it what was new",
        ),
    )


def unknown_word(place: Place, word: str) -> Problem:
    """Say that a decision is none of those offered."""
    hint = did_you_mean(nearest(word, _WORDS))
    return _problem(
        "unknown",
        place,
        (f"không hiểu quyết định «{word}»{hint.vi}", f"“{word}” is no decision{hint.en}"),
        ("hãy chọn: giống; khác; chưa rõ", "choose: same; different; not sure"),
    )


def no_decision(place: Place) -> Problem:
    """Say that a row has a name, a day or a note, and no decision."""
    return _problem(
        "missing",
        place,
        ("dòng này chưa có quyết định", "this row has no decision"),
        ("hãy chọn: giống; khác; chưa rõ", "choose: same; different; not sure"),
    )


def bad_day(place: Place, text: str) -> Problem:
    """Say that a day cannot be read."""
    return _problem(
        "day-wrong",
        place,
        (f"«{text}» không phải là ngày", f"“{text}” is no day"),
        ("hãy viết như 05/11/2026", "write it like 05/11/2026"),
    )


def unknown_codes(place: Place, left: str, right: str) -> Problem:
    """Say that a row names no two codes that go together."""
    return _problem(
        "codes-unknown",
        place,
        (
            f"«{left}» và «{right}» không phải hai mã đã cấp cho cùng một loại",
            f"“{left}” and “{right}” are no two issued codes of one kind",
        ),
        (
            "hãy ghi mã của hai câu lạc bộ, hai thành viên hoặc hai khoản vay, như trong sổ đăng "
            "ký; không sửa cột «Mã dòng»",
            "write the codes of two clubs, two members or two loans, as in the registers; leave "
            "the column “Row” as it is",
        ),
    )


def contradiction(file: str, decisions: Sequence[Decision]) -> Problem:
    """Say which decisions do not go together."""
    signs = {"same": "=", "different": "≠"}
    told = ", ".join(f"{each.left} {signs[each.judgement]} {each.right}" for each in decisions)
    return _problem(
        "contradiction",
        Place(file=file),
        (f"các quyết định mâu thuẫn: {told}", f"these decisions contradict each other: {told}"),
        (
            "hãy sửa một trong các quyết định này; đến khi đó không áp dụng quyết định nào",
            "change one of them; until then none of them takes effect",
        ),
    )
