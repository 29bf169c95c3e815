"""The problems of workbooks of findings that came back with answers, in both languages."""

from dataclasses import replace

from connectors.reconcile.finding_words import DECISION_WORDS
from programme.problem import Place, Problem, Text
from programme.text import did_you_mean, nearest


def _problem(code: str, place: Place, what: tuple[str, str], do: tuple[str, str]) -> Problem:
    return Problem(f"answer-{code}", Text(*what), Text(*do), place, "warning")


def unreadable(file: str) -> Problem:
    """Say that a returned file is no workbook of findings."""
    return _problem(
        "file-unreadable",
        Place(file=file),
        (
            "không đọc được tệp trả lời này",
            "this returned file cannot be read",
        ),
        (
            "tệp phải là bảng phát hiện dạng .xlsx, còn đủ dòng tiêu đề và không đặt mật khẩu",
            "it has to be a workbook of findings (.xlsx) with its header row, without a password",
        ),
    )


def unknown_word(place: Place, word: str) -> Problem:
    """Say that a decision is none of those offered, with the nearest one."""
    vi = [each.vi for each in DECISION_WORDS.values()]
    en = [each.en for each in DECISION_WORDS.values()]
    hint = did_you_mean(nearest(word, [*vi, *en]))
    return _problem(
        "decision-unknown",
        place,
        (f"không hiểu quyết định «{word}»{hint.vi}", f"“{word}” is no decision{hint.en}"),
        ("hãy chọn một trong: " + "; ".join(vi), "choose one of: " + "; ".join(en)),
    )


def no_decision(place: Place) -> Problem:
    """Say that something was answered and nothing decided."""
    return _problem(
        "decision-missing",
        place,
        ("có trả lời nhưng chưa chọn quyết định", "there is an answer without a decision"),
        ("hãy chọn quyết định ở cùng dòng", "choose a decision in the same row"),
    )


def incomplete(place: Place, lacking: Text) -> Problem:
    """Say what a waiver or a question lacks."""
    return _problem(
        "incomplete",
        place,
        (f"dòng này còn thiếu: {lacking.vi}", f"this row lacks: {lacking.en}"),
        (
            "bỏ qua một phát hiện phải có lý do, người trả lời và ngày",
            "waiving needs a reason, a name and a day",
        ),
    )


def bad_day(place: Place, text: str) -> Problem:
    """Say that a day cannot be read."""
    return _problem(
        "day-wrong",
        place,
        (f"«{text}» không phải là ngày", f"“{text}” is no day"),
        ("hãy viết như 05/11/2026", "write it like 05/11/2026"),
    )


def unknown_finding(place: Place, name: str) -> Problem:
    """Say that no finding ever had such an id."""
    return _problem(
        "finding-unknown",
        replace(place, column=None),
        (f"không có phát hiện nào mang mã «{name}»", f"no finding has the id “{name}”"),
        (
            "không sửa cột mã phát hiện; hãy trả lời trong bảng mới nhất",
            "leave the column of ids as it is; answer in the newest table",
        ),
    )


def still_there(file: str, kept: str) -> Problem:
    """Say where a workbook went of which not everything was understood."""
    return _problem(
        "kept",
        Place(file=file),
        (
            f"chưa đọc được hết câu trả lời; tệp được giữ ở {kept}",
            f"not every answer was understood; the file is kept as {kept}",
        ),
        (
            "hãy sửa các dòng nêu trên trong tệp đó; lần đối chiếu sau sẽ đọc lại",
            "mend the rows named above in that file; the next reconciling reads it again",
        ),
    )
