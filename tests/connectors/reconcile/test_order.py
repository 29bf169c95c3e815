"""Order of arrival, number of pulls and copies change nothing, given the codes issued before."""

from collections import defaultdict

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

REGISTERS = (
    "club", "club_alias", "club_status", "club_change", "club_source", "club_end",
    "club_settlement", "club_month", "club_month_expected", "club_month_double", "member",
    "member_unlisted", "board_member", "loan", "loan_event", "loan_event_unknown", "inspection",
    "action", "training", "training_club", "board_training", "commune", "place_unclear",
    "submission", "finding",
)  # fmt: skip
# numbers that the server gives out as things arrive, and what findings remember of earlier runs
ARRIVAL = ("_id", "first_id", "state", "first_seen", "last_seen")
FIRST, SECOND, MERGED, DOUBLE = (f"06463-0{number}" for number in range(1, 5))
# an example takes seconds, so one that fails is shown as it is, not made smaller
SLOW = settings(max_examples=2, deadline=None, phases=[Phase.generate],
                suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
DECIDED = {
    "same_as": [("club", DOUBLE, FIRST), ("member", f"{FIRST}-M003", f"{FIRST}-M002")],
    "meant": [("monthly_activity_report", "kobo", "m7", SECOND)],
    "placed": [("inspection_checklist", "kobo", "v1", "06625")],
}


def person(name):
    return {"member_name": name, "member_sex": "female", "member_birth_year": 1955}


ROSTER = [person(name) for name in ("Nông Thị Ái", "Lý Thị Bích", "Hứa Thị Cúc")]


def world(programme):
    """A small world with everything that is decided by order: doubles, replacements, changes."""
    joined = [{"joined_name": "Vi Văn Dũng", "joined_birth_year": 1990, "joined_sex": "male"}]
    book = {"income_opening_cash": 100, "income_closing_cash": 90}
    board = [{"board_name": "Lý A", "board_role": "chair", "board_birth_year": 1960}]
    advice = [{"recommend_what": "Ghi sổ quỹ"}, {"recommend_what": "Bầu thủ quỹ"}]
    training = {"training_kind": "initial", "training_level": "commune",
                "club_part": [{"part_club": FIRST, "part_board": f"{FIRST}-B01"}]}  # fmt: skip
    refused = programme.month("m8", FIRST, "2026-07", attendance=99)
    refused.record["_validation_status"] = {"uid": "validation_status_not_approved", "timestamp": 1}
    return [
        programme.club("c1", "CLB Nà Pàn", founded_on="2018-01-01", member=ROSTER, board=board),
        programme.club("c2", "CLB Nà Lốc", founded_on="2019-01-01", unlisted_total=3),
        programme.club("c3", "CLB Nà Lốc", founded_on="2019-01-01", report_kind="replaces",
                       replaced_date="2019-01-01", member=ROSTER[:1]),
        programme.club("c4", "CLB Bản Chu", founded_on="2020-01-01", unlisted_total=5,
                       member=[person("Mã Thị Én")]),
        programme.club("c5", "CLB thôn Nà Pàn", founded_on="2021-01-01", member=ROSTER[:1]),
        programme.form("club_registration", "x1", action="merge", club=MERGED,
                       action_date="2026-09-20", other_clubs=FIRST, settlement="carried_over"),
        programme.month("m1", FIRST, "2026-08", attendance=3, joined=joined, **book),
        programme.month("m2", FIRST, "2026-08", attendance=4, joined=joined, **book),
        programme.month("m3", FIRST, "2026-09", attendance=5),
        programme.month("m4", FIRST, "2026-09", attendance=6, report_kind="replaces",
                        left_member=[{"left_code": f"{FIRST}-M001", "left_how": "moved"}]),
        programme.month("m5", None, "2026-09", club_words="clb na loc", attendance="x"),
        # the same month as what was refused: no double
        programme.month("m6", DOUBLE, "2026-07", attendance=7),
        programme.month("m7", None, "2026-08", club_words="CLB bà Ái"),
        refused,
        programme.loan("l1", FIRST, "lent", borrower=f"{FIRST}-M002", amount=5000,
                       lent_on="2026-01-05", term_months=6),
        programme.loan("l2", FIRST, "lent", borrower=f"{FIRST}-M003", amount=4000,
                       lent_on="2026-01-05", term_months=6),
        programme.loan("l3", MERGED, "lent", borrower=f"{MERGED}-M001", amount=300,
                       lent_on="2026-02-05", term_months=6),
        programme.loan("r1", FIRST, "repaid", loan=f"{FIRST}-L001", principal=4000,
                       repaid_on="2026-02-01"),
        programme.loan("r2", FIRST, "repaid", loan=f"{FIRST}-L001", principal=4000,
                       repaid_on="2026-02-01"),
        programme.loan("r3", FIRST, "repaid", loan=f"{MERGED}-L001", principal=100,
                       repaid_on="2026-10-01"),
        programme.loan("r4", FIRST, "repaid", loan=f"{FIRST}-L099", principal=100,
                       repaid_on="2026-10-01"),
        programme.visit("v1", SECOND, "2026-05-05", score=70, commune="06622",
                        recommendation=advice),
        programme.visit("v2", SECOND, "2026-05-06", score=71),
        programme.visit("v3", SECOND, "2026-09-05", score=71,
                        follow_up=[{"follow_action": f"{SECOND}-A002", "follow_state": "done"}]),
        programme.form("training_record", "t1", starts_on="2026-03-01", **training),
        programme.form("training_record", "t2", starts_on="2026-03-02", report_kind="replaces",
                       replaced_date="2026-03-01", **training),
        programme.form("member_survey", "s1", club=FIRST, interview_date="2026-10-01"),
    ]  # fmt: skip


def edited(programme):
    """What somebody edits later: a row taken out, a name and an amount corrected."""
    return [
        programme.club("c1", "CLB Nà Pàn", founded_on="2018-02-01",
                       member=[ROSTER[2], person("Lý Thị Bính")]),
        programme.loan("l1", FIRST, "lent", borrower=f"{FIRST}-M002", amount=5500,
                       lent_on="2026-01-06", term_months=6),
        programme.month("m5", None, "2026-10", club_words="Nà Lốc", attendance=8),
    ]  # fmt: skip


GONE = ("m3", "l2", "r2")


def picture(programme):
    """Everything the registers and the open findings say, arrival numbers apart."""
    return {
        name: sorted(
            str({key: value for key, value in row.items() if key not in ARRIVAL})
            for row in programme.rows(name)
            if row.get("state") != "mended"
        )
        for name in REGISTERS
    }


@pytest.fixture(scope="module")
def right(tmp_path_factory, all_schemas, fresh):
    """The picture before and after the edits and deletions."""
    programme = fresh(tmp_path_factory.mktemp("right") / "programme", all_schemas)
    programme.receive(world(programme))
    programme.reconcile(**DECIDED)
    before = picture(programme)
    for each in edited(programme):
        programme.edit(each)
    for root in GONE:
        programme.delete(root)
    programme.reconcile(**DECIDED)
    return before, picture(programme)


@pytest.fixture
def another(tmp_path_factory, all_schemas, fresh):
    return lambda: fresh(tmp_path_factory.mktemp("another") / "programme", all_schemas)


def test_the_world_has_something_in_every_register_and_edits_show_in_it(right):
    before, after = right
    assert [name for name, rows in before.items() if not rows] == ["place_unclear"]
    for name in ("club", "member", "club_month", "loan", "loan_event", "submission"):
        assert before[name] != after[name]


@SLOW
@given(data=st.data())
def test_any_order_with_any_copies_gives_the_same_registers_codes_and_findings(
    another, right, data
):
    programme = another()
    sent = world(programme)
    copies = data.draw(st.lists(st.sampled_from(sent), max_size=4))
    programme.receive(data.draw(st.permutations([*sent, *copies])))
    programme.reconcile(**DECIDED)
    if data.draw(st.booleans()):
        programme.reconcile(**DECIDED)
    assert picture(programme) == right[0]


@SLOW
@given(data=st.data())
def test_after_the_codes_are_issued_late_arrivals_edits_deletions_and_nights_change_nothing(
    another, right, data
):
    programme = another()
    issuing = ("c", "l", "m1", "m2", "v1")
    sent = world(programme)
    late = {each.root: each for each in sent if not each.root.startswith(issuing)}
    later = {each.root: each for each in edited(programme)}
    order = data.draw(st.permutations(sorted(late)))
    changes = data.draw(st.permutations([*sorted(later), *GONE]))
    looked_between, cut = data.draw(st.booleans()), data.draw(st.integers(0, len(changes)))

    programme.receive(each for each in sent if each.root.startswith(issuing))
    programme.reconcile(**DECIDED)
    programme.receive(late[root] for root in order)
    if looked_between:
        programme.reconcile(**DECIDED)
        assert picture(programme) == right[0]
    for night in (changes[:cut], changes[cut:]):
        for root in night:
            if root in later:
                programme.edit(later[root])
            else:
                programme.delete(root)
        programme.reconcile(**DECIDED)
    assert picture(programme) == right[1]


def test_codes_are_never_issued_twice(another):
    programme = another()
    seen = defaultdict(set)
    sent = world(programme)[::-1]  # what was sent last arrives first
    for start in range(0, len(sent), 7):
        programme.receive(sent[start : start + 7])
        programme.reconcile()
        for row in programme.rows("member"):
            seen[row["member_code"]].add(row["member_name"])
    assert all(len(names) == 1 for names in seen.values()), dict(seen)
