"""Validation states set on the server: only where named, only known ones, and read back."""

import orjson
import pytest

from connectors.servers import kobo
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault

from .conftest import BOTH


@pytest.fixture
def ids(club):
    """Give the ids of four submissions."""
    for note in "abcd":
        club.send(note)
    return sorted(club.records())


@pytest.fixture
def lossy(loopback, weather, club, fast):
    """Put a server before the server; the test says what becomes of requests that change."""
    rest, _ = weather(1_000_000)
    opened = []

    def start(answer):
        def serve_or(handler, asked):
            if asked.method in ("PATCH", "DELETE"):
                answer(handler, asked, rest)
            else:
                rest(handler, asked)

        front = loopback(serve_or)
        opened.append(Server("kobo", "kobo", front.url, front.url, club.server.token, fast))
        return front, opened[-1]

    yield start
    for each in opened:
        each.close()


def states(club):
    found = {number: each["_validation_status"] for number, each in club.records().items()}
    return {number: status.get("uid", "").removeprefix("validation_status_")
            for number, status in found.items()}  # fmt: skip


@BOTH
def test_only_the_named_get_the_state(club, server, ids):
    done = kobo.set_states(server, club.asset, ids[1:3], "on_hold")
    assert states(club) == dict(zip(ids, ["", "on_hold", "on_hold", ""], strict=True))
    assert list(done.standing) == ids[1:3] and done.other == {} and done.unknown == ()
    shown = {row.validation for row in done.standing.values()}
    assert shown == {"validation_status_on_hold"} and kobo.STATES["on_hold"] in shown
    assert all(isinstance(row.validated, int) for row in done.standing.values())


@BOTH
def test_a_state_is_taken_away_from_the_named_only(club, server, ids):
    kobo.set_states(server, club.asset, ids, "not_approved")
    done = kobo.set_states(server, club.asset, ids[:1], None)
    assert list(done.standing) == ids[:1]
    assert states(club) == dict(zip(ids, ["", *["not_approved"] * 3], strict=True))


@BOTH
def test_ids_that_are_not_there_are_named(club, server, ids):
    done = kobo.set_states(server, club.asset, [ids[0], 999_999], "on_hold")
    assert (list(done.standing), done.unknown) == ([ids[0]], (999_999,))
    done = kobo.set_states(server, club.asset, [999_999], "on_hold")
    assert (done.standing, done.unknown) == ({}, (999_999,))


@pytest.mark.parametrize("nothing", [[], (), set(), range(0)])
def test_no_ids_send_nothing(club, server, ids, nothing, loopback):
    behind = loopback(lambda handler, asked: handler.reply(500))
    with Server("kobo", "kobo", behind.url, behind.url, "t") as nobody:
        done = kobo.set_states(nobody, club.asset, nothing, "on_hold")
        assert kobo.edit_answers(nobody, club.asset, {}).done == {}
        assert kobo.edit_answers(nobody, club.asset, {ids[0]: {}}).done == {}
    assert (done.standing, done.unknown, behind.asked) == ({}, (), [])


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
        ([12], "validation_status_on_hold", ValueError),
    ],
)
def test_a_mistake_never_becomes_all(loopback, wrong, state, error):
    behind = loopback(lambda handler, asked: handler.reply(500))
    with Server("kobo", "kobo", behind.url, behind.url, "t") as nobody, pytest.raises(error):
        kobo.set_states(nobody, "aX", wrong, state)
    assert behind.asked == []


def test_a_lost_answer_is_read_back_not_asked_again(club, ids, lossy):
    def lose(handler, asked, rest):
        rest.forward(asked)
        handler.reset()

    front, server = lossy(lose)
    done = kobo.set_states(server, club.asset, ids[:2], "on_hold")
    assert list(done.standing) == ids[:2]
    assert [each.method for each in front.asked].count("PATCH") == 1
    sent = next(each for each in front.asked if each.method == "PATCH")
    assert orjson.loads(sent.body) == {
        "payload": {
            "submission_ids": ids[:2],
            "validation_status.uid": "validation_status_on_hold",
        }
    }


def test_a_request_that_got_lost_is_told(club, ids, lossy):
    front, server = lossy(lambda handler, asked, rest: handler.reset())
    with pytest.raises(ServerFault) as raised:
        kobo.set_states(server, club.asset, ids, "on_hold")
    assert raised.value.code == "server-reset" and set(states(club).values()) == {""}
    assert [each.method for each in front.asked].count("PATCH") == 1


def test_a_server_that_says_yes_and_does_another_thing_is_found_out(club, ids, lossy):
    """As KoBo does with a state that it does not know: 200, and the state is gone."""

    def reset(handler, asked, rest):
        body = asked.body.replace(b"validation_status_on_hold", b"bogus")
        rest(handler, type(asked)(asked.method, asked.path, asked.headers, body))

    _, server = lossy(reset)
    done = kobo.set_states(server, club.asset, ids[:2], "on_hold")
    assert done.standing == {} and list(done.other) == ids[:2]


def test_without_the_right_to_it_nothing_is_taken_for_done(club, ids, lossy):
    _, server = lossy(lambda handler, asked, rest: handler.reply(403, b'{"detail":"no"}'))
    with pytest.raises(ServerFault) as raised:
        kobo.set_states(server, club.asset, ids, "on_hold")
    assert raised.value.code == "server-permission"
