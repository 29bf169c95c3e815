"""States pushed from what was found: ours come and go, a person's stay."""

from datetime import datetime

import pytest

from connectors.push import push_states
from connectors.push_results import WantedState
from connectors.servers import kobo
from connectors.servers.sandbox import serve
from connectors.store.pushes import begin_push, held, pushes
from connectors.store.versions import Origin
from programme.problem import Exit

TOKEN = "5ec2e7-5ec2e7-5ec2e7"


@pytest.fixture
def clock():
    """The server's clock; a test may set it on."""
    return [datetime.fromisoformat("2026-11-03T22:10:00+00:00")]


@pytest.fixture
def sandbox(request, tmp_path, clock):
    older = getattr(request, "param", "newer") == "older"
    with serve(tmp_path / "sandbox", TOKEN, older=older, clock=lambda: clock[0]) as running:
        yield running


@pytest.fixture
def ids(club, programme):
    """Give the ids of four submissions that were pulled."""
    for note in "abcd":
        club.send(note)
    programme.pull()
    return sorted(club.records())


@pytest.fixture
def push(programme, clock):
    """Push states by id, at ten past ten; give what came of it."""

    def push_these(states, *, at=None, **options):
        there = at or programme
        wanted = [WantedState("meeting", "kobo", number, state) for number, state in states.items()]
        return push_states(
            there.settings,
            there.folder,
            wanted,
            environ={"ISHC_TOKEN": TOKEN},
            now=clock[0],
            **options,
        )

    return push_these


def states(club):
    found = {number: each["_validation_status"] for number, each in club.records().items()}
    return {
        number: status.get("uid", "").removeprefix("validation_status_")
        for number, status in found.items()
    }


def one(result):
    (source,) = result.sources
    return source


def on(club, ids, number, state):
    club.validate(ids[number], f"validation_status_{state}")


@pytest.mark.parametrize("sandbox", ["newer", "older"], indirect=True)
def test_states_come_change_and_go(programme, club, ids, push, clock):
    result = push({ids[0]: "on_hold", ids[1]: "not_approved", ids[2]: None})
    done = one(result)
    assert (sorted(done.set), done.right, done.left) == (ids[:2], [ids[2]], [])
    assert result.problems == () and result.exit_status == Exit.DONE
    assert states(club) == dict(zip(ids, ["on_hold", "not_approved", "", ""], strict=True))
    with programme.store() as store:
        assert held(store, "meeting") == {
            ("kobo", ids[0]): "on_hold",
            ("kobo", ids[1]): "not_approved",
        }
    again = one(push({ids[0]: "on_hold", ids[1]: "not_approved"}))
    assert (again.set, sorted(again.right)) == ([], ids[:2])
    later = one(push({ids[0]: "not_approved", ids[1]: None}))
    assert (later.set, later.lifted) == ([ids[0]], [ids[1]])
    assert states(club) == dict(zip(ids, ["not_approved", "", "", ""], strict=True))
    with programme.store() as store:
        assert held(store, "meeting") == {("kobo", ids[0]): "not_approved"}
    assert programme.pull().proven
    assert one(push({ids[1]: "on_hold"})).set == [ids[1]]  # we took it away, so we may set it


def test_a_state_of_a_person_is_never_touched(club, ids, push):
    on(club, ids, 0, "approved")
    on(club, ids, 1, "on_hold")
    on(club, ids, 2, "not_approved")
    result = push({ids[0]: "on_hold", ids[1]: "on_hold", ids[2]: None, ids[3]: "on_hold"})
    done = one(result)
    assert (done.left, sorted(done.right), done.set) == ([ids[0]], ids[1:3], [ids[3]])
    assert states(club) == dict(
        zip(ids, ["approved", "on_hold", "not_approved", "on_hold"], strict=True)
    )
    (problem,) = result.problems
    assert problem.code == "states-left" and str(ids[0]) in problem.what.vi
    assert problem.severity == "note" and problem.place.form == "meeting"
    assert one(push({ids[1]: None})).right == [ids[1]]  # as we would have set it, yet a person's
    assert states(club)[ids[1]] == "on_hold"


def test_what_was_ours_is_a_persons_once_a_person_set_it(club, ids, push, clock):
    push({ids[0]: "on_hold", ids[1]: "on_hold"})
    clock[0] = datetime.fromisoformat("2026-11-04T01:00:00+00:00")
    on(club, ids, 0, "approved")
    on(club, ids, 1, "on_hold")  # the same state, but a person's now: another time
    done = one(push({ids[0]: "on_hold", ids[1]: None}))
    assert (done.left, done.right) == ([ids[0]], [ids[1]])
    assert states(club) == dict(zip(ids, ["approved", "on_hold", "", ""], strict=True))


def test_a_person_who_decides_after_the_pull_wins(programme, club, ids, push):
    push({ids[0]: "on_hold"})
    programme.pull()
    on(club, ids, 0, "approved")  # the store still shows ours
    assert one(push({ids[0]: "not_approved"})).left == [ids[0]]
    assert states(club)[ids[0]] == "approved"


def test_what_a_person_took_away_stays_away_until_an_edit(programme, club, ids, push, server):
    push({ids[0]: "on_hold"})
    kobo.set_states(server, club.asset, [ids[0]], None)  # as a person does
    assert one(push({ids[0]: "on_hold"})).left == [ids[0]]
    kobo.edit_answers(server, club.asset, {ids[0]: {"note": "edited"}})
    assert one(push({ids[0]: "on_hold"})).set == [ids[0]]


