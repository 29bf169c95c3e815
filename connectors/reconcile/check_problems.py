"""The problems of ``checks.xlsx``, in both languages."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from programme.problem import Place, Problem, Text
from programme.text import did_you_mean, nearest


def _problem(code: str, place: Place, what: tuple[str, str], do: tuple[str, str]) -> Problem:
    return Problem(f"check-{code}", Text(*what), Text(*do), place)


def no_file(file: str) -> Problem:
    """Say that there is no workbook of checks."""
    return _problem(
        "file-missing",
        Place(file=file),
        ("không có tệp kiểm tra", "the workbook of checks is missing"),
        (
            "hãy chép checks.xlsx của chương trình mẫu («ishc init») vào đây",
            "copy checks.xlsx of the sample programme (“ishc init”) to this place",
        ),
    )


def unreadable(file: str) -> Problem:
    """Say that the file is no Excel workbook."""
    return _problem(
        "file-unreadable",
        Place(file=file),
        ("không đọc được tệp Excel này", "this Excel file cannot be read"),
        (
            "hãy mở bằng Excel và lưu lại dạng .xlsx, không đặt mật khẩu",
            "open it in Excel and save it as .xlsx, without a password",
        ),
    )


def no_sheet(file: str, name: str, names: Sequence[str]) -> Problem:
    """Say that the sheet with the checks is missing."""
    listed = ", ".join(names)
    return _problem(
        "sheet-missing",
        Place(file=file),
        (f"không có trang tính «{name}»", f"there is no sheet “{name}”"),
        (f"các trang hiện có: {listed}", f"sheets that are there: {listed}"),
    )


def no_column(place: Place, name: str, names: Sequence[str]) -> Problem:
    """Say that a column is missing, with the header that comes nearest."""
    near = nearest(name, names)
    hint = did_you_mean(near)
    return _problem(
        "column-missing",
        place,
        (f"không có cột «{name}»{hint.vi}", f"there is no column “{name}”{hint.en}"),
        (
            f"hãy viết «{name}» ở đầu ô tiêu đề",
            f"begin the header of the column with “{name}”",
        ),
    )


def empty_cell(place: Place, column: str) -> Problem:
    """Say that a needed cell is empty."""
    return _problem(
        "cell-empty",
        replace(place, column=column),
        ("ô này đang trống", "this cell is empty"),
        (
            "hãy điền ô này; muốn tạm tắt phép kiểm tra, ghi «no» ở cột active",
            "fill it; to switch the check off write “no” in the column active",
        ),
    )


def bad_code(place: Place, code: str) -> Problem:
    """Say that a code has letters it may not have."""
    return _problem(
        "code-wrong",
        replace(place, column="code"),
        (f"mã «{code}» có ký tự không dùng được", f"the code “{code}” has unusable letters"),
        ("chỉ dùng chữ cái, chữ số và _", "use letters, digits and _ only"),
    )


def code_twice(place: Place, code: str) -> Problem:
    """Say that two rows have one code."""
    return _problem(
        "code-twice",
        replace(place, column="code"),
        (f"mã «{code}» đã dùng ở dòng trên", f"the code “{code}” is used further up"),
        ("hãy đặt mã khác", "choose another code"),
    )


def bad_choice(place: Place, column: str, value: str, choices: Sequence[str]) -> Problem:
    """Say that a cell has a word that is not one of those offered."""
    listed = ", ".join(choices)
    return _problem(
        "word-unknown",
        replace(place, column=column),
        (f"không hiểu «{value}»", f"“{value}” is not understood"),
        (f"hãy viết một trong: {listed}", f"write one of: {listed}"),
    )


def bad_number(place: Place, value: str) -> Problem:
    """Say that the tolerance is not a number."""
    return _problem(
        "number-wrong",
        replace(place, column="tolerance"),
        (f"«{value}» không phải là số", f"“{value}” is not a number"),
        ("hãy viết một số, ví dụ 1000", "write a number, for example 1000"),
    )


def bad_braces(place: Place, column: str) -> Problem:
    """Say that braces in a message are not a column's name."""
    return _problem(
        "braces-wrong",
        replace(place, column=column),
        ("dấu { } trong câu chưa đúng", "the braces { } in this sentence are not right"),
        (
            "viết {tên_cột}, ví dụ {club_code}; muốn có dấu { thì viết {{",
            "write {column}, for example {club_code}; for the sign itself write {{",
        ),
    )


def unknown_placeholder(place: Place, column: str, name: str, names: Iterable[str]) -> Problem:
    """Say that a message wants a value that the SQL does not return."""
    listed = sorted(names)
    near = nearest(name, listed)
    hint = did_you_mean(near)
    return _problem(
        "placeholder-unknown",
        replace(place, column=column),
        (
            f"câu lệnh sql không trả về cột «{name}»{hint.vi}",
            f"the sql does not return a column “{name}”{hint.en}",
        ),
        ("các cột có thể dùng: " + ", ".join(listed), "columns to use: " + ", ".join(listed)),
    )


def no_subject(place: Place) -> Problem:
    """Say that a result neither names a club nor a submission."""
    return _problem(
        "subject-missing",
        replace(place, column="sql"),
        (
            "kết quả không cho biết câu lạc bộ hay phiếu nào",
            "the result does not say which club or submission it speaks of",
        ),
        (
            "hãy thêm club_code hoặc _root_uuid vào SELECT",
            "add club_code or _root_uuid to the SELECT",
        ),
    )


def too_many(place: Place, most: int) -> Problem:
    """Say that a check finds fault with nearly everything."""
    return _problem(
        "too-many",
        replace(place, column="sql"),
        (f"có hơn {most} dòng bị coi là sai", f"it finds more than {most} faults"),
        (
            "hãy xem lại điều kiện: có thể thiếu điều kiện nối hai bảng",
            "look at the condition: one that joins two tables may be missing",
        ),
    )
