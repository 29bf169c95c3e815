"""Many reports in one go: what is made, kept, left to a person, and what happens after a kill."""

from pathlib import Path

import docx
import pytest

from programme.folder import Folder
from programme.problem import Exit, Problem, ProblemError, Text
from reports import workers
from reports.asked_for import reports_asked
from reports.batch import MAKING, Batch, make_reports
from reports.made import LIST
from reports.sources import Sources
from reports.told import Told, summed
from reports.write import Wanted
from tests.reports.making.conftest import sources_of

REPORT = "commune_periodic"
COMMUNES = ("05977", "05983")


def asked(*areas: str, report: str = REPORT) -> list[Wanted]:
    return [Wanted(report, area, "2026-Q3", "vi") for area in areas]


def make(sources: Sources, out: Path, *areas: str, **how: object) -> Batch:
    return make_reports(sources, asked(*(areas or COMMUNES)), out, **how)  # type: ignore[arg-type]


def test_the_same_input_gives_the_same_bytes_and_is_not_made_twice(
    sources: Sources, tmp_path: Path
) -> None:
    first = make(sources, tmp_path / "one", annexes=True)
    make(sources, tmp_path / "two", annexes=True)
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names == {path.name for path in (tmp_path / "two").iterdir()}
    assert len(first.made) == 4 and len(names) == 5 and not first.failed
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    again = make(sources, tmp_path / "one", annexes=True)
    assert (len(again.made), len(again.kept)) == (0, 4)


def test_several_processes_make_the_same_as_one(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(sources, tmp_path / "one")
    monkeypatch.setattr(workers, "FEW", 0)
    made = make(sources, tmp_path / "two", workers=2)
    assert len(made.made) == 2 and not made.failed
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    assert not list(sources.folder.data.glob(".figures-*"))


def test_what_fails_does_not_stop_the_others(sources: Sources, tmp_path: Path) -> None:
    batch = make(sources, tmp_path, "05977", "99999", "20")
    assert len(batch.made) == 1
    why = {each.wanted and each.wanted.area: each.problems[0].code for each in batch.failed}
    assert why == {"99999": "area-unknown", "20": "report-area"}
    assert batch.exit_status != Exit.DONE


def test_after_a_kill_it_goes_on_where_it_stopped(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second report is cut off, its file half-written beside its place."""

    def cut_off(*_: object, **__: object) -> None:
        (tmp_path / MAKING / "half.docx").write_bytes(b"PK")
        raise KeyboardInterrupt

    done = make(sources, tmp_path, "05977").made
    monkeypatch.setattr(workers, "write", cut_off)
    with pytest.raises(KeyboardInterrupt):
        make(sources, tmp_path)
    monkeypatch.undo()
    batch = make(sources, tmp_path)
    assert batch.kept == done and len(batch.made) == 1
    assert not (tmp_path / MAKING).exists()
    lines = (tmp_path / LIST).read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[2] for line in lines] == ["area", *COMMUNES]


def test_a_file_that_somebody_changed_is_left_unless_told(sources: Sources, tmp_path: Path) -> None:
    (path,) = make(sources, tmp_path, "05977").made
    document = docx.Document(str(path))
    document.add_paragraph("Một câu của tôi.")
    document.save(str(path))
    changed = path.read_bytes()
    (failure,) = make(sources, tmp_path, "05977").failed
    assert failure.problems[0].code == "report-edited" and path.read_bytes() == changed
    batch = make(sources, tmp_path, "05977", replace_edited=True)
    assert batch.made == [path] and path.read_bytes() != changed


def test_a_file_of_somebody_else_is_left(sources: Sources, tmp_path: Path) -> None:
    (path,) = make(sources, tmp_path / "x", "05977").made
    stranger = tmp_path / path.name
    stranger.write_bytes(b"mine")
    (failure,) = make(sources, tmp_path, "05977").failed
    assert failure.problems[0].code == "texts-unreadable" and stranger.read_bytes() == b"mine"
    assert make(sources, tmp_path, "05977", replace_edited=True).made == [stranger]


def test_new_data_make_new_reports(own: Folder, tmp_path: Path) -> None:
    (path,) = make(sources_of(own), tmp_path, "05977").made
    own.indicators.write_bytes(own.indicators.read_bytes() + b"\0")  # Excel reads it all the same
    batch = make(sources_of(own), tmp_path, "05977")
    assert batch.made == [path]


def test_every_area_of_a_level_is_asked_for(sources: Sources) -> None:
    def of(each: str, *areas: str) -> list[str]:
        wanted = reports_asked(sources, ["without_club"], areas, each, ["2026"], ["vi", "en"])
        return [one.area for one in wanted]

    communes = sources.areas.communes_of("20")
    assert of("commune", "20") == [each.code for each in communes for _ in range(2)]
    assert set(of("province")) == set(sources.areas.provinces)
    assert set(of("all", "20")) == {"20", *(each.code for each in communes)}
    with pytest.raises(ProblemError) as refused:
        of("club", "20")
    assert refused.value.problems[0].code == "report-area"
    with pytest.raises(ProblemError) as refused:
        reports_asked(sources, ["commune_periodic"], [], None, ["2026"], ["vi"])
    assert refused.value.problems[0].code == "report-without-area"


def test_communes_that_never_had_a_club_get_no_report_and_that_is_said(sources: Sources) -> None:
    def of(**how: object) -> list[str]:
        asked = reports_asked(
            sources,
            [REPORT],
            ["20"],
            "commune",
            ["2026"],
            ["vi"],
            **how,  # type: ignore[arg-type]
        )
        return [one.area for one in asked]

    said: list[Problem] = []
    made, every = of(tell=said.append), of(empty=True)
    assert 0 < len(made) < len(every) == len(sources.areas.communes_of("20"))
    (note,) = said
    assert (note.code, note.severity) == ("report-areas-without-clubs", "note")
    assert f"{len(every) - len(made)} communes" in note.what.en and "--empty" in note.do.vi
    with pytest.raises(ProblemError) as refused:
        reports_asked(sources, [REPORT], ["04"], "commune", ["2026"], ["vi"])
    assert refused.value.problems[0].code == "report-areas-without-clubs"


def test_the_same_of_many_areas_is_told_once() -> None:
    def told(code: str, area: str) -> Told:
        words = Text(vi=f"không có gì ở {area}", en=f"nothing in {area}")
        return Told(Problem(code, words, words, severity="warning"), Text(vi=area, en=area))

    areas = [f"Xã {letter}" for letter in "GFEDCBA"]
    (line,) = summed([told("report-area-empty", area) for area in areas for _ in range(2)])
    assert line.what.vi.startswith("7 báo cáo là của địa bàn không có câu lạc bộ")
    assert "Xã A, Xã B, Xã C, Xã D, Xã E và 2 nơi khác" in line.what.vi
    assert "and 2 others" in line.what.en and line.severity == "warning"
    few = [told("report-area-empty", area) for area in areas[:2]]
    assert summed(few) == [each.problem for each in few]
    others = [told("report-issuer-elsewhere", area) for area in areas]
    assert summed(others) == [each.problem for each in others]
