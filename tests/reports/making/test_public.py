"""The public version: small counts of sensitive people are hidden, and nobody finds them out."""

import pytest

from reports.content import show
from reports.indicators.figures import Figures
from reports.indicators.rating import Rating
from reports.privacy import PublicFigures, public_figures, withheld_in
from reports.privacy_cells import LEAST_SHOWN, Hidden

SENSITIVE = ("borrowers", "loans_made", "in_need", "vulnerable", "D12")
PLAIN = ("clubs", "members", "women", "D11", "D20", "clubs_50_70")


@pytest.fixture(scope="module")
def public(whole: Figures) -> Figures:
    return public_figures(whole)


def inside(figures: Figures) -> list[str]:
    """Give the communes that have data."""
    return [code for code in figures.areas("commune") if "20" in figures.around(code)]


def test_no_small_count_is_shown(whole: Figures, public: Figures) -> None:
    small = 0
    for code in SENSITIVE:
        for period in whole.periods:
            for area, count in whole.numbers(code, period, "numerator").items():
                if 0 < count < LEAST_SHOWN:
                    small += 1
                    figure = public.one(code, area, period)
                    assert figure is not None and figure.hidden is Hidden.SMALL
                    assert (figure.value, figure.numerator, figure.rating) == (
                        None, None, Rating.NOT_RATED,
                    )  # fmt: skip
    assert small > 20


def test_no_total_gives_a_small_count_away(whole: Figures, public: Figures) -> None:
    """Of the areas that add up to one that is shown, none is hidden alone."""
    levels = (("VN", "province"), ("20", "commune"))
    for code in ("borrowers", "loans_made", "in_need"):
        for area, level in levels:
            parts = public.below(code, area, "2026", level)  # type: ignore[arg-type]
            known = whole.below(code, area, "2026", level)  # type: ignore[arg-type]
            total = public.one(code, area, "2026")
            hidden = [each for each, figure in parts.items() if figure.numerator is None
                      and known[each].numerator]  # fmt: skip
            if total is not None and total.numerator is not None:
                assert len(hidden) != 1


def test_clubs_and_members_by_sex_are_never_hidden(whole: Figures, public: Figures) -> None:
    for code in PLAIN:
        for area in ("VN", "20", *inside(whole), *whole.areas("club")):
            assert public.one(code, area, "2026") == whole.one(code, area, "2026")
    for area in inside(whole):
        assert public.slices("members", area, "2026", "sex") == whole.slices(
            "members", area, "2026", "sex"
        )


def test_what_rests_on_a_hidden_count_is_hidden_with_it(public: Figures) -> None:
    """The average loan times the number of loans would be the amount, and the other way round."""
    seen = 0
    for area in inside(public):
        borrowers = public.one("borrowers", area, "2026")
        assert borrowers is not None
        if borrowers.hidden is None:
            continue
        seen += 1
        for code in ("average_loan", "loans_made_vnd", "outstanding", "par30", "fund_use"):
            figure = public.one(code, area, "2026")
            assert figure is None or (figure.value, figure.numerator) == (None, None)
    assert seen


def test_sensitive_people_are_broken_down_for_provinces_and_more_only(public: Figures) -> None:
    for area in inside(public):
        for part in public.slices("borrowers", area, "2026", "borrower_sex"):
            assert part.hidden and part.value is None


def test_the_choice_is_the_same_for_every_report(whole: Figures, public: Figures) -> None:
    assert isinstance(public, PublicFigures)
    assert withheld_in(whole) == withheld_in(whole)
    assert public_figures(public) is public


@pytest.mark.parametrize(("language", "words"), [("vi", "dưới 5"), ("en", "<5")])
def test_a_small_count_reads_so(public: Figures, language: str, words: str) -> None:
    found = [public.one("borrowers", area, "2026") for area in inside(public)]
    small = next(each for each in found if each and each.hidden is Hidden.SMALL)
    assert show.shown(small, language) == words  # type: ignore[arg-type]
