"""States of submissions: only where named, and what stands is read back."""

from typing import Any

import pytest

from connectors.servers.contract import Server
from tests.connectors.contract.people import People


@pytest.fixture
def roots(club: People) -> list[str]:
    """Four submissions."""
    return [club.send(f"<note>{number}</note>") for number in range(4)]


def states(club: People) -> list[str | None]:
    return [row.validation for row in club.rows()]


def test_only_the_named_get_the_state(club: People, roots: list[str]) -> None:
    ids = [row.id for row in club.rows()]
    word = club.ask.STATES["on_hold"]
    done = club.ask.set_states(club.server, club.asset, ids[1:3], "on_hold")
    assert states(club) == [None, word, word, None]
    assert list(done.standing) == ids[1:3] and done.other == {} and done.unknown == ()
    for row in done.standing.values():
        assert row.validation == word and isinstance(row.validated, int)
        assert row.root_uuid in roots[1:3]
    done = club.ask.set_states(club.server, club.asset, ids[1:2], None)
    assert list(done.standing) == ids[1:2] and states(club) == [None, None, word, None]


def test_every_state_has_the_same_word_whoever_sets_it(club: People, roots: list[str]) -> None:
    number = club.row(roots[0]).id
    for name, word in club.ask.STATES.items():
        club.review(roots[1], name)
        club.ask.set_states(club.server, club.asset, [number], name)
        assert states(club) == [word, word, None, None]
    club.review(roots[1], None)
    assert club.row(roots[1]).validation is None


def test_numbers_that_are_not_there_are_named(club: People, roots: list[str]) -> None:
    number = club.row(roots[0]).id
    done = club.ask.set_states(club.server, club.asset, [number, 77], "on_hold")
    assert (list(done.standing), done.unknown) == ([number], (77,))
    done = club.ask.set_states(club.server, club.asset, [77], "on_hold")
    assert (done.standing, done.unknown) == ({}, (77,))


@pytest.fixture
def nobody(there: People) -> Server:
    """The same account at an address where nobody answers: what is sent there fails."""
    dead = "http://127.0.0.1:1"
    return there.again(url=dead, openrosa_url=dead)


@pytest.mark.parametrize("nothing", [[], (), set(), range(0)])
def test_no_numbers_send_nothing(there: People, nobody: Server, nothing: Any) -> None:
    done = there.ask.set_states(nobody, "x", nothing, "on_hold")
    assert (done.standing, done.other, done.unknown) == ({}, {}, ())


@pytest.mark.parametrize(
    ("wrong", "state", "error"),
    [
        (None, "on_hold", TypeError),
        ("12", "on_hold", TypeError),
        ({12: "x"}, "on_hold", TypeError),
        (12, "on_hold", TypeError),
        (["12"], "on_hold", TypeError),
        ([True], "on_hold", TypeError),
        ([1.0], "on_hold", TypeError),
        ([0], "on_hold", ValueError),
        ([-1], "on_hold", ValueError),
        ([12], "bogus", ValueError),
        ([12], "", ValueError),
        ([12], "hasIssues", ValueError),
        ([12], "validation_status_on_hold", ValueError),
    ],
)
def test_a_mistake_never_becomes_all(
    there: People, nobody: Server, wrong: Any, state: Any, error: type[Exception]
) -> None:
    with pytest.raises(error):
        there.ask.set_states(nobody, "x", wrong, state)
