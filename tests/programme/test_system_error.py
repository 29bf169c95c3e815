"""Why a file or address was refused is told in the person's language."""

import errno
import os
from pathlib import Path

import pytest

from programme.system_error import in_brackets, reason


def test_a_refusal_is_told_in_vietnamese(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing") as refused:
        (tmp_path / "missing" / "report.docx").write_text("")
    assert reason(refused.value).vi == "không có thư mục hoặc tệp này"
    assert in_brackets(refused.value).en == f" ({os.strerror(errno.ENOENT)})"


def test_what_has_no_words_here_keeps_those_of_the_system() -> None:
    assert reason(OSError(errno.ELOOP, "too many links")).vi == "too many links"


def test_an_error_without_words_adds_none() -> None:
    assert in_brackets(OSError()).vi == "" and reason(OSError()).en == "OSError"
