"""Who said what of a club, what won and why, and what was edited: without names."""

import json

import pytest

from connectors.explain.club import explain_club
from connectors.store.raw import RawStore
from programme.problem import ProblemError

CLUB, LOST = "06463-01", "06463-02"


@pytest.fixture
def told(programme):
    """A club with a replaced, a refused, a future and a plain double report."""
    by = {"reporter_role": "chair", "reporter_name": "Nông Thị Ái", "deviceid": "collect:abc"}
    refused = programme.month("m5", CLUB, "2026-06", **by)
    refused.record["_validation_status"] = {"uid": "validation_status_not_approved", "timestamp": 1}
    programme.receive(
        [
            programme.club("a", founded_on="2018-01-01", meeting_day=5, **by),
            programme.club("b", "CLB Nà Pàn (đăng ký lại)", founded_on="2019-01-01",
                           villages_count=3),
            programme.month("m1", CLUB, "2026-08", attendance=3, **by),
            programme.month("m2", CLUB, "2026-08", attendance=4, report_kind="replaces", **by),
            programme.month("m3", CLUB, "2026-09", end="2026-09-27T08:00:00.000+07:00"),
            programme.month("m4", CLUB, "2026-09", end="2026-09-28T08:00:00.000+07:00"),
            refused,
            programme.month("m6", CLUB, "2026-12"),
            programme.loan("r", CLUB, "repaid", loan=f"{CLUB}-L009", principal=1,
                           repaid_on="2026-07-01"),
        ]
    )  # fmt: skip
    programme.reconcile(same_as=[("club", LOST, CLUB)])
    return programme


def test_every_submission_has_a_verdict_and_what_won(told):
    explained = explain_club(told.folder, CLUB)
    assert {each.root_uuid: each.verdict for each in explained.said} == {
        "a": "counts", "b": "counts", "m1": "replaced", "m2": "counts", "m3": "later_one",
        "m4": "counts", "m5": "refused", "m6": "not_yet", "r": "unknown_loan",
    }  # fmt: skip
    winners = {each.root_uuid: each.winner for each in explained.said if each.winner}
    assert winners == {"m1": ("kobo", 4), "m3": ("kobo", 6)}


def test_values_say_which_submission_they_come_from(told):
    values = {each.name: (each.value, each.id) for each in explain_club(told.folder, CLUB).values}
    assert values["meeting_day"] == (5, 1)
    assert values["villages_served"] == (3, 2)
    assert values["status"] == ("active", 1)


def test_a_code_that_lost_leads_to_the_survivor_and_a_wrong_one_is_answered(told):
    explained = explain_club(told.folder, LOST)
    assert (explained.asked, explained.code, explained.codes) == (LOST, CLUB, [LOST])
    with pytest.raises(ProblemError) as error:
        explain_club(told.folder, "06463-10")
    assert error.value.problems[0].code == "club-unknown"
    assert CLUB in error.value.problems[0].what.vi


def test_people_are_named_only_when_that_is_asked_for(told):
    plain, identified = (
        next(each for each in explain_club(told.folder, CLUB, identified=wanted).said
             if each.root_uuid == "m1")
        for wanted in (False, True)
    )  # fmt: skip
    assert (plain.name, plain.role, len(plain.device)) == (None, "chair", 6)
    assert "abc" not in plain.device
    assert (identified.name, identified.device) == ("Nông Thị Ái", "collect:abc")


def test_edits_show_what_changed_and_hide_what_may_name_somebody(told):
    old = told.month("m4", CLUB, "2026-09", attendance=7, difficulty="bà Ái ốm")
    with RawStore.open(told.folder.store) as store:
        store.connection.execute(
            "INSERT INTO history VALUES ('kobo', 'monthly_activity_report', 6, 'm4', 'u', ?, '', "
            "'2026-10-01T01:00:00Z', '2026-10-02T01:00:00Z', 'replaced')",
            (json.dumps(old.record),),
        )
    said = {each.root_uuid: each for each in explain_club(told.folder, CLUB).said}
    (edit,) = said["m4"].edits
    changes = {name: values for name, *values in edit.changes}
    assert changes["attendance"] == ["7", None]
    assert changes["difficulty"] == [None, None]
    assert said["m3"].edits == ()
