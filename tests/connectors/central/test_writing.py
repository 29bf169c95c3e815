"""Review states and answers changed on ODK Central."""

from datetime import timedelta
from typing import Any

import pytest

from connectors.push import push_states
from connectors.push_results import SourcePush, WantedState
from connectors.servers import central
from connectors.servers.contract import Record
from tests.connectors.central.conftest import CALM, Club, Programme


def records(club: Club) -> dict[str, Record]:
    """Everything as the server has it, by instance id."""
    highest = central.extent(club.server, "meeting").highest
    found = central.everything(club.server, "meeting", highest)
    return {record["meta/rootUuid"]: record for page in found for record in page}


def numbers(club: Club) -> list[int]:
    """The numbers of what was sent, in its order."""
    found = records(club)
    return [found[root]["_id"] for root in club.sent]


def test_states_are_what_stands_afterwards(club: Club) -> None:
    for _ in range(3):
        club.send()
    first, second, _ = numbers(club)
    club.ask("PATCH", f"/{club.sent[1]}", json={"reviewState": "hasIssues"})
    before = records(club)[club.sent[1]]["_system"]["updatedAt"]
    stands = central.set_states(club.server, "meeting", [first, second, 77], "on_hold")
    assert set(stands.standing) == {first, second} and not stands.other
    assert stands.unknown == (77,)
    found = records(club)
    assert found[club.sent[0]]["_system"]["reviewState"] == "hasIssues"
    assert found[club.sent[1]]["_system"]["updatedAt"] == before  # it was so: not asked again
    assert found[club.sent[2]]["_validation_status"] == {}
    row = central.row_of(found[club.sent[0]], "meeting")
    assert row.validation == central.STATES["on_hold"] and row == stands.standing[first]
    central.set_states(club.server, "meeting", [first], None)
    assert records(club)[club.sent[0]]["_system"]["reviewState"] is None


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


def test_what_cannot_be_edited_is_told(club: Club) -> None:
    club.send("<visit><who>An</who></visit>")
    (number,) = numbers(club)
    edited = central.edit_answers(
        club.server, "meeting", {number: {"visit[2]/who": "Bình"}, 77: {"note": "x"}}
    )
    assert (edited.failed, edited.unknown) == ((number,), (77,))
    for wrong in ({number: {"visit": 3}}, [number]):
        with pytest.raises(TypeError):
            central.edit_answers(club.server, "meeting", wrong)  # type: ignore[arg-type]


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


def test_a_persons_review_is_never_replaced(club: Club, programme: Programme) -> None:
    for _ in range(3):
        club.send()
    programme.pull()
    ours, persons, edited = numbers(club)
    club.ask("PATCH", f"/{club.sent[1]}", json={"reviewState": "approved"})
    wanted = [WantedState("meeting", "central", each, "on_hold") for each in numbers(club)]

    def pushed() -> SourcePush:
        (result,) = push_states(
            programme.settings,
            programme.folder,
            wanted,
            environ={"PASSWORD": club.standin.password},
            now=programme.clock.now,
            limits=CALM,
        ).sources
        return result

    result = pushed()
    assert (sorted(result.set), result.left) == ([ours, edited], [persons])
    # the same state, set by a person now; and an answer edited, which takes the state away
    club.ask("PATCH", f"/{club.sent[0]}", json={"reviewState": "rejected"})
    club.edit(club.sent[2], "<note>sửa</note>")
    programme.clock.now += timedelta(minutes=1)
    result = pushed()
    assert (result.set, sorted(result.left)) == ([edited], [ours, persons])
    states = [record["_system"]["reviewState"] for record in records(club).values()]
    assert sorted(states) == ["approved", "hasIssues", "rejected"]
