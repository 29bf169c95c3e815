"""Pulls from a Central that lies: told, nothing half-written, what was stored stays."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.test import run_wsgi_app

from tests.connectors.central.conftest import Clock, Club, Programme
from tests.connectors.central.standin.serve import Standin, serve_standin
from tests.connectors.hostile.conftest import stopping

JPEG = b"\xff\xd8\xff\xe0" + b"a small picture" * 50
LIST, FILLED, FILES = r"\.svc/Submissions$", r"/submissions/[^/]+\.xml$", r"/attachments$"
# what may be said of a pull that met lies; never anything that is not a problem of its own
TOLD = {
    "attachments-missing",
    "pull-moving",
    "server-answer",
    "server-error",
    "server-html",
    "server-not-found",
    "server-refused",
    "server-too-large",
    "server-truncated",
}


class Liar:
    """Stands before the stand-in and changes what it says."""

    def __init__(self) -> None:
        self.lies: list[tuple[str, Callable[[bytes], bytes]]] = []
        self.asked: list[str] = []

    def over(self, app: Any) -> Any:
        def lying(environ: Any, start: Any) -> Iterable[bytes]:
            path = environ["PATH_INFO"]
            self.asked.append(environ["REQUEST_URI"])
            pieces, status, headers = run_wsgi_app(app, environ, buffered=True)
            body = b"".join(pieces)
            for where, lie in self.lies:
                if re.search(where, path) and status.startswith("200"):
                    body = lie(body)
            headers["Content-Length"] = str(len(body))
            start(status, list(headers))
            return [body]

        return lying

    @contextmanager
    def about(self, where: str, lie: Callable[[bytes], bytes]) -> Iterator[None]:
        """Lie meanwhile."""
        self.lies.append((where, lie))
        yield
        self.lies.clear()


@pytest.fixture
def liar() -> Liar:
    return Liar()


@pytest.fixture
def standin(clock: Clock, liar: Liar) -> Iterator[Standin]:
    with serve_standin(clock=clock, front=liar.over) as running:
        yield running


@pytest.fixture
def filled(club: Club, programme: Programme) -> Club:
    """A club that sent six forms, three of which were pulled."""
    for number in range(3):
        club.send(f"<note>{number}</note>")
    assert programme.pull().agreed
    for number in range(3, 6):
        club.send(f"<note>{number}</note>")
    return club


def stored(programme: Programme) -> dict[str, Any]:
    rows = programme.rows("SELECT root_uuid, json FROM submission WHERE deleted IS NULL")
    return {root: json.loads(text) for root, text in rows}


def every(programme: Programme, before: dict[str, Any]) -> bool:
    """Tell whether all that was stored is there still, live or in history."""
    kept = {text for (text,) in programme.rows("SELECT json FROM history")}
    there = [*stored(programme).values(), *map(json.loads, kept)]
    return all(record in there for record in before.values())


def rows(change: Callable[[dict[str, Any]], Any]) -> Callable[[bytes], bytes]:
    """Change every row of a list."""

    def lie(body: bytes) -> bytes:
        page = json.loads(body)
        for row in page["value"]:
            change(row)
        return json.dumps(page).encode()

    return lie


def of_system(**said: Any) -> Callable[[bytes], bytes]:
    return rows(lambda row: row["__system"].update(said))


def page(**said: Any) -> Callable[[bytes], bytes]:
    return lambda body: json.dumps({**json.loads(body), **said}).encode()


def value_of(text: bytes) -> Callable[[bytes], bytes]:
    """Put other bytes where the time of an edit stands."""
    return lambda body: body.replace(b'"updatedAt":null', b'"updatedAt":' + text)


BIG = 2**63
LISTS: dict[str, Callable[[bytes], bytes]] = {
    "a count beyond 2^63": page(**{"@odata.count": BIG}),
    "a count that is true": page(**{"@odata.count": True}),
    "a count that is a text": page(**{"@odata.count": "6"}),
    "a count below zero": page(**{"@odata.count": -1}),
    "no rows": page(value=None),
    "rows that are numbers": page(value=[1, 2, 3]),
    "rows within rows": page(value=[[]]),
    "an id with a way": rows(lambda row: row.update(__id="../../../users/current")),
    "an id with a line": rows(lambda row: row.update(__id=row["__id"] + "\r\nX: y")),
    "an id with a zero": rows(lambda row: row.update(__id="uuid:\0")),
    "an id of dots": rows(lambda row: row.update(__id="..")),
    "an id that asks": rows(lambda row: row.update(__id=row["__id"] + "?x=#y")),
    "an empty id": rows(lambda row: row.update(__id="")),
    "an endless id": rows(lambda row: row.update(__id="x" * 100_000)),
    "an id that is a number": rows(lambda row: row.update(__id=7)),
    "the same id again": rows(lambda row: row.update(__id="uuid:1")),
    "a lone half of a sign": lambda body: body.replace(b'"__id":"uuid:', b'"__id":"\\ud800'),
    "not a number": value_of(b"NaN"),
    "an infinite number": value_of(b"1e999"),
    "a number of 5,000 digits": value_of(b"9" * 5000),
    "deeply nested": value_of(b"[" * 5000 + b"]" * 5000),
    "received in 9999": of_system(submissionDate="9999-12-31T23:59:59.999Z"),
    "received before everything": of_system(submissionDate="0001-01-01T00:00:00.000Z"),
    "received at no time": of_system(submissionDate="soon"),
    "received at a number": of_system(submissionDate=BIG),
    "received in no zone": of_system(submissionDate="2026-11-21T20:09:35.704"),
    "received far from there": of_system(submissionDate="2026-11-21T20:09:35.704+23:59"),
    "judged in 99999": of_system(reviewState="approved", updatedAt="99999-01-01T00:00:00.000Z"),
    "judged in 9999": of_system(reviewState="approved", updatedAt="9999-01-01T00:00:00.000Z"),
    "judged at no time": of_system(reviewState="approved", updatedAt="now"),
    "judged at a list": of_system(reviewState="approved", updatedAt=[1]),
    "judged in no zone": of_system(reviewState="approved", updatedAt="2026-11-21"),
    "an unknown state": of_system(reviewState="dubious"),
    "a state that is a list": of_system(reviewState=["approved"]),
    "files that are a text": of_system(attachmentsPresent="x", attachmentsExpected="y"),
    "files beyond 2^63": of_system(attachmentsPresent=BIG, attachmentsExpected=BIG),
    "files below zero": of_system(attachmentsPresent=-1, attachmentsExpected=-1),
    "a version of nobody": of_system(formVersion="of nobody", edits=0),
    "a version that is a list": of_system(formVersion=["1"], edits=0),
    "edits that are a text": of_system(edits="0"),
    "no system": rows(lambda row: row.pop("__system")),
    "a system that is a list": rows(lambda row: row.update(__system=[])),
    "answers of another type": rows(lambda row: row.update(note=[{"a": 1}], meta=7)),
    "an instance id that is a list": rows(lambda row: row.update(meta={"instanceID": ["x"]})),
    "a page that follows itself": page(**{"@odata.nextLink": "?$top=250"}),
    "a page elsewhere": page(**{"@odata.nextLink": "http://evil.example/x?$skiptoken=01e30="}),
    "a page that is a list": page(**{"@odata.nextLink": ["x"]}),
    "a page of letters": page(**{"@odata.nextLink": "?$top=x&$skiptoken=01e30="}),
}


@pytest.mark.parametrize("lie", LISTS)
def test_lists_that_lie(filled: Club, programme: Programme, liar: Liar, lie: str) -> None:
    programme.following()
    before = stored(programme)
    for proven in (False, True):
        with liar.about(LIST, LISTS[lie]):
            form = programme.pull(proven=proven)
        assert {each.code for each in form.problems} <= {*TOLD, "pull-unfollowed"}
        assert form.agreed or form.problems
        assert every(programme, before)  # here, or as what a server has taken back
    form = programme.pull(proven=True)  # the next good night is right
    assert (form.agreed, form.total) == (True, 6), form.problems
    assert {row["note"] for row in stored(programme).values()} == set("012345")


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda body: b"",
    "a web page": lambda body: b"<!DOCTYPE html><title>Log in</title>",
    "half of it": lambda body: body[: len(body) // 2],
    "JSON": lambda body: b'{"a": 1}',
    "another form": lambda body: body.replace(b'id="meeting"', b'id="another"'),
    "no form": lambda body: body.replace(b'id="meeting"', b""),
    "another submission": lambda body: re.sub(rb"uuid:[0-9a-f-]+", b"uuid:another", body),
    "a bomb": lambda body: (
        b'<!DOCTYPE data [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        b'<data id="meeting" version="1"><note>&b;&b;&b;</note></data>'
    ),
    "a file of ours": lambda body: (
        b'<!DOCTYPE data [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<data id="meeting" version="1"><note>&a;</note></data>'
    ),
    "deeply nested": lambda body: body.replace(b"<note>", b"<a>" * 3000 + b"<note>").replace(
        b"</note>", b"</note>" + b"</a>" * 3000
    ),
    "countless marks": lambda body: body.replace(
        b"<note>", b"<note " + b" ".join(b'a%d=""' % n for n in range(1_000_001)) + b">"
    ),
    "another encoding": lambda body: b'<?xml version="1.0" encoding="x-odd"?>' + body,
    "bytes that are no text": lambda body: body.replace(b"<note>", b"<note>\xff\xfe"),
}


@pytest.mark.parametrize("lie", FORMS)
def test_submissions_that_are_others(
    filled: Club, programme: Programme, liar: Liar, lie: str
) -> None:
    before = stored(programme)
    with liar.about(FILLED, FORMS[lie]):
        form = programme.pull()
    assert {each.code for each in form.problems} <= TOLD and form.problems and not form.agreed
    assert stored(programme) == before
    assert programme.pull().agreed
    assert {row["note"] for row in stored(programme).values()} == set("012345")


OWN = [each for each in FORMS if each not in ("nothing", "a web page", "half of it", "JSON")]
NIGHTS = pytest.mark.parametrize("following", [False, True])


def of(root: str) -> str:
    """Where the XML of one submission is."""
    return rf"/submissions/{root}\.xml$"


@pytest.mark.parametrize("lie", OWN)
def test_one_that_cannot_be_read_holds_up_no_other(
    filled: Club, programme: Programme, liar: Liar, lie: str
) -> None:
    bad = filled.sent[4]
    with liar.about(of(bad), FORMS[lie]):
        form = programme.pull()
        (problem,) = form.problems
        assert (problem.code, problem.severity) == ("submission-unreadable", "warning")
        assert (problem.place.submission, problem.place.form) == (bad, "meeting")
        assert (form.agreed, form.proven, form.unreadable, form.total) == (True, False, 1, 5)
        assert {row["note"] for row in stored(programme).values()} == set("01235")
        assert programme.rows("SELECT proven_total FROM position") == [(3,)]  # of the night before
        liar.asked.clear()
        assert programme.pull().problems == form.problems
        assert sum(".xml" in each for each in liar.asked) == 1  # this one, and nothing else
    form = programme.pull()
    assert (form.proven, form.unreadable, form.new, form.problems) == (True, 0, 1, ())
    assert {row["note"] for row in stored(programme).values()} == set("012345")
    assert programme.rows("SELECT * FROM unreadable") == []


@NIGHTS
def test_an_edit_that_cannot_be_read_leaves_the_version_before(
    filled: Club, programme: Programme, liar: Liar, following: bool
) -> None:
    bad = filled.sent[1]
    programme.pull()
    if following:
        programme.following()
        programme.pull()
    filled.edit(bad, "<note>sửa</note>")
    kind = "followed" if following else "proven"
    with liar.about(of(bad), FORMS["a bomb"]):
        for _ in range(2):
            form = programme.pull()
            (problem,) = form.problems
            assert "last readable version" in problem.what.en and problem.place.submission == bad
            assert (form.agreed, form.kind, form.changed, form.total) == (True, kind, 0, 6)
            assert {row["note"] for row in stored(programme).values()} == set("012345")
    assert programme.rows("SELECT * FROM history") == []
    form = programme.pull()
    assert (form.agreed, form.kind, form.changed, form.problems) == (True, kind, 1, ())
    assert {row["note"] for row in stored(programme).values()} == {*"02345", "sửa"}
    assert len(programme.rows("SELECT * FROM history")) == 1


@NIGHTS
def test_one_that_cannot_be_read_is_deleted_on_the_server(
    filled: Club, programme: Programme, liar: Liar, following: bool
) -> None:
    bad = filled.sent[4]
    if following:
        programme.following()
    with liar.about(of(bad), FORMS["a bomb"]):
        assert programme.pull().unreadable == 1
        filled.ask("DELETE", f"/{bad}")
        form = programme.pull()
    assert (form.agreed, form.unreadable, form.deleted, form.total) == (True, 0, 0, 5)
    assert form.problems == () and programme.rows("SELECT * FROM history") == []


def test_one_that_was_deleted_comes_back_unreadable_and_goes_again(
    filled: Club, programme: Programme, liar: Liar
) -> None:
    bad = filled.sent[1]
    filled.ask("DELETE", f"/{bad}")
    assert programme.pull().deleted == 1
    filled.ask("POST", f"/{bad}/restore")
    with liar.about(of(bad), FORMS["a bomb"]):
        form = programme.pull()
        assert (form.unreadable, form.total) == (1, 5) and "no table" in form.problems[0].what.en
        filled.ask("DELETE", f"/{bad}")
        form = programme.pull()
    assert (form.proven, form.deleted, form.total, form.problems) == (True, 0, 5, ())
    filled.ask("POST", f"/{bad}/restore")
    assert programme.pull().total == 6


@pytest.mark.parametrize("count", [3, 4])
def test_where_more_than_one_in_ten_cannot_be_read_it_is_the_server(
    club: Club, programme: Programme, liar: Liar, count: int
) -> None:
    for number in range(35):
        club.send(f"<note>{number}</note>")
    some = "|".join(club.sent[:count])
    with liar.about(of(f"({some})"), FORMS["a bomb"]):
        form = programme.pull()
    assert form.agreed == (count == 3)
    assert {each.code for each in form.problems} == (
        {"submission-unreadable"} if form.agreed else {"server-answer"}
    )
    assert programme.pull().proven and len(stored(programme)) == 35


def test_a_web_page_for_one_is_the_servers_fault(
    filled: Club, programme: Programme, liar: Liar
) -> None:
    with liar.about(of(filled.sent[4]), FORMS["a web page"]):
        form = programme.pull()
    assert [each.code for each in form.problems] == ["server-html"] and not form.agreed


def test_a_pull_that_ends_anywhere_among_the_unreadable_harms_nothing(
    filled: Club, programme: Programme, liar: Liar
) -> None:
    with liar.about(of(filled.sent[4]), FORMS["a bomb"]):
        for steps in range(20):
            try:
                form = programme.pull(progress=stopping(steps))
                break
            except KeyboardInterrupt:
                there = {row["note"] for row in stored(programme).values()}
                assert set("012") <= there <= set("01235")
                assert len(programme.rows("SELECT * FROM unreadable")) <= 1
    assert steps > 1 and (form.unreadable, form.total) == (1, 5)
    assert programme.pull().proven and len(stored(programme)) == 6


FIELDS: dict[str, bytes] = {
    "nothing": b"[]",
    "numbers": b"[1, 2]",
    "no paths": b'[{"type": "repeat"}]',
    "an odd path": b'[{"path": ["x"], "type": {"a": 1}, "name": 7}]',
    "everything repeats": b'[{"path": "/note", "type": "repeat", "name": "note"}]',
    "nested": b'[{"path": "/a", "type": "structure"}, {"path": "/a/b", "type": "repeat"}]',
}


@pytest.mark.parametrize("lie", FIELDS)
def test_fields_that_the_form_has_not(
    filled: Club, programme: Programme, liar: Liar, lie: str
) -> None:
    with liar.about(r"/fields$", lambda body: FIELDS[lie]):
        form = programme.pull()
    assert {each.code for each in form.problems} <= TOLD
    assert form.agreed or form.problems
    assert programme.pull(proven=True).agreed


NAMES = ["../../../evil.jpg", "x" * 300 + ".jpg", "CON", "nul.txt", "/etc/passwd", "..", ".",
         "..\\..\\evil.exe", "aux.jpg:stream", "-rf", "\u202egpj.exe", "a?b#c%2e.jpg"]  # fmt: skip


def test_names_of_files_lead_nowhere(club: Club, programme: Programme, liar: Liar) -> None:
    """Phones name files; Central keeps the names as they came."""
    for name in NAMES:
        root = club.send(f"<note>x</note><photo>{name}</photo>")
        with club.standin.world.lock:
            files = club.form.submissions[root].current.files
            assert list(files) == [name]
            files[name] = (JPEG + name.encode(), "image/jpeg")
    outside = {each for each in programme.folder.root.parent.rglob("*") if each.is_file()}
    form = programme.pull()
    assert form.agreed
    names = {name for (name,) in programme.rows("SELECT name FROM attachment")}
    assert names == set(NAMES)
    new = {each for each in programme.folder.root.parent.rglob("*") if each.is_file()} - outside
    files_here = [each for each in new if programme.folder.attachments in each.parents]
    assert all(re.fullmatch(r"[0-9a-f]{64}(\.\w+)?", each.name) for each in files_here)
    assert all(programme.folder.data in each.parents for each in new)
    # nothing has the names . and .., which would lead elsewhere: told as missing
    assert form.attachments >= len(NAMES) - 3, form.problems
    below = re.compile(r"(http://[^/]+)?/v1/(sessions|users/current|projects/\d+(/|$))")
    assert all(below.match(asked) and "/../" not in asked for asked in liar.asked)


@pytest.mark.parametrize(
    "files",
    [
        [{"name": "a\0b.jpg", "exists": True}],
        [{"name": "a\r\nX: y.jpg", "exists": True}],
        [{"name": "\ud83d.jpg", "exists": True}],
        [{"name": 7, "exists": True}],
        [{"name": ["x"], "exists": True}],
        [{"exists": True}],
        [{"name": "x", "exists": "yes"}],
        [7],
        {"a": 1},
        None,
        [{"name": "x" * 100_000, "exists": True}],
        [{"name": "x.jpg", "exists": True}] * 2,
    ],
    ids=range(12),
)
def test_lists_of_files_that_lie(club: Club, programme: Programme, liar: Liar, files: Any) -> None:
    club.send("<note>x</note><photo>x.jpg</photo>")
    with liar.about(FILES, lambda body: json.dumps(files).encode()):
        form = programme.pull()
    assert {each.code for each in form.problems} <= TOLD
    assert [each for each in programme.folder.attachments.rglob("*") if each.is_file()] == []
    assert programme.pull(proven=True).agreed
