"""``ishc status``: complete as of when, the last pulls, what failed; about a screen."""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.results import FormPull, PullResult
from connectors.servers.contract import Attachment, History, ManifestRow, Unreadable
from connectors.store.ledger import (
    Outcome,
    begin,
    changes_after,
    finish,
    follow,
    last_number,
    last_pulls,
    note_closed,
    prove,
)
from connectors.store.raw import RawStore
from connectors.store.runs import begin_run, pointer, show_run
from connectors.store.unreadable import set_apart
from connectors.store.versions import Incoming, Origin, bury, put
from ishc.cli import main
from ishc.commands.pull import line
from ishc.pulls_shown import pull_line, source_line
from programme.folder import Folder
from programme.problem import Problem, Text

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HISTORY = History("2026-11-21T14:59:00Z", True, "2026-11-21T15:00:00Z", True, frozenset())
SETTINGS = """
[programme]
name = "Thử"
[servers.kobo]
url = "https://kobo.example.org"
[forms.loan_record.sources.north]
server = "kobo"
asset = "aN"
[forms.loan_record.sources.south]
server = "kobo"
asset = "aS"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path)
    folder.settings.write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture
def store(folder: Folder):
    with RawStore.open(folder.store) as opened:
        yield opened


def pulled(store, moment, ended=None, **outcomes):
    for source, outcome in outcomes.items():
        number = begin(store, source, "loan_record", moment)
        if outcome is not None:
            finish(store, number, "a", ended or moment, outcome)


def status(capsys, folder, *options):
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(folder.root), *options, "status"])
    assert not ended.value.code
    return capsys.readouterr().out


def test_a_week_of_pulls_fits_on_a_screen(capsys, folder, store):
    north, south = (Origin(name, "loan_record", name) for name in ("north", "south"))
    prove(store, north, "2026-11-18T15:00:00Z", 9, 1, HISTORY)
    follow(store, north, (), "2026-11-21T15:00:00Z", HISTORY)
    prove(store, south, "2026-11-21T15:00:00Z", 9, 0)
    note_closed(store, south, "2026-11-21T15:00:00Z")
    good = Outcome(kind="proven", agreed=True, new=1000, attachments=1)
    for day in range(10, 21):
        pulled(store, f"2026-11-{day}T15:00:00Z", north=good, south=good)
    pulled(
        store, "2026-11-21T15:00:00Z", "2026-11-21T15:14:59Z",
        north=Outcome(kind="followed", agreed=True, new=1, changed=2, deleted=3),
        south=Outcome(problems=("server-token",)),
    )  # fmt: skip
    pulled(store, "2026-11-22T15:00:00Z", north=None)
    assert status(capsys, folder, "--lang", "en").splitlines() == [
        "  loan_record (north): 0 submissions; proven complete at 22:00 on 18 Nov 2026; "
        "since then followed to 22:00 on 21 Nov 2026",
        "  loan_record (south): 0 submissions; proven complete at 22:00 on 21 Nov 2026; "
        "its history is closed to this account",
        "Last pulls:",
        "  22:00 on 22 Nov 2026: 1 source (0 proven, 0 followed); 0 new, 0 edited, 0 deleted, "
        "0 files; FAILED: loan_record (north): unfinished or cut off",
        "  22:00–22:14 on 21 Nov 2026: 2 sources (0 proven, 1 followed); 1 new, 2 edited, "
        "3 deleted, 0 files; FAILED: loan_record (south): server-token",
        *(
            f"  22:00 on {day} Nov 2026: 2 sources (2 proven, 0 followed); 2,000 new, 0 edited, "
            "0 deleted, 2 files"
            for day in (20, 19, 18)
        ),
        "Not reconciled yet. Run: ishc reconcile",
    ]


def test_for_programs(capsys, folder, store):
    pulled(store, "2026-11-21T15:00:00Z", north=Outcome(kind="proven", agreed=True, new=4))
    told = json.loads(status(capsys, folder, "--json"))
    assert [each["source"] for each in told["forms"]] == ["north", "south"]
    ((run,),) = told["pulls"]
    assert (run["source"], run["outcome"]["kind"], run["outcome"]["new"]) == ("north", "proven", 4)
    assert told["run"] is None


def test_a_source_that_left_the_settings_is_told_and_not_counted(capsys, folder, store):
    put(store, Origin("old", "loan_record", "aO"), [incoming(1)], "2026-11-18T15:00:00Z")
    put(store, Origin("north", "gone_form", "aG"), [incoming(1)], "2026-11-18T15:00:00Z")
    pulled(store, "2026-11-18T15:00:00Z", old=Outcome(kind="proven", agreed=True, new=1))
    pulled(store, "2026-11-19T15:00:00Z", old=Outcome(problems=("server-token",)))
    lines = status(capsys, folder, "--lang", "en").splitlines()
    assert lines[2:4] == [
        "  gone_form (north): 1 submission; no longer in ishc.toml, not counted",
        "  loan_record (old): 1 submission; no longer in ishc.toml, not counted; "
        "last pulled at 22:00 on 18 Nov 2026",
    ]
    told = json.loads(status(capsys, folder, "--json"))
    assert [each["source"] for each in told["not_counted"]] == ["north", "old"]


def incoming(number, files=()):
    record = {"_id": number, "_uuid": f"u{number}", "meta/rootUuid": f"uuid:u{number}"}
    return Incoming(ManifestRow(number, f"u{number}", f"u{number}", None, None, files), record)


def test_photos_that_are_not_here_are_told(capsys, folder, store):
    photo = Attachment("aN", 1, "f1", "1.jpg", "photo", "image/jpeg", False)
    put(store, Origin("north", "loan_record", "aN"), [incoming(1, (photo,))], "t")
    pulled(
        store, "2026-11-21T15:00:00Z",
        north=Outcome(kind="proven", agreed=True, new=1, problems=("attachments-missing",)),
    )  # fmt: skip
    first, *_, last, _ = status(capsys, folder, "--lang", "en").splitlines()
    assert first.endswith("; 1 attachment MISSING")
    assert last.endswith("; look at: loan_record (north): attachments-missing")


def test_submissions_that_cannot_be_read_are_told(capsys, folder, store):
    origin = Origin("north", "loan_record", "aN")
    put(store, origin, [incoming(1)], "t")
    set_apart(store, origin.where, [Unreadable(incoming(2).row, "2", "large")], "t")
    prove(store, origin, "2026-11-21T15:00:00Z", 2, None)
    pulled(
        store, "2026-11-21T15:00:00Z",
        north=Outcome(kind="proven", agreed=True, new=1, problems=("submission-unreadable",)),
    )  # fmt: skip
    first, *_, last, _ = status(capsys, folder, "--lang", "en").splitlines()
    assert first.endswith(
        "1 submission; never proven complete; 1 submission on the server UNREADABLE"
    )
    assert "(0 proven, 0 followed, 1 with unreadable ones)" in last
    assert json.loads(status(capsys, folder, "--json"))["forms"][0]["unreadable"] == 1


def test_a_pull_with_unreadable_submissions_is_not_called_proven():
    pull = FormPull("north", "loan_record", kind="proven", agreed=True, total=1, unreadable=2)
    vi, en = line(pull)
    assert en.endswith("; all others are here, 2 submissions on the server UNREADABLE")
    assert vi.endswith("; các phiếu khác đã đủ, 2 phiếu trên máy chủ KHÔNG ĐỌC ĐƯỢC")
    assert not PullResult((pull,)).proven and PullResult((pull,)).agreed


def test_a_pull_without_its_photos_is_not_clean():
    missing = Problem("attachments-missing", Text("x", "x"), Text("x", "x"), severity="warning")
    pull = FormPull("north", "loan_record", kind="proven", agreed=True, total=1)
    assert line(pull)[1].endswith("; proven complete")
    vi, en = line(replace(pull, problems=(missing,)))
    assert en.endswith("; proven complete; files MISSING") and vi.endswith("CÒN THIẾU tệp kèm")


def test_what_a_cut_off_pull_has_stored_is_counted(store):
    begun = begin(store, "north", "loan_record", "2026-11-21T15:00:00Z")
    origin = Origin("north", "loan_record", "aN")
    put(store, origin, [incoming(1), incoming(2)], "2026-11-21T15:00:00Z")
    bury(store, origin, [2], "2026-11-21T15:00:00Z")
    ((run,),) = last_pulls(store, 5)
    assert (run.number, run.ended) == (begun, None)
    assert (run.outcome.new, run.outcome.changed, run.outcome.deleted) == (2, 0, 1)
    assert changes_after(store, 0) == 3 and changes_after(store, begun) == 0


def test_tables_tell_what_is_not_in_them(capsys, folder, store):
    first = Outcome(kind="proven", agreed=True, new=4)
    pulled(store, "2026-11-21T15:00:00Z", north=first)
    show_run(folder, begin_run(folder), date(2026, 11, 21), last_number(store))
    os.utime(pointer(folder), (1795310340, 1795310340))
    lines = status(capsys, folder, "--lang", "en").splitlines()
    assert lines[-1] == "Tables 000001 made 08:19 on 22 Nov 2026, as of 21 Nov 2026."
    pulled(store, "2026-11-22T15:00:00Z", north=Outcome(agreed=True, changed=1, deleted=1))
    lines = status(capsys, folder, "--lang", "en").splitlines()
    assert lines[-1].endswith("as of 21 Nov 2026; 2 changes pulled since: ishc reconcile.")
    assert json.loads(status(capsys, folder, "--json"))["changes_since"] == 2


def test_before_the_first_pull(capsys, folder):
    assert status(capsys, folder, "--lang", "vi") == "Chưa lấy phiếu nào. Hãy chạy: ishc pull\n"
    assert json.loads(status(capsys, folder, "--json"))["pulls"] == []


def test_one_is_singular(store):
    assert "1 submission;" in source_line("f", "s", 1, None, ZONE).en
    assert "2 submissions;" in source_line("f", "s", 2, None, ZONE).en
    assert "never proven" in source_line("f", "s", 2, None, ZONE).en


def test_many_failures_are_counted(store):
    outcome = Outcome(problems=("server-timeout",))
    pulled(store, "2026-11-21T15:00:00Z", **{f"s{n}": outcome for n in range(9)})
    (runs,) = last_pulls(store, 5)
    line = pull_line(runs, ZONE)
    assert line.en.endswith("loan_record (s2): server-timeout, and 6 more")
    assert line.vi.endswith("và 6 nguồn khác")
