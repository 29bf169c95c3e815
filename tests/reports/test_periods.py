"""Phases, years and ranges of months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.folder import Folder
from programme.problem import ProblemError
from reports.indicators import load_definitions
from reports.periods import parse_period


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2025-2030", date(2025, 8, 1), date(2030, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2025-11..2026-10", date(2025, 11, 1), date(2026, 10, 31)),
        ("2024-02..2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
    ],
)
def test_periods(world: Folder, words: str, start: date, end: date) -> None:
    period = parse_period(words, load_definitions(world.indicators).phases)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("2026-01", "2025-12"),
        ("2026-Q1", "2025-Q4"),
        ("2026-H2", "2026-H1"),
        ("2026", "2025"),
        ("2025-11..2026-10", "2024-11..2025-10"),
        ("2025-2030", "2020-03..2025-07"),
    ],
)
def test_the_period_before_is_as_long(world: Folder, words: str, before: str) -> None:
    phases = load_definitions(world.indicators).phases
    previous = parse_period(words, phases).previous()
    assert previous == parse_period(before, phases)
    assert len(previous.months()) == len(parse_period(words, phases).months())


@pytest.mark.parametrize("words", ["2026-10", "2026-Q3", "2026-H1", "2026", "2025-11..2026-10"])
def test_a_period_is_written_as_it_is_read(world: Folder, words: str) -> None:
    period = parse_period(words, load_definitions(world.indicators).phases)
    assert period.name == words


def test_the_cut_off_is_never_after_the_period(world: Folder) -> None:
    period = parse_period("2026", load_definitions(world.indicators).phases)
    assert period.cut_off(date(2026, 10, 31)) == date(2026, 10, 31)
    assert period.cut_off(date(2027, 3, 1)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2025-2031",
        "2026-13..2026-14",
        "2026-10..2026-01",
        "tháng 10",
        "26",
        "2026-Q5",
        "0000-Q1",
    ],
)
def test_what_is_no_period_is_told_with_what_to_write(world: Folder, words: str) -> None:
    with pytest.raises(ProblemError) as error:
        parse_period(words, load_definitions(world.indicators).phases)
    (problem,) = error.value.problems
    assert problem.code == "period-unknown"
    assert "2025-2030" in problem.do.vi


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("09/2026", "2026-09"),
        ("9/2026", "2026-09"),
        ("9-2026", "2026-09"),
        ("2026/9", "2026-09"),
        ("2026-9", "2026-09"),
        ("tháng 9/2026", "2026-09"),
        ("Tháng 12 năm 2026", "2026-12"),
        ("thang 09 nam 2026", "2026-09"),
        ("quý 3/2026", "2026-Q3"),
        ("Quý III năm 2026", "2026-Q3"),
        ("quý IV/2026", "2026-Q4"),
        ("QUÝ 1 2026", "2026-Q1"),
        ("Q3/2026", "2026-Q3"),
        ("2026-q3", "2026-Q3"),
        ("năm 2026", "2026"),
        (" 2026 ", "2026"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("6 tháng cuối năm 2026", "2026-H2"),
        ("Sáu tháng đầu năm 2026", "2026-H1"),
        ("từ tháng 11/2025 đến tháng 10/2026", "2025-11..2026-10"),
        ("11/2025..10/2026", "2025-11..2026-10"),
        ("2025-2030", "2025-2030"),
    ],
)
def test_officials_write_periods_their_way(world: Folder, words: str, name: str) -> None:
    assert parse_period(words, load_definitions(world.indicators).phases).name == name


@given(
    year=st.integers(2016, 2099),
    month=st.integers(1, 12),
    write=st.sampled_from(
        ("{month}/{year}", "{month:02}/{year}", "tháng {month}/{year}", "{year}-{month:02}")
    ),
)
def test_a_month_is_never_taken_for_another(year: int, month: int, write: str) -> None:
    assert parse_period(write.format(month=month, year=year), {}).name == f"{year}-{month:02}"


@pytest.mark.parametrize(
    "words", ["13/2026", "quý 5/2026", "10/26", "1/10/2026", "tháng 9", "0/2026", "..", "đến"]
)
def test_what_could_be_several_periods_is_refused_with_the_right_spellings(words: str) -> None:
    with pytest.raises(ProblemError) as refused:
        parse_period(words, {})
    (problem,) = refused.value.problems
    assert problem.code == "period-unknown" and words in problem.what.vi
    assert "2026-10" in problem.do.vi and "quý 3/2026" in problem.do.vi
