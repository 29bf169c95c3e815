"""The club register as an entity list of ODK Central: it says what the registers say."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.entity_changes import changes, uuid_of
from connectors.entity_lists import EntitiesDone, bring_in_step
from connectors.servers import central, connect
from connectors.servers.central.entities import LARGEST_BODY, Entity
from connectors.servers.contract import Server
from programme.account import ServerSettings
from programme.folder import Folder
from programme.problem import ProblemError
from tests.connectors.central.standin.lists import Entity as Kept
from tests.connectors.central.standin.serve import Standin, serve_standin
from tests.connectors.kobo.conftest import CALM

HEADER = ("name", "label", "code", "commune", "members", "list_date")
HOA_DAO, HOA_MAI, NA_PAI = "06463-01", "06463-02", "06463-03"
FORCED = "force=true"
NO_CODES: Mapping[str, str] = {}


def row(code: str, label: str = "", members: str = "52", day: str = "2026-11-01") -> dict[str, str]:
    return {
        "name": code,
        "label": label or f"CLB {code}",
        "code": code,
        "commune": code[:5],
        "members": members,
        "list_date": day,
    }


@dataclass
class Front:
    """Stands before the server: notes what is asked, and does something before some of it."""

    app: Any = None
    asked: list[str] = field(default_factory=list)
    largest: int = 0
    instead: bytes = b""  # of the list as CSV
    lose: int = 0  # the answer to so many a request: it is done, and nobody hears of it
    before: Callable[[str, str], bool] = lambda method, path: True

    def __call__(self, app: Any) -> Any:
        self.app = app
        return self.answer

    def answer(self, environ: Mapping[str, Any], start: Any) -> Any:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if method != "GET" and "/datasets" in path:
            self.asked.append(f"{method} {path} {environ['QUERY_STRING']}")
            self.largest = max(self.largest, int(environ.get("CONTENT_LENGTH") or 0))
            if not self.before(method, path):
                start("403 Forbidden", [("Content-Type", "application/json")])
                return [b"{}"]
            if len(self.asked) == self.lose:
                list(self.app(environ, lambda *_: None))
                start("502 Bad Gateway", [("Content-Type", "text/html")])
                return [b"<html>"]
        if self.instead and path.endswith("entities.csv"):
            start("200 OK", [("Content-Type", "text/csv")])
            return [self.instead]
        return self.app(environ, start)


@dataclass
class Register:
    """A programme's registers, and the project in which its phones find the clubs."""

    standin: Standin
    server: Server
    folder: Folder
    front: Front

    def publish(
        self, *rows: dict[str, str], temporary: Mapping[str, str] = NO_CODES
    ) -> EntitiesDone:
        """Write the list as the registers do, and bring the server's in step."""
        path = self.folder.private(self.folder.lists) / "clubs.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADER)
            writer.writeheader()
            writer.writerows(rows)
        return bring_in_step(self.server, path, temporary)

    @property
    def kept(self) -> dict[str, Kept]:
        """Every entity there ever was, by uuid."""
        return self.standin.world.projects[1].datasets["clubs"].entities

    @property
    def live(self) -> dict[str, Kept]:
        """The entities that phones get, by the club's code; none twice."""
        there = [each for each in self.kept.values() if not each.deleted]
        found = {each.current["data"].get("code", ""): each for each in there}
        assert len(found) == len(there)
        return found

    def says(self) -> list[dict[str, str]]:
        """Give what phones get, as rows of the list."""
        return [
            {"name": code, "label": each.current["label"], **each.current["data"]}
            for code, each in sorted(self.live.items())
        ]


@pytest.fixture
def front() -> Front:
    return Front()


@pytest.fixture
def register(tmp_path: Path, front: Front) -> Iterator[Register]:
    with serve_standin(front=front) as standin:
        standin.project()
        told = ServerSettings(
            "central", "central", standin.url, standin.url, "PASSWORD", user=standin.email
        )
        with connect(told, {"PASSWORD": standin.password}, CALM) as server:
            central.check_account(server)
            yield Register(standin, server, Folder(tmp_path), front)


