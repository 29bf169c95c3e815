"""Submissions come, change and go while a pull reads: between two pages, and in any order."""

import uuid
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.servers import kobo, openrosa
from connectors.servers.contract import Media
from programme.folder import Folder
from programme.settings import PullSettings

PAGE = 3
ALWAYS = PullSettings(proven_up_to=0, proven_every_days=1000, recent_days=14)


def stored(programme):
    with programme.store() as store:
        return {each.id: orjson.loads(each.json) for each in store.submissions("meeting")}


@pytest.fixture
def pages(monkeypatch):
    monkeypatch.setattr(kobo.data, "PAGE", PAGE)


@pytest.fixture
def between(programme, club, loopback, weather, pages):
    """Give a programme whose server does something before the n-th page of all submissions."""
    spoiling, _ = weather(10_000)

    def start(page, action):
        seen = []

        def answer(handler, asked):
            manifest, whole = "_attachments" in asked.path, "fields" not in asked.path
            if "/data/" in asked.path and "limit=" in asked.path and (manifest or whole):
                seen.append(asked)
                if len(seen) == page:
                    action()
            spoiling(handler, asked)

        return programme.pointed(kobo=loopback(answer).url)

    return start


def edit(club, position):
    club.sent[position] = club.send("sau", edits=club.sent[position])
    club.sent.pop()


def numbered(club):
    return sorted(club.records())


ACTIONS = {
    "a new one": lambda club: club.send("mới"),
    "an edit of what was read": lambda club: edit(club, 0),
    "an edit of what is still to come": lambda club: edit(club, 6),
    "an edit on the edge of the page": lambda club: edit(club, PAGE),
    "a deletion of what was read": lambda club: club.delete(numbered(club)[1]),
    "a deletion of what is still to come": lambda club: club.delete(numbered(club)[5]),
    "the deletion of a whole page": lambda club: club.delete(*numbered(club)[3:6]),
    "the deletion of the last": lambda club: club.delete(numbered(club)[-1]),
    "the deletion of all": lambda club: club.delete(*numbered(club)),
    "a state": lambda club: club.validate(numbered(club)[0], "validation_status_approved"),
    "all at once": lambda club: (
        club.send("mới"), edit(club, 0), edit(club, 6), club.delete(*numbered(club)[4:6]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("action", ACTIONS)
def test_between_two_pages_of_a_first_pull(programme, club, between, action):
    for number in range(8):
        club.send(str(number))
    highest = max(club.records())
    result = between(2, lambda: ACTIONS[action](club)).pull()
    assert result.proven, result.problems
    now = club.records()
    # what arrived meanwhile belongs to the next pull
    assert stored(programme) == {each: now[each] for each in now if each <= highest}
    assert programme.pull().proven
    assert stored(programme) == now


@pytest.mark.parametrize("kind", ["followed", "proven"])
@pytest.mark.parametrize("action", ACTIONS)
def test_between_two_pages_of_a_later_pull(programme, club, between, kind, action):
    programme.settings = replace(programme.settings, pull=ALWAYS)
    for number in range(8):
        club.send(str(number))
    programme.pull()
    club.send("nine")
    edit(club, 2)
    there = between(2, lambda: ACTIONS[action](club))
    there.settings = replace(there.settings, pull=ALWAYS)
    result = there.pull(proven=kind == "proven")
    assert result.agreed, result.problems
    assert programme.pull().agreed
    assert stored(programme) == club.records()


@dataclass
class Village:
    """Sends, edits, deletes and judges through the sandbox's own routes, as a script says."""

    club: Any
    pending: dict[str, bytes] = field(default_factory=dict)

    def add(self, _):
        instance = f"uuid:{uuid.uuid4()}"
        asset = self.club.asset
        xml = (
            f'<{asset} id="{asset}"><note>x</note><photo>{instance[5:]}.jpg</photo>'
            f"<meta><instanceID>{instance}</instanceID></meta></{asset}>"
        ).encode()
        openrosa.submit(self.club.server, xml)
        self.pending[instance] = xml

    def edit(self, chosen):
        if (record := self._one(chosen)) is not None:
            self.pending.pop(record["meta/instanceID"], None)
            self.club.send(str(uuid.uuid4()), edits=record["meta/instanceID"])

    def delete(self, chosen):
        if (record := self._one(chosen)) is not None:
            self.pending.pop(record["meta/instanceID"], None)
            self.club.delete(record["_id"])

    def judge(self, chosen):
        if (record := self._one(chosen)) is not None:
            state = ("approved", "not_approved", "on_hold")[chosen % 3]
            self.club.validate(record["_id"], f"validation_status_{state}")

    def late_photo(self, chosen):
        if self.pending:
            instance = sorted(self.pending)[chosen % len(self.pending)]
            picture = self.club.photo(f"{instance[5:]}.jpg", b"\xff\xd8\xff" + instance.encode())
            media = [Media(picture.name, picture)]
            openrosa.submit(self.club.server, self.pending.pop(instance), media)

    def _one(self, chosen):
        records = self.club.records()
        return records[sorted(records)[chosen % len(records)]] if records else None


EVENT = st.tuples(
    st.sampled_from(["add", "add", "edit", "delete", "judge", "late_photo"]), st.integers(0, 99)
)
NIGHT = st.tuples(st.lists(EVENT, max_size=5), st.sampled_from(["followed", "proven"]))


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(NIGHT, min_size=1, max_size=4))
def test_any_nights_leave_what_the_server_has(
    programme, club, photo, pages, tmp_path_factory, nights
):
    club.delete(*(club.records() or [10**9]))
    club.photo = photo
    village = Village(club)
    for _ in range(4):
        village.add(0)
    root = tmp_path_factory.mktemp("nights")
    here = replace(
        programme, folder=Folder(root), settings=replace(programme.settings, pull=ALWAYS)
    )
    assert here.pull().proven
    for events, kind in nights:
        for event, chosen in events:
            getattr(village, event)(chosen)
        (form,) = here.pull(proven=kind == "proven").forms
        there = club.records()
        # an empty source is small: it is proven, which costs one question
        assert (form.kind, form.agreed) == (kind if there else "proven", True), form.problems
        assert stored(here) == there
        files = here.rows(
            "SELECT COUNT(*) FROM attachment WHERE deleted IS NULL AND sha256 IS NOT NULL"
        )
        assert files == [(sum(len(each["_attachments"]) for each in there.values()),)]
