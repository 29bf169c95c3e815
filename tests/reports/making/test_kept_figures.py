"""Figures that the night computed once: reports are the same with them."""

from dataclasses import replace
from pathlib import Path

import pytest

from programme.folder import Folder
from reports import kept_figures
from reports.catalogue import REPORTS
from reports.indicators.figures import Figures
from reports.kept_figures import figures_for, joined, keep_figures
from reports.sources import Extent, Sources, extent_of
from tests.reports.making.conftest import sources_of
from tests.reports.making.test_batch import make


def extent(sources: Sources, area: str, period: str) -> Extent:
    wanted = REPORTS["commune_periodic"], sources.place(area), sources.period(period)
    return extent_of(sources, [wanted])


def night(sources: Sources) -> Extent:
    return joined(
        sources,
        [
            extent(sources, "05977", "2026-Q3"),
            extent(sources, "05983", "2026-10"),
            Extent((sources.period("2026"),), ("country", "province"), "20"),
        ],
    )


class Computed:
    """Counts how often figures are computed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times, self.really = 0, kept_figures.compute_extent
        monkeypatch.setattr(kept_figures, "compute_extent", self)

    def __call__(self, sources: Sources, extent: Extent) -> Figures:
        self.times += 1
        return self.really(sources, extent)


def test_what_several_print_lies_in_one_extent(sources: Sources) -> None:
    found = night(sources)
    assert (found.within, found.levels) == ("20", ("club", "commune", "country", "province"))
    # each period that is printed, and those it is compared with
    assert {each.name for each in found.periods} >= {"2026-Q3", "2026-Q2", "2026-10", "2026"}
    far = Extent((sources.period("2026"),), ("commune",), "01")
    assert joined(sources, [found, far]).within == "VN"
    one = extent(sources, "05977", "2026-Q3")
    assert joined(sources, [one, one]).within == "05977"


def test_reports_are_the_same_and_nothing_is_computed_twice(
    own: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = sources_of(own)
    make(sources, tmp_path / "computed")
    computed = Computed(monkeypatch)
    keep_figures(sources, night(sources))
    make(sources, tmp_path / "kept")
    assert computed.times == 1
    for path in (tmp_path / "computed").iterdir():
        assert path.read_bytes() == (tmp_path / "kept" / path.name).read_bytes()
    # a wider area, a period and a level that are not in it
    for more in (
        replace(night(sources), within="VN"),
        extent(sources, "05977", "2026-05"),
        replace(night(sources), levels=("kind",)),
    ):
        before = computed.times
        figures_for(sources, more)
        assert computed.times == before + 1


def _touch(folder: Folder) -> None:
    path = folder.xlsforms / "communes.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def _damage(folder: Folder) -> None:
    path = folder.data / "figures" / "kept" / "0000.parquet"
    path.write_bytes(path.read_bytes()[:-1])


def _cut(folder: Folder) -> None:
    path = folder.data / "figures" / "kept" / "kept.json"
    path.write_text(path.read_text(encoding="utf-8")[:40], encoding="utf-8")


@pytest.mark.parametrize("change", [_touch, _damage, _cut], ids=lambda each: each.__name__)
def test_what_does_not_fit_any_more_is_computed(
    own: Folder, monkeypatch: pytest.MonkeyPatch, change
) -> None:
    sources = sources_of(own)
    small = Extent((sources.period("2026"),), ("province",), "20")
    keep_figures(sources, small)
    computed = Computed(monkeypatch)
    figures_for(sources, small)
    assert computed.times == 0
    change(own)
    figures_for(sources, small)
    assert computed.times == 1