def counts(done: EntitiesDone) -> tuple[int, int, int, int]:
    return (done.created, done.updated, done.restored, done.deleted)


def test_the_list_is_made_and_then_left_alone(register: Register) -> None:
    clubs = [row(HOA_DAO), row(HOA_MAI, "CLB Hoa Mai")]
    done = register.publish(*clubs)
    assert (done.name, counts(done), done.problems) == ("clubs", (2, 0, 0, 0), ())
    assert register.says() == clubs
    register.front.asked.clear()
    assert counts(register.publish(*clubs)) == (0, 0, 0, 0)
    assert register.front.asked == []


def test_a_club_keeps_its_entity_and_gets_a_version_only_for_news(register: Register) -> None:
    register.publish(row(HOA_DAO))
    before = register.live[HOA_DAO]
    register.publish(row(HOA_DAO, members="53", day="2026-11-02"))
    assert register.live[HOA_DAO] is before
    assert (before.current["version"], before.current["baseVersion"]) == (2, 1)
    assert before.current["data"]["list_date"] == "2026-11-02"
    # the day of the list alone would be a new version of every club, every night
    assert counts(register.publish(row(HOA_DAO, members="53", day="2026-11-03"))) == (0, 0, 0, 0)


def test_a_club_that_left_goes_and_comes_back_as_the_same_one(register: Register) -> None:
    register.publish(row(HOA_DAO), row(HOA_MAI))
    first = register.live[HOA_MAI].uuid
    assert counts(register.publish(row(HOA_DAO))) == (0, 0, 0, 1)
    assert [*register.live] == [HOA_DAO]
    assert counts(register.publish(row(HOA_DAO), row(HOA_MAI, members="40"))) == (0, 1, 1, 0)
    assert register.live[HOA_MAI].uuid == first
    assert register.live[HOA_MAI].current["data"]["members"] == "40"


def test_registers_without_a_club_empty_no_list(register: Register) -> None:
    register.publish(row(HOA_DAO))
    with pytest.raises(ProblemError) as raised:
        register.publish()
    assert [each.code for each in raised.value.problems] == ["entities-none"]
    assert [*register.live] == [HOA_DAO]


def edit_by_hand(register: Register, code: str, **data: str) -> None:
    """Change an entity as a person does on Central's page."""
    entity = register.live[code]
    version = {**entity.current, "version": entity.current["version"] + 1, "userAgent": "Firefox"}
    entity.versions.append(version | {"data": entity.current["data"] | data})


def test_what_a_person_changed_there_is_told_and_the_register_wins(register: Register) -> None:
    register.publish(row(HOA_DAO), row(HOA_MAI))
    edit_by_hand(register, HOA_DAO, members="7", note="gọi trước khi đến")
    done = register.publish(row(HOA_DAO), row(HOA_MAI))
    (problem,) = done.problems
    assert (problem.code, problem.severity) == ("entity-edited", "warning")
    assert HOA_DAO in problem.what.vi and "members: 7 → 52" in problem.what.vi
    data = register.live[HOA_DAO].current["data"]
    assert (data["members"], data["note"]) == ("52", "gọi trước khi đến")  # not ours: it stays
    assert register.publish(row(HOA_DAO), row(HOA_MAI)).problems == ()


@pytest.mark.parametrize("times", [1, 9])
def test_somebody_who_is_quicker_is_never_written_over_unseen(
    register: Register, times: int
) -> None:
    register.publish(row(HOA_DAO))
    left = [str(number) for number in range(times)]

    def quicker(method: str, path: str) -> bool:
        if method == "PATCH" and left:
            edit_by_hand(register, HOA_DAO, members=left.pop())
        return True

    register.front.before = quicker
    done = register.publish(row(HOA_DAO, members="60"))
    (problem,) = done.problems
    assert HOA_DAO in problem.what.en
    if times == 1:  # read again, seen, and told
        assert (problem.code, done.updated) == ("entity-edited", 1)
        assert "members: 0 → 60" in problem.what.en
    else:
        assert (problem.code, done.updated) == ("entity-conflict", 0)
    patches = [each for each in register.front.asked if each.startswith("PATCH")]
    assert len(patches) == 2 and not any(FORCED in each for each in patches)


