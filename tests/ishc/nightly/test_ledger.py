"""What a night wrote down survives being cut off at any byte."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishc.nightly.ledger import KEPT, Ledger
from ishc.nightly.step import Outcome
from programme.problem import Place, Problem, Text

PROBLEM = Problem(
    "server-token",
    Text(vi="mã truy cập bị từ chối", en="the token was refused"),
    Text(vi="lấy mã mới", en="get a new one"),
    Place(server="kobo", form="loan_record"),
    "warning",
)


def write(path: Path) -> Ledger:
    ledger = Ledger(path)
    night = ledger.began("2026-11-21T21:30:00+07:00")
    ledger.step(night, Outcome("pull", "failed", 3, "a", "b", {"new": 2}, (), (PROBLEM,)))
    ledger.step(night, Outcome("reconcile", "done", made=("data/x.docx",)))
    ledger.ended(night, "2026-11-21T21:40:00+07:00", 3)
    return ledger


def test_what_was_written_is_read_again(tmp_path):
    written = write(tmp_path / "nights.jsonl").nights
    (night,) = Ledger(tmp_path / "nights.jsonl").nights
    assert [night] == written
    assert night.outcomes["pull"].problems == (PROBLEM,)
    assert (night.exit_status, night.good) == (3, False)
    assert (tmp_path / "nights.jsonl").stat().st_mode & 0o077 == 0


@given(st.data())
def test_a_ledger_cut_off_at_any_byte_is_a_shorter_one_and_goes_on(data):
    import tempfile  # noqa: PLC0415 - a folder for each example

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nights.jsonl"
        write(path)
        whole = path.read_bytes()
        cut = data.draw(st.integers(0, len(whole)))
        path.write_bytes(whole[:cut])
        events = whole[:cut].count(b"\n")
        ledger = Ledger(path)
        assert len(ledger.nights) == min(events, 1)
        outcomes = ledger.nights[0].outcomes if ledger.nights else {}
        assert len(outcomes) == min(max(events - 1, 0), 2)
        ledger.began("2026-11-22T21:30:00+07:00")
        again = Ledger(path)
        assert again.nights == ledger.nights
        assert path.read_bytes().startswith(whole[:cut].rpartition(b"\n")[0])


@pytest.mark.parametrize(
    "damaged",
    [b"\xff\xfe\n", b"[]\n", b'{"event": "step"}\n', b'{"night": "x", "event": "step"}\n', b"\n"],
)
def test_a_damaged_line_is_passed_over(tmp_path, damaged):
    path = tmp_path / "nights.jsonl"
    path.write_bytes(damaged)
    write(path)
    assert len(Ledger(path).nights) == 1


def test_nights_of_long_ago_are_forgotten(tmp_path):
    ledger = Ledger(tmp_path / "nights.jsonl")
    for number in range(2 * KEPT + 1):
        ledger.began(f"night {number}")
    nights = Ledger(tmp_path / "nights.jsonl").nights
    assert len(nights) == KEPT + 1
    assert nights[-1].started == f"night {2 * KEPT}"


def test_reports_that_any_night_made_are_known(tmp_path):
    ledger = Ledger(tmp_path / "nights.jsonl")
    for name, state in (("report a 20 2026-09 vi", "done"), ("report b 20 2026-10 vi", "failed")):
        ledger.step(ledger.began(name), Outcome(name, state))
    assert ledger.reports_made() == {"report a 20 2026-09 vi"}


def test_what_cannot_be_written_is_kept_in_mind_and_told(tmp_path):
    ledger = Ledger(tmp_path / "missing" / "nights.jsonl")
    night = ledger.began("2026-11-21T21:30:00+07:00")
    ledger.step(night, Outcome("pull", "done"))
    assert list(night.outcomes) == ["pull"]
    assert isinstance(ledger.fault, OSError)


@pytest.mark.parametrize(
    ("status", "hours", "missed"),
    [(0, 24, False), (0, 26, True), (3, 1, True), (0, -1, True)],
    ids=["last evening", "the evening before", "last evening, failed", "the clock went back"],
)
def test_a_missed_night_is_known(tmp_path, status, hours, missed):
    ledger = Ledger(tmp_path / "nights.jsonl")
    began = datetime.fromisoformat("2026-11-21T21:30:00+07:00")
    night = ledger.began(began.isoformat())
    ledger.ended(night, began.isoformat(), status)
    assert ledger.missed(began + timedelta(hours=hours)) is missed
