"""Faulty workbooks, one fault each: the right code at the right sheet and row, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.check import check_forms
from forms.rules.catalogue import codes
from programme.problem import Problem

CORPUS = Path(__file__).parent / "corpus"
FAULTY = sorted(CORPUS.glob("*.md"))
LISTS = CORPUS / "lists"
# told beside the fault: the error that a waiver does not silence
BESIDE = {"waiver-refused": "function-unknown"}
Told = tuple[str, str | None, int | None]


def read(path: Path) -> tuple[Told, str]:
    """Split a file into what its first line expects and the form."""
    first, _, form = path.read_text(encoding="utf-8").partition("\n")
    code, sheet, row = (each.strip() for each in first.removeprefix("expected:").split("|"))
    return (code, sheet or None, int(row) if row else None), form


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_one_fault_is_told_with_its_code_sheet_and_row(
    path: Path, make_workbook: Callable[..., Path]
) -> None:
    expected, form = read(path)
    problems = check_forms([make_workbook(form)], LISTS, java=False)
    beside = {(BESIDE[expected[0]], *expected[1:])} if expected[0] in BESIDE else set()
    assert {(p.code, p.place.sheet, p.place.row) for p in problems} == {expected} | beside
    for problem in problems:
        said_whole(problem)


def said_whole(problem: Problem) -> None:
    for text in (problem.what, problem.do):
        for words in (text.vi, text.en):
            assert words
            assert not any(f"{{{name}}}" in words.replace("${", "") for name in ("name", "cell"))


def test_the_corpus_is_large_and_knows_every_rule() -> None:
    told = {read(path)[0][0] for path in FAULTY}
    assert len(FAULTY) >= 80
    other_tests = {"default-date-cell", "form-compile-warning", "sheet-name", "workbook-macros"}
    assert set(codes()) - other_tests <= told