def test_uuids_that_are_taken_elsewhere_are_passed_over(register: Register) -> None:
    project = f"{register.server.url}/v1/projects/1"
    register.standin.world.foreign_uuids |= {uuid_of(project, "clubs", HOA_DAO)}
    clubs = [row(HOA_DAO), row(HOA_MAI)]
    assert counts(register.publish(*clubs)) == (2, 0, 0, 0)
    assert register.says() == clubs
    assert counts(register.publish(*clubs)) == (0, 0, 0, 0)  # found again by its code


def test_a_uuid_is_central_s_kind_and_follows_from_project_and_code() -> None:
    first = uuid_of("p/1", "clubs", HOA_DAO)
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", first
    )
    assert first == uuid_of("p/1", "clubs", HOA_DAO)
    assert len({first, uuid_of("p/2", "clubs", HOA_DAO), uuid_of("p/1", "clubs", HOA_MAI)}) == 3


def test_many_clubs_come_in_bodies_that_central_takes(register: Register) -> None:
    clubs = [row(f"06463-{number}", "Câu lạc bộ liên thế hệ " * 4) for number in range(100, 1100)]
    assert counts(register.publish(*clubs)) == (1000, 0, 0, 0)
    assert 50_000 < register.front.largest < LARGEST_BODY
    assert len(register.live) == 1000


def test_cut_off_after_any_request_the_next_run_mends_it(register: Register) -> None:
    before = [row(HOA_DAO), row(HOA_MAI), row("06463-09")]
    after = [row(HOA_DAO, members="60"), row(NA_PAI), row("06463-04"), row("06463-09", "Khác")]
    for allowed in range(12):
        register.front.before = lambda method, path: True
        register.publish(*before)
        register.front.asked.clear()
        register.front.before = lambda *_, most=allowed: len(register.front.asked) <= most
        try:
            register.publish(*after)
        except ProblemError:
            pass
        else:
            break
        register.front.before = lambda method, path: True
        assert register.publish(*after).problems == ()
        assert register.says() == sorted(after, key=lambda each: each["code"])
    assert 3 <= allowed <= 10  # it was cut off after each request that there is


@pytest.mark.parametrize("lost", range(1, 5))
def test_an_answer_that_got_lost_makes_nothing_twice(register: Register, lost: int) -> None:
    register.publish(row(HOA_DAO), row(HOA_MAI))
    register.publish(row(HOA_DAO))
    register.front.asked.clear()
    register.front.lose = lost
    after = [row(HOA_DAO, members="60"), row(HOA_MAI, members="41"), row(NA_PAI)]
    assert register.publish(*after).problems == ()
    assert register.says() == after
    assert len(register.kept) == 3 and len(register.front.asked) == 5  # one was asked again


def phone_makes(register: Register, temporary: str, label: str) -> str:
    """Make an entity as Central does of a registration that a phone sent; give its uuid."""
    url = f"{register.server.url}/v1/projects/1/datasets/clubs/entities"
    data = {"code": temporary, "commune": "06463", "members": "50"}
    asked = {"label": label, "data": data}
    headers = {"User-Agent": "org.odk.collect.android"}
    return str(register.server.http.json("POST", url, json=asked, headers=headers)["uuid"])


