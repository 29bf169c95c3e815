"""Named answers of named submissions, changed on the server."""

from typing import Any

import pytest

from connectors.servers.contract import Server
from programme.problem import Exit, ProblemError
from tests.connectors.contract.people import People

BODY = (
    "<club>C1</club><attendance>41</attendance><note>trước</note><old>của bản cũ</old>"
    "<visits><host>An</host><guests>2</guests></visits><visits><host>Bình</host></visits>"
)


def edited(club: People, root: str, **answers: str | None) -> Any:
    paths = {name.replace("__", "/"): value for name, value in answers.items()}
    return club.ask.edit_answers(club.server, club.asset, {club.row(root).id: paths})


def answers_of(record: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in record.items()
        if not name.startswith(("_", "meta/", "formhub/"))
    }


def test_the_named_answers_of_the_named_change_and_nothing_else(club: People) -> None:
    root, other = club.send(BODY), club.send(BODY)
    before = club.records()
    done = edited(club, root, note="sau", attendance="42")
    after = club.records()
    assert answers_of(after[root]) == {
        **answers_of(before[root]),
        "note": "sau",
        "attendance": "42",
    }
    assert after[other] == before[other]
    assert dict(done.done) == {before[root]["_id"]: after[root]["_uuid"]}
    assert (done.failed, done.unknown, done.misplaced, done.problems) == ((), (), (), ())
    assert after[root]["_uuid"] != before[root]["_uuid"]
    assert after[root]["_id"] == before[root]["_id"]
    assert after[root]["meta/rootUuid"] == before[root]["meta/rootUuid"]


def test_run_again_it_changes_nothing(club: People) -> None:
    root = club.send(BODY)
    edited(club, root, note="sau")
    before = club.records()
    again = edited(club, root, note="sau")
    assert again.unchanged == (before[root]["_id"],) and not again.done
    assert club.records() == before


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_an_answer_is_cleared(club: People, nothing: str | None) -> None:
    root = club.send(BODY)
    assert edited(club, root, note=nothing).done
    assert not club.records()[root].get("note")


def test_an_answer_that_was_not_given_is_written(club: People) -> None:
    root = club.send("<note>x</note>")
    assert edited(club, root, attendance="7").done
    assert answers_of(club.records()[root]) == {"note": "x", "attendance": "7"}


def test_one_row_of_a_repeat(club: People) -> None:
    root = club.send(BODY)
    number = club.row(root).id
    done = club.ask.edit_answers(club.server, club.asset, {number: {"visits[2]/host": "Chi"}})
    assert list(done.done) == [number]
    assert [row["visits/host"] for row in club.records()[root]["visits"]] == ["An", "Chi"]


def test_a_row_that_is_not_there_is_not_made(club: People) -> None:
    root = club.send(BODY)
    number, before = club.row(root).id, club.records()
    done = club.ask.edit_answers(club.server, club.asset, {number: {"visits[3]/host": "Chi"}})
    assert (done.failed, done.done) == ((number,), {}) and club.records() == before


def test_numbers_that_are_not_there_are_named(club: People) -> None:
    root = club.send(BODY)
    number = club.row(root).id
    wanted = {number: {"note": "x"}, 77: {"note": "x"}}
    done = club.ask.edit_answers(club.server, club.asset, wanted)
    assert list(done.done) == [number] and done.unknown == (77,)


@pytest.fixture
def nobody(there: People) -> Server:
    """The same account at an address where nobody answers: what is sent there fails."""
    dead = "http://127.0.0.1:1"
    return there.again(url=dead, openrosa_url=dead)


@pytest.mark.parametrize(
    "path",
    [
        "meta/instanceID", "meta", "formhub/uuid", "__version__", "_id", "_uuid", "_submitted_by",
        "", "/note", "note/", "a//b", "visits[0]/host", "visits[x]/host", "visits[-1]/host",
        "a b", "../note", "note]", "1note", "visits[1", "a" * 50 + "/" + "\x00",
    ],
)  # fmt: skip
def test_what_identifies_a_submission_is_refused_before_anything_is_sent(
    there: People, nobody: Server, path: str
) -> None:
    with pytest.raises(ProblemError) as raised:
        there.ask.edit_answers(nobody, "x", {1: {"note": "x"}, 2: {path: "x"}})
    assert raised.value.problems[0].code == "edit-path"
    assert raised.value.exit_status == Exit.INPUT


@pytest.mark.parametrize("value", ["a\x00b", "\x1b[31m", "\ud800", "\ufffe"])
def test_signs_that_no_submission_can_hold_are_refused(
    there: People, nobody: Server, value: str
) -> None:
    with pytest.raises(ProblemError) as raised:
        there.ask.edit_answers(nobody, "x", {1: {"note": value}})
    assert raised.value.problems[0].code == "edit-value"


@pytest.mark.parametrize(
    "edits",
    [None, [1], "1", {1: {"note": 5}}, {1: {"note": ["x"]}}, {"1": {"note": "x"}},
     {True: {"note": "x"}}, {0: {"note": "x"}}, {1: {"note": True}}, {1: {"visits": 3}}],
)  # fmt: skip
def test_a_mistake_never_becomes_all(there: People, nobody: Server, edits: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        there.ask.edit_answers(nobody, "x", edits)


def test_nothing_wanted_sends_nothing(there: People, nobody: Server) -> None:
    for nothing in ({}, {1: {}}):
        assert not there.ask.edit_answers(nobody, "x", nothing).done
