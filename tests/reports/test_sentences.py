"""Sentences follow from figures by rule, correct in both languages."""

from datetime import date
from typing import Any

import pytest

from programme.problem import Language, Text
from reports.figure_text import ATTRIBUTES, FigureText, figure_texts
from reports.indicators.definitions import Target
from reports.indicators.figures import Figure, Meeting
from reports.indicators.rating import Rating
from reports.printing import filters
from reports.privacy_cells import Hidden
from reports.sentences import conditions, reporting, sentence, trend, verdict
from reports.template_faults import TemplateFault

LABEL = Text(vi="Tỷ lệ xã có câu lạc bộ", en="Communes with a club")


def target(**changed: Any) -> Target:
    none = Text(vi="", en="")
    day = date(2025, 1, 1)
    values: dict[str, Any] = {
        "code": "A1", "decision": "1648", "period": "2025-2030", "start": day, "end": day,
        "closed": False, "area_code": "20", "level": "province", "area_kind": "",
        "population": "", "founded_from": day, "founded_to": day, "label": LABEL, "wording": "",
        "unit": "percent", "minimum": 60.0, "maximum": None, "rule": "value>=min",
        "threshold_min": None, "threshold_max": None, "older_age": None, "rate_by": "",
        "not_measured": none, "source": "", "row": 1,
    }  # fmt: skip
    return Target(**{**values, **changed})


def figure(value: float | None = 56.8, rating: Rating = Rating.NOT_MET, **changed: Any) -> Figure:
    values: dict[str, Any] = {
        "code": "A1", "group": "targets", "label": LABEL, "unit": "percent", "numerator": 1234,
        "denominator": 2171, "value": value, "target": target(), "rating": rating, "rated": True,
        "population": "", "source": LABEL, "note": None, "area_code": "20", "clubs_expected": 20,
        "clubs_reported": 18,
    }  # fmt: skip
    return Figure(**{**values, **changed})


def shown(
    now: Figure | None, before: Figure | None = None, language: Language = "vi"
) -> FigureText:
    was = {"vi": "tháng 9 năm 2026", "en": "September 2026"}[language]
    return FigureText("A1", language, now, before, {}, "tháng 10 năm 2026", was)


@pytest.mark.parametrize(
    ("now", "vi", "en"),
    [
        (
            figure(),
            "chưa đạt mục tiêu 60%, còn thiếu 3,2\u00a0điểm phần trăm",
            "which misses the target of 60% by 3.2\u00a0percentage points",
        ),
        (
            figure(59.96),
            "chưa đạt mục tiêu 60%, còn thiếu 0,04\u00a0điểm phần trăm",
            "which misses the target of 60% by 0.04\u00a0percentage points",
        ),
        (figure(60, Rating.MET), "đạt mục tiêu 60%", "which meets the target of 60%"),
        (
            figure(61, Rating.EXCEEDED),
            "vượt mục tiêu 60% (1,0\u00a0điểm phần trăm trên mức đề ra)",
            "which exceeds the target of 60% by 1.0\u00a0percentage point",
        ),
        (
            figure(75, Rating.EXCEEDED, target=target(maximum=70.0)),
            "vượt mục tiêu 60 - 70% (5,0\u00a0điểm phần trăm trên mức đề ra)",
            "which exceeds the target of 60 - 70% by 5.0\u00a0percentage points",
        ),
        (
            figure(72.5, Rating.OUT_OF_BAND, target=target(rule="band", maximum=70.0)),
            "ngoài khoảng 60 - 70%, cao hơn 2,5\u00a0điểm phần trăm",
            "outside the band of 60 - 70%, 2.5\u00a0percentage points above it",
        ),
        (
            figure(50, Rating.OUT_OF_BAND, target=target(rule="band", maximum=70.0)),
            "ngoài khoảng 60 - 70%, thấp hơn 10,0\u00a0điểm phần trăm",
            "outside the band of 60 - 70%, 10.0\u00a0percentage points below it",
        ),
        (
            figure(40, Rating.NOT_MET, meeting=Meeting(12, 20), target=target(rate_by="clubs")),
            "12/20 câu lạc bộ đạt mức 60%",
            "12 of 20 clubs reaching the level of 60%",
        ),
        (figure(None, Rating.NO_DATA), "thiếu số liệu để đánh giá", "no data to judge by"),
        (figure(9, Rating.CONFLICTING), "số liệu chưa thống nhất", "figures disagree"),
    ],
)
def test_verdicts(now: Figure, vi: str, en: str) -> None:
    assert verdict(shown(now)) == vi
    assert verdict(shown(now, language="en")) == en


@pytest.mark.parametrize("rating", Rating)
def test_every_rating_has_a_verdict_in_both_languages(rating: Rating) -> None:
    for language in ("vi", "en"):
        said = verdict(shown(figure(55, rating), language=language))
        assert said
        assert "{" not in said


