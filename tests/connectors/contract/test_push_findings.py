"""After a reconcile: findings show as states on the server, and go when they are mended."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from connectors.pull import pull
from connectors.push_findings import Agree, push_findings, wanted_states, without_asking
from connectors.push_results import PushResult, SourcePush
from connectors.reconcile.check_sheet import COLUMNS
from connectors.reconcile.finding import value_mark
from connectors.reconcile.run import reconcile
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from programme.field_settings import StateSettings
from programme.folder import Folder
from programme.problem import Exit, ProblemError
from programme.settings import FormSettings, Settings, SourceSettings, load
from tests.connectors.contract.people import People
from tests.connectors.kobo.conftest import CALM, Loopback

AS_OF = date(2026, 11, 20)
NIGHT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
CHECKS = (
    {"code": "crowd", "severity": "error", "condition": "attendance > 100"},
    {"code": "silent", "severity": "warning", "condition": "attendance = 0"},
)
LISTS = {
    "clubs": "name,label\nC1,Đông Anh\n",
    "provinces": "name,label,kind\n20,Tỉnh Lạng Sơn,tỉnh\n",
    "communes": "name,label,province,kind\n06463,Xã Chi Lăng,20,xã\n",
}
RIGHT, WRONG, SILENT = (f"<attendance>{number}</attendance>" for number in (41, 4100, 0))

# older releases of KoBo differ in nothing that is tried here
BOTH = pytest.mark.parametrize("running", ["kobo", "central"], indirect=True, scope="module")
ANY = pytest.mark.parametrize("running", ["kobo"], indirect=True, scope="module")


class DeclinedError(Exception):
    """Somebody said no."""


@dataclass
class Office:
    """A programme folder of one form, and its nights."""

    folder: Folder
    settings: Settings
    club: People
    form: str
    nights: int = 0

    def night(self, agree: Agree = without_asking, *, url: str = "") -> PushResult:
        """Pull, reconcile, push; every night is a day later."""
        self.gather()
        return self.push(agree, url=url)

    def gather(self, as_of: date | None = None) -> None:
        """Pull and reconcile."""
        self.nights += 1
        now = NIGHT + timedelta(days=self.nights)
        pulled = pull(self.settings, self.folder, environ=self.environ, now=now, limits=CALM)
        assert pulled.exit_status == Exit.DONE, pulled.problems
        reconcile(self.settings, self.folder, as_of or AS_OF + timedelta(days=self.nights))

    def push(self, agree: Agree = without_asking, *, url: str = "") -> PushResult:
        """Push what the last reconcile found, perhaps through something that spoils answers."""
        settings = self.settings
        if url:
            (server,) = settings.servers.values()
            other = replace(server, url=url, openrosa_url=url)
            settings = replace(settings, servers={server.name: other})
        codes = [each["code"] for each in CHECKS]
        limits = replace(CALM, tries=1)
        return push_findings(
            settings, self.folder, codes, environ=self.environ, now=datetime.now(UTC),
            agree=agree, limits=limits,
        )  # fmt: skip

    @property
    def environ(self) -> dict[str, str]:
        return {"TOKEN": self.club.server.token}

    @property
    def states(self) -> list[str | None]:
        """What people see on the server's page, in the order of sending."""
        return [self.club.row(root).validation for root in self.club.sent]


@pytest.fixture
def office(club: People, form_id: str, workbook: Callable[..., Path], tmp_path: Path) -> Office:
    folder = Folder(tmp_path / "programme")
    folder.xlsforms.mkdir(parents=True)
    workbook().rename(folder.xlsforms / f"{form_id}.xlsx")
    for name, text in LISTS.items():
        (folder.xlsforms / f"{name}.csv").write_text(text, encoding="utf-8")
    registers = folder.checks.parent / "registers"
    registers.mkdir(parents=True)
    (registers / "10_meeting.sql").write_text(
        f"SELECT attendance, '{form_id}' AS form, _source, _id, _root_uuid FROM {form_id}",
        encoding="utf-8",
    )
    write_checks(folder)
    there = club.server
    folder.settings.write_text(
        f"""
        [programme]
        name = "Thử"
        [servers.{there.name}]
        kind = "{there.kind}"
        url = "{there.url}"
        token_env = "TOKEN"
        {f'user = "{there.user}"' if there.user else ""}
        {f"project = {there.project}" if there.project else ""}
        [forms.{form_id}]
        server = "{there.name}"
        [states]
        ask_above = 3
        """,
        encoding="utf-8",
    )
    settings = load(folder)
    return Office(folder, settings, club, form_id)


