"""Validation states set on KoBo over bad lines and without rights; see also ``contract``."""

import orjson
import pytest

from connectors.servers import kobo
from connectors.servers.contract import Server
from connectors.servers.faults import ServerFault


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
