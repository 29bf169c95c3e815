"""What becomes of findings from run to run."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.reconcile.finding import FINDING, finding_id, value_mark
from connectors.reconcile.finding_answers import Answer, keep_answers
from connectors.reconcile.finding_life import live_on
from connectors.store.raw import RawStore

CHECKS = ("cash", "late")


def finding(root, check="cash", found="50", question="closing"):
    row = dict.fromkeys(FINDING.names) | {
        "check_code": check, "_root_uuid": root, "found": found, "question": question
    }  # fmt: skip
    return row | {"finding_id": finding_id(row)}


class Runs:
    """Runs one after the other: what was found on which day."""

    def __init__(self, store):
        self.store, self.shown = store, None

    def __call__(self, day, *rows, checks=CHECKS, seen=True):
        found = pa.Table.from_pylist(list(rows), schema=FINDING)
        life = live_on(found, self.store, date(2026, 10, day), checks, self.shown)
        self.shown = life.run if seen else self.shown
        for row, living in zip(rows, life.findings.to_pylist(), strict=True):
            row.update(living)
        return {row["_root_uuid"]: row["state"] for row in rows}, life

    def answer(self, row, decision="waive", said="đã đối chiếu", day=5):
        answer = Answer(row["finding_id"], decision, said, "Lý Thị Hoa", date(2026, 10, day),
                        value_mark(row), "06463.xlsx", 5)  # fmt: skip
        return keep_answers(self.store, [answer])


@pytest.fixture
def runs(tmp_path):
    with RawStore.open(tmp_path / "store.sqlite") as store:
        yield Runs(store)


def test_new_then_open_then_mended_then_it_came_back(runs):
    assert runs(1, finding("a"))[0] == {"a": "new"}
    assert runs(1, finding("a"))[0] == {"a": "new"}  # the same day again is no news
    row = finding("a")
    assert runs(2, row)[0] == {"a": "open"}
    assert (row["first_seen"], row["last_seen"]) == (date(2026, 10, 1), date(2026, 10, 2))
    _, life = runs(3)
    assert life.mended == {row["finding_id"]: date(2026, 10, 2)}
    assert runs(4)[1].mended == {}  # told once
    assert runs(5, finding("a"))[0] == {"a": "came_back"}
    assert runs(6, finding("a"))[0] == {"a": "came_back"}


def test_a_check_that_did_not_run_mends_nothing(runs):
    runs(1, finding("a"), finding("b", "late"))
    _, life = runs(2, checks=("late",))
    assert set(life.mended) == {finding("b", "late")["finding_id"]}
    assert runs(3, finding("a"))[0] == {"a": "open"}


def test_a_waiver_holds_until_the_value_changes_or_somebody_opens_it_again(runs):
    runs(1, finding("a"), finding("b"))
    runs.answer(finding("a"))
    row = finding("a")
    assert runs(2, row, finding("b"))[0] == {"a": "waived", "b": "open"}
    assert (row["decision"], row["answered_by"]) == ("waive", "Lý Thị Hoa")
    assert runs(3, finding("a", found="60"))[0] == {"a": "open"}
    assert runs(4, finding("a"))[0] == {"a": "waived"}  # the value that was explained is back
    runs.answer(finding("a"), "reopen", "", 6)
    assert runs(5, finding("a"))[0] == {"a": "open"}
    runs.answer(finding("a"), "waive", "lần hai", 7)
    runs.answer(finding("a"), "question", "chưa rõ", 8)  # a later question undoes nothing
    assert runs(6, finding("a"))[0] == {"a": "waived"}


def test_the_same_answer_twice_is_kept_once(runs):
    runs(1, finding("a"))
    assert (runs.answer(finding("a")), runs.answer(finding("a"))) == (1, 0)


def test_a_run_that_nobody_saw_never_happened(runs):
    runs(1, finding("a"))
    runs(2, seen=False)  # killed before it was shown
    assert runs(2, finding("a"))[0] == {"a": "open"}


def test_a_look_back_writes_nothing(runs):
    runs(10, finding("a"))
    assert runs(5, finding("b"))[0] == {"b": "new"}
    assert runs(11, finding("a"), finding("b"))[0] == {"a": "open", "b": "new"}


NIGHTS = st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=12)


@given(NIGHTS)
@settings(deadline=None, max_examples=30)
def test_states_follow_from_what_was_found_whatever_happened(tmp_path_factory, nights):
    path = tmp_path_factory.mktemp("life") / "store.sqlite"
    before, ever, gone = set(), set(), set()
    with RawStore.open(path) as store:
        runs = Runs(store)
        for day, found in enumerate(nights, 1):
            states, life = runs(day, *(finding(root) for root in sorted(found)))
            gone |= before - found
            assert set(life.mended) == {finding(root)["finding_id"] for root in before - found}
            for root in found:
                wanted = "came_back" if root in gone else "open" if root in ever else "new"
                assert states[root] == wanted
            ever |= found
            before = found