def write_checks(folder: Folder, **more: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "checks"
    sheet.append(COLUMNS)
    words = dict.fromkeys(("title_vi", "title_en", "message_vi", "message_en", "do_vi", "do_en"))
    for check in CHECKS:
        row = {**dict.fromkeys(words, "…"), "table": "meeting", **check, **more}
        sheet.append([row.get(name) for name in COLUMNS])
    book.save(folder.checks)


def one(result: PushResult) -> SourcePush:
    (source,) = result.sources
    return source


@BOTH
def test_errors_put_on_hold_until_they_are_mended(office: Office) -> None:
    club, hold = office.club, office.club.ask.STATES["on_hold"]
    right, wrong, _ = (club.send(body) for body in (RIGHT, WRONG, SILENT))
    assert one(office.night()).set == [club.row(wrong).id]
    assert office.states == [None, hold, None]
    done = one(office.night())
    assert (done.set, done.lifted, done.right) == ([], [], [club.row(wrong).id])
    club.edit(wrong, RIGHT)
    assert office.night().problems == ()
    assert office.states == [None, None, None]
    assert office.night().sources == ()  # nothing is left to look after
    club.edit(right, WRONG)
    assert one(office.night()).set == [club.row(right).id]
    assert office.states == [hold, None, None]


@BOTH
def test_what_people_judged_stays_theirs(office: Office) -> None:
    club = office.club
    approved, cleared = club.send(WRONG), club.send(WRONG)
    club.review(approved, "approved")
    done = office.night()
    assert one(done).set == [club.row(cleared).id] and one(done).left == [club.row(approved).id]
    assert [each.code for each in done.problems] == ["states-left"]
    club.review(cleared, None)
    assert sorted(one(office.night()).left) == sorted(club.row(each).id for each in club.sent)
    assert office.states == [club.ask.STATES["approved"], None]
    club.edit(cleared, WRONG)  # another version, not yet judged by anybody
    assert one(office.night()).set == [club.row(cleared).id]


@ANY
def test_a_waived_finding_holds_nothing(office: Office) -> None:
    office.club.send(WRONG)
    office.night()
    (row,) = pq.read_table(open_tables(office.folder).path("finding")).to_pylist()
    with RawStore.open(office.folder.store) as store, store.transaction() as connection:
        connection.execute(
            "INSERT INTO finding_answer (finding_id, decision, answer, answered_by, answered_on,"
            " value, file, row) VALUES (?, 'waive', 'ngày hội', 'xã', '2026-11-20', ?, 'x', 2)",
            (row["finding_id"], value_mark(row)),
        )
    assert len(one(office.night()).lifted) == 1
    assert office.states == [None]


@ANY
def test_the_settings_say_which_findings_weigh_what(office: Office) -> None:
    club, words = office.club, office.club.ask.STATES
    for body in (RIGHT, WRONG, SILENT):
        club.send(body)
    of = {"error": "not_approved", "warning": "on_hold", "note": "none"}
    office.settings = replace(office.settings, states=StateSettings(of))  # type: ignore[arg-type]
    office.night()
    assert office.states == [None, words["not_approved"], words["on_hold"]]
    nothing = dict.fromkeys(of, "none")
    office.settings = replace(office.settings, states=StateSettings(nothing))  # type: ignore[arg-type]
    assert len(one(office.night()).lifted) == 2
    assert office.states == [None] * 3


@BOTH
def test_many_changes_are_asked_about_with_their_number(office: Office) -> None:
    club = office.club
    for _ in range(3):
        club.send(WRONG)
    club.review(next(iter(club.sent)), "approved")
    told: list[int] = []

    def decline(would: PushResult) -> None:
        told.append(would.changes)
        raise DeclinedError

    usual = office.settings
    office.settings = replace(usual, states=StateSettings(ask_above=1))
    with pytest.raises(DeclinedError):
        office.night(decline)
    assert told == [2] and office.states == [club.ask.STATES["approved"], None, None]
    # what a person holds back is no change
    office.settings = replace(usual, states=StateSettings(ask_above=2))
    assert office.night(decline).changes == 2


@ANY
def test_a_look_back_pushes_nothing(office: Office) -> None:
    office.club.send(WRONG)
    office.gather()
    office.gather(AS_OF - timedelta(days=30))
    with pytest.raises(ProblemError) as caught:
        office.push()
    assert [each.code for each in caught.value.problems] == ["push-looks-back"]
    assert office.states == [None]


@ANY
def test_a_cut_off_date_that_has_not_come_was_a_slip_and_holds_nothing_up(office: Office) -> None:
    office.club.send(WRONG)
    with RawStore.open(office.folder.store) as store, store.transaction() as connection:
        slip = (AS_OF + timedelta(days=3650)).isoformat()
        connection.execute("INSERT INTO finding_run VALUES (0, ?)", (slip,))
    office.night()
    assert None not in office.states


@ANY
def test_nothing_is_taken_away_while_a_check_finds_more_than_it_may_keep(office: Office) -> None:
    club = office.club
    first, _ = club.send(WRONG), club.send(WRONG)
    office.night()
    club.edit(first, RIGHT)
    office.gather()
    with RawStore.open(office.folder.store) as store:
        mended = wanted_states(office.settings, office.folder, store, ["crowd"], AS_OF)
        with store.transaction() as connection:
            connection.execute(
                "INSERT INTO finding_event VALUES (1, 'beyond', 'crowd', 'new', ?, ?)",
                (AS_OF.isoformat(),) * 2,
            )
        kept = wanted_states(office.settings, office.folder, store, ["crowd"], AS_OF)
        switched_off = wanted_states(office.settings, office.folder, store, ["silent"], AS_OF)
    assert [each.state for each in mended.states] == [None, "on_hold"]
    assert [each.state for each in kept.states] == ["on_hold"]
    assert [each.code for each in kept.problems] == ["states-kept-on"]
    assert switched_off.states == mended.states


@ANY
def test_the_imported_and_the_forgotten_sources_have_no_server(office: Office) -> None:
    office.club.send(WRONG)
    office.gather()
    with RawStore.open(office.folder.store) as store:
        elsewhere = FormSettings(office.form, (SourceSettings("province", "kobo"),))
        settings = replace(office.settings, forms={office.form: elsewhere})
        assert wanted_states(settings, office.folder, store, ["crowd"], AS_OF).states == ()


@pytest.fixture
def dying(there: People) -> Iterator[Callable[[int, bool], str]]:
    """Give an address that does not answer the n-th change, done or not, nor anything after it."""

    started: list[Loopback] = []

    def start(last: int, done: bool) -> str:
        target, changes = urlsplit(there.server.url), [0]

        def answer(handler: Any, asked: Any) -> None:
            changing = asked.method in ("PATCH", "DELETE") and "session" not in asked.path
            changes[0] += changing
            if changes[0] < last or (changes[0] == last and changing and done):
                connection = HTTPConnection(str(target.hostname), target.port, timeout=30)
                connection.request(
                    asked.method, asked.path, asked.body or None, dict(asked.headers)
                )
                got = connection.getresponse()
                status, body, kind = got.status, got.read(), got.headers["Content-Type"]
                connection.close()
                if changes[0] < last:
                    handler.reply(status, body, {"Content-Type": kind or "text/plain"})
                    return
            handler.reset()

        started.append(Loopback(answer))
        return started[-1].url

    yield start
    for each in started:
        each.stop()


@BOTH
@pytest.mark.parametrize("done", [True, False], ids=["done", "not done"])
@pytest.mark.parametrize("last", [1, 2])
def test_cut_off_anywhere_the_next_run_makes_it_right(
    office: Office, dying: Callable[[int, bool], str], last: int, done: bool
) -> None:
    club, hold = office.club, office.club.ask.STATES["on_hold"]
    for body in (WRONG, RIGHT, WRONG):
        club.send(body)
    office.gather()
    broken = office.push(url=dying(last, done))
    assert office.push().problems == () or broken.problems == ()
    assert office.states == [hold, None, hold]
    for root in club.sent:
        club.edit(root, RIGHT)
    office.gather()
    office.push(url=dying(last, done))
    office.push()
    assert office.states == [None, None, None]
    assert office.push().sources == () or one(office.push()).set == []


@ANY
def test_the_command_asks_for_many_and_tells_what_came_of_it(office: Office) -> None:
    for _ in range(4):
        office.club.send(WRONG)
    office.gather()
    refused = ishc(office, "reconcile", "--push", status=Exit.USAGE)
    assert "push-needs-yes" in refused and "4 would be set and 0 taken away" in refused
    assert office.states == [None] * 4
    done = ishc(office, "reconcile", "--push", "--yes")
    assert "set 4, taken away 0, left because a person judged 0, failed 0" in done
    assert office.states == [office.club.ask.STATES["on_hold"]] * 4
    assert "set 0, taken away 0" in ishc(office, "reconcile", "--push")


def ishc(office: Office, *arguments: str, status: int = 0) -> str:
    """Run the command line as a schedule does; give all that it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "ishc.cli", "-C", str(office.folder.root), *arguments],
        env={**os.environ, **office.environ, "ISHC_LANG": "en"},
        cwd=Path(__file__).parents[3],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    said = done.stdout + done.stderr
    assert done.returncode == status, said
    assert not any(secret in said for secret in office.club.secrets)
    return said