def test_only_the_named_are_touched(club, ids, push, programme):
    push(dict.fromkeys(ids, "on_hold"))
    assert push({}).sources == ()
    push({ids[0]: None})
    assert states(club) == dict(zip(ids, ["", *["on_hold"] * 3], strict=True))


@pytest.mark.parametrize("state", ["approved", "bogus", "", "validation_status_on_hold"])
def test_the_programme_does_not_approve_unless_it_is_told_to(club, ids, push, state):
    with pytest.raises(ValueError, match="may not"):
        push({ids[0]: "on_hold", ids[1]: state})
    assert set(states(club).values()) == {""}
    if state == "approved":
        assert one(push({ids[1]: state}, approve=True)).set == [ids[1]]


def test_what_is_not_there_is_named(club, ids, push):
    club.delete(ids[0])
    done = one(push({ids[0]: "on_hold", 999_999: "on_hold", ids[1]: "on_hold"}))
    assert (sorted(done.unknown), done.set) == ([ids[0], 999_999], [ids[1]])


def test_a_push_that_was_cut_off_after_the_server_did_it(programme, club, ids, push, server):
    origin = Origin("kobo", "meeting", club.asset)
    (rows,) = kobo.manifest(server, club.asset, ids[-1], ids=ids[:1])
    with programme.store() as store:
        begin_push(store, origin, rows, "on_hold", "2026-11-03T22:10:00Z")
    kobo.set_states(server, club.asset, ids[:1], "on_hold")
    done = one(push({ids[0]: None}))
    assert done.lifted == ids[:1] and states(club)[ids[0]] == ""


def test_a_push_that_was_cut_off_before(programme, club, ids, push, server, clock):
    origin = Origin("kobo", "meeting", club.asset)
    (rows,) = kobo.manifest(server, club.asset, ids[-1], ids=ids[:1])
    with programme.store() as store:
        begin_push(store, origin, rows, "on_hold", "2026-11-03T22:10:00Z")
    clock[0] = datetime.fromisoformat("2026-11-04T09:00:00+00:00")
    on(club, ids, 0, "on_hold")  # the next morning, by a person
    assert one(push({ids[0]: None})).right == ids[:1]
    assert states(club)[ids[0]] == "on_hold"
    assert one(push({ids[1]: "on_hold"})).set == [ids[1]]


@pytest.mark.parametrize("seen", [True, False])
def test_an_answer_that_got_lost(programme, club, ids, push, loopback, weather, fast, seen):
    rest, _ = weather(1_000_000)

    def answer(handler, asked):
        if asked.method == "PATCH":
            if seen:
                rest.forward(asked)
            handler.reset()
        else:
            rest(handler, asked)

    front = loopback(answer)
    result = push({ids[0]: "on_hold"}, at=programme.pointed(kobo=front.url), limits=fast)
    assert one(result).set == (ids[:1] if seen else [])
    assert [each.code for each in result.problems] == ([] if seen else ["server-reset"])
    assert sum(each.method == "PATCH" for each in front.asked) == 1
    assert one(push({ids[0]: "not_approved"})).set == ids[:1]
    assert states(club)[ids[0]] == "not_approved"


def test_a_refusal_leaves_no_trace_in_the_ledger(
    programme, club, ids, push, loopback, weather, fast
):
    rest, _ = weather(1_000_000)

    def answer(handler, asked):
        if asked.method == "PATCH":
            handler.reply(403, b'{"detail":"no"}')
        else:
            rest(handler, asked)

    result = push({ids[0]: "on_hold"}, at=programme.pointed(kobo=loopback(answer).url), limits=fast)
    assert [each.code for each in result.problems] == ["server-permission"]
    assert result.exit_status == Exit.SERVER
    assert programme.rows("SELECT COUNT(*) FROM push") == [(0,)]


def test_one_source_that_fails_does_not_stop_the_others(programme, club, ids, push):
    wanted = [
        WantedState("meeting", "province", 1, "on_hold"),
        WantedState("meeting", "kobo", ids[0], "on_hold"),
    ]
    result = push_states(
        programme.settings,
        programme.folder,
        wanted,
        environ={"ISHC_TOKEN": TOKEN},
        now=programme.clock,
    )
    assert [each.code for each in result.problems] == ["states-no-source"]
    assert [each.set for each in result.sources] == [ids[:1], []]


def test_many_go_in_few_requests(programme, club, ids, push, loopback, weather, monkeypatch):
    rest, _ = weather(1_000_000)
    front = loopback(rest)
    push(dict.fromkeys(ids, "on_hold"), at=programme.pointed(kobo=front.url))
    assert sum(each.method == "PATCH" for each in front.asked) == 1
    with programme.store() as store:
        lines = pushes(store, Origin("kobo", "meeting", club.asset), ids)
    assert all(line.done and line.at for number in ids for line in lines[number])


def test_a_token_that_is_refused(programme, club, ids):
    result = push_states(
        programme.settings,
        programme.folder,
        [WantedState("meeting", "kobo", ids[0], "on_hold")],
        environ={"ISHC_TOKEN": "0000"},
        now=programme.clock,
    )
    assert [each.code for each in result.problems] == ["server-token"]
    assert "0000" not in repr(result)
