"""A figure explained: what clubs and submissions give adds up to it."""

from pathlib import Path

import openpyxl
import pytest

from programme.problem import ProblemError
from reports.balances import balance_reports
from reports.explain import explain
from reports.explained import Explained
from reports.explained_book import write_explained
from reports.explained_words import lines
from reports.indicators.definitions import Target
from reports.indicators.figures import Figures
from reports.sources import Sources

# a mean of clubs' means, and what is counted by commune, are no sums over clubs
CODES = ("D11", "D12", "D20", "D25_women", "members", "borrowers", "par30", "D24", "inspected")


def of(sources: Sources, code: str, area: str = "20", period: str = "2026") -> Explained:
    (found,) = explain(sources, code, sources.place(area), sources.period(period))
    return found


def closed_target(sources: Sources) -> Target:
    """Give a target of a phase that ended before anything was collected."""
    targets = sources.definitions.targets.values()
    return next(each for each in targets if each.closed and each.area_code == "VN")


@pytest.mark.parametrize("code", CODES)
def test_the_clubs_add_up_to_the_figure(whole: Figures, code: str) -> None:
    figure = whole.one(code, "20", "2026")
    assert figure is not None
    clubs = whole.below(code, "20", "2026", "club").values()
    for part in ("numerator", "denominator"):
        known = [value for each in clubs if (value := getattr(each, part)) is not None]
        assert sum(known) == pytest.approx(getattr(figure, part) or 0)


@pytest.mark.parametrize("code", ["D20", "loans_open", "inspected"])
def test_the_query_gives_the_figure_and_submissions_give_their_part(
    sources: Sources, code: str
) -> None:
    told = of(sources, code)
    assert told.adds_up and told.asked is not None
    figure = told.figure
    assert told.asked.numerator == figure.numerator
    assert told.asked.denominator == figure.denominator
    given = [each.numerator or 0 for each in told.asked.given]
    assert sum(given) == figure.numerator
    assert "SELECT" in told.asked.sql


def reports_behind(sources: Sources, code: str, period: str) -> list[tuple[str, str]]:
    """Give club and month of the reports that a figure's balances were taken from."""
    indicator = next(each for each in sources.definitions.indicators if each.code == code)
    found = balance_reports(sources, indicator, sources.period(period))
    assert found is not None
    told = (root.removeprefix("root-month-").partition("-") for root in found)
    return sorted((club, month) for club, _, month in told)


@pytest.mark.parametrize("code", ["fund_50_million", "fund_total"])
def test_a_balance_rests_on_the_one_report_of_each_club_that_gave_it(
    sources: Sources, code: str
) -> None:
    reports = reports_behind(sources, code, "2026")
    assert len(reports) == len({club for club, _ in reports}) == len(of(sources, code).parts)
    assert {month for _, month in reports} == {"2026-10"}
    in_may = dict(reports_behind(sources, code, "2026-05"))
    assert in_may["1"] == "2026-05" and in_may["11"] == "2026-03"  # carried: April, May are missing


def test_balances_of_start_and_end_rest_on_two(sources: Sources) -> None:
    reports = reports_behind(sources, "fund_growth", "2026-Q3")
    assert [month for club, month in reports if club == "1"] == ["2026-06", "2026-09"]
    others = [each for each in sources.definitions.indicators if each.table != "clubs"]
    span = sources.period("2026")
    assert all(balance_reports(sources, each, span) is None for each in others)


@pytest.mark.parametrize("code", ["care_volunteers", "sum_people_cared"])
def test_the_query_takes_the_last_or_the_mean_of_a_clubs_months_first(
    sources: Sources, code: str
) -> None:
    told = of(sources, code)
    assert told.asked is not None
    assert told.asked.numerator == pytest.approx(told.figure.numerator)
    clubs = [each.club for each in told.asked.given]
    if code == "care_volunteers":
        assert sorted(clubs) == sorted(set(clubs)), "only the report that gave the last one"
        assert sum(each.numerator or 0 for each in told.asked.given) == told.figure.numerator


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_told_in_words(sources: Sources, language: str) -> None:
    told = "\n".join(lines(of(sources, "D11"), language))  # type: ignore[arg-type]
    words = {"vi": ("Cách tính:", "Mục tiêu:", "Đánh giá:", "Gồm ("),
             "en": ("How it is computed:", "Target:", "Rating:", "Made of (")}  # fmt: skip
    assert [word for word in words[language] if word not in told] == []
    assert "fund_50_million" in told and "income_fund >= " in told
    assert "Người " not in told  # nobody is named


def test_a_closed_phase_is_explained_by_what_was_published(sources: Sources) -> None:
    target = closed_target(sources)
    told = of(sources, target.code, area="VN", period=target.period)
    assert told.indicator is None and told.parts == ()
    assert any("published" in line for line in lines(told, "en"))


def test_an_unknown_code_is_answered_with_the_nearest(sources: Sources) -> None:
    with pytest.raises(ProblemError) as refused:
        of(sources, "fund_50_milion")
    (problem,) = refused.value.problems
    assert problem.code == "figure-unknown" and "fund_50_million" in problem.what.en
    with pytest.raises(ProblemError) as refused:
        of(sources, closed_target(sources).code, area="VN", period="2026")
    assert refused.value.problems[0].code == "figure-not-here"


def test_the_workbook_has_all_of_it(sources: Sources, tmp_path: Path) -> None:
    told = of(sources, "D20")
    write_explained(tmp_path / "D20.xlsx", [told], "vi", private=True)
    book = openpyxl.load_workbook(tmp_path / "D20.xlsx")
    clubs = list(book["D20 Gồm"].iter_rows(min_row=2, values_only=True))
    assert len(clubs) == len(told.parts)
    assert sum(row[2] or 0 for row in clubs) == told.figure.numerator
