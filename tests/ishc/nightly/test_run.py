"""The order of a night: what a failing step stops, and how it goes on when it is run again."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.servers.contract import ManifestRow
from connectors.store.lock import locked
from connectors.store.raw import RawStore
from connectors.store.versions import Incoming, Origin, put
from ishc.context import Context
from ishc.nightly.ledger import Ledger
from ishc.nightly.log import NightLog
from ishc.nightly.plan import steps_of
from ishc.nightly.run import Work, begin, run_steps
from ishc.nightly.summary import what_came
from programme.nightly_settings import DueReport, NightlySettings
from programme.people_settings import RetentionSettings
from tests.ishc.nightly.commands import made, ran

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
EVENING = datetime(2026, 11, 21, 21, 30, tzinfo=ZONE)
ALL = NightlySettings(
    push=True,
    publish=True,
    export=("csv",),
    reports=(DueReport("province_periodic", ("20",)),),
)
REPORT = "report province_periodic --area 20 --period 2026-10 --lang vi"
NAMES = ["pull", "reconcile", "push", "publish --due", "indicators", REPORT, "export --to csv"]


def sent(number: int) -> Incoming:
    record = {"_id": number, "_uuid": f"u{number}", "meta/rootUuid": f"uuid:u{number}"}
    return Incoming(ManifestRow(number, f"u{number}", f"u{number}", None, None, ()), record)


class House:
    """A programme whose nights are run with small commands."""

    retention = RetentionSettings()

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "data").mkdir()
        (root / "ishc.toml").write_text('[programme]\nname = "Thử"\n', encoding="utf-8")
        with RawStore.open(root / "data" / "store.sqlite") as store:
            put(store, Origin("kobo", "loan_record", "a"), [sent(1)], "2026-11-20T15:00:00Z")

    def faults(self, *faults: str) -> None:
        (self.root / "faults.txt").write_text(" ".join(faults))

    def night(self, at: datetime = EVENING, nightly=ALL, form="lines", *, anew=False):
        """Run a night; give its status and what ran in it."""
        (self.root / "ran.txt").unlink(missing_ok=True)
        context = Context(self.root, "en", as_json=False)
        ledger = Ledger(self.root / "data" / "nights.jsonl")
        log = NightLog(self.root / "data", form, lambda: at)
        told = []
        night, self.again = begin(ledger, at, anew=anew)
        steps = steps_of(
            replace(context.settings, nightly=nightly, retention=self.retention),
            datetime.fromisoformat(night.started).date(),
            ledger.reports_made() - set(night.outcomes),
        )
        work = Work(context, made, ledger, log, lambda: at, lambda *each: told.append(each))
        try:
            status = run_steps(work, night, steps)
        finally:
            log.close()
        self.states = {name.split()[0]: each.state for name, each in night.outcomes.items()}
        return status, ran(self.root)

    @property
    def log(self) -> str:
        return (self.root / "data" / "nightly.log").read_text(encoding="utf-8")


def forget(house: House) -> None:
    for path in (house.root / "data").glob("store.sqlite*"):
        path.unlink()


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def test_a_good_night_does_everything_in_order(house):
    assert house.night() == (0, NAMES)
    assert set(house.states.values()) == {"done"}
    night = Ledger(house.root / "data" / "nights.jsonl").nights[-1]
    assert night.good
    assert night.outcomes["export csv"].made == ("data/export.docx",)


def test_a_step_that_fails_stops_only_what_needs_it(house):
    house.faults("reconcile:server")
    assert house.night() == (3, ["pull", "reconcile"])
    assert house.states == {
        "pull": "done", "reconcile": "failed", "push": "skipped", "publish": "skipped",
        "indicators": "skipped", "report": "skipped", "export": "skipped",
    }  # fmt: skip


def test_what_was_collected_is_reconciled_though_a_server_was_down(house):
    house.faults("pull:server")
    status, done = house.night()
    assert (status, done) == (3, NAMES)
    assert house.states["reconcile"] == "done"


def test_where_nothing_was_ever_pulled_there_is_nothing_to_reconcile(house):
    forget(house)
    house.faults("pull:server")
    assert house.night() == (3, ["pull"])
    assert house.states["reconcile"] == "skipped"
    outcome = Ledger(house.root / "data" / "nights.jsonl").nights[-1].outcomes["reconcile"]
    assert what_came(outcome).en == (
        ": skipped; nothing could be pulled, there is nothing to reconcile"
    )


def test_a_programme_to_which_nothing_was_sent_yet_is_reconciled(house):
    forget(house)
    assert house.night() == (0, NAMES)


def test_run_again_it_goes_on_where_it_stopped(house):
    house.faults("push:server")
    house.night()
    house.faults()
    status, done = house.night(EVENING + timedelta(hours=2))
    assert (status, done, house.again) == (0, ["push"], True)


def test_what_follows_a_step_that_ran_again_runs_again(house):
    house.faults("pull:server")
    house.night()
    house.faults()
    status, done = house.night(EVENING + timedelta(hours=2))
    assert (status, done) == (0, NAMES)


@pytest.mark.parametrize(
    "later", [timedelta(hours=20), timedelta(days=1), timedelta(hours=-3)], ids=str
)
def test_another_evening_or_a_clock_set_back_is_another_night(house, later):
    house.faults("push:server")
    house.night()
    house.faults()
    status, done = house.night(EVENING + later)
    expected = [name for name in NAMES if name != REPORT]  # it was made the night before
    assert (status, done, house.again) == (0, expected, False)


def test_a_good_night_is_not_gone_on_with(house):
    house.night()
    assert house.night(EVENING + timedelta(hours=1))[1] == [n for n in NAMES if n != REPORT]
    house.faults("push:server")
    house.night(EVENING + timedelta(hours=2))
    assert house.night(EVENING + timedelta(hours=3), anew=True)[1][:2] == ["pull", "reconcile"]


def test_a_report_due_while_the_computer_was_off_is_made_the_next_time(house):
    house.faults("report:server")
    house.night(EVENING)
    house.faults()
    assert REPORT in house.night(EVENING + timedelta(days=4))[1]


def test_a_killed_night_goes_on_with_the_step_that_was_cut_off(house):
    house.faults("publish:kill")
    with pytest.raises(KeyboardInterrupt):
        house.night()
    assert Ledger(house.root / "data" / "nights.jsonl").nights[-1].ended is None
    house.faults()
    assert house.night(EVENING + timedelta(minutes=5))[1] == NAMES[3:]


def test_nothing_is_removed_while_the_clock_is_wrong(house):
    house.retention = RetentionSettings(personal=60)
    house.faults("pull:clock")
    status, done = house.night()
    assert (status, [each for each in done if "retention" in each]) == (1, [])
    assert house.states["retention"] == "skipped"
    assert house.states["reconcile"] == "done"
    outcome = Ledger(house.root / "data" / "nights.jsonl").nights[-1].outcomes["retention"]
    assert "clock is wrong" in what_came(outcome).en
    house.faults()
    # the pull went well, but it is asked for the clock once more
    assert house.night(EVENING + timedelta(hours=1), anew=True)[1][1] == "person retention"


def test_a_fault_of_the_software_is_told_without_what_it_said(house):
    house.faults("publish:fault")
    status, done = house.night()
    assert (status, done) == (4, NAMES)
    (problem,) = (
        Ledger(house.root / "data" / "nights.jsonl").nights[-1].outcomes["publish"].problems
    )
    assert problem.code == "nightly-unexpected"
    everything = house.log + (house.root / "data" / "nights.jsonl").read_text()
    assert "RuntimeError" in everything
    assert "commands.py" in everything
    assert "Bí Mật" not in everything


def test_a_full_disk_is_named(house):
    house.faults("export:disk")
    assert house.night()[0] == 4
    outcome = Ledger(house.root / "data" / "nights.jsonl").nights[-1].outcomes["export csv"]
    assert [each.code for each in outcome.problems] == ["store-full"]


def test_the_log_for_programs_is_a_json_object_a_line(house):
    house.faults("push:server")
    house.night(form="json")
    entries = [json.loads(line) for line in house.log.splitlines()]
    assert {"at", "step", "text"} <= set(entries[0])
    assert [each["code"] for each in entries if "code" in each] == ["server-unreachable"]
    assert [each["exit_status"] for each in entries if each.get("state") == "ended"][:3] == [
        0,
        0,
        3,
    ]


def test_one_night_at_a_time(house, capsys):
    from ishc.cli import main  # noqa: PLC0415 - the whole command line, for this test only

    with locked(house.root / "data" / "nightly.lock"), pytest.raises(SystemExit) as ended:
        main(["-C", str(house.root), "--lang", "en", "nightly"])
    assert ended.value.code == 4
    assert "another ishc nightly is running [nightly-busy]" in capsys.readouterr().err


def test_a_night_that_cannot_begin_stands_on_the_page(house, capsys):
    from ishc.cli import main  # noqa: PLC0415 - the whole command line, for this test only

    lock = house.root / "data" / "nightly.lock"
    lock.parent.mkdir(exist_ok=True)
    lock.write_bytes(b"no lock of ours, " * 100)
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(house.root), "--lang", "en", "nightly"])
    assert ended.value.code == 4
    assert "[store-damaged]" in capsys.readouterr().err
    page = (house.root / "data" / "night.html").read_text(encoding="utf-8")
    assert "[store-damaged]" in page and "Submissions from the servers" in page
    assert not (house.root / "data" / "nights.jsonl").exists()
