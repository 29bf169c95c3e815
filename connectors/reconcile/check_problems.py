"""The problems of ``checks.xlsx``, in both languages."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from programme.problem import NOWHERE, Place, Problem, Text
from programme.text import did_you_mean, nearest

_SHOWN = 20  # choices


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


def two_ways(place: Place, column: str) -> Problem:
    """Say that a row has a condition and a SELECT."""
    return _problem(
        "two-ways",
        replace(place, column=column),
        (
            "dòng này vừa có điều kiện vừa có câu SELECT",
            "this row has both a condition and a SELECT",
        ),
        (
            "chỉ giữ một cách: điền table và condition, hoặc điền sql",
            "keep one of them: table and condition, or sql",
        ),
    )


def bad_file_name(place: Place, name: str) -> Problem:
    """Say that a file of SQL is named in a way that could lead elsewhere."""
    return _problem(
        "sql-file-name",
        place,
        (f"«{name}» không dùng làm tên tệp được", f"“{name}” cannot be the name of a file"),
        (
            "ghi tên tệp nằm trong thư mục connectors/checks, ví dụ no_qua_han.sql",
            "write the name of a file in the folder connectors/checks, such as overdue.sql",
        ),
    )


def no_sql_file(place: Place, name: str, names: Sequence[str]) -> Problem:
    """Say that there is no such file, with the one that comes nearest."""
    hint = did_you_mean(nearest(name, names))
    listed = ", ".join(names) or "–"
    return _problem(
        "sql-file-missing",
        place,
        (f"không có tệp «{name}»{hint.vi}", f"there is no file “{name}”{hint.en}"),
        (
            f"các tệp trong connectors/checks: {listed}",
            f"files in connectors/checks: {listed}",
        ),
    )


def unreadable_sql_file(place: Place, name: str) -> Problem:
    """Say that a file of SQL cannot be read as text."""
    return _problem(
        "sql-file-unreadable",
        place,
        (f"không đọc được tệp «{name}»", f"the file “{name}” cannot be read"),
        (
            "lưu tệp dạng văn bản UTF-8, chỉ chứa một câu SELECT",
            "save it as UTF-8 text that holds one SELECT",
        ),
    )


def not_a_condition(place: Place) -> Problem:
    """Say that a condition is no question with yes or no for an answer."""
    return _problem(
        "condition-wrong",
        place,
        (
            "điều kiện phải đúng hoặc sai với từng dòng",
            "a condition has to be true or false of a row",
        ),
        (
            "viết một phép so sánh, ví dụ attendance_women > attendance",
            "write a comparison, for example attendance_women > attendance",
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


def no_check(code: str, codes: Sequence[str]) -> Problem:
    """Say that no check in use has such a code."""
    hint = did_you_mean(nearest(code, codes))
    return _problem(
        "unknown",
        NOWHERE,
        (f"không có phép kiểm tra «{code}»{hint.vi}", f"there is no check “{code}”{hint.en}"),
        ("xem cột code của checks.xlsx", "see the column code of checks.xlsx"),
    )


def too_many(place: Place, found: int, most: int) -> Problem:
    """Say that a check finds more than anybody reads, and how much of it is kept."""
    return Problem(
        "check-too-many",
        Text(
            f"phép kiểm tra tìm thấy {found} chỗ; chỉ giữ {most} chỗ đầu",
            f"the check finds {found} places; only the first {most} are kept",
        ),
        Text(
            "hãy xem lại điều kiện và dung sai; nếu nối hai bảng, có thể thiếu điều kiện nối",
            "look at its condition and tolerance; where two tables are joined, the condition "
            "between them may be missing",
        ),
        place,
        "warning",
    )


def unknown_choice(place: Place, column: str, word: str, known: Sequence[str]) -> Problem:
    """Warn that nobody can have chosen what a condition looks for."""
    hint = did_you_mean(nearest(word, known))
    listed = ", ".join(known[:_SHOWN]) + (", …" if len(known) > _SHOWN else "")
    problem = _problem(
        "choice-unknown",
        place,
        (
            f"«{word}» không phải là lựa chọn nào của cột «{column}»{hint.vi}",
            f"“{word}” is none of the choices of the column “{column}”{hint.en}",
        ),
        (f"các lựa chọn: {listed}", f"the choices: {listed}"),
    )
    return replace(problem, severity="warning")


def stopped(problem: Problem) -> Problem:
    """Warn of a check that could not be run to its end."""
    what = Text(
        f"{problem.what.vi}; phép kiểm tra này bị bỏ qua, các phép kiểm tra khác vẫn chạy",
        f"{problem.what.en}; this check was left out, the others went on",
    )
    return replace(problem, what=what, severity="warning")
