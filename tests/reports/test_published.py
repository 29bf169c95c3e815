"""Published figures as test cases, each with its source; those that disagree are never mixed."""

from datetime import date

import pytest

from programme.areas import load_areas
from programme.folder import Folder
from reports.indicators import Rating, load_definitions
from reports.indicators.definitions import Baseline, Definitions
from reports.indicators.published import about_published, published_figure
from reports.indicators.rating import achieved_of

CONFERENCE = "Conference on Decision 1336, 8 May 2025"
ASSOCIATION = "Conference of the VAE, 10 May 2024"
LANG_SON = "News of the conference on Decision 1336"


@pytest.fixture(scope="module")
def definitions(world: Folder) -> Definitions:
    return load_definitions(world.indicators, load_areas(world.xlsforms))


def published(
    definitions: Definitions, code: str, area: str = "VN", source: str = ""
) -> list[Baseline]:
    return [each for each in definitions.published(code, area) if each.source.en in ("", source)]


@pytest.mark.parametrize(
    ("code", "area", "value", "day", "source"),
    [
        ("clubs", "20", 46, date(2024, 12, 31), LANG_SON),
        ("members", "20", 2400, date(2024, 12, 31), LANG_SON),
        ("communes_with_club", "20", 44, date(2024, 12, 31), LANG_SON),
        ("B2", "VN", 6000, date(2023, 12, 31), CONFERENCE),
        ("B3", "VN", 330_000, date(2023, 12, 31), CONFERENCE),
        ("B2", "VN", 3021, date(2023, 12, 31), ASSOCIATION),
        ("clubs", "VN", 6521, date(2023, 12, 31), ASSOCIATION),
        ("members", "VN", 456_470, date(2023, 12, 31), ASSOCIATION),
        ("clubs", "VN", 8432, date(2024, 12, 31), "helpagevietnam.org, quoting VAE"),
    ],
)
def test_published_figures_are_kept_with_source_and_day(
    definitions: Definitions, code: str, area: str, value: float, day: date, source: str
) -> None:
    assert [(each.value, each.as_of) for each in published(definitions, code, area, source)] == [
        (value, day)
    ]


def test_52_of_2400_is_2_2_percent(definitions: Definitions) -> None:
    (supported,) = published(definitions, "D12_all", "20", LANG_SON)
    assert (supported.numerator, supported.denominator) == (52, 2400)
    assert supported.value == pytest.approx(100 * 52 / 2400)
    assert round(supported.value or 0, 1) == 2.2


@pytest.mark.parametrize(
    ("code", "source", "percent"),
    [("B2", CONFERENCE, 200), ("B3", CONFERENCE, 220), ("B2", ASSOCIATION, 100.7)],
)
def test_each_published_figure_has_its_own_share_of_the_target(
    definitions: Definitions, code: str, source: str, percent: float
) -> None:
    (found,) = published(definitions, code, "VN", source)
    assert achieved_of(definitions.targets[code], found.value) == pytest.approx(percent, abs=0.05)


def test_figures_that_disagree_stand_together_and_give_no_value(definitions: Definitions) -> None:
    figure = published_figure(definitions, definitions.targets["B2"], "VN")
    assert (figure.value, figure.rating) == (None, Rating.CONFLICTING)
    assert figure.rating.value.vi == "Số liệu chưa thống nhất"
    note = figure.note
    assert note is not None
    for words in (
        "6.000 CLB, 200,0% mục tiêu (Hội nghị tổng kết QĐ 1336, 08/5/2025; số liệu đến 31/12/2023)",
        "≈3.021 CLB, 100,7% mục tiêu (Hội nghị Hội NCT Việt Nam, 10/5/2024",
        "Tổng số CLB: 6.521 CLB",
        "Tổng số CLB: 8.432 CLB (helpagevietnam.org",
    ):
        assert words in note.vi
    members = published_figure(definitions, definitions.targets["B3"], "VN").note
    assert members is not None
    assert "≈330,000 persons, 220.0% of the target" in members.en
    assert "Members in all: 456,470 persons" in members.en


def test_no_figure_is_compared_with_what_is_disputed(definitions: Definitions) -> None:
    for code in ("clubs", "members", "B2", "B3"):
        assert definitions.baseline(code, "VN") is None
        (said,) = about_published(definitions, code, "VN")
        assert said.vi.startswith("số liệu chưa thống nhất")
    assert about_published(definitions, "clubs", "20") == (), "in the province nothing disagrees"
    assert about_published(definitions, "clubs", "VN", date(2019, 12, 30)) == (), "nothing yet"


def test_communes_and_provinces_of_before_the_merger_are_marked(definitions: Definitions) -> None:
    (said,) = about_published(definitions, "communes_with_club", "20")
    assert "01/7/2025" in said.vi
    figure = published_figure(definitions, definitions.targets["A6"], "VN")
    assert (figure.value, figure.rating) == (60, Rating.EXCEEDED)
    assert "01/7/2025" in (figure.note or figure.label).vi


def test_a_closed_phase_without_a_published_figure_has_none(definitions: Definitions) -> None:
    for code, target in definitions.targets.items():
        if not target.closed:
            continue
        figure = published_figure(definitions, target, "20")
        assert (figure.value, figure.rating) == (None, Rating.NO_DATA), code
        note = figure.note
        assert note is not None
        assert note.vi.endswith("không có số liệu đã công bố")
        assert target.not_measured.en in note.en, "and it says why nothing is computed"


def test_28_of_the_55_targets_belong_to_closed_phases(definitions: Definitions) -> None:
    closed = [each for each in definitions.targets.values() if each.closed]
    assert len(closed) == 28
    assert {each.decision for each in closed} == {"1533/QĐ-TTg", "1336/QĐ-TTg", "1335/QĐ-LĐTBXH"}
