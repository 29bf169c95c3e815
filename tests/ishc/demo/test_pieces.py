"""Places through the crosswalk, pictures, the stored file, and what a faulty client sends."""

import struct
import zlib
from collections import Counter
from pathlib import Path

import pytest

from ishc.demo.filling import spoil
from ishc.demo.history import histories
from ishc.demo.pictures import sample_png
from ishc.demo.submissions import (
    Submission,
    contents_digest,
    store,
    stored_digest,
    stored_submissions,
)
from ishc.demo.world import demo_plan
from programme.areas import load_areas
from programme.folder import Folder, shipped
from programme.problem import ProblemError


def test_46_clubs_come_from_44_old_communes_of_11_districts() -> None:
    places = demo_plan().places
    old = Counter((place.old_district, place.old_commune) for place in places)
    assert len(places) == 46
    assert len(old) == 44
    assert sorted(old.values())[-3:] == [1, 2, 2]
    assert len({place.old_district for place in places}) == 11


def test_every_club_lies_in_a_commune_of_today() -> None:
    communes = load_areas(Folder(shipped()).xlsforms).communes
    assert {communes[place.commune].province for place in demo_plan().places} == {"20"}


def test_pictures_are_small_pngs_with_ink_on_them() -> None:
    picture = sample_png(3)
    width, height = struct.unpack(">II", picture[16:24])
    start = picture.index(b"IDAT") + 4
    dots = zlib.decompress(picture[start:])
    assert len(picture) < 1000
    assert len(dots) == height * (width + 1)
    assert dots.count(2) > 1000
    assert sample_png(4) != picture


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "kept.xz"
    kept = [
        Submission("loans", "loan_record", "a-b", "<data>Thôn Nà Mò</data>"),
        Submission("2026-10", "club_registration", "c-d", "<data/>", {"ảnh.png": b"\x00\xff"}),
    ]
    assert store(kept, "mark", path) == 2
    assert list(stored_submissions(path)) == kept
    assert stored_digest(path) == "mark"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.xz"]


def test_the_mark_changes_with_what_the_forms_read_of_lists_and_workbooks(tmp_path: Path) -> None:
    source = Folder(shipped()).xlsforms
    for file in source.iterdir():
        if file.suffix in (".xlsx", ".csv"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    before = contents_digest(tmp_path)
    norms = tmp_path / "norms.csv"
    norms.write_bytes(norms.read_bytes().replace(b"\n", b"\r\n"))
    assert contents_digest(tmp_path) == before == contents_digest(source)
    text = norms.read_text(encoding="utf-8")
    norms.write_text(text + "of_another_form,1,,,,\n", encoding="utf-8")
    assert contents_digest(tmp_path) == before
    norms.write_text(text.replace("loan_ceiling,10000", "loan_ceiling,9000"), encoding="utf-8")
    assert contents_digest(tmp_path) != before


def test_a_faulty_client_changes_one_answer() -> None:
    assert spoil("<a><n>3</n><m>4</m></a>", "n", "a < b") == "<a><n>a &lt; b</n><m>4</m></a>"
    with pytest.raises(ProblemError):
        spoil("<a><n/></a>", "n", "x")


def test_every_kind_of_loan_event_occurs() -> None:
    made = list(histories(demo_plan()))
    loans = [loan for history in made for loan in history.loans]
    events = Counter(event.event for loan in loans for event in loan.events)
    twice = Counter(
        (history.club.number, loan.borrower) for history in made for loan in history.loans
    )
    assert min(events["repaid"], events["rescheduled"], events["written_off"]) >= 1
    assert any(loan.goods and loan.events for loan in loans)
    assert max(twice.values()) > 1
