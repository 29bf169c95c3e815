"""Nights with faults: after each, what can be right is right, and the next good one heals all."""

import random
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Literal

from ishc.nightly.ledger import Ledger
from ishc.nightly.step import Outcome
from programme.folder import Folder
from tests.soak.forks import FORKS
from tests.soak.night_child import night
from tests.soak.night_hand import GONE, MORE, break_template, colleague
from tests.soak.night_town import Town
from tests.soak.night_truth import assert_store_is_the_server, assert_tables_are_equal, words

Fault = Literal["down", "token", "template", "kill", "full", "ahead", "back", "hand"]
FAULTS: tuple[Fault, ...] = ("down", "token", "template", "kill", "full", "ahead", "back", "hand")
GOOD: tuple[Fault, ...] = ()
SLOWEST = 300  # seconds, a night that nobody kills
GLANCE = 0.005
STEPS = ("pull", "reconcile", "publish", "indicators")  # each night has them
# what the summary has to say of a fault: one of these codes
TOLD: dict[Fault, frozenset[str]] = {
    "down": frozenset({"server-unreachable", "server-timeout", "server-reset"}),
    "token": frozenset({"server-token"}),
    "template": frozenset({"template-placeholder-unknown"}),
    "full": frozenset({"store-full", "nightly-not-written", "report-not-written"}),
    "back": frozenset({"clock-back", "clock-differs"}),
    "hand": frozenset({"form-redeployed"}),
    "kill": frozenset(),
    "ahead": frozenset({"clock-differs"}),
}
# what may be told of any night: the demo's own oddities, and what the nights before left behind
HARMLESS = frozenset(
    {
        "report-area-empty",
        "answers-unknown",
        "clock-back",
        "clock-differs",
        "form-redeployed",
        "publish-not-from-here",
    }
)
ACCEPTED, PUT_BACK = f"question-removed:{GONE}", (f"question-removed:{MORE}",)
STATUS: dict[Fault, int] = {"down": 3, "token": 3, "template": 1, "full": 4}


@dataclass
class Ran:
    """A night that ran.

    Args:
        status: its exit status; negative if it was killed.
        said: what it printed.
        steps: what the ledger has of it: step → outcome.
        codes: of the problems that the page names.
    """

    status: int
    said: str
    steps: dict[str, Outcome] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)


def plan(chance: random.Random, nights: int) -> list[tuple[Fault, ...]]:
    """Say which faults befall each night; every kind occurs, after each comes a good night.

    The first night is good, and so is the last.
    """
    kinds: list[Fault] = []
    found: list[tuple[Fault, ...]] = [GOOD]
    while len(found) < nights - 1:
        if not kinds:
            kinds = list(FAULTS)
            chance.shuffle(kinds)
        faults = [kinds.pop()]
        others = [each for each in kinds if _go_together(faults[0], each)]
        if others and chance.random() < 0.5:
            faults.append(others[0])
            kinds.remove(others[0])
        found.append(tuple(sorted(faults)))
        if chance.random() < 0.7 and len(found) < nights - 1:
            found.append(GOOD)
    return [*found, GOOD]


def _go_together(one: Fault, other: Fault) -> bool:
    alike = [{"down", "token", "hand"}, {"ahead", "back"}, {"kill", "back"}]
    return "full" not in (one, other) and not any({one, other} <= each for each in alike)


def without_mounts() -> bool:
    """Tell whether this machine has no small disks for tests."""
    words = ["unshare", "--map-root-user", "--mount", "true"]
    if shutil.which("unshare") is None:
        return True
    return subprocess.run(words, capture_output=True, check=False).returncode != 0


