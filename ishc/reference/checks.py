"""The page of checks: every row of ``connectors/checks.xlsx``, and what its SQL says it finds."""

from itertools import dropwhile, takewhile
from pathlib import Path

from connectors.reconcile.check_sheet import Check, read_checks
from ishc.language import say
from ishc.reference.language import SEPARATOR, of_lines
from ishc.reference.markdown import cell, code, worded
from programme.numbers import number
from programme.problem import SEVERITY_WORDS, Language, Text

_COMMENT = "--"


def checks_page(workbook: Path, language: Language) -> str:
    """Write the page.

    Args:
        workbook: ``connectors/checks.xlsx``.
        language: of the page.
    """
    head = say(
        "# Các phép kiểm tra\n\nMỗi mục là một dòng đang dùng của `connectors/checks.xlsx`. «Lỗi» "
        "là chắc chắn có chỗ mâu thuẫn; «Cần xem lại» có thể vẫn đúng; «Lưu ý» để biết.\n\n",
        "# Checks\n\nEach entry is a row in use of `connectors/checks.xlsx`. An “Error” is "
        "certain: something contradicts itself; a “Warning” may be right all the same; a “Note” "
        "informs.\n\n",
    )
    return head + "".join(_entry(check, language) for check in read_checks(workbook))


def _entry(check: Check, language: Language) -> str:
    severity = SEVERITY_WORDS[check.severity].in_(language)
    owner = _both(check.owner).in_(language)
    mends = say("người xử lý", "mended by")
    about = f"{code(check.code)} · {severity} · {mends}: {cell(owner)}"
    said = {
        say("Tìm", "Finds"): _finds(check, language),
        say("Câu báo", "Says"): worded(check.message.in_(language)),
        say("Việc cần làm", "What to do"): worded(check.do.in_(language)),
    }
    lines = "".join(f"- {what}: {words}\n" for what, words in said.items() if words)
    return f"## {cell(check.title.in_(language))}\n\n{about}\n\n{lines}\n"


def _finds(check: Check, language: Language) -> str:
    if check.condition:
        rows = say("dòng của bảng", "rows of")
        said = f"{rows} {code(check.table)}: {code(check.condition)}"
    else:
        said = cell(of_lines(_comment(check.sql)).in_(language))
    return said.replace("$tolerance", _tolerance(check, language))


def _tolerance(check: Check, language: Language) -> str:
    exponent = check.tolerance.normalize().as_tuple().exponent
    return number(check.tolerance, language, max(0, -int(exponent)))


def _comment(sql: str) -> list[str]:
    """Give the first lines of comment, which say what a check finds."""
    lines = dropwhile(lambda line: not line.startswith(_COMMENT), sql.splitlines())
    said = takewhile(lambda line: line.startswith(_COMMENT), lines)
    return [line.removeprefix(_COMMENT) for line in said]


def _both(text: str) -> Text:
    vi, _, en = text.partition(SEPARATOR)
    return Text(vi=vi, en=en or vi)
