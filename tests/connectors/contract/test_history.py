"""What a server says has happened since some moment."""

from datetime import datetime, timedelta

from tests.connectors.contract.people import People


def test_what_was_edited_judged_or_deleted_is_told(club: People) -> None:
    edited, judged, deleted, _ = (club.send(f"<note>{number}</note>") for number in range(4))
    before = club.ask.history(club.server, club.asset, None)
    assert before.whole and before.roots == frozenset()
    club.edit(edited, "<note>sửa</note>")
    club.review(judged, "on_hold")
    club.delete(deleted)
    told = club.ask.history(club.server, club.asset, before.until)
    assert told.whole and told.roots == {edited, judged, deleted}
    assert moment(told.until) >= moment(before.until)
    # a stretch is read again, since a change may be told a little late
    assert club.ask.history(club.server, club.asset, told.until).roots == told.roots


def test_a_quiet_form_has_none(club: People) -> None:
    club.send()
    before = club.ask.history(club.server, club.asset, None)
    told = club.ask.history(club.server, club.asset, before.until)
    assert told.whole and told.roots == frozenset()
    assert abs(moment(told.now) - moment(before.now)) < timedelta(minutes=5)


def test_what_is_too_long_ago_is_not_whole(club: People) -> None:
    now = club.ask.history(club.server, club.asset, None).now
    long_ago = (moment(now) - timedelta(days=61)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert not club.ask.history(club.server, club.asset, long_ago).whole


def moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    assert found.tzinfo is not None
    return found