class Office:
    """Runs the nights of an office, and of the calm one that never meets a fault."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.happened: Counter[str] = Counter()
        self._numbers = count()

    def calm(self, evening: datetime) -> Ran:
        """Run a night of the office that meets no fault."""
        return self._let_be(self.town.calm, evening)

    def night(self, evening: datetime, faults: Sequence[Fault]) -> Ran:
        """Run a night of the office with its faults."""
        self.happened.update(faults or ("good",))
        moment = evening + timedelta(days=1) if "ahead" in faults else evening
        if "back" in faults:
            self._let_be(self.town.folder, moment)
            moment -= timedelta(hours=1)
        if "kill" in faults:
            self._killed(moment)
            moment += timedelta(minutes=10)
        room = self.town.chance.choice((0, 20_000, 200_000, 900_000)) if "full" in faults else None
        return self._let_be(self.town.folder, moment, room)

    @contextmanager
    def broken(self, faults: Sequence[Fault]) -> Iterator[None]:
        """Let what is outside of the night be broken meanwhile."""
        office, town = self.town.folder, self.town
        token = office.data / "token"
        templates = sorted(office.templates.glob("*.docx"))
        before = {path: path.read_bytes() for path in templates} if "template" in faults else {}
        if "down" in faults:
            town.down()
        if "token" in faults:
            token.write_text("expired" + town.token[7:], encoding="utf-8")
        for path in before:
            break_template(path)
        try:
            yield
        finally:
            for path, content in before.items():
                path.write_bytes(content)
            if "token" in faults:
                token.write_text(town.token, encoding="utf-8")
            if "down" in faults:
                town.up()

    def _let_be(self, folder: Folder, moment: datetime, room: int | None = None) -> Ran:
        process, said = self._process(folder, moment, room)
        process.start()
        process.join(SLOWEST)
        assert process.exitcode is not None, said.read_text(encoding="utf-8")
        if room is not None:
            shutil.rmtree(folder.data)
            (folder.root / "data.after").rename(folder.data)
            (folder.root / "disk").rmdir()
        return _ran(folder, process.exitcode, said)

    def _killed(self, moment: datetime) -> None:
        """Kill a night in a step of its own choice."""
        folder, chance = self.town.folder, self.town.chance
        log = folder.data / "logs" / "nightly.log"
        before = log.stat().st_size if log.exists() else 0
        step = chance.choice(STEPS)
        process, _ = self._process(folder, moment, None)
        process.start()
        while process.is_alive() and f" {step}: ishc " not in _since(log, before):
            process.join(GLANCE)
        process.join(chance.uniform(0, 0.5))
        process.kill()
        process.join()
        ended = "killed in" if process.exitcode == -signal.SIGKILL else "done before the kill in"
        self.happened[f"{ended} {step}"] += 1

    def _process(self, folder: Folder, moment: datetime, room: int | None) -> tuple[Any, Path]:
        said = self.town.root / f"said-{next(self._numbers)}.txt"
        return FORKS.Process(target=night, args=(folder.root, moment, said, room)), said


def nights(
    town: Town,
    plans: Sequence[Sequence[Fault]],
    evening: datetime,
    *,
    calm_always: bool = True,
    tell: Callable[[str], object] = str,
) -> Counter[str]:
    """Live through some nights; gives what happened.

    Args:
        plans: the faults of each night.
        evening: of the first one.
        calm_always: the calm office works every night, not only when all is well with the other.
        tell: is told of each night.

    After each: what can be right is right, the summary says what is not, and the exit status is
    as documented. After each good one everything is as in the calm office.
    """
    office, moved = Office(town), False
    for number, faults in enumerate(plans):
        town.at(evening.replace(hour=12))
        town.day(arrivals=2)
        if "hand" in faults:
            town.deploy(colleague(town.folder, town.root / "colleague"), ACCEPTED)
            town.day(arrivals=2)
            moved = True
        elif moved and not faults:
            town.put_back(*PUT_BACK)
            moved = False
        town.at(evening)
        calm = office.calm(evening) if calm_always or not faults else None
        assert calm is None or calm.status == 0, (number, calm)
        with office.broken(faults):
            ran = office.night(evening, faults)
        met = faults
        if not any(name.startswith("report") for name in ran.steps):
            met = [each for each in faults if each != "template"]  # nobody opened one
        told = (number, faults, ran.status, ran.said)
        assert ran.status == max((STATUS.get(each, 0) for each in met), default=0), told
        _assert_told(office, met, ran, told)
        _assert_right(office, met, ran, calm, told)
        named = " and ".join(faults) or "nothing"
        tell(f"night {number + 1}: {named}; exit {ran.status}; told {sorted(ran.codes)}")
        evening += timedelta(days=1)
    assert_tables_are_equal(town.folder, town.calm, states=calm_always)
    return office.happened


def _assert_told(office: Office, faults: Sequence[Fault], ran: Ran, told: object) -> None:
    """Each fault is named, with what to do; a page is there and shows the same."""
    assert "Traceback" not in ran.said, told
    page = (office.town.folder.data / "night.html").read_text(encoding="utf-8")
    if "full" in faults:  # the ledger may have had no room; the page is written over the last one
        assert any(f"[{code}]" in page for code in TOLD["full"]), told
        return
    assert all(f"[{code}]" in page for code in ran.codes), told
    for fault in faults:
        # what a server tells cannot be known while it cannot be reached
        if TOLD[fault] and not (fault in ("ahead", "hand") and {"down", "token"} & set(faults)):
            printed = {code for code in TOLD[fault] if f"[{code}]" in ran.said}
            assert (ran.codes | printed) & TOLD[fault], (fault, ran.codes, told)
    expected = frozenset().union(*(TOLD[fault] for fault in faults), HARMLESS)
    assert ran.codes <= expected, (ran.codes - expected, told)


def _assert_right(
    office: Office, faults: Sequence[Fault], ran: Ran, calm: Ran | None, told: object
) -> None:
    town = office.town
    done = {name for name, each in ran.steps.items() if each.state == "done"}
    reached = not {"down", "token", "full"} & set(faults)
    if reached:
        assert {"pull", "reconcile", "indicators", "push", "publish"} <= done, told
        assert_store_is_the_server(town)
    if calm and reached and "ahead" not in faults:
        assert_tables_are_equal(town.folder, town.calm)
    if not faults:
        assert not [each for each in ran.steps.values() if each.state != "done"], told
    if "down" in faults or "token" in faults:  # what was collected is reconciled all the same
        assert "full" in faults or {"reconcile", "indicators"} <= done, told
    for name, each in ran.steps.items():
        if name.startswith("report") and each.state == "done":
            (made,) = each.made
            said = words(town.folder.root / made)
            assert said
            if calm and reached and "ahead" not in faults and name in calm.steps:
                assert said == words(town.calm.root / made), name
                office.happened["reports equal"] += 1
        elif name.startswith("report"):
            assert {"template", "full"} & set(faults), told


def _since(log: Path, before: int) -> str:
    if not log.exists():
        return ""
    content = log.read_bytes()
    return content[before if len(content) >= before else 0 :].decode(errors="replace")


def _ran(folder: Folder, status: int, said: Path) -> Ran:
    nights = Ledger(folder.data / "nights.jsonl").nights
    outcomes = nights[-1].outcomes if nights else {}
    told = said.read_text(encoding="utf-8")
    codes = {problem.code for each in outcomes.values() for problem in each.problems}
    return Ran(status, told, outcomes, codes)
