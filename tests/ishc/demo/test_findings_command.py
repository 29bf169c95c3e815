"""A slip in what is asked for does not look as if nothing were wrong."""

import pytest

from ishc.cli import main
from ishc.demo.run import DemoResult
from programme.problem import Exit

Told = tuple[int | str | None, str, str]


@pytest.fixture
def ask(finished_demo: DemoResult, capsys: pytest.CaptureFixture[str]):
    def ask(*options: str, lang: str = "en") -> Told:
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(finished_demo.folder.root), "--lang", lang, "findings", *options])
        return (ended.value.code, *capsys.readouterr())

    return ask


def test_an_area_is_asked_for_by_code_or_name(ask) -> None:
    by_code, by_name = ask("--area", "20"), ask("--area", "Lạng Sơn")
    assert by_code == by_name
    assert by_code[0] == Exit.DONE
    assert "… and " in by_code[1] and "In all: " in by_code[1]  # not all are printed


def test_what_does_not_exist_is_refused(ask) -> None:
    status, out, err = ask("--area", "99")
    assert (status, out) == (Exit.INPUT, "") and "area-unknown" in err
    status, out, err = ask("--check", "month_mising", lang="vi")
    assert (status, out) == (Exit.INPUT, "")
    assert "không có phép kiểm tra «month_mising»; có phải «month_missing» không?" in err


def test_a_check_that_found_nothing_is_no_slip(ask) -> None:
    status, out, err = ask("--check", "amount_negative")
    assert (status, err) == (Exit.DONE, "") and "In all: 0" in out
