"""Review states and answers changed on ODK Central, beside what every server does alike."""

from typing import Any

import pytest

from connectors.servers import central
from connectors.servers.contract import Record
from tests.connectors.central.conftest import Club


def records(club: Club) -> dict[str, Record]:
    """Everything as the server has it, by instance id."""
    highest = central.extent(club.server, "meeting").highest
    found = central.everything(club.server, "meeting", highest)
    return {record["meta/rootUuid"]: record for page in found for record in page}


def numbers(club: Club) -> list[int]:
    """The numbers of what was sent, in its order."""
    found = records(club)
    return [found[root]["_id"] for root in club.sent]


def test_a_state_that_stands_is_not_asked_for_again(club: Club) -> None:
    root = club.send()
    (number,) = numbers(club)
    club.ask("PATCH", f"/{root}", json={"reviewState": "hasIssues"})
    before = records(club)
    stands = central.set_states(club.server, "meeting", [number], "on_hold")
    # Central would take it for a new review
    assert set(stands.standing) == {number} and records(club) == before


def test_an_edit_changes_what_is_named_and_keeps_all_else(club: Club) -> None:
    root = club.send(
        '<note>một</note><strange a="1">lạ</strange><visit/>'
        "<visit><who>An</who></visit><visit><who>Bình</who></visit>"
    )
    (number,) = numbers(club)
    answers = {"note": "hai", "visit[2]/who": "Chi", "attendance": "41"}
    edited = central.edit_answers(club.server, "meeting", {number: answers})
    assert not edited.problems and not edited.failed
    record = records(club)[root]
    assert dict(edited.done) == {number: record["_uuid"]}
    assert (record["note"], record["attendance"], record["strange"]) == ("hai", "41", "lạ")
    assert [row["visit/who"] for row in record["visit"]] == ["An", "Chi"]
    assert record["meta/deprecatedID"] == root and record["_id"] == number
    assert b'<strange a="1">' in club.ask_raw(f"/{root}.xml")
    again = central.edit_answers(club.server, "meeting", {number: answers})
    assert again.unchanged == (number,) and not again.done


def test_what_somebody_edits_meanwhile_is_not_overwritten(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = club.send("<note>một</note>")
    (number,) = numbers(club)
    plain = central.edits.rewritten

    def late(*arguments: Any) -> Any:
        club.edit(root, "<note>của người khác</note>")
        return plain(*arguments)

    monkeypatch.setattr(central.edits, "rewritten", late)
    edited = central.edit_answers(club.server, "meeting", {number: {"note": "hai"}})
    assert edited.failed == (number,) and not edited.done
    assert records(club)[root]["note"] == "của người khác"