def test_a_row_that_a_phone_made_becomes_the_club_that_the_registers_gave(
    register: Register,
) -> None:
    register.publish(row(HOA_DAO))
    uuid = phone_makes(register, "5b1d", "CLB Nà Pài, Xã Bắc Sơn")
    unknown = register.publish(row(HOA_DAO))  # not pulled yet
    (problem,) = unknown.problems
    assert (problem.code, counts(unknown)) == ("entities-unknown", (0, 0, 0, 0))
    assert "CLB Nà Pài" in problem.what.vi
    known = [row(HOA_DAO), row(NA_PAI, "CLB Nà Pài", members="50")]
    done = register.publish(*known, temporary={"5b1d": NA_PAI})
    assert (counts(done), done.problems) == ((0, 1, 0, 0), ())
    assert register.live[NA_PAI].uuid == uuid
    assert register.live[NA_PAI].current["label"] == "CLB Nà Pài"


def test_of_two_rows_for_one_club_the_one_with_its_code_stays(
    register: Register,
) -> None:
    register.publish(row(NA_PAI))  # Central made the phone's row later than we published
    mine = register.live[NA_PAI].uuid
    phone_makes(register, "5b1d", "CLB Nà Pài, Xã Bắc Sơn")
    phone_makes(register, "77aa", "CLB Nà Pài")  # registered twice
    done = register.publish(row(NA_PAI), temporary={"5b1d": NA_PAI, "77aa": NA_PAI})
    assert counts(done) == (0, 0, 0, 2)
    assert register.live[NA_PAI].uuid == mine


codes = st.integers(1, 6).map(lambda number: f"06463-{number:02d}")
lists = st.dictionaries(codes, st.sampled_from(["1", "2"]), max_size=5)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(nights=st.lists(lists, min_size=1, max_size=4), phones=st.dictionaries(codes, st.text("ab")))
def test_after_any_nights_the_list_says_what_the_registers_say(
    nights: list[dict[str, str]], phones: dict[str, str]
) -> None:
    """The same comparing, with a server that is a dict: order and shape of nights do not matter."""
    temporary = {f"t{code}": code for code in phones}
    live = {f"u{t}": Entity(f"u{t}", 1, "", {"code": t}) for t in temporary}
    trash: dict[str, Entity] = {}
    for night in nights:
        wanted = [row(code, members=members) for code, members in night.items()]
        plan = changes(wanted, [*live.values()], [*trash.values()], temporary)
        for entity, _ in plan.restore:
            live[entity.uuid] = trash.pop(entity.uuid)
        for entity, each in plan.update + plan.restore:
            data = {k: v for k, v in each.items() if k not in ("name", "label")}
            live[entity.uuid] = Entity(entity.uuid, entity.version + 1, each["label"], data)
        for each in plan.create:
            uuid = uuid_of("p", "clubs", each["code"])
            assert uuid not in live | trash
            data = {k: v for k, v in each.items() if k not in ("name", "label")}
            live[uuid] = Entity(uuid, 1, each["label"], data)
        for entity in plan.delete:
            trash[entity.uuid] = live.pop(entity.uuid)
        said = {each.data["code"]: each.data["members"] for each in live.values()}
        assert said == night and len(said) == len(live)
        again = changes(wanted, [*live.values()], [*trash.values()], temporary)
        assert not (again.create or again.update or again.restore or again.delete)


@pytest.mark.parametrize(
    "body",
    [
        b"__id,label\n5f0c,CLB\n",
        b"__id,label,__version\n5f0c,CLB,two\n",
        b"__id,label,__version\n5f0c\n",
        b"label,__version\nCLB,1\n",
        b"__id,label,__version\n5f0c,\xff,1\n",
        b'__id,label,__version\n5f0c,"' + b"x" * 200_000 + b'",1\n',
        b"<html>log in first</html>",
    ],
)
def test_what_is_no_list_is_told_and_nothing_is_written(register: Register, body: bytes) -> None:
    register.publish(row(HOA_DAO))
    register.front.asked.clear()
    register.front.instead = body
    with pytest.raises(ProblemError) as raised:
        register.publish(row(HOA_DAO, members="1"))
    assert {each.place.server for each in raised.value.problems} == {"central"}
    assert register.front.asked == []
