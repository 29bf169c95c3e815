"""What OData gives is compared, and given up where it is not what was sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from connectors import proof
from connectors.compare import difference
from connectors.servers import central
from connectors.servers.central import fetching, quick
from tests.connectors.central.conftest import CALM, Club, Programme
from tests.connectors.central.quick.conftest import COLLECT, SMALL, Phones

PLAIN = "<note>họp</note><people>12</people>"
# it says that it is ODK Collect and writes what the form does not have
LIAR = f"{PLAIN}<strange>1</strange>"


def test_one_that_differs_sends_all_to_the_xml(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PAGE", 5)
    first = phones.send(LIAR)  # the oldest comes last
    roots = {first, *(phones.send(PLAIN) for _ in range(20))}
    monkeypatch.setattr(quick, "COMPARED", 5)
    records = phones.pulled()
    assert [note.code for note in phones.server.notes] == ["odata-differs"]
    assert phones.xml_asked() == roots == records.keys()
    assert records[first]["strange"] == "1" and records == phones.read_as_xml()


def test_some_of_each_page_are_compared_the_same_ones_again(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PAGE", 10)
    for _ in range(40):
        phones.send(PLAIN)
    records = phones.pulled()
    compared = phones.xml_asked()
    assert len(compared) in range(4 * quick.COMPARED, 5 * quick.COMPARED + 2)
    assert phones.pulled() == records and phones.xml_asked() == compared
    assert not phones.server.notes


def test_the_first_of_each_version_is_compared(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick, "COMPARED", 0)
    phones.publish(SMALL, "2")
    sent = [
        phones.send(PLAIN, agent=COLLECT.replace("v2025", f"v{year}"), version=version)
        for year in ("2022", "2025")
        for version in "12"
        for _ in range(5)
    ]
    assert phones.pulled().keys() == set(sent)
    kinds = {sent.index(root) // 5 for root in phones.xml_asked()}
    assert kinds == {0, 1, 2, 3} and len(phones.xml_asked()) == 4


def test_a_form_that_is_published_meanwhile_is_noticed(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PAGE", 2)
    roots = {phones.send(PLAIN) for _ in range(8)}
    pages = central.everything(phones.server, "f", central.extent(phones.server, "f").highest)
    next(pages)
    phones.publish(SMALL[1:])  # from now on OData gives no note
    assert {record["meta/rootUuid"] for page in pages for record in page} == roots
    assert [note.code for note in phones.server.notes] == ["odata-differs"]
    phones.server.notes.clear()


def test_pages_that_are_too_large_are_halved(phones: Phones) -> None:
    for _ in range(40):
        phones.send(f"<note>{'dài ' * 100}</note>")
    whole = phones.pulled()
    phones.server.close()
    limits = replace(CALM, body=10_000)
    url, password = phones.standin.url, phones.standin.password
    phones.server = type(phones.server)(
        "c", "central", url, url, password, limits, phones.standin.email, phones.project.id
    )
    assert phones.pulled() == whole and not phones.server.notes


def test_a_pull_tells_it_and_is_complete(programme: Programme, club: Club) -> None:
    def send(body: str) -> None:
        agent = {"User-Agent": COLLECT, "Content-Type": "text/xml"}
        instance = f"uuid:6b4f7700-881b-4cb5-b435-c2d1b6b2{len(club.sent):04}"
        club.ask("POST", "", data=club.xml(body, instance), headers=agent)
        club.sent.append(instance)

    for _ in range(3):
        send("<note>họp</note>")
    assert not programme.pull().problems
    for _ in range(30):
        send("<note>họp</note><strange>1</strange>")
    pulled = programme.pull()
    assert [(each.code, each.severity) for each in pulled.problems] == [("odata-differs", "note")]
    assert (pulled.new, pulled.agreed, pulled.proven) == (30, True, True)
    count = "SELECT count(*) FROM submission WHERE json_extract(json, '$.strange') = '1'"
    assert programme.rows(count) == [(30,)]


@pytest.mark.parametrize("moved", ["nothing", "edited", "deleted", "restored"])
def test_a_first_pull_is_proven_by_one_pass_where_nothing_moves(
    moved: str, programme: Programme, club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme.following()  # as a large source
    roots = [club.send(f"<note>{number}</note>") for number in range(8)]
    club.ask("DELETE", f"/{roots[4]}")
    programme.clock.now += timedelta(hours=1)  # what is read twice ends before
    changes = {
        "nothing": lambda: None,
        "edited": lambda: club.edit(roots[0], "<note>sửa</note>"),
        "deleted": lambda: club.ask("DELETE", f"/{roots[1]}"),
        "restored": lambda: club.ask("POST", f"/{roots[4]}/restore"),
    }
    plain, compared = proof.fetch_everything, []

    def fetching_and_moving(*asked: Any) -> None:
        plain(*asked)
        changes[moved]()

    def noting(*asked: Any) -> Any:
        compared.append(asked)
        return difference(*asked)

    monkeypatch.setattr(proof, "fetch_everything", fetching_and_moving)
    monkeypatch.setattr(proof, "difference", noting)
    pulled = programme.pull()
    assert (pulled.kind, pulled.agreed, pulled.problems) == ("proven", True, ())
    assert bool(compared) == (moved != "nothing")
    assert pulled.total == {"deleted": 6, "restored": 8}.get(moved, 7)
    monkeypatch.undo()
    again = programme.pull()
    assert (again.kind, again.new, again.changed, again.deleted) == ("followed", 0, 0, 0)


@pytest.mark.parametrize("page", [2, 3])
def test_what_moves_between_pages_is_right_in_the_end(
    page: int, programme: Programme, club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PAGE", page)
    monkeypatch.setattr(fetching, "FEW", 0)
    agent = {"User-Agent": COLLECT, "Content-Type": "text/xml"}
    made: Callable[[int], str] = lambda n: f"uuid:6b4f7700-881b-4cb5-b435-c2d1b6b2{n:04}"  # noqa: E731

    def send(number: int) -> None:
        xml = club.xml(f"<note>{number}</note>", made(number))
        club.ask("POST", "", data=xml, headers=agent)

    for number in range(9):
        send(number)
    changes: list[Callable[[], Any]] = [
        lambda: send(100),
        lambda: club.ask("DELETE", f"/{made(6)}"),
        lambda: club.edit(made(3), "<note>sửa</note>"),
        lambda: club.ask("DELETE", f"/{made(1)}"),
        lambda: club.ask("POST", f"/{made(6)}/restore"),
    ]
    plain = fetching._page

    def changing(*asked: Any) -> Any:
        records = plain(*asked)
        if changes:
            changes.pop(0)()
        return records

    monkeypatch.setattr(fetching, "_page", changing)
    assert programme.pull().agreed and not changes
    assert programme.pull().agreed
    rows = programme.rows("SELECT root_uuid FROM submission WHERE deleted IS NULL")
    there = {one.root for one in club.form.submissions.values() if not one.deleted}
    assert {f"uuid:{root}" for (root,) in rows} == there
    ((note,),) = programme.rows(
        "SELECT json_extract(json, '$.note') FROM submission WHERE deleted IS NULL"
        " AND root_uuid LIKE '%0003'"
    )
    assert note == "sửa"
