"""``ishc status`` says in the terminal how the nights went and what to do, as the page does."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ishc.cli import main
from ishc.nightly.ledger import Ledger
from ishc.nightly.step import Outcome
from ishc.nights_shown import nights_lines, nights_of
from programme.folder import Folder
from programme.problem import Place, Problem, Text
from programme.settings import load

NOW = datetime(2026, 11, 22, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TOKEN = Problem(
    "server-token",
    Text(vi="máy chủ từ chối token", en="the server refuses the token"),
    Text(vi="lấy token mới", en="get a new one"),
    Place(server="kobo"),
)
NOTE = Problem("a-note", Text("x", "x"), Text("x", "x"), severity="note")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "ishc.toml").write_text('[programme]\nname = "Thử"\n', encoding="utf-8")
    (tmp_path / "data").mkdir()
    return Folder(tmp_path)


def live(folder: Folder, days_ago: int, status: int | None, *problems: Problem) -> None:
    began = (NOW - timedelta(days=days_ago, hours=-13)).isoformat()
    ledger = Ledger(folder.data / "nights.jsonl")
    night = ledger.began(began)
    state = "failed" if status else "done"
    ledger.step(night, Outcome("pull", state, status or 0, problems=problems))
    if status:
        ledger.step(night, Outcome("reconcile", "skipped"))
    if status is not None:
        ledger.ended(night, began, status)


def told(folder: Folder, language: str = "en") -> list[str]:
    nights = nights_of(folder, NOW)
    assert nights is not None
    return [
        line
        for each in nights_lines(nights, load(folder))
        for line in each.in_(language).splitlines()
    ]


def test_a_good_night_is_told_in_three_lines(folder):
    live(folder, 2, 0)
    live(folder, 1, 0)
    assert told(folder) == [
        "The night of 21:00 on 21 Nov 2026: everything was done.",
        "Last 30 nights: ✓✓·",
        "  ✓ done 2, · did not run 1",
        "The last night that did everything: 21 Nov 2026.",
    ]


def test_what_was_not_done_comes_with_what_to_do(folder):
    live(folder, 3, 0)
    live(folder, 1, 3, NOTE, TOKEN, TOKEN)
    assert told(folder, "vi") == [
        "Đêm 21:00 ngày 21/11/2026: CHƯA được: lấy phiếu từ máy chủ. Vì thế bỏ qua: đối chiếu.",
        "  Lỗi: máy chủ kobo: máy chủ từ chối token [server-token]",
        "  → lấy token mới",
        "30 đêm gần đây: ✓·✗·",
        "  ✓ xong 1, ✗ có việc chưa xong 1, · không chạy 2",
        "Đêm gần nhất xong trọn vẹn: 19/11/2026.",
    ]


def test_that_no_night_ran_is_told(folder):
    live(folder, 3, 0)
    assert told(folder)[-1].startswith("No night has run for more than a day. Run: ishc nightly")


def test_a_night_that_was_cut_off_is_told(folder):
    live(folder, 1, None)
    assert told(folder)[0].endswith("cut off, or still running")
    assert "Last 30 nights: !·" in told(folder)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_command_says_it_and_gives_it_to_programs(folder, capsys, language):
    live(folder, 1, 3, TOKEN)
    for words in (("--lang", language), ("--json",)):
        with pytest.raises(SystemExit) as ended:
            main(["-C", str(folder.root), *words, "status"])
        assert not ended.value.code
    *said, given = capsys.readouterr().out.splitlines()
    assert "[server-token]" in "\n".join(said)
    nights = json.loads(given)["nights"]
    assert nights["last"]["exit_status"] == 3
    assert [each["code"] for each in nights["problems"]] == ["server-token"]
    assert {each["state"] for each in nights["days"]} >= {"failed"}
    assert nights["last_good"] is None
