"""``ishc explain club`` as it is typed, over the demo's data."""

import json
from collections.abc import Callable

import pytest

from ishc.cli import main
from ishc.demo.run import DemoResult

Explain = Callable[..., tuple[int, str]]


@pytest.fixture
def explain(finished_demo: DemoResult, capsys: pytest.CaptureFixture[str]) -> Explain:
    def run(*words: str, before: tuple[str, ...] = ()) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(finished_demo.folder.root), *before, "explain", "club", *words])
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out + told.err

    return run


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", ["Hiện nay:", "được dùng", "báo cáo tháng", "← phiếu đăng ký CLB"]),
     ("en", ["Now:", "counts", "monthly report", "← registration form"])],
)  # fmt: skip
def test_a_club_is_explained_in_both_languages(
    explain: Explain, language: str, words: list[str]
) -> None:
    status, told = explain("06463-01", before=("--lang", language))
    assert status == 0
    assert [word for word in words if word not in told] == []


def test_programs_get_the_same(explain: Explain) -> None:
    _, told = explain("06463-01", before=("--json",))
    said = json.loads(told)["said"]
    assert len(said) > 12
    assert {each["name"] for each in said} == {None}


def test_a_code_that_was_never_issued_is_answered_with_the_nearest(explain: Explain) -> None:
    status, told = explain("06463-1", before=("--lang", "vi"))
    assert status == 1
    assert "06463-01" in told
