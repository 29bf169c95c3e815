"""An office's work that goes to the server: in bad weather, and killed at random moments."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors.servers import openrosa
from connectors.servers.contract import StateName
from programme.problem import Problem
from tests.soak.child import work, work_once
from tests.soak.forks import FORKS
from tests.soak.ground import CLUBS, FORM, clubs, write_clubs, write_workbook
from tests.soak.moments import killed, let_be, moments
from tests.soak.office import Record
from tests.soak.storm import EXPECTED, settle
from tests.soak.truth import assert_store_is_the_server
from tests.soak.village import NIGHT, Village

EVERY = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
PATIENCE = 60  # times that a person tries again
EACH = 6  # submissions that get a state, and as many that get an answer
# besides those of a pull; states are read back, and told when they do not stand
START = 1  # the form's version when it was first deployed
TOLD = EXPECTED | {"states-failed", "server-refused"}


@dataclass
class Day:
    """What is to be done on a day."""

    version: int
    states: dict[int, StateName | None]
    edits: dict[int, dict[str, str]]
    before: dict[int, Record]
    versions: dict[int, int | None]


@dataclass
class Desk:
    """The office's desk: one day after the other, and what people decided meanwhile."""

    village: Village
    version: int = START
    persons: dict[int, str] = field(default_factory=dict)

    def begin(self) -> Day:
        """Make up a day: a new version of form and list, states, answers."""
        here = self.village
        here.there.ahead += NIGHT
        self.version += 1
        write_workbook(here.folder.xlsforms / f"{FORM}.xlsx", self.version)
        write_clubs(here.folder.xlsforms / CLUBS, clubs(self.version))
        free = sorted({one["_id"] for one in here.office.rows()} - set(self.persons))
        chosen = here.chance.sample(free, 2 * EACH + 1)
        if len(self.persons) < EACH:
            self.persons[chosen[-1]] = "approved"
            here.office.judge(chosen[-1], "approved")
        states: list[StateName | None] = ["on_hold", "not_approved", None]
        wanted = {number: here.chance.choice(states) for number in (*chosen[:EACH], *self.persons)}
        edits = {
            number: {"note": f"sửa {here.chance.getrandbits(64)}"}
            for number in chosen[EACH : 2 * EACH]
        }
        before = {one["_id"]: one for one in here.office.rows()}
        versions = {number: here.office.versions(number) for number in before}
        return Day(self.version, wanted, edits, before, versions)

    def deployed(self, day: Day) -> bool:
        """Phones have the day's form with the day's list, or the whole of the day before."""
        with self.village.signed_in() as server, TemporaryDirectory() as phone:
            xml = openrosa.download(server, self.village.office.asset, Path(phone))
            lines = (Path(phone) / CLUBS).read_text(encoding="utf-8").splitlines()
        new = f"more_{day.version}".encode() in xml
        assert new or day.version == START + 1 or f"more_{day.version - 1}".encode() in xml
        assert len(lines) - 1 == clubs(day.version if new else day.version - 1)
        return new

    def check(self, day: Day) -> None:
        """Everything that was to be done stands, once, and nothing else has changed."""
        assert self.deployed(day)
        here = self.village
        rows = {one["_id"]: one for one in here.office.rows()}
        assert rows.keys() == day.before.keys()
        for number, row in rows.items():
            before = day.before[number]
            if number in day.edits:
                assert row["note"] == day.edits[number]["note"]
                assert {**_answers(row), "note": 0} == {**_answers(before), "note": 0}
            else:
                assert (row["_uuid"], _answers(row)) == (before["_uuid"], _answers(before))
            if number in self.persons:
                assert _state(row) == self.persons[number]
            elif number in day.states:
                assert _state(row) == day.states[number]
            elif number not in day.edits:
                assert _state(row) == _state(before)
            versions = day.versions[number]
            if versions is not None:  # nothing was done twice
                assert here.office.versions(number) == versions + (number in day.edits)

    def work(self, day: Day) -> list[Problem]:
        """Do the day's work in this process, hastily; gives what went wrong."""
        here = self.village
        return work(here.folder.root, here.there(), day.states, day.edits, here.limits)


def _answers(row: Record) -> Record:
    mine = ("_", "meta", "formhub")
    return {name: value for name, value in row.items() if not name.startswith(mine)}


def _state(row: Record) -> str | None:
    state: str | None = row["_validation_status"].get("uid")
    return state and state.removeprefix("validation_status_")


def _opened(village: Village) -> Desk:
    village.weather.on = False
    village.weather.methods = EVERY
    village.send(village.scale.submissions)
    settle(village)
    return Desk(village)


def writing_storm(village: Village) -> tuple[int, int]:
    """Work in bad weather until every fault has occurred; all is done once, however often tried.

    Gives how often a day's work was tried, and how many days there were.
    """
    desk, tried, days = _opened(village), 0, 0
    while days < village.scale.nights or missing(village):
        day = desk.begin()
        village.weather.on = True
        for _ in range(PATIENCE):
            problems, tried = desk.work(day), tried + 1
            assert {one.code for one in problems} <= TOLD, list(map(str, problems))
            assert desk.deployed(day) or problems
            if not problems:
                break
        assert not problems, problems
        village.weather.on = False
        desk.check(day)
        days += 1
    settle(village)
    assert_store_is_the_server(village)
    return tried, days


def missing(village: Village) -> set[str]:
    """Give the faults that have not occurred yet."""
    return set(village.weather.kinds) - set(village.weather.happened)


def writing_kills(village: Village) -> Counter[str]:
    """Kill a day's work at random moments, then do it to its end; gives the stages."""
    desk, stages = _opened(village), Counter[str]()
    whole = let_be(_process(desk, desk.begin()), village.weather)
    for moment in moments(village.chance, village.scale.kills):
        day = desk.begin()
        if killed(_process(desk, day), village.weather, whole, moment):
            stages[_stage(desk, day)] += 1
        desk.deployed(day)
        assert desk.work(day) == []
        desk.check(day)
        if stages.total() == village.scale.kills:
            break
    settle(village)
    assert_store_is_the_server(village)
    return stages


def _process(desk: Desk, day: Day) -> BaseProcess:
    here = desk.village
    arguments = (here.folder.root, here.there(), here.scale.page, day.states, day.edits)
    return FORKS.Process(target=work_once, args=arguments)


def _stage(desk: Desk, day: Day) -> str:
    """Tell how far the killed work was."""
    here = desk.village
    rows = {one["_id"]: one for one in here.office.rows()}
    steps: list[tuple[str, Callable[[], bool]]] = [
        ("in the answers", lambda: any(rows[n]["note"] == day.edits[n]["note"] for n in day.edits)),
        ("in the states", lambda: any(_state(rows[n]) != _state(day.before[n]) for n in rows)),
        ("after the form", lambda: desk.deployed(day)),
    ]
    return next((name for name, met in steps if met()), "before the form")