@pytest.mark.parametrize(
    ("now", "before", "vi", "en", "is_so"),
    [
        (
            60.46, 58.44,
            "tăng 2,1\u00a0điểm phần trăm so với tháng 9 năm 2026 (58,4%)",
            "up 2.1\u00a0percentage points from September 2026 (58.4%)",
            "risen",
        ),
        (
            50.0, 51.0,
            "giảm 1,0\u00a0điểm phần trăm so với tháng 9 năm 2026 (51,0%)",
            "down 1.0\u00a0percentage point from September 2026 (51.0%)",
            "fallen",
        ),
        (
            60.04, 60.0,
            "không đổi so với tháng 9 năm 2026 (60,0%)",
            "unchanged from September 2026 (60.0%)",
            "unchanged",
        ),
        (
            60.0, None,
            "chưa so sánh được với tháng 9 năm 2026 do thiếu số liệu",
            "not to be compared with September 2026 for lack of data",
            "",
        ),
    ],
)  # fmt: skip
def test_trends(now: float, before: float | None, vi: str, en: str, is_so: str) -> None:
    was = figure(before, Rating.REPORTED)
    is_now = figure(now, Rating.REPORTED)
    assert trend(shown(is_now, was)) == vi
    assert trend(shown(is_now, was, "en")) == en
    found = {
        name for name in ("risen", "fallen", "unchanged") if conditions()[name](shown(is_now, was))
    }
    assert found == ({is_so} if is_so else set())


def test_counts_rise_by_a_number() -> None:
    clubs = {"unit": "clubs", "denominator": None, "target": None}
    now, before = (figure(each, Rating.REPORTED, **clubs) for each in (1052, 40))
    assert trend(shown(now, before)) == "tăng 1.012 so với tháng 9 năm 2026 (40)"


def test_whole_sentences() -> None:
    now, was = figure(), figure(55.0)
    assert sentence(shown(now, was)) == (
        "Tỷ lệ xã có câu lạc bộ: 56,8% (1.234/2.171), chưa đạt mục tiêu 60%, còn thiếu 3,2\u00a0"
        "điểm phần trăm; tăng 1,8\u00a0điểm phần trăm so với tháng 9 năm 2026 (55,0%)."
    )
    assert sentence(shown(figure(55, Rating.TOO_LITTLE, clubs_reported=5), language="en")) == (
        "Communes with a club: too little data (5 of 20 clubs reported)."
    )
    assert sentence(shown(figure(None, Rating.NO_DATA))) == "Tỷ lệ xã có câu lạc bộ: thiếu số liệu."
    assert reporting(shown(now)) == "theo báo cáo của 18/20 câu lạc bộ"
    assert reporting(shown(figure(clubs_expected=1, clubs_reported=1), language="en")) == (
        "reported by 1 of 1 club"
    )


def test_what_the_public_version_holds_back_is_in_no_sentence_and_no_attribute() -> None:
    held = figure(None, Rating.NOT_MET, numerator=None, denominator=None, hidden=Hidden.SMALL)
    said = shown(held, figure(55.0))
    everything = [sentence(said), verdict(said), *(str(getattr(said, a)) for a in ATTRIBUTES)]
    assert not [each for each in everything if "3" in each.replace("2026", "")]
    assert not said.known


def test_a_figure_that_the_period_does_not_have_is_no_data() -> None:
    texts = figure_texts([figure()], "vi", codes=("A1", "B2"))
    assert str(texts["B2"]) == "thiếu số liệu"
    assert not conditions()["known"](texts["B2"])
    assert {str(getattr(texts["B2"], each)) for each in ("of", "target", "gap", "clubs")} == {"–"}


def test_what_is_met_is_met_also_when_it_is_exceeded() -> None:
    exceeded = shown(figure(80, Rating.EXCEEDED))
    assert [conditions()[name](exceeded) for name in ("met", "exceeded", "not_met")] == [
        True,
        True,
        False,
    ]


def test_lists_and_nouns() -> None:
    vi, en = filters("vi"), filters("en")
    assert vi["words"](["a", "b", "c"]) == "a, b và c"
    assert en["words"](["a", "b", "c"]) == "a, b and c"
    assert en["words"](["a", "b"], "or") == "a or b"
    assert (vi["words"](["a"]), vi["words"]([])) == ("a", "")
    assert en["plural"](1, "club", "clubs") == "1\u00a0club"
    assert en["plural"](2345, "club", "clubs") == "2,345\u00a0clubs"
    assert vi["plural"](2345, "câu lạc bộ") == "2.345\u00a0câu lạc bộ"
    assert en["plural"](None, "club", "clubs") == "no data", "missing is not zero"
    assert vi["month"](date(2026, 1, 5)) == "tháng 1 năm 2026"
    assert vi["long_date"](date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026"
    assert vi["money"](5_000_000) == "5.000.000 đồng"
    assert vi["number"](shown(figure())) == "57"


@pytest.mark.parametrize(
    ("name", "value"),
    [("number", "12"), ("date", 5), ("words", "abc"), ("sentence", 3), ("count", "abc")],
)
def test_what_does_not_fit_is_told(name: str, value: object) -> None:
    with pytest.raises(TemplateFault):
        filters("vi")[name](value)
